//! A small book in a temporary folder, changed and checked step by step.

pub mod chromium;
pub mod exercise;
pub mod firefox;
pub mod lab;
pub mod page;
pub mod pty;
pub mod server;
pub mod site;
pub mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use book_support::process::on_path;

/// A book with what every book needs and no listing.
pub struct Book {
    folder: tempfile::TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct CommandOutput {
    pub status: Option<i32>,
    /// Standard output, then standard error.
    pub text: String,
}

/// PATH; with Python's own folder first where a version manager has put something in front of it, which takes longer than
/// Python itself.
static PROGRAMS: LazyLock<OsString> = LazyLock::new(|| {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let Some(python) = python().filter(|python| on_path("python3").as_ref() != Some(python)) else {
        return path;
    };
    let folder = python.parent().map(Path::to_path_buf);
    let folders = folder.into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(folders).expect("folders as they are in PATH")
});

/// The Python that runs the tests, by its own path.
pub fn python() -> Option<PathBuf> {
    let asked = Command::new("python3")
        .args(["-c", "import sys; print(sys.executable)"])
        .output()
        .ok()?;
    let path = PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim());
    path.is_absolute().then_some(path)
}

pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate is in the repository")
        .to_path_buf()
}

impl Book {
    /// An empty book that shares the repository's toolchains.
    pub fn new() -> Book {
        Book::in_folder("book-")
    }

    /// The same in a folder whose name begins with this.
    pub fn in_folder(prefix: &str) -> Book {
        let folder = tempfile::Builder::new()
            .prefix(prefix)
            .tempdir()
            .expect("a temporary folder");
        let book = Book { folder };
        for name in [
            "toolchain",
            "rust-toolchain.toml",
            "theme",
            "Cargo.toml",
            "crates",
            "xtask",
            ".cargo",
            "Cargo.lock",
        ] {
            if repository().join(name).exists() {
                symlink(repository().join(name), book.path(name)).expect("a link");
            }
        }
        let toolchains = repository().join(".toolchain");
        fs::create_dir_all(&toolchains).expect("the folder of toolchains");
        symlink(toolchains, book.path(".toolchain")).expect("a link");
        // The standard library, compiled once for all test books.
        let zig_cache = repository().join("target").join("test-books-zig-cache");
        fs::create_dir_all(&zig_cache).expect("the shared cache");
        fs::create_dir_all(book.path("target/book")).expect("the work folder");
        symlink(zig_cache, book.path("target/book/zig-cache")).expect("a link");
        // Zig's tokenizer, where the repository's own book has it compiled. Otherwise the book compiles one.
        let tokenizer = "target/book/tokens";
        let _ = fs::copy(repository().join(tokenizer), book.path(tokenizer));
        // The stock mdBook is to call the tool under test, not to build it again.
        let settings = fs::read_to_string(repository().join("book.toml")).expect("book.toml");
        let tool = concat!("'", env!("CARGO_BIN_EXE_xtask"), "' preprocess");
        let settings = settings.replace("sh xtask/preprocess.sh", tool);
        assert!(
            settings.contains(tool),
            "book.toml names the tool's command in other words"
        );
        // What Run buttons load takes seconds to build; the tests that look at it ask for it.
        let settings = settings.replace("\nrun = true\n", "\n");
        fs::write(book.path("book.toml"), settings).expect("book.toml");
        book.write(
            "listings/Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"0*\"]\n",
        )
        .write("src/SUMMARY.md", "# Summary\n\n- [A lesson](lesson.md)\n")
        .write("src/lesson.md", "# A lesson\n")
    }

    /// The book with what its Run buttons load.
    pub fn with_run_buttons(self) -> Book {
        let before = "after = [\"links\", \"index\"]\n";
        let settings = self.read("book.toml");
        assert!(settings.contains(before), "where the chain's settings end");
        self.set(
            "book.toml",
            settings.replace(before, &format!("{before}run = true\n")),
        );
        self
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(self, name: &str, text: impl AsRef<[u8]>) -> Book {
        self.set(name, text);
        self
    }

    pub fn set(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A Zig listing that prints `text`, in `listings/03_allocator/`.
    pub fn zig(self, stem: &str, head: &str, body: &str) -> Book {
        let text = format!("{head}\n//@ title: T\n\nconst std = @import(\"std\");\n\n{body}");
        self.write(&format!("listings/03_allocator/{stem}.zig"), text)
    }

    /// The tool, ready to run in the book's folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(arguments)
            .current_dir(self.root())
            .stdin(Stdio::null())
            .env("PATH", &*PROGRAMS)
            .env("NO_COLOR", "1");
        command
    }

    pub fn xtask(&self, arguments: &[&str]) -> CommandOutput {
        said(&mut self.command(arguments))
    }

    /// Records what a new book's listings do. Many books begin alike: of those it is done once, and the others get what was
    /// written then.
    pub fn bless(self) -> Book {
        static BLESSED: Mutex<BTreeMap<Contents, Arc<OnceLock<Contents>>>> =
            Mutex::new(BTreeMap::new());
        assert!(
            KNOWN.iter().all(|known| !self.path(known).exists()),
            "something is known of this book: ask the tool itself"
        );
        let before = self.contents();
        let blessed = BLESSED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(before.clone())
            .or_default()
            .clone();
        let after = blessed.get_or_init(|| {
            self.xtask(&["test-listings", "--bless"]).succeeds();
            self.contents()
        });
        for (path, bytes) in after {
            if before.get(path) != Some(bytes) {
                self.set(path, bytes);
            }
        }
        self
    }

    /// What the author has written, and what is known of it.
    fn contents(&self) -> Contents {
        let own = names(self.root()).into_iter();
        let own = own.filter(|name| name != "target");
        own.chain(KNOWN.map(String::from))
            .map(|name| self.path(&name))
            .flat_map(|path| match fs::symlink_metadata(&path) {
                Ok(data) if data.is_dir() => files(&path),
                Ok(data) if data.is_file() => vec![path],
                _ => Vec::new(),
            })
            .map(|path| {
                let name = path.strip_prefix(self.root()).expect("in the book");
                let name = name.to_str().expect("a name in UTF-8");
                (name.to_string(), fs::read(&path).expect("a file"))
            })
            .collect()
    }
}

/// Files of a book, by their paths in it.
type Contents = BTreeMap<String, Vec<u8>>;

/// Where the tool keeps what it knows of listings.
const KNOWN: [&str; 2] = ["target/book/results", "target/book/traces"];

pub fn said(command: &mut Command) -> CommandOutput {
    let output = command.output().expect("the command starts");
    let text = [output.stdout, output.stderr].concat();
    CommandOutput {
        status: output.status.code(),
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}

impl CommandOutput {
    #[track_caller]
    pub fn succeeds(self) -> CommandOutput {
        assert_eq!(self.status, Some(0), "{}", self.text);
        self
    }

    /// It says that something in the book is wrong.
    #[track_caller]
    pub fn found_wrong(self) -> CommandOutput {
        assert_eq!(self.status, Some(1), "{}", self.text);
        self
    }

    /// It says that it cannot do its work.
    #[track_caller]
    pub fn cannot(self) -> CommandOutput {
        assert_eq!(self.status, Some(3), "{}", self.text);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> CommandOutput {
        assert!(
            self.text.contains(text),
            "not said: {text}\nbut: {}",
            self.text
        );
        self
    }

    #[track_caller]
    pub fn never_says(self, text: &str) -> CommandOutput {
        assert!(!self.text.contains(text), "said: {text}\nin: {}", self.text);
        self
    }
}

/// All files at and below a folder, but for those behind links.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let kind = entry.file_type().expect("a kind of file");
        if kind.is_dir() {
            found.extend(files(&entry.path()));
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    found
}

/// The names of what is in a folder.
pub fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name());
    names
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// Gives all files at and below a folder this date.
pub fn set_dates(folder: &Path, date: SystemTime) {
    for path in files(folder) {
        let file = fs::File::open(path).expect("a file");
        file.set_modified(date).expect("a date");
    }
}

/// Writes a shell script that can be started.
pub fn program(path: &Path, script: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(path, format!("#!/bin/sh\n{script}\n")).expect("a file");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(path, mode).expect("a program");
}

/// Waits until `done`, for at most a minute.
#[track_caller]
pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < deadline, "waited a minute for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until a child waits for a lock that somebody else holds.
#[cfg(target_os = "linux")]
#[track_caller]
pub fn wait_until_locked_out(child: &mut std::process::Child) {
    let id = child.id().to_string();
    wait_until("the lock to be waited for", || {
        let ended = child.try_wait().expect("a child");
        assert!(ended.is_none(), "it did not wait");
        let locks = fs::read_to_string("/proc/locks").expect("the locks");
        let mut waiting = locks.lines().filter(|line| line.contains("->"));
        waiting.any(|line| line.split_whitespace().any(|word| word == id))
    });
}
