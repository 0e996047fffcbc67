//! `cargo xtask serve` from the outside: a save shows the page or what is wrong, and the last good page stays.

use crate::support;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
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
}

impl Server {
    fn start(book: &Book) -> Server {
        let mut child = book
            .command(&["serve", "--port", "0"])
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
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, address }
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
