//! What `cargo xtask test-listings` believes of earlier runs, and of what is set outside: nothing that may no longer be
//! true.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use crate::support::{Book, files, repository, said, set_dates, wait_until_locked_out};

const HELLO: &str = "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n";
const RUST: &str = "listings/03_allocator/a.rs";
const PYTHON: &str = "listings/03_allocator/a.py";

/// A book with a Zig listing `a`, for twins.
fn book() -> Book {
    Book::new().zig("a", "//@ run", HELLO)
}

fn rust_prints(text: &str) -> String {
    format!("//@ run\n\nfn main() {{\n    println!(\"{text}\");\n}}\n")
}

/// A program in a folder of its own, to be first on PATH.
fn first_on_path(name: &str, script: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    let paths = std::env::var("PATH").unwrap();
    let paths = format!("{}:{paths}", folder.path().display());
    (folder, paths)
}

#[test]
fn dates_decide_nothing() {
    let book = book().write(RUST, rust_prints("one")).bless();
    let later = SystemTime::now() + Duration::from_secs(100_000_000);
    set_dates(&book.path("target/book"), later);
    book.set(RUST, rust_prints("two"));
    for arguments in [&["test-listings"][..], &["test-listings", "--fresh"]] {
        book.xtask(arguments).found_wrong().says("-one\n    +two");
    }
}

#[test]
fn what_a_compiler_is_told_is_part_of_what_is_known() {
    let overflows = "//@ panic: attempt to add with overflow\n\nfn main() {\n    let n = std::env::args().count() as u8 + 254;\n    println!(\"{}\", n + 1);\n}\n";
    let book = book().write(RUST, overflows).bless();
    // From outside, for one run: it is not told.
    let mut command = book.command(&["test-listings", "--fresh"]);
    command
        .env("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false")
        .env("RUSTFLAGS", "-C overflow-checks=off")
        .env("RUSTC_WRAPPER", "/bin/false");
    said(&mut command).succeeds();
    // In cargo's settings, and in the manifest: what was known does not count.
    let ran = "a.rs:1: declared `panic`, but it ran to its end";
    let off = "[profile.dev]\noverflow-checks = false\n";
    book.set("target/.cargo/config.toml", off);
    book.xtask(&["test-listings"]).found_wrong().says(ran);
    fs::remove_file(book.path("target/.cargo/config.toml")).unwrap();
    book.xtask(&["test-listings"]).succeeds();
    let manifest = book.read("listings/Cargo.toml");
    book.set("listings/Cargo.toml", format!("{manifest}\n{off}"));
    book.xtask(&["test-listings"]).found_wrong().says(ran);
    book.set("listings/Cargo.toml", manifest);
    book.xtask(&["test-listings"]).succeeds();
    // A lesson's own manifest.
    let manifest = book.read("listings/03_allocator/Cargo.toml");
    let broken = manifest.replace("[features]", "[features\n");
    book.set("listings/03_allocator/Cargo.toml", broken);
    book.xtask(&["test-listings"])
        .cannot()
        .says("cargo cannot build the listings workspace");
}

#[test]
fn a_full_disk_at_the_linker_is_not_the_listings_and_is_not_kept() {
    let book = book().write(RUST, rust_prints("one")).bless();
    book.set(RUST, rust_prints("two"));
    book.set("listings/03_allocator/a.rs.out", "two\n");
    let linker = "#!/bin/sh\necho 'ld: final link failed: No space left on device' >&2\nexit 1\n";
    let (_folder, paths) = first_on_path("cc", linker);
    let mut command = book.command(&["test-listings", "--lang", "rust"]);
    said(command.env("PATH", paths))
        .cannot()
        .says("the disk is full")
        .never_says("does not build");
    book.xtask(&["test-listings", "--lang", "rust"]).succeeds();
}

#[test]
fn a_missing_symbol_at_the_linker_is_the_listings() {
    let body = "unsafe extern \"C\" {\n    fn nowhere_to_be_found();\n}\n\nfn main() {\n    unsafe { nowhere_to_be_found() }\n}\n";
    book()
        .write(RUST, format!("//@ run\n\n{body}"))
        .xtask(&["test-listings", "--lang", "rust"])
        .found_wrong()
        .says("declared `run`, but it does not build");
}

#[test]
fn what_is_stopped_from_outside_is_not_the_listings_and_is_not_kept() {
    let killed = "#@ run\nimport os\nos.kill(os.getpid(), 9)\n";
    let book = book().write(PYTHON, killed);
    // Always.
    book.xtask(&["test-listings", "--bless"])
        .cannot()
        .says("a.py was stopped by signal 9 while it ran")
        .never_says("panicked");
    assert!(!book.path("listings/03_allocator/a.py.out").exists());
    // Once: the note is gone then.
    let note = tempfile::NamedTempFile::new().unwrap();
    let path = note.path().display();
    let once = format!(
        "#@ run\nimport os\nif os.path.exists(\"{path}\"):\n    os.remove(\"{path}\")\n    os.kill(os.getpid(), 9)\nprint(\"hello\")\n"
    );
    book.set(PYTHON, once);
    book.xtask(&["test-listings", "--bless"]).succeeds();
    assert_eq!(book.read("listings/03_allocator/a.py.out"), "hello\n");
}

#[test]
fn a_compiler_that_is_stopped_says_nothing_of_a_listing() {
    let book = book();
    fs::remove_file(book.path(".toolchain")).unwrap();
    let zig = ".toolchain/zig-0.17.1/ziglang/zig";
    book.set(zig, "#!/bin/sh\nkill -9 $$\n");
    fs::set_permissions(book.path(zig), fs::Permissions::from_mode(0o755)).unwrap();
    book.xtask(&["test-listings", "--bless"])
        .cannot()
        .says("Zig broke down while it built listings/03_allocator/a.zig");
    fs::remove_dir_all(book.path(".toolchain")).unwrap();
    symlink(repository().join(".toolchain"), book.path(".toolchain")).unwrap();
    book.bless();
}

#[test]
fn signs_in_the_name_of_the_folder_make_no_difference() {
    Book::in_folder("my book (ML) é#1 ")
        .zig("a", "//@ run", HELLO)
        .write(RUST, rust_prints("one"))
        .write(PYTHON, "#@ run\nprint(\"one\")\n")
        .bless();
}

#[test]
fn a_zig_of_the_same_version_from_elsewhere_is_another() {
    let book = book();
    let real = repository().join(".toolchain/zig-0.17.1/ziglang/zig");
    let real = real.canonicalize().unwrap();
    fs::remove_file(book.path(".toolchain")).unwrap();
    let script = format!("#!/bin/sh\nexec '{}' \"$@\"\n", real.display());
    let (folder, paths) = first_on_path("zig", &script);
    let check = |arguments: &[&str]| said(book.command(arguments).env("PATH", &paths));
    check(&["test-listings", "--bless"]).succeeds();
    check(&["test-listings"]).says("1 of them unchanged");
    fs::write(folder.path().join("zig"), format!("{script}# another\n")).unwrap();
    check(&["test-listings"]).says("0 of them unchanged");
}

#[test]
fn what_counts_in_a_programs_root_counts_for_a_listing_among_many() {
    let book = book()
        .zig(
            "options",
            "//@ run",
            "pub const std_options: std.Options = .{ .log_level = .err };\n\npub fn main() void {\n    std.log.warn(\"not shown\", .{});\n    std.debug.print(\"{t}\\n\", .{std.options.log_level});\n}\n",
        )
        .zig(
            "handler",
            "//@ run",
            "pub const panic = std.debug.FullPanic(say);\n\nfn say(text: []const u8, _: ?usize) noreturn {\n    std.debug.print(\"mine: {s}\\n\", .{text});\n    std.process.exit(0);\n}\n\npub fn main() void {\n    @panic(\"now\");\n}\n",
        )
        .zig(
            "asks",
            "//@ run",
            "pub const mark = 1;\n\npub fn main() void {\n    std.debug.print(\"{}\\n\", .{@hasDecl(@import(\"root\"), \"mark\")});\n}\n",
        )
        .zig("exports", "//@ run", "export fn same() void {}\n\npub fn main() void {}\n")
        .zig("exports_too", "//@ run", "export fn same() void {}\n\npub fn main() void {}\n")
        .bless();
    for (stem, printed) in [
        ("options", "err\n"),
        ("handler", "mine: now\n"),
        ("asks", "true\n"),
        ("a", "hello\n"),
    ] {
        let path = format!("listings/03_allocator/{stem}.zig.out");
        assert_eq!(book.read(&path), printed, "{stem}");
    }
    book.xtask(&["test-listings", "--alone"]).succeeds();
}

#[test]
fn what_a_listing_does_not_name_it_cannot_read() {
    let embeds = |name: &str| {
        format!(
            "pub fn main() void {{\n    std.debug.print(\"{{s}}\", .{{@embedFile({name})}});\n}}\n"
        )
    };
    let book = Book::new()
        .zig("plain", "//@ run", &embeds("\"data.txt\""))
        .zig("joined", "//@ run", &embeds("\"da\" ++ \"ta.txt\""))
        .write("listings/03_allocator/data.txt", "one\n")
        .write(
            "listings/03_allocator/plain.rs",
            "//@ run\n\nfn main() {\n    print!(\"{}\", include_str!(concat!(\"da\", \"ta.txt\")));\n}\n",
        )
        .zig("b", "//@ run", HELLO)
        .write(
            "listings/03_allocator/b.rs",
            "//@ compile-error: mismatched types\n\nfn main() {\n    let _: u8 = include_str!(concat!(\"da\", \"ta.txt\"));\n}\n",
        )
        .write("listings/03_allocator/plain.py", "#@ run\nWORD = \"one\"\nprint(WORD)\n")
        .write("listings/03_allocator/b.py", "#@ run\nfrom plain import WORD\nprint(WORD)\n");
    book.xtask(&["test-listings", "--bless"])
        .found_wrong()
        .says("joined.zig:7: declared `run`, but it does not build")
        .says("plain.rs:1: declared `run`, but it reads 03_allocator/data.txt, which its text does not name")
        .says("b.rs:1: declared `compile-error`, but it reads 03_allocator/data.txt, which its text does not name");
    assert_eq!(book.read("listings/03_allocator/b.py.out"), "one\none\n");
    book.set(
        "listings/03_allocator/plain.py",
        "#@ run\nWORD = \"two\"\nprint(WORD)\n",
    );
    book.xtask(&["test-listings", "03_allocator/b"])
        .found_wrong()
        .says("b.py prints something else than was recorded");
}

#[test]
fn a_run_has_a_folder_and_a_home_of_its_own() {
    let lists = "#@ run\nimport os\nprint(sorted(os.listdir(\".\")), os.listdir(os.environ[\"HOME\"]))\nprint(sorted(name for name in os.environ if name not in (\"BOOK_RUN\", \"LC_CTYPE\")))\nopen(\"left.txt\", \"w\").close()\nopen(os.path.expanduser(\"~/left.txt\"), \"w\").close()\n";
    let book = book().write(PYTHON, lists);
    let mut command = book.command(&["test-listings", "--bless"]);
    said(command.env("SET_OUTSIDE", "1")).succeeds();
    assert_eq!(
        book.read("listings/03_allocator/a.py.out"),
        "['a.py'] []\n['HOME', 'LANG', 'NO_COLOR', 'OMP_NUM_THREADS', 'PATH', 'PYTHONHASHSEED', 'PYTHONUNBUFFERED', 'TERM', 'TMPDIR']\n"
    );
    book.xtask(&["test-listings", "--fresh"]).succeeds();
}

#[test]
fn what_nobody_used_for_long_is_removed_and_what_is_used_stays() {
    let book = book().zig("b", "//@ run", HELLO).bless();
    let results = || files(&book.path("target/book/results")).len();
    assert_eq!(results(), 2);
    let long_ago = SystemTime::now() - Duration::from_secs(40 * 24 * 60 * 60);
    set_dates(&book.path("target/book"), long_ago);
    // One result is asked for, one is new, and one is of a text that is gone.
    book.set(
        "listings/03_allocator/b.zig",
        format!("//@ run\n//@ title: Changed\n\nconst std = @import(\"std\");\n\n{HELLO}"),
    );
    book.xtask(&["test-listings"]).succeeds();
    assert_eq!(results(), 2);
    book.xtask(&["test-listings"])
        .says("2 of them unchanged")
        .succeeds();
}

#[test]
fn a_result_that_was_exchanged_or_damaged_is_found_again() {
    let book = book()
        .zig("b", "//@ run", &HELLO.replace("hello", "other"))
        .bless();
    let results = files(&book.path("target/book/results"));
    assert_eq!(results.len(), 2);
    let texts = [
        fs::read(&results[0]).unwrap(),
        fs::read(&results[1]).unwrap(),
    ];
    fs::write(&results[0], &texts[1]).unwrap();
    fs::write(&results[1], &texts[0]).unwrap();
    book.xtask(&["test-listings"])
        .succeeds()
        .says("0 of them unchanged");
    let text = fs::read_to_string(&results[0]).unwrap();
    let damaged = text.replace("hello", "hallo").replace("other", "otter");
    assert_ne!(text, damaged);
    fs::write(&results[0], damaged).unwrap();
    book.xtask(&["test-listings"])
        .succeeds()
        .says("1 of them unchanged");
}

#[test]
#[cfg(target_os = "linux")]
fn a_listing_that_writes_over_what_another_is_built_from_is_found_out() {
    // What builds is declared not to; what runs before it is built lets it break.
    let rust = "//@ compile-error: expected\n\nfn main() {}\n";
    let changes_rust = "//@ run\n\nfn main() {\n    let staged = \"../../../stage/03_allocator/b.rs\";\n    std::fs::remove_file(staged).unwrap();\n    std::fs::write(staged, \"fn main() { expected }\").unwrap();\n}\n";
    let changes_zig = "pub fn main(init: std.process.Init) !void {\n    const cwd = std.Io.Dir.cwd();\n    const staged = \"../../../stage/03_allocator/b.zig\";\n    try cwd.deleteFile(init.io, staged);\n    try cwd.writeFile(init.io, .{ .sub_path = staged, .data = \"pub fn main() void { expected(); }\" });\n}\n";
    for (name, book) in [
        (
            "b.rs",
            book()
                .zig("b", "//@ run", HELLO)
                .write(RUST, changes_rust)
                .write("listings/03_allocator/b.rs", rust),
        ),
        (
            "b.zig",
            Book::new()
                .zig("a", "//@ run\n//@ mode: small", changes_zig)
                .zig(
                    "b",
                    "//@ compile-error: expected",
                    "pub fn main() void {}\n",
                ),
        ),
    ] {
        // On one processor things go on one after the other, those that are optimized for size first.
        let mut command = std::process::Command::new("taskset");
        command
            .args(["-c", &first_processor(), env!("CARGO_BIN_EXE_xtask")])
            .args(["test-listings", "--bless"])
            .current_dir(book.root());
        said(&mut command).cannot().says(&format!(
            "stage/03_allocator/{name} was changed while listings were checked"
        ));
        assert!(
            !book
                .path(&format!("listings/03_allocator/{name}.out"))
                .exists()
        );
    }
}

/// One that this process may run on.
#[cfg(target_os = "linux")]
fn first_processor() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let first = list.unwrap().trim().split([',', '-']).next();
    first.unwrap().to_string()
}

#[test]
fn a_damaged_cache_of_zig_is_given_up_and_nobody_is_blamed() {
    let book = Book::new().zig("a", "//@ run", HELLO).bless();
    // The cache of all tests stays as it is: this book gets its own.
    let cache = book.path("target/book/zig-cache");
    fs::remove_file(&cache).unwrap();
    let edited = |count: usize| {
        let source = fs::read_to_string(book.path("listings/03_allocator/a.zig")).unwrap();
        book.set(
            "listings/03_allocator/a.zig",
            format!("{source}// {count}\n"),
        );
        book.xtask(&["test-listings"]).succeeds();
    };
    edited(1);
    let archives: Vec<PathBuf> = files(&cache)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "a"))
        .collect();
    assert!(!archives.is_empty(), "no library of Zig is kept");
    for archive in archives {
        fs::write(archive, "").unwrap();
    }
    edited(2);
    assert!(book.path("target/book/zig-cache-1").is_dir());
}

#[test]
fn a_damaged_folder_of_cargo_is_given_up_and_nobody_is_blamed() {
    let book = Book::new()
        .zig("a", "//@ run", HELLO)
        .write(
            "listings/03_allocator/a.rs",
            "//@ run\nfn main() {\n    println!(\"hello\");\n}\n",
        )
        .bless();
    let kept = book.path("target/book/rust/debug/deps");
    assert!(kept.is_dir(), "nothing of cargo is kept");
    fs::remove_dir_all(&kept).unwrap();
    fs::write(&kept, "").unwrap();
    let source = fs::read_to_string(book.path("listings/03_allocator/a.rs")).unwrap();
    book.set("listings/03_allocator/a.rs", format!("{source}// more\n"));
    book.xtask(&["test-listings"]).succeeds();
    assert!(kept.is_dir());
}

/// What is made for the pages, cut and changed in every place where it is kept.
#[test]
fn what_can_be_made_again_is_made_again() {
    let book = Book::new()
        .zig("a", "//@ run\n//@ trace", HELLO)
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/a}}\n\n{{#trace 03_allocator/a}}\n",
        )
        .with_run_buttons()
        .bless();
    book.xtask(&["build"]).succeeds();
    let sound: Vec<(PathBuf, Vec<u8>)> = files(&book.path("src/generated"))
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    assert!(
        sound
            .iter()
            .any(|(path, _)| path.extension().is_some_and(|end| end == "wasm"))
    );
    let kept = |name: &str| {
        let path = book.path("target/book").join(name);
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    };
    let names = ["traces", "wasm", "tokens", "highlight-listings.json"];
    let kept: Vec<PathBuf> = names.into_iter().flat_map(kept).collect();
    assert!(kept.len() >= 5, "{kept:?}");
    for damage in [
        (|bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 2)) as fn(&mut Vec<u8>),
        |bytes| {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        },
    ] {
        for path in kept.iter().chain(sound.iter().map(|(path, _)| path)) {
            let mut bytes = fs::read(path).unwrap();
            damage(&mut bytes);
            fs::write(path, bytes).unwrap();
        }
        book.xtask(&["test-listings"])
            .succeeds()
            .says("recording 1");
        book.xtask(&["build"]).succeeds();
        for (path, bytes) in &sound {
            assert_eq!(&fs::read(path).unwrap(), bytes, "{}", path.display());
            let name = path.strip_prefix(book.path("src")).unwrap();
            let published = book.path("book").join(name);
            assert_eq!(&fs::read(published).unwrap(), bytes, "{}", name.display());
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_trace_from_the_command_line_waits_for_whoever_records() {
    let book = book().bless();
    fs::create_dir_all(book.path("target/book/trace")).unwrap();
    let lock = File::create(book.path("target/book/trace/lock")).unwrap();
    lock.lock().unwrap();
    let said = book.path("said.txt");
    let mut child = book
        .command(&["trace", "03_allocator/a"])
        .stdout(std::process::Stdio::null())
        .stderr(File::create(&said).unwrap())
        .spawn()
        .unwrap();
    wait_until_locked_out(&mut child);
    let said = fs::read_to_string(said).unwrap();
    assert!(said.contains("waiting for another run"), "{said}");
    drop(lock);
    assert!(child.wait().unwrap().success());
}
