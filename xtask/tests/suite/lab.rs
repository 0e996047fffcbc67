//! The lab of `cargo xtask serve`: what a page sends is compiled and recorded, for nobody else, and whatever it is.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::server::{Server, book};
use crate::support::{Book, wait_until};
use book_recorder::run::{RunEnd, Runnable};

const LEAKS: &str = "const std = @import(\"std\");\n\npub fn main(init: std.process.Init) !void {\n    const bytes = try init.gpa.alloc(u8, 12);\n    bytes[0] = 1;\n    std.debug.print(\"hi {d}\\n\", .{bytes[0]});\n}\n";
const HELLO: &str = "const std = @import(\"std\");\n\npub fn main() void {\n    std.debug.print(\"changed\\n\", .{});\n}\n";
/// Works at compile time, for ever.
const ENDLESS: &str = "comptime {\n    @setEvalBranchQuota(4_000_000_000);\n    var n: u64 = 0;\n    while (true) n +%= 1;\n}\npub fn main() void {}\n";

/// A page of this server, which knows its token.
struct Tab<'s> {
    server: &'s Server,
    token: String,
    name: &'static str,
}

impl<'s> Tab<'s> {
    fn open(server: &'s Server, name: &'static str) -> Tab<'s> {
        let (status, body) = request(server, "GET", "/lab.json", "", b"");
        assert_eq!(status, 200);
        let known: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(known["zig"], "0.17.1");
        let token = known["token"].as_str().expect("a token").to_string();
        assert!(token.len() >= 32);
        Tab {
            server,
            token,
            name,
        }
    }

    fn post(&self, path: &str, listing: Option<&str>, source: &str) -> (u16, Value) {
        let body = json!({ "page": self.name, "listing": listing, "source": source });
        self.post_bytes(path, body.to_string().as_bytes())
    }

    fn post_bytes(&self, path: &str, body: &[u8]) -> (u16, Value) {
        let head = format!("X-Lab-Token: {}\r\n", self.token);
        let (status, body) = request(self.server, "POST", path, &head, body);
        (status, serde_json::from_slice(&body).expect("JSON"))
    }

    /// The answer to a program that is compiled.
    #[track_caller]
    fn sends(&self, path: &str, source: &str) -> Value {
        let (status, answer) = self.post(path, None, source);
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

/// An answer's status and body; `head` is more of the request's, each line with its end.
fn request(server: &Server, method: &str, path: &str, head: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let own = format!("Host: {}\r\n", server.address);
    request_to(server, method, path, &(own + head), body)
}

fn request_to(
    server: &Server,
    method: &str,
    path: &str,
    head: &str,
    body: &[u8],
) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(&server.address).expect("a connection");
    let limit = Some(Duration::from_secs(300));
    stream.set_read_timeout(limit).expect("a time limit");
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {length}\r\n{head}\r\n"
    )
    .expect("a request");
    stream.write_all(body).expect("the body");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|found| found == b"\r\n\r\n");
    let end = end.expect("a head");
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (status.expect("a status"), answer[end + 4..].to_vec())
}

fn sentence(answer: &Value) -> &str {
    answer["sentence"].as_str().unwrap_or_default()
}

/// The messages of the compiler's errors.
fn messages(answer: &Value) -> Vec<&str> {
    let errors = answer["errors"].as_array().expect("a list of errors");
    let messages = errors.iter().map(|error| error["message"].as_str());
    messages
        .map(|message| message.expect("a message"))
        .collect()
}

fn run(server: &Server, answer: &Value) -> (String, RunEnd) {
    let path = answer["module"]
        .as_str()
        .unwrap_or_else(|| panic!("no module: {answer}"));
    let (status, module) = request(server, "GET", path, "", b"");
    assert_eq!(status, 200);
    let entry = answer["entry"].as_str().unwrap_or_default();
    Runnable::new(&module)
        .expect("a module")
        .run(entry)
        .expect("it runs")
}

#[test]
fn a_changed_program_is_built_run_and_recorded() {
    let book = book();
    let server = Server::start(&book).ready();
    let tab = Tab::open(&server, "a");
    let (status, source) = request(
        &server,
        "GET",
        "/lab/source?listing=03_allocator%2Fruns",
        "",
        b"",
    );
    assert_eq!(status, 200);
    let source: Value = serde_json::from_slice(&source).expect("JSON");
    assert_eq!(source["kind"], "run");
    assert_eq!(source["expects"], "run");
    let text = source["source"].as_str().expect("a source");
    assert!(text.starts_with("const std"), "{text}");

    // A listing that was changed.
    let changed = text.replace("hello", "bye");
    let (status, answer) = tab.post("/lab/build", Some("03_allocator/runs"), &changed);
    assert_eq!((status, &answer["kind"]), (200, &json!("run")));
    assert_eq!(
        run(&server, &answer),
        ("bye\n".to_string(), RunEnd::Exited(0))
    );

    // What it declares for the standard library counts.
    let options = "const std = @import(\"std\");\npub const std_options: std.Options = .{ .log_level = .err };\npub fn main() void {\n    std.log.info(\"quiet\", .{});\n    std.log.err(\"loud\", .{});\n}\n";
    let answer = tab.sends("/lab/build", options);
    assert_eq!(run(&server, &answer).0, "error: loud\n");

    // What is wrong is said at its lines.
    let answer = tab.sends("/lab/build", "pub fn main() void {\n    const a: u8 = \"x\";\n    _ = a;\n}\nfn f() void {\n    _ = b;\n}\n");
    let error = &answer["errors"][0];
    assert_eq!(
        (&error["line"], &error["column"]),
        (&json!(6), &json!(9)),
        "{answer}"
    );
    assert_eq!(error["message"], "use of undeclared identifier 'b'");
    assert_eq!(answer["module"], Value::Null);
    let answer = tab.sends("/lab/build", "const std = @import(\"std\");\npub fn main() void {\n    std.debug.print(\"{d}\\n\", .{});\n}\n");
    assert_eq!(
        answer["errors"][0]["line"], 3,
        "an error inside the library: {answer}"
    );
    assert_eq!(messages(&answer), ["too few arguments"]);

    let answer = tab.sends("/lab/build", "pub fn main() void {\n    const list = [_]u8{ 1, 2 };\n    var at: u64 = 1;\n    _ = &at;\n    _ = list[at];\n}\n");
    assert_eq!(answer["errors"][0]["line"], 5, "{answer}");
    assert!(sentence(&answer).contains("32-bit WebAssembly"), "{answer}");

    // A leak, and where it was allocated.
    let answer = tab.sends("/lab/trace", LEAKS);
    assert_eq!(answer["output"], "hi 1\n");
    assert_eq!(answer["outcome"]["word"], "leaked");
    let said = answer["outcome"]["sentence"].as_str().expect("a sentence");
    assert_eq!(
        said,
        "It ran to its end, and 1 block (12 bytes) was never freed."
    );
    assert_eq!(
        answer["leaks"],
        "leaked: 12 bytes of init.gpa, allocated in line 4\n"
    );
    let figure = answer["trace"]["figure"].as_str().expect("a figure");
    assert!(figure.starts_with("<figure class=\"trace\""), "{figure}");
    assert!(
        answer["trace"]["data"]
            .as_str()
            .expect("data")
            .starts_with("bookTrace(")
    );

    // A panic and its line, which WebAssembly does not tell.
    let answer = tab.sends("/lab/trace", "pub fn main() void {\n    var list = [_]u8{ 1, 2 };\n    var at: usize = 2;\n    _ = &at;\n    list[at] = 3;\n}\n");
    assert_eq!(
        answer["outcome"]["sentence"],
        "It panicked at line 5: index out of bounds: index 2, len 2."
    );

    // A file, which there is none of.
    let answer = tab.sends("/lab/trace", "const std = @import(\"std\");\npub fn main(init: std.process.Init) !void {\n    const file = try std.Io.Dir.cwd().openFile(init.io, \"a.txt\", .{});\n    file.close(init.io);\n}\n");
    assert_eq!(
        answer["outcome"]["sentence"],
        "`main` returned `error.FileNotFound` at line 3. What runs here is in a folder that is empty and cannot be written."
    );

    // Tests.
    let tests = "const std = @import(\"std\");\ntest \"holds\" {}\ntest \"breaks\" {\n    try std.testing.expect(false);\n}\n";
    let answer = tab.sends("/lab/build", tests);
    assert_eq!(answer["kind"], "test");
    let (printed, end) = run(&server, &answer);
    assert!(printed.contains("1/2 main.test.holds...OK"), "{printed}");
    assert!(printed.contains("FAIL (TestUnexpectedResult)"), "{printed}");
    assert_eq!(end, RunEnd::Exited(1));
    let answer = tab.sends("/lab/trace", tests);
    assert_eq!(answer["outcome"]["word"], "failed", "{answer}");
    let answer = tab.sends("/lab/trace", "const a = 1;\n");
    assert!(sentence(&answer).contains("nothing to run"), "{answer}");
}

#[test]
fn only_pages_of_its_own_are_compiled_for() {
    let book = book();
    let old = Tab::open(&Server::start(&book).ready(), "old").token;
    let server = Server::start(&book).ready();
    let tab = Tab::open(&server, "a");
    assert_ne!(old, tab.token, "a token is of one run of the server");
    let own = format!("Host: {}\r\n", server.address);
    let good = format!("X-Lab-Token: {}\r\n", tab.token);
    let body = json!({ "page": "a", "listing": null, "source": HELLO }).to_string();
    for (head, expected) in [
        (format!("{own}{good}"), 200),
        (
            format!("{own}{good}Origin: http://{}\r\n", server.address),
            200,
        ),
        (format!("{own}{good}Origin: https://evil.example\r\n"), 403),
        (format!("{own}{good}Origin: null\r\n"), 403),
        (format!("Host: evil.example\r\n{good}"), 403),
        (own.clone(), 403),
        (format!("{own}X-Lab-Token: {old}\r\n"), 403),
        (format!("{own}X-Lab-Token: \r\n"), 403),
    ] {
        let (status, _) = request_to(&server, "POST", "/lab/build", &head, body.as_bytes());
        assert_eq!(status, expected, "{head}");
    }
    let (_, said) = request(&server, "POST", "/lab/build", "", body.as_bytes());
    assert!(String::from_utf8_lossy(&said).contains("reload the page"));
    for head in ["Origin: https://evil.example\r\n", "Origin: null\r\n"] {
        let (status, said) = request(&server, "GET", "/lab.json", head, b"");
        assert_eq!(status, 403);
        assert!(!String::from_utf8_lossy(&said).contains(&tab.token));
    }

    // What is no request of a page.
    let large = json!({ "page": "a", "listing": null, "source": " ".repeat(10 << 20) });
    let (status, answer) = tab.post_bytes("/lab/build", large.to_string().as_bytes());
    assert_eq!(status, 413);
    assert!(
        answer["error"]
            .as_str()
            .expect("a sentence")
            .contains("256 KiB")
    );
    for (body, word) in [
        (
            &b"{\"page\":\"a\",\"listing\":null,\"source\":\"\xff\"}"[..],
            "not UTF-8",
        ),
        (b"pub fn main() void {}", "not what a page of the lab sends"),
        (b"", "not what a page of the lab sends"),
    ] {
        let (status, answer) = tab.post_bytes("/lab/trace", body);
        assert_eq!(status, 400);
        assert!(
            answer["error"].as_str().expect("a sentence").contains(word),
            "{answer}"
        );
    }
    let (status, _) = tab.post("/lab/build", Some("03_allocator/none"), HELLO);
    assert_eq!(status, 404);
    assert!(
        tab.sends("/lab/build", HELLO)["module"].is_string(),
        "and the lab goes on"
    );
}

#[test]
fn where_others_can_ask_there_is_no_lab_unless_it_is_wanted() {
    let book = book();
    let everywhere = ["--host", "0.0.0.0"];
    let server = Server::start_with(&book, &everywhere).ready();
    assert_eq!(request(&server, "GET", "/lab.json", "", b"").0, 404);
    drop(server);
    let server = Server::start_with(&book, &[&everywhere[..], &["--lab"]].concat()).ready();
    assert_eq!(request(&server, "GET", "/lab.json", "", b"").0, 200);
}

#[test]
fn the_compiler_reads_nothing_beside_the_program() {
    let book = book();
    let server = Server::start(&book).ready();
    let tab = Tab::open(&server, "a");
    // What somebody left there is gone before the compiler comes.
    let stage = book.path("target/book/lab/stage");
    fs::create_dir_all(&stage).expect("a folder");
    symlink("/etc", stage.join("link")).expect("a link");
    symlink("/etc/passwd", stage.join("link.txt")).expect("a link");
    let embed = |path: &str| {
        format!(
            "const std = @import(\"std\");\npub fn main() void {{\n    std.debug.print(\"{{s}}\", .{{@embedFile(\"{path}\")}});\n}}\n"
        )
    };
    let import = |path: &str| {
        format!("const x = @import(\"{path}\");\npub fn main() void {{\n    _ = x;\n}}\n")
    };
    let up = "../".repeat(12);
    for (source, word) in [
        (embed("/etc/passwd"), "outside package path"),
        (embed(&format!("{up}etc/passwd")), "outside package path"),
        (embed("../../../../book.toml"), "outside package path"),
        (embed("link/passwd"), "FileNotFound"),
        (embed("link.txt"), "FileNotFound"),
        (import("/etc/passwd.zig"), "outside module path"),
        (import(&format!("{up}etc/passwd.zig")), "outside module path"),
        (import("link/passwd.zig"), "FileNotFound"),
        (import("/etc/passwd.zon"), "outside module path"),
        (
            "const c = @cImport(@cInclude(\"/etc/passwd\"));\npub fn main() void {\n    _ = c;\n}\n".to_string(),
            "invalid builtin function",
        ),
    ] {
        for path in ["/lab/build", "/lab/trace"] {
            let answer = tab.sends(path, &source);
            assert!(messages(&answer).concat().contains(word), "{source}\n{answer}");
            assert!(!answer.to_string().contains("root:"), "{answer}");
        }
    }
    // The assembler reads what it is told to.
    let assembly = "comptime {\n    asm (\".globl leak\\nleak: .incbin \\\"/etc/passwd\\\"\");\n}\npub fn main() void {}\n";
    let answer = tab.sends("/lab/build", assembly);
    assert_eq!(answer["module"], Value::Null);
    assert!(
        sentence(&answer).contains("Line 2 holds the word `asm`"),
        "{answer}"
    );
}

/// How a program ended that was to be recorded, or why it was not.
fn ending(answer: &Value) -> &str {
    let said = answer["outcome"]["sentence"].as_str();
    said.unwrap_or(sentence(answer))
}

/// A program whose main function has this body.
fn program(body: &str) -> String {
    format!(
        "const std = @import(\"std\");\n\nfn down(n: u64) u64 {{\n    return down(n + 1) + 1;\n}}\n\npub fn main(init: std.process.Init) !void {{\n{body}}}\n"
    )
}

#[test]
fn nothing_goes_on_for_ever() {
    let book = book();
    // What both kinds of programs are built with is compiled then, and what is not endless takes a second.
    let patient = Server::start(&book).ready();
    let tab = Tab::open(&patient, "a");
    for path in ["/lab/build", "/lab/trace"] {
        tab.sends(path, HELLO);
    }
    drop(patient);
    let server = Server::start_with(&book, &["--patience", "0.25"]).ready();
    let tab = Tab::open(&server, "a");
    let answer = tab.sends("/lab/build", ENDLESS);
    assert!(
        sentence(&answer).contains("The compiler was stopped after 5 s"),
        "{answer}"
    );
    let hoards = "comptime {\n    @setEvalBranchQuota(4_000_000_000);\n    var text: []const u8 = \"0123456789abcdef\";\n    while (true) text = text ++ text;\n}\npub fn main() void {}\n";
    let answer = tab.sends("/lab/build", hoards);
    assert!(
        !sentence(&answer).is_empty() || !messages(&answer).is_empty(),
        "{answer}"
    );
    for body in [
        "    _ = init;\n    while (true) std.debug.print(\"more\\n\", .{});\n",
        "    while (true) _ = try init.gpa.alloc(u8, 1 << 20);\n",
        "    _ = init;\n    var n: u64 = 0;\n    while (true) n +%= 1;\n",
    ] {
        let answer = tab.sends("/lab/trace", &program(body));
        let said = ending(&answer);
        assert!(
            !said.is_empty() && !said.contains("compiler"),
            "{body}\n{answer}"
        );
    }
    assert!(
        tab.sends("/lab/build", HELLO)["module"].is_string(),
        "and the lab goes on"
    );
}

#[test]
fn nothing_takes_all_there_is() {
    let book = book();
    let server = Server::start(&book).ready();
    let tab = Tab::open(&server, "a");
    tab.sends("/lab/build", HELLO);

    // As many errors as a program may have letters for.
    let errors: String = (0..9_000)
        .map(|n| format!("const a{n} = b{n};\n"))
        .collect();
    let answer = tab.sends("/lab/build", &format!("{errors}pub fn main() void {{}}\n"));
    let count = messages(&answer).len();
    assert!((1..=20).contains(&count), "{count} errors");
    assert!(!sentence(&answer).is_empty());

    // A program of a few lines may be large, for this lab or for any machine of 32 bits. Its words are known: the
    // compiler has not broken down, and what it has kept stays.
    let holds = |data: &str| {
        format!(
            "const std = @import(\"std\");\nvar data: {data};\npub fn main() void {{\n    data[5] = 2;\n    \
             std.debug.print(\"{{d}} {{d}}\\n\", .{{ data[5], data[data.len - 1] }});\n}}\n"
        )
    };
    for (path, most) in [("/lab/build", "16 MiB"), ("/lab/trace", "15 MiB")] {
        let answer = tab.sends(path, &holds("[20 << 20]u8 = @splat(1)"));
        assert!(sentence(&answer).contains(most), "{answer}");
        for data in [
            "[3 << 30]u8 = undefined",
            "[(4 << 30) - 70_000]u8 = undefined",
        ] {
            let answer = tab.sends(path, &holds(data));
            let said = sentence(&answer);
            assert!(
                said.contains(most) || said.contains("2 GiB of memory"),
                "{answer}"
            );
        }
    }
    assert!(!book.path("target/book/zig-cache-1").exists());

    let deep = program("    _ = init;\n    std.debug.print(\"{d}\\n\", .{down(0)});\n");
    let answer = tab.sends("/lab/trace", &deep);
    assert!(!ending(&answer).is_empty(), "{answer}");
    assert!(
        tab.sends("/lab/build", HELLO)["module"].is_string(),
        "and the lab goes on"
    );
}

#[test]
fn two_tabs_take_turns_and_the_newest_of_one_wins() {
    let book = book();
    let server = Server::start(&book).ready();
    let [first, second] = &["a", "b"].map(|name| Tab::open(&server, name));
    first.sends("/lab/build", HELLO);
    std::thread::scope(|scope| {
        // It may come while the second is compiled.
        let error = |answer: &Value| answer["error"].as_str().unwrap_or_default().to_string();
        let endless = scope.spawn(move || {
            loop {
                let (status, answer) = first.post("/lab/build", None, ENDLESS);
                if !error(&answer).starts_with("Busy") {
                    return (status, answer);
                }
            }
        });
        let busy = || second.post("/lab/build", None, HELLO);
        wait_until("the first to be compiled", || busy().0 == 409);
        let (_, answer) = busy();
        assert!(
            answer["error"]
                .as_str()
                .expect("a sentence")
                .starts_with("Busy")
        );
        let newer = first.sends("/lab/build", HELLO);
        assert!(newer["module"].is_string());
        let (status, answer) = endless.join().expect("an answer");
        assert_eq!(status, 409);
        assert!(
            answer["error"]
                .as_str()
                .expect("a sentence")
                .starts_with("Replaced")
        );
    });
    assert!(second.sends("/lab/build", HELLO)["module"].is_string());
}

/// The compilers that run in this book.
fn compilers(book: &Book) -> usize {
    let stage = book
        .path("target/book/lab")
        .canonicalize()
        .expect("a folder");
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter(|process| {
            fs::read_link(process.path().join("cwd")).is_ok_and(|folder| folder.starts_with(&stage))
        })
        .count()
}

#[test]
fn a_server_that_is_killed_leaves_no_compiler_and_nothing_torn() {
    let book = book();
    let mut server = Server::start(&book).ready();
    Tab::open(&server, "a").sends("/lab/build", HELLO);
    if cfg!(target_os = "linux") {
        let token = Tab::open(&server, "a").token;
        let body = json!({ "page": "a", "listing": null, "source": ENDLESS }).to_string();
        let mut stream = TcpStream::connect(&server.address).expect("a connection");
        write!(
            stream,
            "POST /lab/build HTTP/1.1\r\nHost: {}\r\nX-Lab-Token: {token}\r\nContent-Length: {}\r\n\r\n{body}",
            server.address,
            body.len()
        )
        .expect("a request");
        wait_until("the compiler", || compilers(&book) > 0);
        server.child.kill().expect("it is killed");
        server.child.wait().expect("it ends");
        wait_until("the compiler's end", || compilers(&book) == 0);
    }
    drop(server);
    let server = Server::start(&book).ready();
    let answer = Tab::open(&server, "a").sends("/lab/build", HELLO);
    assert_eq!(run(&server, &answer).0, "changed\n");
}

/// The lab's folder as a file system of its own, which is too small for a program: this runs where the system lets an
/// ordinary user mount one.
#[test]
fn a_full_disk_is_said_and_the_lab_goes_on() {
    let book = book();
    fs::create_dir_all(book.path("target/book/lab")).expect("a folder");
    let mount = |then: &str| {
        let script = format!("mount -t tmpfs -o size=100k none target/book/lab || exit 77; {then}");
        let mut command = Command::new("unshare");
        command
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(book.root());
        command
    };
    if !mount("true").status().is_ok_and(|status| status.success()) {
        eprintln!("NOT TESTED: a full disk, because this system lets nobody mount one");
        return;
    }
    let server = Server::of(&mut mount("exec \"$0\" serve --port 0")).ready();
    let tab = Tab::open(&server, "a");
    for _ in 0..2 {
        let (status, answer) = tab.post("/lab/build", None, HELLO);
        assert_eq!(status, 500, "{answer}");
        let said = answer["error"].as_str().expect("a sentence");
        assert!(said.contains("the disk is full"), "{said}");
    }
    // What needs no room is still answered.
    assert_eq!(
        tab.sends("/lab/build", "const a = 1;\n")["module"],
        Value::Null
    );
}
