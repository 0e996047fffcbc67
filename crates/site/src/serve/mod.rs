//! Serves the book to its author: checks and renders again on every save, and tells the open pages.
//!
//! `watch` says that something changed, `site` answers the browsers that `guard` lets through `connections`;
//! this module renders between the two. `lab` compiles and records what readers write in the pages, one program at a
//! time (`gate`).
//! A save that breaks something is shown over the last good page, which stays.

mod connections;
mod gate;
mod guard;
mod lab;
mod site;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;
use tokio::sync::watch::Sender;

use guard::Guard;
use lab::Lab;

use crate::book::{self, BookSettings};
use crate::preprocess::chain::{BookRefused, ChapterOptions};
use book_support::process::open_in_browser;
use book_support::project::Project;

/// Editors write a file in several steps; what follows this closely belongs to one save.
const QUIET: Duration = Duration::from_millis(40);

/// What the pages are told.
#[derive(Clone, Debug, PartialEq, Eq)]
enum News {
    /// Nothing was rendered yet.
    Working,
    /// A book was rendered, the one of this number; its pages know that, and ask for news of a later one.
    Rendered(u64),
    /// Why it was not.
    Refused(String),
}

/// Where to serve, and for whom.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Where it listens.
    pub address: SocketAddr,
    /// Names besides the machine's own under which browsers may ask: those of a proxy.
    pub allowed: Vec<String>,
    /// Whether to look at all files now and then, instead of having the system report changes.
    pub poll: bool,
    /// Whether to open a browser.
    pub open: bool,
    /// Whether to compile and record what readers write in the pages.
    pub lab: bool,
}

/// Serves until interrupted.
///
/// # Errors
///
/// When the address cannot be listened on, or the work folder not be written.
pub fn run(project: &Project, serving: &Serving, options: ChapterOptions) -> Result<()> {
    project.writable()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the server")?;
    let listener = runtime.block_on(listen(serving.address))?;
    let address = listener.local_addr()?;
    let changes = watch::start(project, serving.poll, |text| eprintln!("note: {text}"));
    let (news, _) = tokio::sync::watch::channel(News::Working);

    // A folder of its own: the pages ask for news, and what is in `book/` is for publishing.
    let place = project.work().join("served");
    let settings = BookSettings {
        options,
        repository: None,
        live_reload: None,
        lab: serving.lab,
        place: Some(place.clone()),
        epub: false,
    };
    let lab = serving.lab.then(|| Lab::new(project));
    let project = project.clone();
    let teller = news.clone();
    std::thread::spawn(move || render_on_change(&project, &settings, &changes, &teller));

    let url = format!("http://{address}/");
    eprintln!("serving the book at {url} (Ctrl-C to stop)");
    if serving.open {
        open_browser(url);
    }
    let guard = Guard::new(address.ip(), &serving.allowed);
    runtime.block_on(connections::accept(
        listener,
        site::router(place, news, guard, lab),
    ));
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => bail!(
            "port {} is in use: another server runs there\n  hint: stop it, or choose another port: cargo xtask serve --port {}",
            address.port(),
            address.port().saturating_add(1)
        ),
        Err(error) => {
            let hint = match error.kind() {
                std::io::ErrorKind::AddrNotAvailable => {
                    "that is no address of this machine: leave `--host` out, or write 0.0.0.0 for all that it has"
                }
                std::io::ErrorKind::PermissionDenied => {
                    "only the administrator may listen on a port below 1024: choose another"
                }
                _ => "see what the system says above",
            };
            bail!("cannot listen on {address}: {error}\n  hint: {hint}")
        }
    }
}

/// Renders once, then after every change, for ever.
fn render_on_change(
    project: &Project,
    settings: &BookSettings,
    changes: &Receiver<PathBuf>,
    news: &Sender<News>,
) {
    loop {
        news.send_replace(render(project, settings));
        let Ok(changed) = changes.recv() else { return };
        eprintln!("\n{} changed", project.relative(&changed).display());
        while changes.recv_timeout(QUIET).is_ok() {}
    }
}

fn render(project: &Project, settings: &BookSettings) -> News {
    let started = Instant::now();
    // Another than that of any earlier run.
    let number = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(1, |since| since.as_millis() as u64);
    let settings = BookSettings {
        live_reload: Some(format!("{}?{number}", site::NEWS)),
        ..settings.clone()
    };
    match book::build(project, &settings) {
        Ok(_) => {
            eprintln!("rendered in {:.1} s", started.elapsed().as_secs_f32());
            News::Rendered(number)
        }
        Err(error) => {
            let text = match error.downcast_ref::<BookRefused>() {
                Some(refused) => refused.to_string(),
                None => format!("error: {error:#}"),
            };
            eprintln!("{text}");
            News::Refused(text)
        }
    }
}

fn open_browser(url: String) {
    std::thread::spawn(move || {
        if !open_in_browser(&url) {
            eprintln!("no browser could be opened: open {url} yourself");
        }
    });
}
