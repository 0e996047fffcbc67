//! `cargo xtask` in a repository where the tool was never built, with a cargo and a Python that tell what they are asked.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

/// Ends only when pip was asked for both lists, and leaves a tool.
const CARGO: &str = r#"
    until [ -e "$HERE/.toolchain/downloads/zig.txt/asked" ] && [ -e "$HERE/.toolchain/downloads/python.txt/asked" ]; do
        turn=$((turn + 1)); [ "$turn" -gt 600 ] && exit 7; sleep 0.1
    done
    echo "$@" > "$HERE/built"
    cp "$HERE/tool" "$HERE/target/xtask""#;
const FAILING_CARGO: &str = "exit 101";
const PYTHON: &str = r#"echo "$@" > asked; sleep "${LONG:-0}""#;
const TOOL: &str = r#"echo "the tool: $@"; ls "$HERE/.toolchain/downloads"; exit 3"#;

struct FreshClone(tempfile::TempDir);

impl FreshClone {
    fn new(cargo: &str) -> FreshClone {
        let repository = FreshClone(tempfile::tempdir().expect("a folder"));
        fs::create_dir(repository.path("target")).expect("a folder");
        let own = env!("CARGO_BIN_EXE_book-start");
        fs::copy(own, repository.path("target/book-start")).expect("a program");
        repository.script("bin/cargo", cargo);
        repository.script("bin/python3", PYTHON);
        repository.script("tool", TOOL);
        repository
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn script(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    }

    fn start(&self, arguments: &[&str]) -> Output {
        Command::new(self.path("target/book-start"))
            .args(arguments)
            .env("CARGO_MANIFEST_DIR", self.path("crates/start"))
            .env("CARGO", self.path("bin/cargo"))
            .env("HERE", self.0.path())
            .env(
                "PATH",
                format!("{}:/usr/bin:/bin", self.path("bin").display()),
            )
            .output()
            .expect("it starts")
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
    let repository = FreshClone::new(CARGO);
    let output = repository.start(&["serve", "--port", "0"]);
    assert_eq!(
        text(&output.stdout),
        "the tool: serve --port 0\npython.txt\nzig.txt\n"
    );
    assert_eq!(output.status.code(), Some(3), "its status is the tool's");
    let built = read(&repository.path("built"));
    assert!(built.starts_with("build --package xtask "), "{built}");
    let asked = read(&repository.path(".toolchain/downloads/zig.txt/asked"));
    for part in ["-m pip download", "--require-hashes", "toolchain/zig.txt"] {
        assert!(asked.contains(part), "{asked}");
    }

    // The tool is there: what is missing is its own affair.
    fs::remove_dir_all(repository.path(".toolchain")).expect("a folder");
    repository.script("bin/cargo", "exit 0");
    let output = repository.start(&["build"]);
    assert_eq!(text(&output.stdout), "the tool: build\n");
    assert!(!text(&output.stderr).contains("downloading"));
}

#[test]
fn help_needs_nothing_and_what_is_installed_is_not_downloaded() {
    for (arguments, installed) in [
        (&["--help"][..], &[][..]),
        (&["build"], &["zig-1", "python-1"]),
    ] {
        let repository = FreshClone::new("cp \"$HERE/tool\" \"$HERE/target/xtask\"");
        for name in installed {
            fs::create_dir_all(repository.path(".toolchain").join(name)).expect("a folder");
        }
        let output = repository.start(arguments);
        assert_eq!(output.status.code(), Some(3));
        assert!(
            !repository.path(".toolchain/downloads").exists(),
            "{arguments:?}"
        );
    }
}

#[test]
fn when_the_tool_does_not_compile_nothing_is_left() {
    let repository = FreshClone::new(FAILING_CARGO);
    repository.script("bin/python3", &format!("LONG=600; {PYTHON}"));
    let output = repository.start(&["build"]);
    assert_eq!(output.status.code(), Some(101), "{}", text(&output.stderr));
    assert!(!repository.path(".toolchain/downloads").exists());
}
