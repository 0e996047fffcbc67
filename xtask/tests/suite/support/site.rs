//! The whole book, rendered once, and a server for the files of a folder.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use book_site::book::{Settings, build};
use book_support::project::Project;

/// The folder of this repository's book, as `cargo xtask build` renders it.
pub fn whole_book() -> &'static Path {
    static BOOK: OnceLock<PathBuf> = OnceLock::new();
    // A failed rendering is told once, not by every test.
    static FAILED: Mutex<bool> = Mutex::new(false);
    let mut failed = FAILED
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    assert!(
        !*failed,
        "the book does not render: see the first failed test"
    );
    BOOK.get_or_init(|| {
        *failed = true;
        let project = Project::find(&crate::support::repository()).expect("this repository");
        let settings = Settings {
            place: Some(project.work().join("tested")),
            repository: Some("https://github.com/someone/the-book".into()),
            ..Settings::default()
        };
        let place = build(&project, &settings).unwrap_or_else(|error| panic!("{error:#}"));
        *failed = false;
        place
    })
}

/// The pages of a rendered book, as paths below it, in order. The one for printing repeats all others and is left
/// out; so is the one that mdBook puts where nothing is.
pub fn pages(book: &Path) -> Vec<String> {
    let mut pages: Vec<String> = walkdir::WalkDir::new(book)
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "html")
        })
        .map(|path| {
            let path = path.strip_prefix(book).expect("below the book");
            path.to_str().expect("UTF-8").to_string()
        })
        .filter(|page| page != "print.html" && page != "404.html")
        .collect();
    pages.sort();
    assert!(pages.len() > 1, "{} has no pages", book.display());
    pages
}

/// Serves a folder until dropped; then nobody answers, as without a network.
pub struct Site {
    /// With a slash at its end.
    pub url: String,
    address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Site {
    pub fn of(folder: &Path) -> Site {
        Site::at("127.0.0.1:0", folder)
    }

    /// Serves at an address that was served before.
    pub fn at(address: &str, folder: &Path) -> Site {
        let mut bound = TcpListener::bind(address);
        // Whoever served there before needs a moment to end.
        for _ in 0..500 {
            if bound.is_ok() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
            bound = TcpListener::bind(address);
        }
        let listener = bound.expect("a port");
        let address = listener.local_addr().expect("an address");
        let ended = Arc::new(AtomicBool::new(false));
        let (folder, end) = (folder.to_path_buf(), Arc::clone(&ended));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let folder = folder.clone();
                std::thread::spawn(move || answer(stream, &folder));
            }
        });
        Site {
            url: format!("http://{address}/"),
            address,
            ended,
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::SeqCst);
        // The last visitor, who wakes the server so that it sees that it has ended.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers one request with a file.
fn answer(stream: TcpStream, folder: &Path) {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(count) if count > 2 => lines.push(line),
            _ => break,
        }
    }
    let Some(path) = lines.first().and_then(|line| line.split(' ').nth(1)) else {
        return;
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let mut file = folder.join(path.trim_start_matches('/'));
    if file.is_dir() {
        file = file.join("index.html");
    }
    let (status, body) = match fs::read(&file) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let kind = match file.extension().and_then(|name| name.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "webmanifest") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let mut stream = reader.into_inner();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}
