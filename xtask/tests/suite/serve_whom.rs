//! Whom `cargo xtask serve` answers, and by which addresses: pages of its own, behind a proxy too, and nobody for ever.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use crate::support::chromium::Page;
use crate::support::server::{CHAPTER, Server, book};

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
        page.contains("new URL('__livereload?"),
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

/// A proxy that puts a server under the path `/the-book/`, and takes that off again. Gives its address.
fn under_a_path(server: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let server = server.to_string();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = server.clone();
            std::thread::spawn(move || pass(client, &server));
        }
    });
    address
}

/// Passes one request on, and its answer back for as long as there is one.
fn pass(client: TcpStream, server: &str) -> Option<()> {
    let mut reader = BufReader::new(client.try_clone().ok()?);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut upstream = TcpStream::connect(server).ok()?;
    if !head.starts_with("GET /the-book/") {
        write!(
            &client,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .ok()?;
        return None;
    }
    let mut head = head.replacen("GET /the-book/", "GET /", 1);
    if !head.contains("Upgrade: websocket") {
        // One request a connection.
        head = head.replace("Connection: keep-alive", "Connection: close");
    }
    upstream.write_all(head.as_bytes()).ok()?;
    let (mut up, mut down) = (upstream.try_clone().ok()?, client);
    std::thread::spawn(move || std::io::copy(&mut reader, &mut up));
    std::io::copy(&mut upstream, &mut down).ok()?;
    down.shutdown(std::net::Shutdown::Both).ok()
}

#[test]
fn a_browser_behind_a_proxy_shows_pages_and_hears_of_a_save() {
    let Some(mut page) = Page::start() else {
        return;
    };
    let book = book();
    let server = Server::start(&book).ready();
    let site = format!("http://{}/the-book/", under_a_path(&server.address));
    page.open(&format!("{site}lesson.html"));
    page.until("document.querySelector('.listing') && document.styleSheets.length > 0");
    page.follow(|_| {
        book.set(
            "src/lesson.md",
            format!("{CHAPTER}\nSaved behind a proxy.\n"),
        );
    });
    page.until("document.body?.textContent.includes('Saved behind a proxy.')");
    // What is wrong is shown as well.
    book.set("src/lesson.md", format!("{CHAPTER}\n{{{{#lisitng x}}}}\n"));
    page.until("document.querySelector('#failure pre')?.textContent.includes('is no directive')");
    page.is_sound(&site);
}
