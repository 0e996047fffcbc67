//! The tool's start, on the systems that it is for.

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// Builds the tool and becomes it; the value is for when there is none.
pub(crate) fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let Some(root) = repository() else {
        eprintln!("error: this is for cargo to run: cargo xtask");
        return ExitCode::FAILURE;
    };
    let own = std::env::current_exe().expect("a program knows its own path");
    let tool = own.with_file_name("xtask");
    let needs_much = !arguments.is_empty()
        && arguments
            .iter()
            .all(|argument| argument != "--help" && argument != "-h");
    let toolchains = root.join(".toolchain");
    let downloads = if needs_much && !tool.exists() {
        Downloads::start(&root.join("toolchain"), &toolchains)
    } else {
        remove_late(&toolchains);
        Downloads::default()
    };
    let incremental = incremental(&own);
    let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
    let built = Command::new(cargo)
        .envs(incremental)
        .args([
            "build",
            "--package",
            "xtask",
            "--bin",
            "xtask",
            "--manifest-path",
        ])
        .arg(root.join("Cargo.toml"))
        .status();
    match built {
        Ok(status) if status.success() => {}
        Ok(status) => {
            downloads.give_up();
            return ExitCode::from(
                status
                    .code()
                    .and_then(|code| u8::try_from(code).ok())
                    .unwrap_or(1),
            );
        }
        Err(error) => {
            downloads.give_up();
            eprintln!("error: cargo does not start: {error}");
            return ExitCode::FAILURE;
        }
    }
    downloads.wait();
    // What the tool has cargo compile is then compiled alike.
    let error = Command::new(&tool).envs(incremental).args(arguments).exec();
    eprintln!("error: {} does not start: {error}", tool.display());
    ExitCode::FAILURE
}

/// What is compiled so that the next time takes less takes a tenth longer this time. That is for those who work on the tool:
/// who has asked cargo for anything by itself (or has an editor that does), or says so in this variable.
fn incremental(own: &Path) -> Option<(&'static str, &'static str)> {
    const SETTING: &str = "CARGO_INCREMENTAL";
    // This program is compiled so in any case.
    let of_others = |folder: fs::DirEntry| {
        !folder
            .file_name()
            .to_string_lossy()
            .starts_with("book_start-")
    };
    let kept = fs::read_dir(own.with_file_name("incremental"));
    let is_meant =
        std::env::var_os(SETTING).is_some() || kept.into_iter().flatten().flatten().any(of_others);
    (!is_meant).then_some((SETTING, "0"))
}

/// The folder that holds `crates/start`, of which cargo says where it is.
fn repository() -> Option<PathBuf> {
    let own = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    own.ancestors().nth(2).map(Path::to_path_buf)
}

/// What is downloaded: a list of `toolchain/`, and how the names of folders begin in which it is installed.
const LISTS: [(&str, &str); 2] = [("zig.txt", "zig-"), ("python.txt", "python-")];

/// The folder, in that of the toolchains, with a folder for each list. The tool installs from there what is there, by the
/// same hashes, and removes it; what comes too late for that goes with the next start.
const FOLDER: &str = "downloads";

fn is_installed((_, start): &(&str, &str), toolchains: &Path) -> bool {
    let entries = fs::read_dir(toolchains).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name())
        .any(|name| name.to_string_lossy().starts_with(start))
}

/// Removes what came when it was installed already.
fn remove_late(toolchains: &Path) {
    let folder = toolchains.join(FOLDER);
    if !folder.is_dir() {
        return;
    }
    for list in LISTS.iter().filter(|list| is_installed(list, toolchains)) {
        let _ = fs::remove_dir_all(folder.join(list.0));
    }
    let _ = fs::remove_dir(folder);
}

/// pip's downloads under way. None of them has to succeed: what is not there the tool asks the network for, and says what
/// is wrong with that.
#[derive(Default)]
struct Downloads {
    folder: PathBuf,
    running: Vec<Child>,
}

impl Downloads {
    fn start(lists: &Path, toolchains: &Path) -> Downloads {
        let folder = toolchains.join(FOLDER);
        let missing = LISTS.iter().filter(|list| !is_installed(list, toolchains));
        let running: Vec<Child> = missing
            .filter_map(|(list, _)| download(&lists.join(list), &folder.join(list)))
            .collect();
        if !running.is_empty() {
            eprintln!("downloading Zig and Python packages while the tool is compiled …");
        }
        Downloads { folder, running }
    }

    fn wait(mut self) {
        let is_running = |child: &mut Child| matches!(child.try_wait(), Ok(None));
        if self.running.iter_mut().any(is_running) {
            eprintln!("waiting for the downloads …");
        }
        for mut child in self.running {
            let _ = child.wait();
        }
    }

    fn give_up(self) {
        for mut child in self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
        if !self.folder.as_os_str().is_empty() {
            let _ = fs::remove_dir_all(self.folder);
        }
    }
}

/// Has pip download the files of a list into an own folder, in which it keeps its temporary files as well. Nothing where it
/// cannot be started.
fn download(list: &Path, folder: &Path) -> Option<Child> {
    if is_on_path(list) {
        return None;
    }
    fs::create_dir_all(folder).ok()?;
    Command::new("python3")
        .args([
            "-E",
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
        ])
        .args([
            "--retries",
            "1",
            "--no-deps",
            "--no-cache-dir",
            "--only-binary=:all:",
            "--require-hashes",
        ])
        .arg("--dest")
        .arg(folder)
        .arg("--requirement")
        .arg(list)
        // Python looks for modules in the current folder first.
        .current_dir(folder)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

/// Whether the list is Zig's, and a Zig of its version is on PATH: the tool takes that.
fn is_on_path(list: &Path) -> bool {
    let text = fs::read_to_string(list).unwrap_or_default();
    let pinned = text.lines().find_map(|line| line.strip_prefix("ziglang=="));
    let pinned = pinned.and_then(|rest| rest.split_whitespace().next());
    let asked = || Command::new("zig").arg("version").output().ok();
    pinned.is_some_and(|version| {
        asked().is_some_and(|said| said.stdout.trim_ascii() == version.as_bytes())
    })
}
