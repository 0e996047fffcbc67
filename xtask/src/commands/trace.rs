//! `cargo xtask trace`

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::Status;
use book_exercise::{diagram, discover as exercises, list, reader};
use book_listing::{Id, Language, Listing, discover};
use book_recorder as recorder;
use book_site::highlight::program::colored;
use book_support::diagnostic::render_all;
use book_support::project::Project;
use book_support::visible::visible;
use book_toolchain as toolchain;
use book_trace::{Trace, render, snapshot};

/// Run a listing statement by statement, and print what is in memory at each
///
/// The listing runs as a 32-bit WebAssembly program in an interpreter: addresses and sizes of pointers are of
/// that run. With --exercise, runs the tests of an exercise on your file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The listing, for example `03_allocator/caller_owns`; it need not declare `trace`
    #[arg(required_unless_present = "exercise")]
    listing: Option<String>,
    /// An exercise, by its number or its name, and your file for it
    #[arg(long, value_name = "EXERCISE", conflicts_with = "listing")]
    exercise: Option<String>,
    /// The test to run; the beginning of its name is enough
    #[arg(long, value_name = "NAME", requires = "exercise")]
    test: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print this step alone, or open the page at it; counted from 1
    #[arg(long, value_name = "N")]
    step: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// The trace itself; `crates/trace/src/snapshot.rs` documents it
    Json,
    /// A page to open in a browser
    Html,
}

/// A trace, with the sources that it speaks of and a title.
struct Recorded {
    trace: Trace,
    sources: BTreeMap<String, String>,
    title: String,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let recorded = match (&args.listing, &args.exercise) {
        (Some(listing), _) => of_listing(&project, listing)?,
        (None, Some(exercise)) => Some(of_exercise(&project, exercise, args.test.as_deref())?),
        (None, None) => bail!("name a listing or an exercise"),
    };
    let Some(recorded) = recorded else {
        return Ok(Status::Wrong);
    };
    let count = recorded.trace.steps.len();
    if let Some(step) = args.step
        && (step == 0 || step > count)
    {
        bail!("there are steps 1 to {count}, not {step}");
    }
    match args.format {
        Format::Human => print!(
            "{}",
            visible(&render::terminal::render(
                &recorded.trace,
                &recorded.sources,
                args.step
            ))
        ),
        Format::Json => print!("{}", snapshot::write(&recorded.trace)),
        Format::Html => print!(
            "{}",
            render::standalone(
                &recorded.trace,
                &colored(&project, &recorded.trace, &recorded.sources)?,
                &recorded.title,
                args.step
            )
        ),
    }
    Ok(Status::Fine)
}

/// The trace of a listing; nothing when it cannot be recorded, which has been said then.
fn of_listing(project: &Project, name: &str) -> Result<Option<Recorded>> {
    let (catalog, _) = discover::load(project)?;
    let name = name.trim_end_matches(".zig");
    let name = name.strip_prefix("listings/").unwrap_or(name);
    let listing: &Listing = match Id::parse(name).and_then(|id| catalog.get(&id, Language::Zig)) {
        Some(listing) => listing,
        None => {
            let similar = catalog.similar(name);
            let hint = if similar.is_empty() {
                format!("the lessons are {}", catalog.lessons().join(", "))
            } else {
                format!("did you mean {}?", similar.join(" or "))
            };
            bail!("there is no Zig listing `{name}`\n  hint: {hint}");
        }
    };
    let zig = toolchain::zig::find_or_install(project)?;
    let mut recorded = recorder::record_all(project, &zig.path, &[listing], &|| {
        eprintln!("{} …", recorder::WAITING);
    })?;
    if !recorded.problems.is_empty() {
        eprintln!("{}", render_all(&recorded.problems));
        return Ok(None);
    }
    let trace = recorded
        .traces
        .remove(&listing.id)
        .with_context(|| format!("there is no trace of `{name}`"))?;
    let title = listing.declaration.title.clone();
    Ok(Some(Recorded {
        sources: listing.sources(),
        title: title.unwrap_or_else(|| name.to_string()),
        trace,
    }))
}

/// The trace of a test of an exercise, run on the reader's file.
fn of_exercise(project: &Project, name: &str, test: Option<&str>) -> Result<Recorded> {
    let (exercises, problems) = exercises::load(project)?;
    if exercises.is_empty() {
        bail!("there are no exercises here\n{}", render_all(&problems));
    }
    let exercise = &exercises[list::find(&exercises, name)?];
    let path = reader::file(exercise, Language::Zig);
    let source = std::fs::read_to_string(project.root().join(&path)).with_context(|| {
        format!(
            "cannot read {}\n  hint: begin with: cargo xtask exercise {}",
            path.display(),
            exercise.number()
        )
    })?;
    let names = diagram::tests(exercise);
    let wanted = test.unwrap_or_default();
    let Some(test) = names.iter().find(|name| name.starts_with(wanted)) else {
        bail!(
            "no test begins with `{wanted}`\n  hint: the tests are {}",
            names.join(", ")
        );
    };
    let recorded = diagram::record(project, exercise, &source, test)?;
    Ok(Recorded {
        trace: recorded.trace,
        sources: recorded.sources,
        title: recorded.test,
    })
}
