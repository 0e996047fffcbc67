//! `cargo xtask bench`

mod builds;
mod checks;
mod growth;
mod page;
mod rows;
mod weight;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::Status;
use book_support::project::Project;
use rows::BenchRows;

/// Measure the tool and the pages against their budgets
///
/// Works on copies of the book in a temporary folder, so that nothing kept is touched. Where there is something to compare
/// with, what counts is the ratio of two times of the same run; else run it on a quiet machine with two cores. Takes half
/// an hour, most of it for the tool built from nothing and for the tests; name rows to measure only these. Exit status:
/// 0 when every budget is met, 1 when one is missed or nothing was measured.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Measure only the rows with one of these words in their name
    only: Vec<String>,
}

/// One measured line.
#[derive(Clone, Debug, PartialEq)]
pub struct BenchRow {
    pub name: String,
    pub measured: String,
    pub budget: String,
    /// `None` where there is no budget.
    pub met: Option<bool>,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    // Building the tests may put another tool in its place, and the system then calls this one deleted.
    let tool = std::env::current_exe().context("cannot find the tool itself")?;
    let mut rows = BenchRows::new(args.only);
    checks::checks(&project, &mut rows)?;
    growth::generated(&project, &mut rows)?;
    builds::warm(&project, &mut rows)?;
    builds::saves(&project, &mut rows)?;
    builds::lab(&project, &mut rows)?;
    weight::pages(&project, &mut rows)?;
    page::answers(&project, &mut rows)?;
    page::lighthouse(&project, &mut rows)?;
    builds::from_nothing(&project, &mut rows)?;
    builds::tests(&project, &tool, &mut rows)?;
    println!("{}", machine());
    println!("{}", table(&rows.rows));
    Ok(status(&rows.rows))
}

/// Wrong when nothing was measured or a budget is missed.
fn status(rows: &[BenchRow]) -> Status {
    if rows.is_empty() || rows.iter().any(|row| row.met == Some(false)) {
        Status::Wrong
    } else {
        Status::Fine
    }
}

/// A copy of the book in `folder`, with the repository's toolchains and none of its results.
fn copy(project: &Project, folder: &Path) -> Result<Project> {
    for name in [
        "listings",
        "exercises",
        "src",
        "theme",
        "toolchain",
        "crates",
        "xtask",
        ".cargo",
    ] {
        copy_tree(&project.root().join(name), &folder.join(name))?;
    }
    for name in [
        "book.toml",
        "rust-toolchain.toml",
        "Cargo.toml",
        "Cargo.lock",
    ] {
        fs::copy(project.root().join(name), folder.join(name))
            .with_context(|| format!("cannot copy {name}"))?;
    }
    std::os::unix::fs::symlink(project.toolchains(), folder.join(".toolchain"))
        .context("cannot link the toolchains")?;
    Project::find(folder)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    let walk = WalkDir::new(from)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "target");
    for entry in walk.filter_map(Result::ok) {
        let target: PathBuf = to.join(entry.path().strip_prefix(from).expect("walked below it"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)
                .with_context(|| format!("cannot make {}", target.display()))?;
        } else {
            fs::copy(entry.path(), &target)
                .with_context(|| format!("cannot copy {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// What the times were measured on.
fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("an unknown CPU", |text| {
            text.trim_start_matches([' ', '\t', ':'])
        });
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "machine: {model}, {cores} cores, {} {}; Zig {}, Rust {}",
        std::env::consts::OS,
        std::env::consts::ARCH,
        book_toolchain::zig::VERSION,
        env!("CARGO_PKG_RUST_VERSION"),
    )
}

fn table(rows: &[BenchRow]) -> String {
    let width = |column: fn(&BenchRow) -> &String| {
        rows.iter()
            .map(|row| column(row).chars().count())
            .max()
            .unwrap_or(0)
    };
    let (name, measured, budget) = (
        width(|row| &row.name),
        width(|row| &row.measured),
        width(|row| &row.budget),
    );
    rows.iter()
        .map(|row| {
            let verdict = match row.met {
                Some(true) => "met",
                Some(false) => "MISSED",
                None => "",
            };
            format!(
                "{:<name$}  {:>measured$}  {:<budget$}  {verdict}\n",
                row.name, row.measured, row.budget
            )
        })
        .collect()
}

fn seconds(duration: Duration) -> String {
    format!("{:.2} s", duration.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_budget_is_not_a_success() {
        let row = |met| BenchRow {
            name: String::new(),
            measured: String::new(),
            budget: String::new(),
            met,
        };
        assert_eq!(status(&[row(Some(true)), row(None)]), Status::Fine);
        assert_eq!(status(&[row(Some(true)), row(Some(false))]), Status::Wrong);
        assert_eq!(status(&[]), Status::Wrong);
    }
}
