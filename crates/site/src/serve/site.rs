//! The server itself: the rendered files, and a socket on which pages hear of a new book or of what is wrong.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch::{Receiver, Sender};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_service::Service;

use super::News;
use super::guard::{self, Guard};
use super::lab::{self, Lab};

/// Where pages ask for news; the theme's template opens the socket.
pub(super) const NEWS: &str = "__livereload";

/// Answers for the book in `folder` those whom `guard` lets through, and what `lab` can do for them.
pub(super) fn router(
    folder: PathBuf,
    news: Sender<News>,
    guard: Guard,
    lab: Option<Lab>,
) -> Router {
    // No redirect to a folder's own address: it would have to know what a proxy put before the path.
    let files = ServeDir::new(&folder).append_index_html_on_directories(false);
    let has_lab = lab.is_some();
    let lab = lab.map_or_else(Router::new, |lab| lab::router(Arc::new(lab)));
    let answer = move |request: Request, next: Next| {
        let (guard, folder, files) = (guard.clone(), folder.clone(), files.clone());
        async move {
            if let Some((status, why)) = guard.refuses(request.uri(), request.headers()) {
                return (status, format!("{why}\n")).into_response();
            }
            let path = request.uri().path();
            if path == format!("/{NEWS}") || has_lab && lab::is_at(path) {
                return next.run(request).await;
            }
            page(&folder, files, request).await
        }
    };
    Router::new()
        .route(&format!("/{NEWS}"), get(hear))
        .with_state(news)
        .merge(lab)
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(axum::middleware::from_fn(answer))
        // Most of a page is code and the same few tags again.
        .layer(CompressionLayer::new())
        // A browser must not show an author yesterday's page.
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
        // No other page may load what is here as a script or a picture of its own.
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ))
}

/// A file of the book, or a page that says why there is none.
async fn page(folder: &Path, mut files: ServeDir, request: Request) -> Response {
    let path = request.uri().path().to_string();
    if !folder.join("index.html").is_file() {
        return nothing_yet(&path);
    }
    let Some(file) = guard::file(&path) else {
        return missing(folder, &path);
    };
    let (mut head, body) = request.into_parts();
    match file.parse() {
        Ok(address) => head.uri = address,
        Err(_) => return missing(folder, &path),
    }
    // The time of a change is told in whole seconds, and of two saves within one a browser would keep the first.
    head.headers.remove(header::IF_MODIFIED_SINCE);
    let mut found = match files.call(Request::from_parts(head, body)).await {
        Ok(found) => found,
        Err(never) => match never {},
    };
    found.headers_mut().remove(header::LAST_MODIFIED);
    // What cannot be read as a file, such as a part of a path that is none, is not a fault of the server.
    match found.status() {
        StatusCode::NOT_FOUND | StatusCode::INTERNAL_SERVER_ERROR => missing(folder, &path),
        _ => found.map(axum::body::Body::new),
    }
}

/// The book's page for what does not exist. Its links are relative to the site's root, wherever a proxy puts that.
fn missing(folder: &Path, path: &str) -> Response {
    let page = std::fs::read_to_string(folder.join("404.html")).unwrap_or_default();
    let root = guard::to_root(path);
    let root = if root.is_empty() { "./" } else { &root };
    let page = page.replacen("<base href=\"/\">", &format!("<base href=\"{root}\">"), 1);
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

/// The page while there is no book to show: it fills itself with what is wrong, or with the book.
fn nothing_yet(path: &str) -> Response {
    let root = guard::to_root(path);
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>No book yet</title>\
         <style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;\
         margin:2rem auto;padding:0 1rem}}pre{{white-space:pre-wrap}}</style>\
         <h1>No book yet</h1><pre id=\"news\">It is being checked and rendered …</pre><script>\
         (function connect(again){{var a=new URL('{root}{NEWS}?0',location.href);\
         a.protocol=a.protocol==='https:'?'wss:':'ws:';var s=new WebSocket(a.href);\
         s.onopen=function(){{if(again)location.reload()}};\
         s.onmessage=function(e){{if(e.data==='reload')location.reload();\
         else if(e.data)document.getElementById('news').textContent=e.data}};\
         s.onclose=function(){{setTimeout(connect,1000,true)}}}})(false)</script></html>"
    );
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

async fn hear(
    State(news): State<Sender<News>>,
    address: Uri,
    upgrade: WebSocketUpgrade,
) -> Response {
    let news = news.subscribe();
    let shown = address.query().and_then(|number| number.parse().ok());
    upgrade.on_upgrade(move |socket| tell(socket, news, shown))
}

/// Tells one page how the book is now, and every change until it has gone. `shown` is the number of its book, if it
/// knows that: a later one may have been rendered before the page came to ask.
async fn tell(mut socket: WebSocket, mut news: Receiver<News>, shown: Option<u64>) {
    let mut now = news.borrow_and_update().clone();
    if matches!(now, News::Rendered(_)) && shown.is_none() {
        now = News::Working;
    }
    loop {
        let message = match &now {
            News::Working => None,
            // It may have come between the book and the news of it.
            News::Rendered(number) if shown.is_some_and(|shown| shown >= *number) => None,
            News::Rendered(_) => Some("reload".to_string()),
            News::Refused(text) => Some(text.clone()),
        };
        if let Some(text) = message
            && socket.send(Message::Text(text.into())).await.is_err()
        {
            return;
        }
        tokio::select! {
            changed = news.changed() => {
                if changed.is_err() {
                    return;
                }
                now = news.borrow_and_update().clone();
            }
            received = socket.recv() => {
                if !matches!(received, Some(Ok(_))) {
                    return;
                }
                now = News::Working;
            }
        }
    }
}
