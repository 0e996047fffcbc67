//! `cargo xtask trace`

mod compiler;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::Status;
use book_exercise::style::Style;
use book_exercise::{diagram, discover as exercises, list, reader};
use book_lab::{self as lab, gather};
use book_listing::{Id, Language, Listing, discover};
use book_recorder as recorder;
use book_site::highlight::program::colored;
use book_support::diagnostic::render_all;
use book_support::files::write_whole;
use book_support::process::open_in_browser;
use book_support::project::Project;
use book_support::visible::{for_terminal, takes_escapes, visible};
use book_toolchain as toolchain;
use book_trace::{Trace, render, snapshot};
use compiler::placed;

/// Run a program statement by statement, and print what is in memory at each
///
/// The program is any Zig file, with the files that it imports from its folder; or a listing by its name. It runs as a
/// 32-bit WebAssembly program in an interpreter: addresses and sizes of pointers are of that run. With --exercise, runs
/// the tests of an exercise on your file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Zig file; `-` for one on standard input; or a listing, for example `03_allocator/caller_owns`, which need not
    /// declare `trace`
    #[arg(required_unless_present = "exercise", value_name = "FILE|LISTING")]
    program: Option<String>,
    /// An exercise, by its number or its name, and your file for it
    #[arg(long, value_name = "EXERCISE", conflicts_with = "program")]
    exercise: Option<String>,
    /// The test to run; the beginning of its name is enough. A file without `main` runs all its tests
    #[arg(long, value_name = "NAME")]
    test: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: TraceFormat,
    /// Write the page that `--format html` prints into the work folder, and open it in a browser
    #[arg(long, conflicts_with = "format")]
    open: bool,
    /// Print this step alone, or open the page at it; counted from 1
    #[arg(long, value_name = "N")]
    step: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum TraceFormat {
    /// For people
    #[default]
    Human,
    /// The trace itself; `crates/trace/src/snapshot.rs` documents it
    Json,
    /// A page to open in a browser
    Html,
}

/// A trace, with the sources that it speaks of and a title.
struct ShownTrace {
    trace: Trace,
    sources: BTreeMap<String, String>,
    title: String,
    /// How it ended, where it is a program of the reader's own.
    end: String,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let test = args.test.as_deref();
    let recorded = match (&args.program, &args.exercise) {
        (Some(name), _) => match find(&project, name)? {
            TraceInput::File(path) => of_file(&project, &path, test)?,
            TraceInput::Listing(listing) => of_listing(&project, &listing, test)?,
        },
        (None, Some(exercise)) => Some(of_exercise(&project, exercise, test)?),
        (None, None) => bail!("name a file, a listing or an exercise"),
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
    let page = || -> Result<String> {
        Ok(render::standalone(
            &recorded.trace,
            &colored(&project, &recorded.trace, &recorded.sources)?,
            &recorded.title,
            args.step,
        ))
    };
    if args.open {
        open(&project, &recorded.title, &page()?)?;
        return Ok(Status::Fine);
    }
    match args.format {
        TraceFormat::Human => print!(
            "{}",
            visible(&render::terminal::render(
                &recorded.trace,
                &recorded.sources,
                args.step
            )) + visible(&recorded.end)
        ),
        TraceFormat::Json => print!("{}", snapshot::write(&recorded.trace)),
        TraceFormat::Html => print!("{}", page()?),
    }
    Ok(Status::Fine)
}

/// Writes a page into the work folder, and opens it in a browser.
fn open(project: &Project, title: &str, page: &str) -> Result<()> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = title.chars().take(60).map(plain).collect();
    let path = project.work().join("diagrams").join(format!("{name}.html"));
    write_whole(&path, page.as_bytes())?;
    println!("{}", path.display());
    if !open_in_browser(&path.to_string_lossy()) {
        bail!("no browser could be opened\n  hint: open that page yourself");
    }
    Ok(())
}

/// What is to be traced.
enum TraceInput {
    File(PathBuf),
    Listing(Box<Listing>),
}

/// The file or the listing of this name. A file of the listings folder is a listing, which may have a title.
fn find(project: &Project, name: &str) -> Result<TraceInput> {
    let path = PathBuf::from(name);
    if name == "-" {
        return Ok(TraceInput::File(path));
    }
    if path.is_dir() {
        bail!(
            "{name} is a folder\n  hint: name the Zig file in it that has `main` or the tests: cargo xtask trace {}",
            path.join("main.zig").display()
        );
    }
    let (catalog, _) = discover::load(project)?;
    if path.is_file() {
        let real = path.canonicalize()?;
        let is_it = |listing: &&Listing| {
            let own = project.root().join(&listing.path);
            listing.language == Language::Zig && own.canonicalize().ok().as_ref() == Some(&real)
        };
        return Ok(match catalog.iter().find(is_it) {
            Some(listing) => TraceInput::Listing(Box::new(listing.clone())),
            None => TraceInput::File(path),
        });
    }
    let id = name.trim_end_matches(".zig");
    let id = id.strip_prefix("listings/").unwrap_or(id);
    if let Some(listing) = Id::parse(id).and_then(|id| catalog.get(&id, Language::Zig)) {
        return Ok(TraceInput::Listing(Box::new(listing.clone())));
    }
    let similar = catalog.similar(id);
    let hint = if similar.is_empty() {
        format!(
            "name a Zig file, or a listing of one of the lessons: {}",
            catalog.lessons().join(", ")
        )
    } else {
        format!("did you mean {}?", similar.join(" or "))
    };
    bail!("there is neither a file nor a Zig listing `{name}`\n  hint: {hint}")
}

/// The trace of a program of somebody's own; nothing when it does not compile, which has been said then.
fn of_file(project: &Project, path: &Path, test: Option<&str>) -> Result<Option<ShownTrace>> {
    let found = gather::read(path)?;
    let program = match test {
        Some(test) => found.program.with_test(test).map_err(anyhow::Error::msg)?,
        None => found.program,
    };
    let never = Arc::default();
    let title = program.name.clone();
    match lab::record(project, &program, &never)? {
        lab::RecordingOutcome::Trace(recording) => Ok(Some(ShownTrace {
            end: format!(
                "\n{}\n{}",
                recording.outcome.sentence, recording.outcome.leaks
            ),
            trace: recording.trace,
            sources: recording.sources,
            title,
        })),
        lab::RecordingOutcome::Not(why) => bail!("{} cannot be traced: {why}", path.display()),
        lab::RecordingOutcome::Broken(broken) => {
            let own = |path: &str| program.files.contains_key(path);
            let said = placed(&broken.text, &found.folder, &own);
            eprint!("{}", compiler::paint(&for_terminal(&said), &error_style()));
            if let Some(sentence) = &broken.sentence {
                eprintln!("{sentence}");
            }
            Ok(None)
        }
    }
}

/// How errors are shown on this terminal, if it is one.
fn error_style() -> Style {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Style {
        color: std::io::stderr().is_terminal() && takes_escapes() && !plain,
        ..Style::PLAIN
    }
}

/// The trace of a listing; nothing when it cannot be recorded, which has been said then.
fn of_listing(
    project: &Project,
    listing: &Listing,
    test: Option<&str>,
) -> Result<Option<ShownTrace>> {
    let name = listing.id.to_string();
    if test.is_some() {
        bail!(
            "--test is for files and exercises: a listing runs as a whole\n  hint: name its file elsewhere, or leave --test out"
        );
    }
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
    Ok(Some(ShownTrace {
        sources: listing.sources(),
        title: title.unwrap_or(name),
        end: String::new(),
        trace,
    }))
}

/// The trace of a test of an exercise, run on the reader's file.
fn of_exercise(project: &Project, name: &str, test: Option<&str>) -> Result<ShownTrace> {
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
    Ok(ShownTrace {
        trace: recorded.trace,
        sources: recorded.sources,
        title: recorded.test,
        end: String::new(),
    })
}
