//! The lab of the pages that this server shows: builds what a reader wrote in a page, and records it. Nothing that comes
//! over the network runs on this machine: the page runs the module that it is given, and what is recorded runs in an
//! interpreter. [`super::guard`] stands before all of this; what is more than a question needs the token as well, which
//! only a page of this server could have asked for.
//!
//! | address | what |
//! |---|---|
//! | `GET lab.json` | `{"token","zig"}` |
//! | `GET lab/source?listing=…` | `{"name","source","kind","expects","imports"}` |
//! | `POST lab/build` | `{"page","listing","source"}` gives `{"errors","sentence","module","entry","kind","elapsed_ms"}` |
//! | `POST lab/trace` | the same gives `{"errors","sentence","trace","output","outcome","leaks","kind","elapsed_ms"}` |
//! | `GET lab/module/….wasm` | a module that was built, for a while |
//! | `lab/exercise…`, `lab/progress` | [`exercise`] |
//!
//! What goes wrong is a status and `{"error"}`, a sentence for a reader.

mod exercise;

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::gate::{Gate, Pass, Refusal};
use crate::highlight::program::colored;
use book_lab::program::{self, ReaderProgram};
use book_lab::{self as lab, Broken, PageBuild, Recording, RecordingOutcome, compile, outcome};
use book_listing::declaration::head_lines;
use book_listing::{Id, Language, Listing, discover};
use book_support::html;
use book_support::kept;
use book_support::project::Project;
use book_toolchain::zig;
use book_trace::Trace;
use book_trace::render::page;

/// What a page has to send along.
const TOKEN: &str = "x-lab-token";
/// The most bytes of a request that are read: a program, with what JSON adds to it.
const LARGEST: usize = 2 * program::LARGEST;
/// The most bytes that are waited for and thrown away, so that whoever sends too much hears of it.
const DRAINED: usize = 64 << 20;
/// How many modules are kept for pages that are about to load them.
const KEPT: usize = 8;
/// What a program is called that is of no listing.
const NAMELESS: &str = "main.zig";

/// The lab of a server.
pub(super) struct Lab {
    project: Project,
    token: String,
    gate: Gate,
    /// The newest last, each with its name.
    modules: Mutex<VecDeque<(String, Bytes)>>,
}

/// A sentence for a reader, and the status that goes with it.
struct LabRefusal(StatusCode, String);

impl IntoResponse for LabRefusal {
    fn into_response(self) -> Response {
        answer(self.0, &json!({ "error": self.1 }))
    }
}

fn answer(status: StatusCode, body: &Value) -> Response {
    let head = [(header::CONTENT_TYPE, "application/json")];
    (status, head, body.to_string()).into_response()
}

/// Whether this path is the lab's to answer.
pub(super) fn is_at(path: &str) -> bool {
    path == "/lab.json" || path.starts_with("/lab/")
}

impl Lab {
    pub(super) fn new(project: &Project) -> Lab {
        Lab {
            project: project.clone(),
            token: token(),
            gate: Gate::default(),
            modules: Mutex::default(),
        }
    }

    fn listing(&self, name: &str) -> Result<Listing, LabRefusal> {
        let (catalog, _) = discover::load(&self.project).map_err(|error| failure(&error))?;
        let found = Id::parse(name).and_then(|id| catalog.get(&id, Language::Zig).cloned());
        let text = || format!("There is no Zig listing `{name}` any more: load the page again.");
        found.ok_or_else(|| LabRefusal(StatusCode::NOT_FOUND, text()))
    }

    /// The program that a page sent.
    fn program(&self, asked: &LabRequest) -> Result<Result<ReaderProgram, Broken>, LabRefusal> {
        if asked.source.len() > program::LARGEST {
            return Err(too_large());
        }
        if let Some(sentence) = program::refused(&asked.source) {
            return Ok(Err(broken(sentence)));
        }
        let program = match &asked.listing {
            None => {
                let source = asked.source.clone().into_bytes();
                ReaderProgram::new(NAMELESS, BTreeMap::from([(NAMELESS.to_string(), source)]))
            }
            Some(name) => {
                let listing = self.listing(name)?;
                if listing.declaration.libc {
                    Err(
                        "This listing links the C library, which programs in a page do not have."
                            .into(),
                    )
                } else {
                    ReaderProgram::of_listing(&listing, &asked.source)
                }
            }
        };
        Ok(program.map_err(broken))
    }

    fn keep(&self, module: Vec<u8>) -> String {
        let name = kept::key([module.as_slice()]);
        let mut modules = self.modules.lock().expect("no panic while locked");
        modules.retain(|(known, _)| *known != name);
        if modules.len() == KEPT {
            modules.pop_front();
        }
        modules.push_back((name.clone(), module.into()));
        name
    }
}

/// Nobody can guess it: the keys of the standard library's hashes come from the system's source of chance.
fn token() -> String {
    let part = || format!("{:016x}", RandomState::new().hash_one(Instant::now()));
    part() + &part()
}

fn broken(sentence: String) -> Broken {
    Broken {
        sentence: Some(sentence),
        ..Broken::default()
    }
}

fn too_large() -> LabRefusal {
    LabRefusal(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!(
            "The program is larger than {} KiB, which is the most that the lab takes.",
            program::LARGEST >> 10
        ),
    )
}

/// What the tool could not do.
fn failure(error: &anyhow::Error) -> LabRefusal {
    let text = format!("{error:#}");
    let text = text.lines().next().unwrap_or_default();
    LabRefusal(
        StatusCode::INTERNAL_SERVER_ERROR,
        format!("The lab could not do its work: {text}."),
    )
}

/// What a page asks for.
#[derive(Deserialize)]
struct LabRequest {
    /// A name of the page's own choice: of the requests of one page the newest counts.
    page: String,
    listing: Option<String>,
    source: String,
}

pub(super) fn router(lab: Arc<Lab>) -> Router {
    Router::new()
        .route("/lab.json", get(describe))
        .route("/lab/source", get(source))
        .route("/lab/module/{name}", get(module))
        .route("/lab/build", post(build))
        .route("/lab/trace", post(trace))
        .merge(exercise::router())
        .with_state(lab)
}

async fn describe(State(lab): State<Arc<Lab>>) -> Response {
    let body = json!({ "token": lab.token, "zig": zig::VERSION });
    answer(StatusCode::OK, &body)
}

async fn source(State(lab): State<Arc<Lab>>, address: Uri) -> Result<Response, LabRefusal> {
    // Names of listings hold no character that an address would write otherwise, but for the slash.
    let query = address.query().unwrap_or_default();
    let name = query.strip_prefix("listing=").unwrap_or_default();
    let name = name.replace("%2F", "/").replace("%2f", "/");
    let listing = lab.listing(&name)?;
    let lines = head_lines(&listing.source, Language::Zig);
    let text: String = listing.source.split_inclusive('\n').skip(lines).collect();
    let expectation = &listing.declaration.expectation;
    let expects = match expectation.text() {
        Some(text) => format!("{}: {text}", expectation.word()),
        None => expectation.word().to_string(),
    };
    let supports = listing.support.iter();
    let imports: Vec<&str> = supports
        .filter_map(|support| Some(support.path.split_once('/')?.1))
        .collect();
    let body = json!({
        "name": listing.staged_path(),
        "source": text.trim_start_matches('\n'),
        "kind": if expectation.is_test() { "test" } else { "run" },
        "expects": expects,
        "imports": imports,
    });
    Ok(answer(StatusCode::OK, &body))
}

async fn module(
    State(lab): State<Arc<Lab>>,
    Path(name): Path<String>,
) -> Result<Response, LabRefusal> {
    let name = name.trim_end_matches(".wasm");
    let modules = lab.modules.lock().expect("no panic while locked");
    let found = modules.iter().find(|(known, _)| known == name);
    let (_, bytes) = found.ok_or_else(|| {
        let text = "That program is no longer kept: run it again.".to_string();
        LabRefusal(StatusCode::NOT_FOUND, text)
    })?;
    let head = [(header::CONTENT_TYPE, "application/wasm")];
    Ok((head, bytes.clone()).into_response())
}

async fn build(State(lab): State<Arc<Lab>>, request: Request) -> Result<Response, LabRefusal> {
    work(lab, request, |lab, program, canceled| {
        Ok(match lab::build(&lab.project, program, canceled)? {
            PageBuild::Broken(broken) => said(&broken),
            PageBuild::Module(bytes) => json!({
                "errors": [],
                "sentence": null,
                "module": format!("/lab/module/{}.wasm", lab.keep(bytes)),
                "entry": compile::PAGE_ENTRY,
            }),
        })
    })
    .await
}

async fn trace(State(lab): State<Arc<Lab>>, request: Request) -> Result<Response, LabRefusal> {
    work(lab, request, |lab, program, canceled| {
        let recorded = lab::record(&lab.project, program, canceled)?;
        Ok(match recorded {
            RecordingOutcome::Broken(broken) => said(&broken),
            RecordingOutcome::Not(why) => said(&broken(format!(
                "The program was built, and there is no diagram of it: {why}."
            ))),
            RecordingOutcome::Trace(recording) => shown(lab, &recording)?,
        })
    })
    .await
}

/// Reads what a page sent, and does `act` with its program.
async fn work(
    lab: Arc<Lab>,
    request: Request,
    act: impl FnOnce(&Lab, &ReaderProgram, &Arc<AtomicBool>) -> Result<Value> + Send + 'static,
) -> Result<Response, LabRefusal> {
    let (head, body) = request.into_parts();
    check_token(&lab, &head.headers)?;
    let asked: LabRequest = read(body).await?;
    let program = match lab.program(&asked)? {
        Ok(program) => program,
        Err(broken) => return Ok(answer(StatusCode::OK, &said(&broken))),
    };
    let kind = program.kind.word();
    admitted(lab, &asked.page, move |lab, canceled| {
        let mut value = act(lab, &program, canceled)?;
        value["kind"] = kind.into();
        Ok(value)
    })
    .await
}

/// Lets a page in, and does `act` away from the thread that answers everybody.
async fn admitted(
    lab: Arc<Lab>,
    page: &str,
    act: impl FnOnce(&Lab, &Arc<AtomicBool>) -> Result<Value> + Send + 'static,
) -> Result<Response, LabRefusal> {
    let started = Instant::now();
    let pass = enter(&lab, page).await?;
    let canceled = Arc::clone(&pass.canceled);
    // A page that goes away wants nothing any more.
    let _gone = CancelOnDrop(Arc::clone(&canceled));
    let done = tokio::task::spawn_blocking(move || {
        let result = act(&lab, &pass.canceled);
        drop(pass);
        result
    });
    let result = done.await.context("the lab broke down");
    match result.and_then(|result| result) {
        Ok(mut value) => {
            value["elapsed_ms"] = (started.elapsed().as_millis() as u64).into();
            Ok(answer(StatusCode::OK, &value))
        }
        Err(_) if canceled.load(Ordering::Relaxed) => Err(refused(Refusal::Replaced)),
        Err(error) => Err(failure(&error)),
    }
}

struct CancelOnDrop(Arc<AtomicBool>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

async fn enter(lab: &Lab, page: &str) -> Result<Pass, LabRefusal> {
    lab.gate.enter(page).await.map_err(refused)
}

fn refused(refusal: Refusal) -> LabRefusal {
    let text = match refusal {
        Refusal::Busy => {
            "Busy: a program of another page is being compiled. Try again in a moment."
        }
        Refusal::Replaced => "Replaced: a newer program of this page came after this one.",
    };
    LabRefusal(StatusCode::CONFLICT, text.to_string())
}

fn check_token(lab: &Lab, headers: &HeaderMap) -> Result<(), LabRefusal> {
    let sent = headers.get(TOKEN).map(|token| token.as_bytes());
    if sent == Some(lab.token.as_bytes()) {
        return Ok(());
    }
    let text = "The server was started anew since this page was loaded: reload the page. What you typed stays.";
    Err(LabRefusal(StatusCode::FORBIDDEN, text.to_string()))
}

/// What a request holds.
async fn read<T: DeserializeOwned>(mut body: Body) -> Result<T, LabRefusal> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) =
        std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        let frame = frame.map_err(|_| {
            let text = "The request broke off before it was whole.";
            LabRefusal(StatusCode::BAD_REQUEST, text.to_string())
        })?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        length += data.len();
        if length <= LARGEST {
            bytes.extend_from_slice(&data);
        } else if length > DRAINED {
            break;
        }
    }
    if length > LARGEST {
        return Err(too_large());
    }
    let bad = |text: String| LabRefusal(StatusCode::BAD_REQUEST, text);
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| bad("The source is not UTF-8, so it is no Zig program.".to_string()))?;
    serde_json::from_str(text).map_err(|error| {
        bad(format!(
            "The request is not what a page of the lab sends: {error}."
        ))
    })
}

/// A program that there is no result of.
fn said(broken: &Broken) -> Value {
    json!({
        "errors": broken.errors,
        "sentence": broken.sentence,
        "module": null,
        "trace": null,
    })
}

/// A program's diagram and how it ended.
fn shown(lab: &Lab, recording: &Recording) -> Result<Value> {
    let Recording {
        trace,
        sources,
        output,
        outcome,
    } = recording;
    let step = outcome::telling_step(trace);
    let drawn = diagram(lab, trace, sources, "The memory of this program", step)?;
    Ok(json!({
        "errors": [],
        "sentence": null,
        "trace": drawn,
        "output": output,
        "outcome": { "word": outcome.word, "sentence": outcome.sentence },
        "leaks": outcome.leaks,
    }))
}

/// A diagram, opened at a step counted from 1.
fn diagram(
    lab: &Lab,
    trace: &Trace,
    sources: &BTreeMap<String, String>,
    caption: &str,
    step: usize,
) -> Result<Value> {
    let code = colored(&lab.project, trace, sources)?;
    let figure = page::figure(&page::DiagramFigure {
        trace,
        code: &code,
        id: "lab-trace",
        caption: &html::escape(caption),
        step,
        predict: None,
        wrong: &[],
        fold: None,
        data: "",
    });
    Ok(json!({ "figure": figure, "data": page::data(trace) }))
}
