//! `cargo xtask serve` from the outside: a save shows the page or what is wrong, and the last good page stays.

use crate::support;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::Book;

const CHAPTER: &str = "# A lesson\n\n{{#listing 03_allocator/runs}}\n";

fn book() -> Book {
    Book::new()
        .zig(
            "runs",
            "//@ run",
            "pub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n",
        )
        .write("src/lesson.md", CHAPTER)
        .bless()
}

/// A running server, stopped when dropped.
struct Server {
    child: Child,
    address: String,
    /// What it has said since its address.
    said: Arc<Mutex<String>>,
}

impl Server {
    fn start(book: &Book) -> Server {
        Server::start_with(book, &[])
    }

    fn start_with(book: &Book, more: &[&str]) -> Server {
        let mut child = book
            .command(&[&["serve", "--port", "0"], more].concat())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its messages")).lines();
        let address = lines
            .by_ref()
            .map(|line| line.expect("text"))
            .find_map(|line| {
                let url = line.split("http://").nth(1)?;
                Some(url.split('/').next()?.to_string())
            })
            .expect("it says where it serves");
        // Whoever writes to a full pipe waits for ever.
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                *heard.lock().expect("no panic while locked") += &(line + "\n");
            }
        });
        Server {
            child,
            address,
            said,
        }
    }

    fn said(&self) -> String {
        self.said.lock().expect("no panic while locked").clone()
    }

    /// Waits for the first book.
    fn ready(self) -> Server {
        support::wait_until("the first book", || {
            self.get("/lesson.html").contains("200 OK")
        });
        self
    }

    /// The status of an answer; `head` is the whole request's, without its last empty line.
    fn status(&self, head: &str) -> u16 {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(stream, "{head}\r\nConnection: close\r\n\r\n").expect("a request");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        let mut line = String::new();
        BufReader::new(stream)
            .read_line(&mut line)
            .expect("an answer");
        line.split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .expect("a status")
    }

    fn get(&self, path: &str) -> String {
        self.get_with(path, "")
    }

    /// An answer with its head; `head` is more of the request's, each line with its end.
    fn get_with(&self, path: &str, head: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{head}\r\n",
            self.address
        )
        .expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Opens the socket on which pages hear of news.
    fn listen(&self) -> News {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        write!(
            stream,
            "GET /__livereload HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
            self.address
        )
        .expect("a request");
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert!(reader.read_line(&mut line).expect("an answer") > 0);
        }
        News(reader)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct News(BufReader<TcpStream>);

impl News {
    /// The next text message.
    fn next(&mut self) -> String {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).expect("news within a minute");
        let length = match head[1] {
            126 => {
                let mut bytes = [0; 2];
                self.0.read_exact(&mut bytes).expect("a length");
                u16::from_be_bytes(bytes) as usize
            }
            short => short as usize,
        };
        let mut text = vec![0; length];
        self.0.read_exact(&mut text).expect("a message");
        String::from_utf8(text).expect("text")
    }
}

#[test]
fn a_save_shows_the_page_or_what_is_wrong() {
    let book = book();
    let server = Server::start(&book);
    support::wait_until("the first book", || {
        server.get("/lesson.html").contains("200 OK")
    });
    let mut news = server.listen();

    book.set("src/lesson.md", format!("{CHAPTER}\nMore.\n"));
    let saved = Instant::now();
    assert_eq!(news.next(), "reload");
    assert!(saved.elapsed() < Duration::from_secs(20), "an author waits");
    assert!(server.get("/lesson.html").contains("More."));

    book.set("src/lesson.md", format!("{CHAPTER}\n{{{{#lisitng x}}}}\n"));
    assert!(
        news.next()
            .contains("src/lesson.md:5: `{{#lisitng x}}` is no directive")
    );
    assert!(
        server.get("/lesson.html").contains("More."),
        "the last good page stays"
    );
    let late = server.listen().next();
    assert!(
        late.contains("is no directive"),
        "a page opened now hears of it too"
    );

    book.set("src/lesson.md", CHAPTER);
    assert_eq!(news.next(), "reload");
    assert!(
        !book.path("book").exists(),
        "what is published has no part in it"
    );
}

#[test]
fn pages_are_sent_compressed_and_no_browser_keeps_them_for_later() {
    let book = book();
    let server = Server::start(&book);
    support::wait_until("the first book", || {
        server.get("/lesson.html").contains("200 OK")
    });
    let page = server.get("/lesson.html");
    assert!(page.contains("cache-control: no-cache"), "{page}");
    assert!(!page.contains("data-worker"), "a worker keeps pages");
    let packed = server.get_with("/lesson.html", "Accept-Encoding: gzip\r\n");
    assert!(packed.contains("content-encoding: gzip"));
    assert!(!packed.contains("<html"));
}

#[test]
fn before_the_first_good_book_the_page_says_what_is_wrong() {
    let book = book();
    book.set("src/lesson.md", "# A\n\n```zig\n```\n");
    let server = Server::start(&book);
    assert!(server.get("/").contains("No book yet"));
    let mut news = server.listen();
    assert!(news.next().contains("fenced `zig` code"));
    book.set("src/lesson.md", CHAPTER);
    assert_eq!(news.next(), "reload");
    assert!(server.get("/").contains("A lesson"));
}

#[test]
fn a_port_in_use_is_one_clear_error() {
    let book = book();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    book.xtask(&["serve", "--port", &port])
        .cannot()
        .says(&format!("port {port} is in use"))
        .says("hint: stop it, or choose another port");
}

#[test]
fn only_pages_of_its_own_are_answered() {
    let book = book();
    let server = Server::start_with(&book, &["--allow-host", "book.example"]).ready();
    let own = server.address.clone();
    let upgrade = "Upgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13";
    for (host, origin, expected) in [
        (own.as_str(), "", 200),
        (&own, &format!("http://{own}"), 200),
        ("book.example", "https://book.example", 200),
        // A proxy that gives the server the name it knows.
        (&own, "https://book.example", 200),
        // A page on the web, its own name that leads here, another server of this machine, a file.
        (&own, "https://evil.example", 403),
        ("evil.example", "http://evil.example", 403),
        ("evil.example", "", 403),
        (&own, "http://127.0.0.1:1", 403),
        (&own, "null", 403),
    ] {
        let head = match origin {
            "" => format!("Host: {host}"),
            origin => format!("Host: {host}\r\nOrigin: {origin}"),
        };
        let page = server.status(&format!("GET /lesson.html HTTP/1.1\r\n{head}"));
        assert_eq!(page, expected, "{head}");
        let mut stream = TcpStream::connect(&own).expect("a connection");
        write!(
            stream,
            "GET /__livereload HTTP/1.1\r\n{head}\r\nConnection: Upgrade\r\n{upgrade}\r\n\r\n"
        )
        .expect("a request");
        let mut line = String::new();
        BufReader::new(stream)
            .read_line(&mut line)
            .expect("an answer");
        let expected = if expected == 200 { "101" } else { "403" };
        assert!(line.contains(expected), "the socket for {head}: {line}");
    }
    assert!(
        server
            .get("/lesson.html")
            .contains("cross-origin-resource-policy: same-origin")
    );
}

#[test]
fn no_address_is_an_error_of_the_server_or_leads_to_another() {
    let book = book();
    let server = Server::start(&book).ready();
    let host = format!("Host: {}", server.address);
    for (path, expected) in [
        ("/", 200),
        ("/lesson.html", 200),
        (&format!("/{}", "a".repeat(8192)), 414),
        (&format!("/?{}", "a".repeat(8192)), 414),
        (&format!("/{}", "a".repeat(300)), 404),
        (&format!("/{}", "a/".repeat(2000)), 404),
        ("//css", 404),
        ("//evil.example/css", 404),
        ("/css", 404),
        ("/lesson.html/more", 404),
        ("/%00", 404),
        ("/..%2f..%2fbook.toml", 404),
        ("/%ff", 404),
    ] {
        let status = server.status(&format!("GET {path} HTTP/1.1\r\n{host}"));
        assert_eq!(status, expected, "{path}");
        let answer = server.get(path);
        assert!(
            !answer.to_ascii_lowercase().contains("\r\nlocation:"),
            "{path}: {answer}"
        );
    }
}

#[test]
fn under_a_path_of_a_proxy_pages_and_news_are_found() {
    let book = book();
    let server = Server::start(&book).ready();
    let page = server.get("/lesson.html");
    assert!(
        page.contains("new URL('__livereload', document.baseURI)"),
        "relative to the page"
    );
    assert!(page.contains("'https:' ? 'wss:' : 'ws:'"));
    let missing = server.get("/not/there.html");
    assert!(missing.contains("<base href=\"../\">"), "{missing}");
    assert!(server.get("/nowhere").contains("<base href=\"./\">"));
}

#[test]
fn connections_that_say_nothing_keep_nobody_out() {
    let book = book();
    let server = Server::start(&book).ready();
    let silent: Vec<TcpStream> = (0..400)
        .map(|_| TcpStream::connect(&server.address).expect("a connection"))
        .collect();
    assert!(server.get("/lesson.html").contains("200 OK"));
    // They are closed: at once where there are too many, the others after a while.
    for mut stream in silent {
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        let end = stream.read(&mut [0; 64]);
        assert!(
            !end.is_err_and(|error| matches!(
                error.kind(),
                std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
            )),
            "still open after a minute"
        );
    }
}

#[test]
fn a_folder_that_is_replaced_is_watched_again() {
    let book = book();
    let server = Server::start(&book).ready();
    let mut news = server.listen();
    // As a change of branches does it, with another state in between.
    std::fs::rename(book.path("src"), book.path("src-before")).expect("a folder");
    std::fs::create_dir(book.path("src-new")).expect("a folder");
    for name in ["SUMMARY.md", "lesson.md"] {
        let text = book.read(&format!("src-before/{name}"));
        book.set(&format!("src-new/{name}"), text);
    }
    book.set(
        "src-new/lesson.md",
        format!("{CHAPTER}\nThe other branch.\n"),
    );
    std::fs::rename(book.path("src-new"), book.path("src")).expect("a folder");
    support::wait_until("the other branch", || {
        server.get("/lesson.html").contains("The other branch.")
    });
    while news.next() != "reload" {}
    book.set("src/lesson.md", format!("{CHAPTER}\nA save after it.\n"));
    support::wait_until("a save after it", || {
        server.get("/lesson.html").contains("A save after it.")
    });
    assert!(
        !server.said().contains("note:"),
        "by the system's watcher: {}",
        server.said()
    );
}

#[test]
fn one_save_is_one_build() {
    let book = book();
    let server = Server::start(&book).ready();
    let mut news = server.listen();
    let builds = || server.said().matches("rendered in").count();
    support::wait_until("the first build", || builds() == 1);
    for (count, how) in (2..).zip([
        "in place",
        "another file takes the name",
        "the old one is kept",
    ]) {
        let text = format!("{CHAPTER}\nSaved {how}.\n");
        match how {
            "in place" => book.set("src/lesson.md", text),
            "another file takes the name" => {
                book.set("src/.lesson.md.new", text);
                std::fs::rename(book.path("src/.lesson.md.new"), book.path("src/lesson.md"))
                    .expect("a file");
            }
            _ => {
                book.set("src/4913", "");
                std::fs::remove_file(book.path("src/4913")).expect("a file");
                std::fs::rename(book.path("src/lesson.md"), book.path("src/lesson.md~"))
                    .expect("a file");
                book.set("src/lesson.md", text);
                std::fs::remove_file(book.path("src/lesson.md~")).expect("a file");
            }
        }
        assert_eq!(news.next(), "reload", "{how}");
        support::wait_until("its build", || builds() >= count);
        assert_eq!(builds(), count, "{how}: {}", server.said());
    }
    // What editors leave beside the sources is no save: the next build is that of the next save.
    for name in [
        "src/.#lesson.md",
        "src/lesson.md.orig",
        "listings/03_allocator/runs_LOCAL_12.zig",
        "src/.idea/x",
    ] {
        book.set(name, "junk");
    }
    book.set("src/lesson.md", CHAPTER);
    assert_eq!(news.next(), "reload");
    support::wait_until("its build", || builds() >= 5);
    assert_eq!(builds(), 5, "{}", server.said());
}

#[test]
fn a_change_that_the_system_does_not_report_is_found_by_looking() {
    let book = book().write("src/lesson.md", format!("{CHAPTER}\nOne two.\n"));
    // Memory that is a file: such writes are not reported.
    let write = "import mmap, sys\nwith open(sys.argv[1], 'r+b') as file, mmap.mmap(file.fileno(), 0) as memory:\n    \
                 at = memory.find(sys.argv[2].encode()); memory[at:at + 3] = sys.argv[3].encode(); memory.flush()\n";
    let change = |from: &str, to: &str| {
        let done = Command::new("python3")
            .args(["-c", write])
            .arg(book.path("src/lesson.md"))
            .args([from, to])
            .status();
        assert!(done.expect("Python").success());
    };
    let server = Server::start(&book).ready();
    change("One", "Six");
    support::wait_until("the change", || {
        server.get("/lesson.html").contains("Six two.")
    });
    let note = "note: the system did not report that src/lesson.md changed";
    assert!(server.said().contains(note), "{}", server.said());
    change("Six", "Ten");
    support::wait_until("the next", || {
        server.get("/lesson.html").contains("Ten two.")
    });
    assert_eq!(server.said().matches("note:").count(), 1);
    drop(server);

    let server = Server::start_with(&book, &["--poll"]).ready();
    book.set("src/lesson.md", format!("{CHAPTER}\nA save.\n"));
    support::wait_until("a save", || server.get("/lesson.html").contains("A save."));
}

#[test]
fn one_save_is_one_build_under_the_stock_mdbook_too() {
    let program = support::repository().join(".toolchain/mdbook-0.5.4/bin/mdbook");
    assert!(
        program.is_file(),
        "the stock mdBook is missing: run `cargo xtask test`, which installs it"
    );
    let ignored = std::fs::read(support::repository().join(".gitignore")).expect("the file");
    let book = book().write(".gitignore", ignored);
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let log = std::fs::File::create(book.path("target/server.log")).expect("a file");
    let child = Command::new(program)
        .args([
            "serve",
            "--port",
            address.rsplit(':').next().expect("a port"),
        ])
        .current_dir(book.root())
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a file"))
        .stderr(log)
        .spawn()
        .expect("mdBook starts");
    let server = Server {
        child,
        address,
        said: Arc::default(),
    };
    let answers = || TcpStream::connect(&server.address).is_ok();
    support::wait_until("the stock mdBook to serve", answers);
    for save in 1..=3 {
        book.set("src/lesson.md", format!("{CHAPTER}\nSave {save}.\n"));
        support::wait_until("the save", || {
            server
                .get("/lesson.html")
                .contains(&format!("Save {save}."))
        });
    }
    let log = book.read("target/server.log");
    let seen: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("Files changed"))
        .collect();
    assert_eq!(seen.len(), 3, "{log}");
    for never in [".writing-", "generated", "sw.js", "book.js"] {
        assert!(!seen.iter().any(|line| line.contains(never)), "{log}");
    }
}
