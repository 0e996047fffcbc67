//! `cargo xtask exercise`

use anyhow::Result;

use super::Status;
use crate::check::progress::Progress;
use crate::diagnostic::render_all;
use crate::exercise::{check, discover};
use crate::project::Project;

/// Work on an exercise, or check that all exercises do their work
#[derive(Debug, clap::Args)]
pub struct Args {
    /// For authors: check that starters fail, solutions pass, and every wrong solution is caught
    #[arg(long)]
    check: bool,
}

pub fn run(_args: Args) -> Result<Status> {
    let project = Project::current()?;
    let (exercises, problems) = discover::load(&project)?;
    let mut report = check::check_all(&project, &exercises, &Progress::for_person())?;
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
        use crate::listing::Language::{Rust, Zig};
        println!("{:<18} {:>12} {:>12}", exercise.name, cell(Zig), cell(Rust));
    }
    Ok(if report.problems.is_empty() && !exercises.is_empty() {
        Status::Fine
    } else {
        Status::Wrong
    })
}
