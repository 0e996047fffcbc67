//! The gate: a book with a listing that fails is not rendered, whichever way it is built, and the last good
//! book stays byte for byte.

use crate::support;
use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Book, CommandOutput, repository, wait_until};
use rustix::process::{Pid, Signal, kill_process_group};

const MAIN: &str = "pub fn main(init: std.process.Init) !void {\n    const row = try init.gpa.alloc(u8, 4);\n    defer init.gpa.free(row);\n    @memset(row, 7);\n    std.debug.print(\"{d}\\n\", .{row[3]});\n}\n";

/// A book of one chapter with one listing, built once.
fn book() -> Book {
    let book = Book::new()
        .zig("row", "//@ run", MAIN)
        .zig(
            "late",
            "//@ panic: too late",
            "pub fn main() void {\n    @panic(\"too late\");\n}\n",
        )
        .write(
            "src/lesson.md",
            "# A lesson\n\n{{#listing 03_allocator/row}}\n\n{{#listing 03_allocator/late}}\n",
        )
        .bless();
    book.xtask(&["build"]).succeeds();
    assert!(
        book.read("book/lesson.html").contains("<figure"),
        "the figure is on the page"
    );
    book
}

/// Every file of the built book.
fn built(book: &Book) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(book.path("book"))
        .into_iter()
        .map(|entry| entry.expect("the built book can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().to_path_buf(),
                fs::read(entry.path()).expect("a file of the built book"),
            )
        })
        .collect()
}

/// The built book once nothing of it changes any more: a page is there before what is written after it.
fn settled(book: &Book) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut seen, mut same) = (built(book), 0);
    wait_until("the whole book", || {
        let now = built(book);
        same = if now == seen { same + 1 } else { 0 };
        seen = now;
        same >= 25
    });
    seen
}

fn mdbook(book: &Book) -> Command {
    let program = repository().join(".toolchain/mdbook-0.5.4/bin/mdbook");
    assert!(
        program.is_file(),
        "the stock mdBook is missing: run `cargo xtask test`, which installs it"
    );
    let mut command = Command::new(program);
    command.current_dir(book.root());
    command
}

/// A server, stopped at the end.
struct MdbookServer {
    child: Child,
    said: PathBuf,
    port: u16,
}

impl MdbookServer {
    fn start(book: &Book, mut command: Command) -> MdbookServer {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let said = book.path("server.log");
        let log = fs::File::create(&said).unwrap();
        command
            .args(["--port", &port.to_string()])
            .stdin(Stdio::null());
        command
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .process_group(0);
        MdbookServer {
            child: command.spawn().unwrap(),
            said,
            port,
        }
    }

    fn said(&self) -> String {
        fs::read_to_string(&self.said).unwrap_or_default()
    }

    fn waits_for(&self, text: &str) {
        wait_until(
            &format!("the server to say {text:?}, but it says {}", self.said()),
            || self.said().contains(text),
        );
    }

    fn page(&self, path: &str) -> String {
        use std::io::{Read, Write};
        let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", self.port)) else {
            return String::new();
        };
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let mut page = Vec::new();
        if stream.write_all(request.as_bytes()).is_ok() {
            let _ = stream.read_to_end(&mut page);
        }
        let page = String::from_utf8_lossy(&page).into_owned();
        page.split_once("\r\n\r\n")
            .map_or(String::new(), |(_, body)| body.to_string())
    }
}

impl Drop for MdbookServer {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.child);
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
    }
}

/// The ways to break the listing, and what the gate says of each: the file, the line, and what happened.
fn breaks() -> [(&'static str, &'static str, String, &'static str); 4] {
    let row = "listings/03_allocator/row.zig";
    let source =
        |body: &str| format!("//@ run\n//@ title: T\n\nconst std = @import(\"std\");\n\n{body}");
    [
        ("output", row, source(&MAIN.replace("row, 7", "row, 8")), "row.zig.out:1: listings/03_allocator/row.zig prints something else"),
        ("leak", row, source(&MAIN.replace("    defer init.gpa.free(row);\n", "")), "row.zig:7: declared `run`, but it leaked"),
        ("compile error", row, source(&MAIN.replace("row, 7", "row, x")), "row.zig:9: declared `run`, but it does not build"),
        (
            "panic text",
            "listings/03_allocator/late.zig",
            "//@ panic: too late\n//@ title: T\n\nconst std = @import(\"std\");\n\npub fn main() void {\n    @panic(\"too soon\");\n}\n".into(),
            "late.zig:1: declared `panic: too late`, but what is printed does not contain that",
        ),
    ]
}

#[test]
fn both_builds_refuse_each_broken_listing_and_keep_the_last_good_book() {
    let book = book();
    let before = built(&book);
    for (name, path, broken, said) in breaks() {
        let good = book.read(path);
        book.set(path, &broken);
        book.xtask(&["build"])
            .found_wrong()
            .says(said)
            .says("hint: ");
        let stock: CommandOutput = support::said(mdbook(&book).arg("build"));
        assert_ne!(
            stock.status,
            Some(0),
            "mdbook build renders with a broken {name}"
        );
        stock.says(said);
        assert!(
            built(&book) == before,
            "the last good book has changed by a broken {name}"
        );
        book.set(path, good);
    }
    support::said(mdbook(&book).arg("build")).succeeds();
    assert_eq!(
        built(&book).len(),
        before.len(),
        "both builds write the same files"
    );
}

#[test]
fn the_server_shows_each_failure_in_the_browser_and_serves_the_last_good_page() {
    let book = book();
    let server = MdbookServer::start(&book, book.command(&["serve"]));
    wait_until("the server to answer", || {
        server.page("/lesson.html").contains("<figure")
    });
    let before = built(&book);
    for (name, path, broken, said) in breaks() {
        // Each page knows by a number which book it is of.
        let good = server.page("/lesson.html");
        let source = book.read(path);
        book.set(path, &broken);
        server.waits_for(said);
        assert!(
            server.page("/lesson.html") == good,
            "the last good page has changed by a broken {name}"
        );
        assert!(
            built(&book) == before,
            "the last good book has changed by a broken {name}"
        );
        book.set(path, source);
        fs::write(&server.said, "").unwrap();
        wait_until("the mended book", || server.said().contains("rendered in"));
        fs::write(&server.said, "").unwrap();
    }
}

#[test]
fn the_stock_server_keeps_the_last_good_book_too() {
    let book = book();
    let mut command = mdbook(&book);
    command.arg("serve").args(["--hostname", "127.0.0.1"]);
    let server = MdbookServer::start(&book, command);
    wait_until("the server to answer", || {
        server.page("/lesson.html").contains("<figure")
    });
    let mut before = settled(&book);
    for (name, path, broken, said) in breaks() {
        let source = book.read(path);
        book.set(path, &broken);
        server.waits_for(said);
        assert!(
            built(&book) == before,
            "the last good book has changed by a broken {name}"
        );
        book.set(path, source);
        let mended = format!(
            "{}\nMended after a broken {name}.\n",
            book.read("src/lesson.md")
        );
        book.set("src/lesson.md", mended);
        wait_until("the mended book", || {
            server
                .page("/lesson.html")
                .contains(&format!("Mended after a broken {name}."))
        });
        before = settled(&book);
        fs::write(&server.said, "").unwrap();
    }
}

#[test]
fn killed_in_the_middle_of_a_render_it_leaves_the_last_good_book_whole() {
    let book = book();
    // What was made for an earlier page stays for a while: another build may be about to copy it.
    let files = |book: &Book| -> Vec<PathBuf> {
        let files = built(book).into_keys();
        files
            .filter(|path| !path.starts_with(book.path("book/generated")))
            .collect()
    };
    let before = files(&book);
    let chapter = book.read("src/lesson.md");
    // Parts of the time that a build takes on this machine now: it is measured anew by each that ends too early.
    let started = Instant::now();
    book.set("src/lesson.md", format!("{chapter}\nA first sentence.\n"));
    book.xtask(&["build"]).succeeds();
    let mut whole = started.elapsed();
    let mut tenth = 1;
    let mut ended = 0;
    while tenth <= 9 {
        book.set(
            "src/lesson.md",
            format!("{}\nAnother sentence.\n", book.read("src/lesson.md")),
        );
        let mut child = book
            .command(&["build"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while started.elapsed() < whole * tenth / 10 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let lasted = started.elapsed();
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            whole = whole.min(lasted);
            ended += 1;
            assert!(
                ended < 50,
                "no build is killed at {tenth} tenths of {whole:?}"
            );
        } else {
            tenth += 1;
        }
        let page = book.read("book/lesson.html");
        assert!(
            page.trim_end().ends_with("</html>"),
            "the page is torn after {lasted:?} of {whole:?}"
        );
    }
    book.set("src/lesson.md", chapter);
    book.xtask(&["build"]).succeeds();
    assert_eq!(files(&book), before, "something is left behind");
}

#[test]
fn what_a_chapter_gets_wrong_is_named_by_its_line() {
    let book = Book::new().zig("row", "//@ run", MAIN).bless();
    for (text, said) in [
        ("{{#listing 03_allocator/raw}}", "src/lesson.md:5: "),
        ("{{#listing 03_allocator/row:middle}}", "src/lesson.md:5: "),
        (
            "{{#listing 03_allocator/row color=red}}",
            "src/lesson.md:5: ",
        ),
        ("{{#listen 03_allocator/row}}", "src/lesson.md:5: "),
        ("```zig\nconst a = 1;\n```", "src/lesson.md:5: "),
        ("[away](nowhere.md)", "src/lesson.md:5: "),
        ("[away](#nowhere)", "src/lesson.md:5: "),
    ] {
        book.set(
            "src/lesson.md",
            format!("# A lesson\n\n{{{{#listing 03_allocator/row}}}}\n\n{text}\n"),
        );
        book.xtask(&["build"])
            .found_wrong()
            .says(said)
            .says("hint: ");
    }
    book.set("src/lesson.md", "# A lesson\n");
    book.xtask(&["build"])
        .found_wrong()
        .says("listings/03_allocator/row.zig: no chapter shows this listing");
}

/// Whatever an author writes for readers is looked at, each place once here; the ways are the guard's own tests'.
#[test]
fn code_that_no_listing_backs_is_refused_in_every_text_at_its_line() {
    let book = Book::new()
        .exercise("03_allocator")
        .zig("row", "//@ run", MAIN)
        .bless();
    book.set(
        "src/SUMMARY.md",
        "# Summary\n\n- [A lesson](lesson.md)\n- [Another](another.md)\n",
    );
    book.set(
        "src/lesson.md",
        "# A lesson\n\n{{#listing 03_allocator/row}}\n\n{{#quiz 03_allocator}}\n\n{{#exercise 03_allocator}}\n",
    );
    book.set("src/code.html", "<pre>const a = 1;</pre>\n");
    book.set(
        "src/another.md",
        "# Another\n\n````admonish note\n> 1. a\n>\n>    ```{zig}\n>    const a = 1;\n>    ```\n````\n\n\
         {{#include ../listings/03_allocator/row.zig}}\n\n```text\n{{#include ../listings/03_allocator/row.zig}}\n```\n\n\
         [the program](code.html)\n\n[a][nowhere] b[^never]\n\n{{#listing 03_allocator/row\n\n\
         {{#rustdoc_include ../listings/03_allocator/row.zig}}\n",
    );
    book.set(
        "listings/03_allocator/quiz.toml",
        "title = \"<pre>T</pre>\"\n\n[[question]]\nid = \"one\"\nkind = \"choice\"\nprompt = \"\"\"\nWhich?\n\n    const a = 1;\n\"\"\"\n\
         options = [\n  { text = \"a\\n\\n```zig\\nb\\n```\", right = true, why = \"\"\"\nSee:\n```\nb\n```\"\"\" },\n  \
         { text = \"{{#listing a/b}}\", why = \"<code>c</code>\" },\n]\n\n\
         [[question]]\nid = \"two\"\nkind = \"short\"\nprompt = \"How many?\"\naccept = [\"1\"]\nwhy = \"[a][never]\"\n\
         near = [ { answer = \"2\", why = \"    const a = 1;\" } ]\n",
    );
    let manifest = "exercises/03_allocator/exercise.toml";
    let text = book
        .read(manifest)
        .replace(
            "Write `double`.\n",
            "Write `double`:\n\n~~~c\nint a;\n~~~\n",
        )
        .replace(
            "Both allocate once.\n",
            "Both:\n\n```console\n$ zig run\nconst a = 1;\n```\n",
        )
        .replace("the caller owns it", "<samp>a</samp>")
        .replace("![]u8", "!*u8");
    book.set(manifest, text);
    let hints = "exercises/03_allocator/hints.md";
    let text = book
        .read(hints)
        .replace("Count.", "Count.\n\n    defer gpa.free(a);\n\n{{#time}}");
    book.set(hints, text);
    let mut said = book.xtask(&["build"]).found_wrong();
    // The signature is a fault of the exercise itself, whose texts are looked at when its files are whole.
    said = said.says("exercise.toml:21: the signature `fn double(gpa: Allocator, text: []const u8) !*u8` is not in `solution.zig`");
    for place in [
        "src/another.md:6: fenced `{zig}` code",
        "src/another.md:11: `{{#include ../listings/03_allocator/row.zig}}` brings in a file",
        "src/another.md:14: `{{#include ../listings/03_allocator/row.zig}}` brings in a file",
        "src/another.md:17: the link `code.html` leads nowhere",
        "src/code.html: this file would be a page of the book",
        "src/another.md:19: the reference `[nowhere]` is defined nowhere",
        "src/another.md:19: the reference `[^never]` is defined nowhere",
        "src/another.md:23: `{{#rustdoc_include ../listings/03_allocator/row.zig}}` brings in a file",
        "quiz.toml:1: `title`: `<pre>` may not stand",
        "quiz.toml:9: `prompt`: an indented block",
        "quiz.toml:12: `text`: fenced `zig` code",
        "quiz.toml:14: `why`: a fenced block without a word",
        "quiz.toml:17: `text`: a directive stands where none is expanded",
        "quiz.toml:17: `why`: `<code>` may not stand",
        "quiz.toml:25: `why`: the reference `[never]` is defined nowhere",
        "quiz.toml:26: `why`: an indented block",
    ] {
        said = said.says(place);
    }
    book.set(manifest, book.read(manifest).replace("!*u8", "![]u8"));
    let mut said = book.xtask(&["build"]).found_wrong();
    for place in [
        "exercise.toml:6: `task`: fenced `c` code",
        "exercise.toml:16: `comparison`: this line reads as a program",
        "exercise.toml:23: `meaning`: `<samp>` may not stand",
        "hints.md:9: `hint 2`: an indented block",
        "hints.md:11: `hint 2`: a directive stands where none is expanded",
    ] {
        said = said.says(place);
    }
    let stock: CommandOutput = support::said(mdbook(&book).arg("build"));
    assert_ne!(stock.status, Some(0), "the stock mdBook renders it");
    stock
        .says("quiz.toml:9: `prompt`: an indented block")
        .says("hint: ");
    assert!(!book.path("book").exists(), "nothing is rendered");
}
