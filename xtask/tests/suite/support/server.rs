//! A running `cargo xtask serve`, and what its pages are told.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tungstenite::{Message, WebSocket};

use super::{Book, wait_until};

pub const CHAPTER: &str = "# A lesson\n\n{{#listing 03_allocator/runs}}\n";

pub fn book() -> Book {
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
pub struct Server {
    pub child: Child,
    pub address: String,
    /// What it has said since its address.
    pub said: Arc<Mutex<String>>,
}

impl Server {
    pub fn start(book: &Book) -> Server {
        Server::start_with(book, &[])
    }

    pub fn start_with(book: &Book, more: &[&str]) -> Server {
        Server::of(&mut book.command(&[&["serve", "--port", "0"], more].concat()))
    }

    /// The server that this command starts.
    pub fn of(command: &mut Command) -> Server {
        let mut child = command
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

    pub fn said(&self) -> String {
        self.said.lock().expect("no panic while locked").clone()
    }

    /// Waits for the first book.
    pub fn ready(self) -> Server {
        wait_until("the first book", || {
            self.get("/lesson.html").contains("200 OK")
        });
        self
    }

    /// The status of an answer; `head` is the whole request's, without its last empty line.
    pub fn status(&self, head: &str) -> u16 {
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

    pub fn get(&self, path: &str) -> String {
        self.get_with(path, "")
    }

    /// An answer with its head; `head` is more of the request's, each line with its end.
    pub fn get_with(&self, path: &str, head: &str) -> String {
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
    pub fn listen(&self) -> ReloadNews {
        self.listen_at("/__livereload")
    }

    /// Opens the socket at the address that a page has.
    pub fn listen_at(&self, path: &str) -> ReloadNews {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a time limit");
        let url = format!("ws://{}{path}", self.address);
        let (socket, _) = tungstenite::client(url, stream).expect("the server opens a socket");
        ReloadNews(socket)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct ReloadNews(WebSocket<TcpStream>);

impl ReloadNews {
    /// The next text message.
    pub fn next(&mut self) -> String {
        loop {
            if let Message::Text(text) = self.0.read().expect("news within a minute") {
                return text.to_string();
            }
        }
    }
}
