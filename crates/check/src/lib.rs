//! Checks listings: what is new is built and run, what is known is taken from the cache, and all of it is
//! compared with what the listings declare and with what was recorded.
//!
//! | module | what |
//! |---|---|
//! | [`observation`] | what happened, and whether that is what is declared (pure) |
//! | [`normalize`] | makes output the same on every machine (pure) |
//! | `observe` | what is known, and what is new: that is built and run |
//! | [`cache`] | observations by content |
//! | [`stage`] | the copy of the listings that compilers see |
//! | `zig`, `rust`, `cargo_said`, `python`, `run` | build and run |
//! | `manifests` | the Cargo manifests of the listings |
//! | [`traces`] | memory diagrams against their snapshots |
//! | [`progress`], [`report`] | what a person and a script see |

pub mod cache;
mod cargo_said;
mod manifests;
pub mod normalize;
pub mod observation;
mod observe;
pub mod progress;
mod python;
pub mod report;
pub mod run;
mod rust;
mod selection;
pub mod stage;
pub mod traces;
mod versions;
mod zig;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;

pub use observe::{Observed, SourceTree, observe};
pub use selection::Selection;
pub use zig::TEST_RUNNER;

use book_listing::{Catalog, Language, Listing, ListingKey};
use book_support::diagnostic::Diagnostic;
use book_support::files::write_whole;
use book_support::parallel::ended;
use book_support::project::Project;
use manifests::{check_lock_file, check_manifests};
use observation::{Failure, Reality, judge, judge_twin, judge_unsteady};
use progress::Progress;

/// How a check is to be made.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions {
    /// Write recorded output where it is missing or stale and all else is well.
    pub bless: bool,
    /// Believe no earlier result.
    pub fresh: bool,
    /// Build each Zig listing alone, as a reader does. Implies that no earlier result is believed.
    pub alone: bool,
}

impl CheckOptions {
    /// Whether what was seen in an earlier run still counts.
    fn believes_earlier(self) -> bool {
        !(self.fresh || self.alone)
    }
}

/// What became of one listing.
#[derive(Clone, Debug)]
pub struct ListingVerdict {
    /// Which listing: its id and its language.
    pub key: ListingKey,
    /// The word of the declared outcome.
    pub declared: &'static str,
    /// What it did, whatever was declared.
    pub reality: Reality,
    /// Whether it was known already.
    pub unchanged: bool,
    /// Whether its recorded output was written now.
    pub blessed: bool,
    /// Empty when it is as declared and as recorded.
    pub problems: Vec<Diagnostic>,
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct CheckReport {
    /// Of every selected listing.
    pub verdicts: Vec<ListingVerdict>,
    /// Problems of files that are not sound listings, and of manifests.
    pub problems: Vec<Diagnostic>,
    /// Of the whole check, by the clock.
    pub elapsed: Duration,
}

impl CheckReport {
    /// Everything that is wrong, in the order of files.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let mut all: Vec<Diagnostic> = self.problems.clone();
        all.extend(
            self.verdicts
                .iter()
                .flat_map(|verdict| verdict.problems.clone()),
        );
        all.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        all
    }

    /// Whether something was checked and nothing is wrong.
    pub fn passed(&self) -> bool {
        !self.verdicts.is_empty()
            && self.problems.is_empty()
            && self
                .verdicts
                .iter()
                .all(|verdict| verdict.problems.is_empty())
    }
}

/// Checks every listing for the book to be rendered, silently but for long work. Everything that is wrong, with the
/// `problems` that reading the catalog found.
///
/// # Errors
///
/// When the check cannot be made: a toolchain is missing, the disk is full.
pub fn gate(
    project: &Project,
    catalog: &Catalog,
    problems: Vec<Diagnostic>,
    progress: &Progress,
) -> Result<Vec<Diagnostic>> {
    let report = check(
        project,
        catalog,
        problems,
        &Selection::default(),
        CheckOptions::default(),
        progress,
    )?;
    let mut diagnostics = report.diagnostics();
    if report.verdicts.is_empty() && diagnostics.is_empty() {
        diagnostics.push(
            Diagnostic::new("listings", "there is no listing to check")
                .hint("cargo xtask new-listing 01_stack_heap/first"),
        );
    }
    Ok(diagnostics)
}

/// Checks the selected listings of `catalog`. `problems` are those that its reading found.
///
/// # Errors
///
/// When the check cannot be made.
pub fn check(
    project: &Project,
    catalog: &Catalog,
    problems: Vec<Diagnostic>,
    selection: &Selection,
    options: CheckOptions,
    progress: &Progress,
) -> Result<CheckReport> {
    project.writable()?;
    let started = Instant::now();
    let selected: Vec<&Listing> = catalog
        .iter()
        .filter(|listing| selection.holds(&listing.key()))
        .collect();
    let mut report = CheckReport {
        problems,
        ..CheckReport::default()
    };
    report
        .problems
        .retain(|problem| selection.holds_path(&problem.path));
    check_manifests(project, catalog, &selected, options, &mut report)?;

    // Recording is the work of one core, so it goes beside the rest.
    let (observed, traces) = std::thread::scope(|scope| {
        let traces = scope.spawn(|| traces::record(project, &selected, options, progress));
        let place = SourceTree::Listings;
        let observed = observe(project, catalog, &selected, place, options, progress);
        (observed, ended(traces))
    });
    let (observed, traces) = (observed?, traces?);
    check_lock_file(project, &selected, options, &mut report)?;
    let unsteady = if options.bless {
        unsteady(project, catalog, &selected, &observed, progress)?
    } else {
        BTreeMap::new()
    };
    for listing in &selected {
        let (seen, unchanged) = &observed[&listing.key()];
        let mut verdict = ListingVerdict {
            key: listing.key(),
            declared: listing.declaration.expectation.word(),
            reality: seen.reality.clone(),
            unchanged: *unchanged,
            blessed: false,
            problems: Vec::new(),
        };
        match judge(listing, seen) {
            Ok(()) => {}
            Err(Failure::Unrecorded(_)) if options.bless => {
                if let Some(problem) = unsteady.get(&listing.key()) {
                    verdict.problems.push(problem.clone());
                } else {
                    write_whole(
                        &project.root().join(listing.out_path()),
                        seen.output.as_bytes(),
                    )?;
                    verdict.blessed = true;
                }
            }
            Err(failure) => verdict.problems.push(failure.diagnostic().clone()),
        }
        report.verdicts.push(verdict);
    }
    compare_twins(catalog, &observed, &mut report);
    traces::compare(project, &selected, traces, options, &mut report)?;
    report.elapsed = started.elapsed();
    Ok(report)
}

/// Runs once more what is about to be recorded: what does not come out the same twice is no record of anything.
fn unsteady(
    project: &Project,
    catalog: &Catalog,
    selected: &[&Listing],
    observed: &Observed,
    progress: &Progress,
) -> Result<BTreeMap<ListingKey, Diagnostic>> {
    let unrecorded: Vec<&Listing> = selected
        .iter()
        .copied()
        .filter(|listing| {
            let seen = judge(listing, &observed[&listing.key()].0);
            matches!(seen, Err(Failure::Unrecorded(_)))
        })
        .collect();
    let again = CheckOptions {
        fresh: true,
        ..CheckOptions::default()
    };
    let second = observe(
        project,
        catalog,
        &unrecorded,
        SourceTree::Listings,
        again,
        progress,
    )?;
    let mut unsteady = BTreeMap::new();
    for listing in unrecorded {
        let (first, second) = (&observed[&listing.key()].0, &second[&listing.key()].0);
        if first != second {
            unsteady.insert(listing.key(), judge_unsteady(listing, first, second));
        }
    }
    Ok(unsteady)
}

/// Twins that must print the same text.
fn compare_twins(catalog: &Catalog, observed: &Observed, report: &mut CheckReport) {
    for listing in catalog
        .iter()
        .filter(|listing| listing.declaration.same_output)
    {
        let Some((zig, _)) = observed.get(&listing.key()) else {
            continue;
        };
        for twin in catalog.twins(&listing.id) {
            if twin.language == Language::Zig
                || twin.declaration.expectation != listing.declaration.expectation
            {
                continue;
            }
            let Some((seen, _)) = observed.get(&twin.key()) else {
                continue;
            };
            if seen.reality == Reality::Ran
                && let Some(problem) = judge_twin(listing, &zig.output, twin, &seen.output)
                && let Some(verdict) = report
                    .verdicts
                    .iter_mut()
                    .find(|verdict| verdict.key == twin.key())
            {
                verdict.problems.push(problem);
            }
        }
    }
}
