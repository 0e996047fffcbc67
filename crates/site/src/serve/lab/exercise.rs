//! Exercises in the page: the reader's own file is opened, saved and checked here, with the words of the terminal.
//!
//! | address | what |
//! |---|---|
//! | `GET lab/exercise?name=…` | `{"file","source","version","solved"}` |
//! | `POST lab/exercise/save` | `{"page","name","source","version"}` gives `{"version"}` |
//! | `POST lab/exercise/check` | the same with `columns` saves, and gives `{"version","report","errors","trace","solved"}` |
//! | `GET lab/progress` | `{"solved"}`: the names of the exercises that pass, or did |
//!
//! Where the file is another than the one of `version`, the answer is 409 with its `source` and `version`, and nothing
//! is written.

use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Lab, LabRefusal, admitted, answer, check_token, diagram, failure, read, too_large};
use book_exercise::page::{self, CheckOutcome, OpenedFile, SaveOutcome};
use book_exercise::{Exercise, discover};
use book_lab::program;

/// What a page sends.
#[derive(Deserialize)]
struct SentAttempt {
    page: String,
    name: String,
    source: String,
    version: String,
    /// How many letters of the report have room in a line of the page.
    columns: Option<usize>,
}

pub(super) fn router() -> Router<Arc<Lab>> {
    Router::new()
        .route("/lab/exercise", get(open))
        .route("/lab/exercise/save", post(save))
        .route("/lab/exercise/check", post(check))
        .route("/lab/progress", get(progress))
}

fn all(lab: &Lab) -> Result<Vec<Exercise>, LabRefusal> {
    let (exercises, _) = discover::load(&lab.project).map_err(|error| failure(&error))?;
    Ok(exercises)
}

fn find(lab: &Lab, name: &str) -> Result<Exercise, LabRefusal> {
    let found = all(lab)?.into_iter().find(|each| each.name == name);
    let text = || format!("There is no exercise `{name}` any more: load the page again.");
    found.ok_or_else(|| LabRefusal(StatusCode::NOT_FOUND, text()))
}

fn told(opened: &OpenedFile) -> Value {
    json!({
        "file": opened.file.display().to_string(), "source": opened.source, "version": opened.version,
        "solved": opened.solved,
    })
}

async fn open(State(lab): State<Arc<Lab>>, address: Uri) -> Result<Response, LabRefusal> {
    let query = address.query().unwrap_or_default();
    let exercise = find(&lab, query.strip_prefix("name=").unwrap_or_default())?;
    let opened = page::open(&lab.project, &exercise).map_err(|error| failure(&error))?;
    Ok(answer(StatusCode::OK, &told(&opened)))
}

async fn progress(State(lab): State<Arc<Lab>>) -> Result<Response, LabRefusal> {
    let exercises = all(&lab)?;
    let solved = page::solved(&lab.project, &exercises);
    Ok(answer(StatusCode::OK, &json!({ "solved": solved })))
}

/// Reads what a page sent and saves it; or the answer that says why not.
async fn saved(
    lab: &Lab,
    request: Request,
) -> Result<Result<(SentAttempt, Exercise, String), Response>, LabRefusal> {
    let (head, body) = request.into_parts();
    check_token(lab, &head.headers)?;
    let sent: SentAttempt = read(body).await?;
    if sent.source.len() > program::LARGEST {
        return Err(too_large());
    }
    let exercise = find(lab, &sent.name)?;
    let kept = page::save(&lab.project, &exercise, &sent.source, &sent.version);
    Ok(match kept.map_err(|error| failure(&error))? {
        SaveOutcome::Kept(version) => Ok((sent, exercise, version)),
        SaveOutcome::Changed(now) => {
            let mut value = told(&now);
            value["error"] = format!(
                "{} was changed elsewhere since this page opened it. Neither text is written over the other.",
                now.file.display()
            )
            .into();
            Err(answer(StatusCode::CONFLICT, &value))
        }
    })
}

async fn save(State(lab): State<Arc<Lab>>, request: Request) -> Result<Response, LabRefusal> {
    Ok(match saved(&lab, request).await? {
        Ok((_, _, version)) => answer(StatusCode::OK, &json!({ "version": version })),
        Err(conflict) => conflict,
    })
}

async fn check(State(lab): State<Arc<Lab>>, request: Request) -> Result<Response, LabRefusal> {
    let (sent, exercise, version) = match saved(&lab, request).await? {
        Ok(saved) => saved,
        Err(conflict) => return Ok(conflict),
    };
    admitted(lab, &sent.page, move |lab, canceled| {
        let CheckOutcome {
            report,
            errors,
            diagram: drawn,
            solved,
        } = page::check(&lab.project, &exercise, &sent.source, sent.columns, canceled)?;
        let trace = drawn.map(|drawn| {
            let caption = format!("The memory of the test “{}”", drawn.test);
            diagram(lab, &drawn.trace, &drawn.sources, &caption, drawn.failure())
        });
        Ok(json!({
            "version": version, "report": report, "errors": errors, "trace": trace.transpose()?, "solved": solved,
        }))
    })
    .await
}
