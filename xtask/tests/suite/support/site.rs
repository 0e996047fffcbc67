//! The whole book, rendered once, and a server for the files of a folder.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::JoinHandle;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use tokio::sync::oneshot;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use book_site::book::{BookSettings, build};
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
        let settings = BookSettings {
            place: Some(project.work().join("tested")),
            repository: Some("https://github.com/someone/the-book".into()),
            ..BookSettings::default()
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
    end: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
}

impl Site {
    pub fn of(folder: &Path) -> Site {
        Site::undated(unused_port(), folder)
    }

    /// Serves as a host does that compresses what it sends, and lets browsers keep it.
    pub fn compressed(folder: &Path) -> Site {
        let kept = SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("max-age=600"),
        );
        let files = ServeDir::new(folder);
        let files = Router::new().fallback_service(files).layer(kept);
        let files = files.layer(CompressionLayer::new());
        Site::serve(unused_port(), files)
    }

    /// Serves at an address that was served before.
    pub fn at(address: &str, folder: &Path) -> Site {
        Site::undated(TcpListener::bind(address).expect("a port"), folder)
    }

    fn undated(listener: TcpListener, folder: &Path) -> Site {
        let files = Router::new()
            .fallback_service(ServeDir::new(folder))
            .layer(map_response(undated));
        Site::serve(listener, files)
    }

    fn serve(listener: TcpListener, files: Router) -> Site {
        let address = listener.local_addr().expect("an address");
        listener
            .set_nonblocking(true)
            .expect("a socket that can be waited for");
        let (end, ended) = oneshot::channel();
        let server = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    _ = axum::serve(listener, files).into_future() => {}
                    _ = ended => {}
                }
            });
        });
        Site {
            url: format!("http://{address}/"),
            end: Some(end),
            server: Some(server),
        }
    }
}

/// A port that the system gives to nobody who asks for any: who serves at its address again later finds it free.
fn unused_port() -> TcpListener {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id() * 100 + NEXT.fetch_add(1, Ordering::Relaxed);
        let address = format!("127.0.0.1:{}", 20_000 + number % 10_000);
        if let Ok(listener) = TcpListener::bind(address) {
            return listener;
        }
    }
}

/// An answer without its file's date: by that a browser may take what it has for what a test has written since.
async fn undated(mut answer: Response) -> Response {
    answer.headers_mut().remove(header::LAST_MODIFIED);
    answer
}

impl Drop for Site {
    fn drop(&mut self) {
        drop(self.end.take());
        // With its thread end its connections, and whoever comes next can have its port.
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}
