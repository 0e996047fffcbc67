//! `cargo xtask serve` from the outside: a save shows the page or what is wrong, and the last good page stays.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::support;
use crate::support::server::{CHAPTER, Server, book};

#[test]
fn a_save_shows_the_page_or_what_is_wrong() {
    let book = book();
    let server = Server::start(&book);
    support::wait_until("the first book", || {
        server.get("/lesson.html").contains("200 OK")
    });
    let mut news = server.listen();

    book.set("src/lesson.md", format!("{CHAPTER}\nMore.\n"));
    // The first book may be told of to a page that has just come.
    while news.next() == "reload" && !server.get("/lesson.html").contains("More.") {}
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
fn a_page_saved_twice_in_a_second_is_not_taken_for_the_first() {
    let book = book();
    let server = Server::start(&book).ready();
    // The time of a change has whole seconds only: a page that is newer than what a browser keeps may have the same.
    let later = "If-Modified-Since: Fri, 31 Dec 2100 23:59:59 GMT\r\n";
    let page = server.get_with("/lesson.html", later);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(!page.to_lowercase().contains("last-modified"), "{page}");
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
fn an_address_is_written_as_people_write_it_or_said_to_be_none_of_this_machine() {
    let book = book();
    let mut hosts = vec!["LocalHost"];
    if TcpListener::bind("[::1]:0").is_ok() {
        hosts.extend(["::1", "[::1]"]);
    }
    for host in hosts {
        let server = Server::start_with(&book, &["--host", host]).ready();
        assert!(server.get("/lesson.html").contains("A lesson"), "{host}");
    }
    let said = book.xtask(&["serve", "--host", "book.example"]);
    assert_eq!(said.status, Some(2));
    said.says("is for --allow-host");
    // An address that is kept for documents.
    book.xtask(&["serve", "--host", "192.0.2.1", "--port", "0"])
        .cannot()
        .says("cannot listen on 192.0.2.1:0")
        .says("hint: that is no address of this machine");
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
    support::wait_until("the stock mdBook to watch", || {
        book.read("target/server.log")
            .contains("Watching for changes")
    });
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

#[test]
fn a_page_that_comes_late_hears_of_a_book_rendered_meanwhile() {
    let book = book();
    let server = Server::start(&book).ready();
    let page = server.get("/lesson.html");
    let own = page
        .split("'__livereload")
        .nth(1)
        .expect("the page asks for news");
    let own = own.split('\'').next().expect("an address");
    book.set("src/lesson.md", format!("{CHAPTER}\nMeanwhile.\n"));
    support::wait_until("the next book", || {
        server.get("/lesson.html").contains("Meanwhile.")
    });
    assert_eq!(
        server.listen_at(&format!("/__livereload{own}")).next(),
        "reload"
    );
    // One that waited for the first book does as well.
    assert_eq!(server.listen_at("/__livereload?0").next(), "reload");
}
