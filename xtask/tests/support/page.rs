//! Pages of a rendered book in a real browser: a small server puts a script into the page, the script uses the page
//! as a reader would and sends home what it saw.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// How long a page may take to send home what it saw.
const PATIENCE: Duration = Duration::from_secs(120);

/// What the script of every test may use.
const HELP: &str = "
const seen = {};
// A test may put something else in its place.
const ask = window.fetch.bind(window);
const tell = () => ask('/told', { method: 'POST', body: JSON.stringify(seen) });
const next = () => ask('/next', { method: 'POST' });
const until = async (test, what) => {
    for (let tries = 0; tries < 2000; tries++) {
        const value = test();
        if (value) return value;
        await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error(`never saw ${what ?? test}`);
};
addEventListener('error', event => { seen.problem = event.message; tell(); });
addEventListener('unhandledrejection', event => { seen.problem = `${event.reason}`; tell(); });
";

/// Opens `page` of the site in `folder` with `script` in it, which fills `seen`. What it saw, or nothing where no
/// browser is installed.
pub fn visit(folder: &Path, page: &str, script: &str) -> Option<serde_json::Value> {
    visit_all(&[Some(folder)], page, script)
}

/// The same, of a site that changes: whenever the script says `await next()`, the server goes on to the next
/// folder, or to no network at all.
pub fn visit_all(folders: &[Option<&Path>], page: &str, script: &str) -> Option<serde_json::Value> {
    let Some(browser) = xtask::browser::find() else {
        eprintln!("NOT TESTED in a browser: Chromium is not installed");
        return None;
    };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let (sender, told) = mpsc::channel();
    let site = Arc::new(Site {
        folders: folders
            .iter()
            .map(|folder| folder.map(Path::to_path_buf))
            .collect(),
        at: AtomicUsize::new(0),
        // Not in the frames that the script opens.
        script: format!(
            "<script type=\"module\">if (top === self) {{ {HELP}{script}\nawait tell(); }}</script></body>"
        ),
    });
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (site, sender) = (site.clone(), sender.clone());
            std::thread::spawn(move || answer(stream, &site, &sender));
        }
    });
    let profile = tempfile::tempdir().expect("a profile");
    let browser = Browser(
        Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
            ])
            .args(["--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("--remote-debugging-port=0")
            .arg(format!("http://{address}/{page}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Chromium starts"),
    );
    let text = told
        .recv_timeout(PATIENCE)
        .expect("the page sends home what it saw");
    drop(browser);
    let seen: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(seen.get("problem"), None, "in {page}");
    Some(seen)
}

/// What the server shows.
struct Site {
    folders: Vec<Option<PathBuf>>,
    /// Which of them now.
    at: AtomicUsize,
    script: String,
}

/// Ends with the test.
struct Browser(Child);

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn answer(stream: TcpStream, site: &Site, told: &mpsc::Sender<String>) {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(count) if count > 2 => lines.push(line),
            _ => break,
        }
    }
    let Some(request) = lines.first() else { return };
    let mut words = request.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    let length = lines
        .iter()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let mut stream = reader.into_inner();
    if method == "POST" {
        match path {
            "/next" => drop(site.at.fetch_add(1, Ordering::SeqCst)),
            _ => drop(told.send(String::from_utf8_lossy(&body).into_owned())),
        }
        let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        return;
    }
    let Some(folder) = &site.folders[site.at.load(Ordering::SeqCst)] else {
        return;
    };
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let file: PathBuf = folder.join(path.trim_start_matches('/'));
    let Ok(mut bytes) = fs::read(&file) else {
        let _ = stream
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    };
    let kind = match file.extension().and_then(|name| name.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    if kind.starts_with("text/html") {
        let page = String::from_utf8_lossy(&bytes).replace("</body>", &site.script);
        bytes = page.into_bytes();
    }
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&bytes);
}
