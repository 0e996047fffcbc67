//! `cargo xtask exercise`

use anyhow::{Result, bail};

use super::Status;
use book_check::progress::Progress;
use book_exercise::attempt::{AttemptOutcome, AttemptSetup};
use book_exercise::explain::ReportView;
use book_exercise::reader::{self, Record};
use book_exercise::{Exercise, check, discover, list, terminal, watch};
use book_listing::Language::{self, Rust, Zig};
use book_site::highlight::program::colored;
use book_support::diagnostic::render_all;
use book_support::project::Project;

/// Work on an exercise: at every save it is built and tested
///
/// Without an exercise, lists all of them and how far you are. Your files are in `my-exercises/`, which git ignores.
/// With --once, or where there is no terminal, tries your file once; exit status: 0 when it passes, 1 when not,
/// 3 when it could not be tried.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number or its name, for example 3 or 03_allocator
    exercise: Option<String>,
    /// The language to solve it in: zig or rust
    #[arg(long = "lang", value_name = "LANGUAGE", default_value = "zig")]
    language: Language,
    /// Try your file once and do not watch it
    #[arg(long, requires = "exercise")]
    once: bool,
    /// For authors: check that starters fail, solutions pass, and every wrong solution is caught
    #[arg(long, conflicts_with = "exercise")]
    check: bool,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    if args.check {
        return check(&project);
    }
    let (exercises, problems) = discover::load(&project)?;
    if exercises.is_empty() {
        bail!("there are no exercises here\n{}", render_all(&problems));
    }
    if !matches!(args.language, Zig | Rust) {
        bail!("exercises are in Zig and in Rust\n  hint: --lang zig or --lang rust");
    }
    let Some(name) = args.exercise else {
        print!("{}", list::render(&project, &exercises, &terminal::style()));
        return Ok(Status::Fine);
    };
    let index = list::find(&exercises, &name)?;
    if args.once || !terminal::is_interactive() {
        return once(&project, &exercises[index], args.language);
    }
    watch::run(&project, &exercises, index, args.language, colored)?;
    Ok(Status::Fine)
}

/// Tries the reader's file once.
fn once(project: &Project, exercise: &Exercise, language: Language) -> Result<Status> {
    let is_new = reader::start(project, exercise, language)?;
    let attempted = AttemptSetup::new(project, exercise, language)?.attempt()?;
    let messages = discover::messages(project)?;
    let view = ReportView {
        exercise,
        language,
        style: terminal::style(),
        messages: &messages,
    };
    print!("{}\n{}", view.title(), view.report(&attempted));
    if is_new {
        println!(
            "\nThis is the starter: edit {} and run the command again.",
            reader::file(exercise, language).display()
        );
    }
    if !attempted.passes() {
        if let (AttemptOutcome::Ran(tests, _), Zig) = (&attempted.outcome, language)
            && let Some(run) = tests.failed().next()
        {
            println!(
                "\nIts memory, statement by statement: cargo xtask trace --exercise {} --test \"{}\"",
                exercise.number(),
                run.name
            );
        }
        return Ok(Status::Wrong);
    }
    Record::note(project, exercise, language, &attempted.source)?;
    Ok(Status::Fine)
}

/// Checks all exercises for their authors.
fn check(project: &Project) -> Result<Status> {
    let (exercises, problems) = discover::load(project)?;
    let mut report = check::check_all(project, &exercises, &Progress::for_person())?;
    report.problems.splice(0..0, problems);
    if !report.problems.is_empty() {
        println!("{}\n", render_all(&report.problems));
    }
    println!("{:<18} {:>12} {:>12}", "mutants killed", "Zig", "Rust");
    for exercise in &exercises {
        let cell = |language| {
            let kills = report
                .kills
                .get(&(exercise.name.clone(), language))
                .copied()
                .unwrap_or_default();
            format!("{} of {}", kills.killed, kills.mutants)
        };
        println!("{:<18} {:>12} {:>12}", exercise.name, cell(Zig), cell(Rust));
    }
    Ok(if report.problems.is_empty() && !exercises.is_empty() {
        Status::Fine
    } else {
        Status::Wrong
    })
}
