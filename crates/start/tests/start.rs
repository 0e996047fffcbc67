//! `cargo xtask` in a repository where the tool was never built, with a cargo and a Python that tell what they are asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Ends only when pip was asked for both lists, and leaves a tool.
const CARGO: &str = r#"
    until [ -e "$HERE/.toolchain/downloads/zig.txt/asked" ] && [ -e "$HERE/.toolchain/downloads/python.txt/asked" ]; do
        turn=$((turn + 1)); [ "$turn" -gt 600 ] && exit 7; sleep 0.1
    done
    echo "$@, incremental: $CARGO_INCREMENTAL" > "$HERE/built"
    cp "$HERE/tool" "$HERE/target/xtask""#;
const FAILING_CARGO: &str = "exit 101";
const PYTHON: &str = r#"echo "$@" > asked; exec sleep "${LONG:-0}""#;
const TOOL: &str = r#"echo "the tool: $@"; ls "$HERE/.toolchain/downloads"; exit 3"#;

/// One at a time: what one test writes and then starts, another's child may hold open for a moment longer.
struct FreshClone {
    folder: tempfile::TempDir,
    _turn: MutexGuard<'static, ()>,
}

static TURN: Mutex<()> = Mutex::new(());

impl FreshClone {
    fn new(cargo: &str) -> FreshClone {
        let clone = FreshClone {
            folder: tempfile::tempdir().expect("a folder"),
            _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner),
        };
        fs::create_dir(clone.path("target")).expect("a folder");
        let own = env!("CARGO_BIN_EXE_book-start");
        fs::copy(own, clone.path("target/book-start")).expect("a program");
        clone.script("bin/cargo", cargo);
        clone.script("bin/python3", PYTHON);
        clone.script("tool", TOOL);
        clone
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn script(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }

    fn start(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it starts")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.path("target/book-start"));
        command
            .args(arguments)
            .env_remove("CARGO_INCREMENTAL")
            .env("CARGO_MANIFEST_DIR", self.path("crates/start"))
            .env("CARGO", self.path("bin/cargo"))
            .env("HERE", self.folder.path())
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.path("bin").display()),
            );
        command
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn what_the_tool_installs_is_downloaded_while_cargo_builds_it_for_the_first_time() {
    let clone = FreshClone::new(CARGO);
    let output = clone.start(&["serve", "--port", "0"]);
    assert_eq!(
        text(&output.stdout),
        "the tool: serve --port 0\npython.txt\nzig.txt\n"
    );
    assert_eq!(output.status.code(), Some(3), "its status is the tool's");
    let built = read(&clone.path("built"));
    assert!(built.starts_with("build --package xtask "), "{built}");
    assert!(built.ends_with("incremental: 0\n"), "{built}");
    let asked = read(&clone.path(".toolchain/downloads/zig.txt/asked"));
    for part in ["-m pip download", "--require-hashes", "toolchain/zig.txt"] {
        assert!(asked.contains(part), "{asked}");
    }

    // The tool is there: what is missing is its own affair.
    fs::remove_dir_all(clone.path(".toolchain")).expect("a folder");
    clone.script("bin/cargo", "exit 0");
    let output = clone.start(&["build"]);
    assert_eq!(text(&output.stdout), "the tool: build\n");
    assert!(!text(&output.stderr).contains("downloading"));
}

#[test]
fn who_works_on_the_tool_has_it_compiled_incrementally() {
    let asked = |folder: &str, setting: Option<&str>| {
        let clone = FreshClone::new(
            "echo \"${CARGO_INCREMENTAL-unset}\" > \"$HERE/built\"; cp \"$HERE/tool\" \"$HERE/target/xtask\"",
        );
        fs::create_dir_all(clone.path(folder)).expect("a folder");
        let mut command = clone.command(&["--help"]);
        match setting {
            Some(setting) => command.env("CARGO_INCREMENTAL", setting),
            None => command.env_remove("CARGO_INCREMENTAL"),
        };
        command.output().expect("it starts");
        read(&clone.path("built"))
    };
    assert_eq!(asked("target", None), "0\n");
    assert_eq!(asked("target", Some("1")), "1\n");
    assert_eq!(asked("target/incremental/book_start-1", None), "0\n");
    assert_eq!(asked("target/incremental/book_site-1", None), "unset\n");
}

#[test]
fn help_needs_nothing_and_what_is_installed_is_not_downloaded() {
    for (arguments, installed) in [
        (&["--help"][..], &[][..]),
        (&["build"], &["zig-1", "python-1"]),
    ] {
        let clone = FreshClone::new("cp \"$HERE/tool\" \"$HERE/target/xtask\"");
        for name in installed {
            fs::create_dir_all(clone.path(".toolchain").join(name)).expect("a folder");
        }
        let output = clone.start(arguments);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            !clone.path(".toolchain/downloads").exists(),
            "{arguments:?}"
        );
    }
}

#[test]
fn what_is_there_in_another_way_is_not_downloaded_and_what_came_late_goes() {
    let clone = FreshClone::new("cp \"$HERE/tool\" \"$HERE/target/xtask\"");
    clone.script("bin/zig", "echo 9.9.9");
    clone.script("toolchain/zig.txt", "ziglang==9.9.9 \\");
    let output = clone.start(&["build"]);
    assert_eq!(text(&output.stdout), "the tool: build\npython.txt\n");

    for folder in ["python-1", "downloads/zig.txt"] {
        fs::create_dir_all(clone.path(".toolchain").join(folder)).expect("a folder");
    }
    let output = clone.start(&["build"]);
    assert_eq!(
        text(&output.stdout),
        "the tool: build\nzig.txt\n",
        "nothing else has a use for it"
    );
    fs::create_dir(clone.path(".toolchain/zig-1")).expect("a folder");
    clone.start(&["build"]);
    assert!(!clone.path(".toolchain/downloads").exists());
}

#[test]
fn when_the_tool_does_not_compile_nothing_is_left() {
    let clone = FreshClone::new(FAILING_CARGO);
    clone.script("bin/python3", &format!("LONG=600; {PYTHON}"));
    let output = clone.start(&["build"]);
    assert_eq!(output.status.code(), Some(101), "{}", text(&output.stderr));
    assert!(!clone.path(".toolchain/downloads").exists());
}
