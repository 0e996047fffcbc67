//! The server itself: the rendered files, and a socket on which pages hear of a new book or of what is wrong.

use std::path::PathBuf;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch::{Receiver, Sender};
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use super::News;

/// Where pages ask for news; the theme's template opens the socket.
pub const NEWS: &str = "__livereload";

/// Answers for the book in `folder`.
pub fn router(folder: PathBuf, news: Sender<News>) -> Router {
    let missing = ServeFile::new(folder.join("404.html"));
    let files = ServeDir::new(&folder).not_found_service(missing);
    let index = folder.join("index.html");
    Router::new()
        .route(&format!("/{NEWS}"), get(hear))
        .fallback_service(files)
        .layer(axum::middleware::from_fn(
            move |request, next: axum::middleware::Next| {
                let index = index.clone();
                async move {
                    let request: axum::extract::Request = request;
                    let asks_for_news = request.uri().path() == format!("/{NEWS}");
                    if asks_for_news || index.is_file() {
                        next.run(request).await
                    } else {
                        nothing_yet()
                    }
                }
            },
        ))
        // Most of a page is code and the same few tags again.
        .layer(CompressionLayer::new())
        // A browser must not show an author yesterday's page.
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
        .with_state(news)
}

/// The page while there is no book to show: it fills itself with what is wrong, or with the book.
fn nothing_yet() -> Response {
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>No book yet</title>\
         <style>:root{{color-scheme:light dark}}body{{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;\
         margin:2rem auto;padding:0 1rem}}pre{{white-space:pre-wrap}}</style>\
         <h1>No book yet</h1><pre id=\"news\">It is being checked and rendered …</pre><script>\
         (function connect(again){{var s=new WebSocket('ws://'+location.host+'/{NEWS}');\
         s.onopen=function(){{if(again)location.reload()}};\
         s.onmessage=function(e){{if(e.data==='reload')location.reload();\
         else if(e.data)document.getElementById('news').textContent=e.data}};\
         s.onclose=function(){{setTimeout(connect,1000,true)}}}})(false)</script></html>"
    );
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

async fn hear(State(news): State<Sender<News>>, upgrade: WebSocketUpgrade) -> Response {
    let news = news.subscribe();
    upgrade.on_upgrade(move |socket| tell(socket, news))
}

/// Tells one page how the book is now, and every change until it has gone.
async fn tell(mut socket: WebSocket, mut news: Receiver<News>) {
    let mut now = news.borrow_and_update().clone();
    if now == News::Rendered {
        // The page is the rendered one.
        now = News::Working;
    }
    loop {
        let message = match &now {
            News::Working => None,
            News::Rendered => Some("reload".to_string()),
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
