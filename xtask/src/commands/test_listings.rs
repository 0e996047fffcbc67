//! `cargo xtask test-listings`

use std::io::IsTerminal;

use anyhow::{Result, bail};

use super::Status;
use book_check::progress::Progress;
use book_check::report;
use book_check::{CheckOptions, Selection, check};
use book_listing::{Language, discover};
use book_quiz as quiz;
use book_support::project::Project;
use book_support::visible::takes_escapes;
use book_toolchain as toolchain;

/// Check that listings build, run and print as they declare
///
/// Only what has changed is built and run. Exit status: 0 when all is as declared, 1 when a listing is not
/// or nothing was checked, 2 for a wrong command line, 3 when the check could not be made.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Check only listings with one of these in their path, for example `03_allocator` or `caller_owns.zig`
    filters: Vec<String>,
    /// Record what listings print now, where they do what they declare
    #[arg(long)]
    bless: bool,
    /// Check only listings of this language: zig, rust or python (can be given again)
    #[arg(long = "lang", value_name = "LANGUAGE")]
    languages: Vec<Language>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: ReportFormat,
    /// Build and run everything again, whatever is known
    #[arg(long)]
    fresh: bool,
    /// Build each Zig listing alone, as a reader does: slow, and must print the same
    #[arg(long)]
    alone: bool,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ReportFormat {
    /// Diagnostics and a summary.
    #[default]
    Human,
    /// One JSON object.
    Json,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    toolchain::python::look_ahead();
    let (catalog, problems) = discover::load(&project)?;
    eprint!("{}", project.leftovers());
    let selection = Selection {
        filters: args.filters,
        languages: args.languages,
    };
    for filter in &selection.filters {
        let only = Selection {
            filters: vec![filter.clone()],
            ..Selection::default()
        };
        if !catalog.iter().any(|listing| only.holds(&listing.key()))
            && !problems
                .iter()
                .any(|problem| only.holds_path(&problem.path))
        {
            let hint = catalog.hint_for_unmatched(filter);
            bail!("no listing has `{filter}` in its path\n  hint: {hint}");
        }
    }
    let options = CheckOptions {
        bless: args.bless,
        fresh: args.fresh,
        alone: args.alone,
    };
    let progress = match args.format {
        ReportFormat::Human => Progress::for_person(),
        ReportFormat::Json => Progress::Silent,
    };
    let mut report = check(&project, &catalog, problems, &selection, options, &progress)?;
    // Right answers follow what is recorded, which may be new.
    let catalog = if args.bless {
        discover::load(&project)?.0
    } else {
        catalog
    };
    let (_, problems) = quiz::load_all(&project, &catalog)?;
    report.problems.extend(
        problems
            .into_iter()
            .filter(|problem| selection.holds_path(&problem.path)),
    );
    let color = std::io::stdout().is_terminal()
        && takes_escapes()
        && std::env::var_os("NO_COLOR").is_none();
    let text = match args.format {
        ReportFormat::Human => report::human(&report, color),
        ReportFormat::Json => report::json(&report),
    };
    print!("{text}");
    Ok(if report.passed() {
        Status::Fine
    } else {
        Status::Wrong
    })
}
