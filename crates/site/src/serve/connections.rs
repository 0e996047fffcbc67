//! Accepts connections, with limits: one that says nothing is closed after a while, and there are only so many.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tower_service::Service;

/// How long a request's head may take, and how long a connection may wait for the next request.
const HEAD: Duration = Duration::from_secs(10);
/// The most connections at once: each page needs a handful, and one for as long as it is open.
const MOST: usize = 256;

struct Connection {
    task: JoinHandle<()>,
    /// Whether it has asked for anything.
    asked: Arc<AtomicBool>,
}

/// Answers by `router` for ever.
pub(super) async fn accept(listener: TcpListener, router: Router) {
    let mut open: Vec<Connection> = Vec::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // The other side has gone already, or there are too many files open: that passes.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        open.retain(|connection| !connection.task.is_finished());
        if open.len() >= MOST {
            // The one that has waited longest without a word goes; if there is none, the new one.
            let silent = open
                .iter()
                .position(|connection| !connection.asked.load(Ordering::Relaxed));
            let Some(silent) = silent else { continue };
            open.remove(silent).task.abort();
        }
        let asked = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(answer(stream, router.clone(), Arc::clone(&asked)));
        open.push(Connection { task, asked });
    }
}

async fn answer(stream: TcpStream, router: Router, asked: Arc<AtomicBool>) {
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        asked.store(true, Ordering::Relaxed);
        let mut router = router.clone();
        async move {
            let request: Request = request.map(axum::body::Body::new);
            let response: Result<Response, Infallible> = router.call(request).await;
            response
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // What goes wrong on one connection is its own affair.
    let _ = connection.await;
}
