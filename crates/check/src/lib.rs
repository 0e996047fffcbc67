//! Checks listings: what is new is built and run, what is known is taken from the cache, and all of it is
//! compared with what the listings declare and with what was recorded.
//!
//! | module | what |
//! |---|---|
//! | [`observation`] | what happened, and whether that is what is declared (pure) |
//! | [`normalize`] | makes output the same on every machine (pure) |
//! | [`cache`] | observations by content |
//! | [`stage`] | the copy of the listings that compilers see |
//! | `zig`, `rust`, `python`, `run` | build and run |
//! | [`traces`] | memory diagrams against their snapshots |
//! | [`progress`], [`report`] | what a person and a script see |

pub mod cache;
pub mod normalize;
pub mod observation;
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
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::Result;

pub use selection::Selection;
pub use zig::TEST_RUNNER;

use book_listing::{Catalog, Language, Listing, ListingKey, discover};
use book_support::bounded;
use book_support::diagnostic::Diagnostic;
use book_support::files::{with_line_feeds, write_whole};
use book_support::lock::lock;
use book_support::project::Project;
use book_toolchain as toolchain;
use cache::{Cache, ResultKey};
use observation::{Failure, Observation, Reality, judge, judge_twin, judge_unsteady};
use progress::Progress;
use stage::Stage;
use versions::Versions;

/// What a person is told while another run holds the work folder.
const WAITING: &str = "waiting for another check to end";

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
    /// Problems of files that are no sound listing, and of manifests.
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

/// Checks every listing for the book to be rendered, silently but for long work. Everything that is wrong.
///
/// # Errors
///
/// When the check cannot be made: a toolchain is missing, the disk is full.
pub fn gate(project: &Project, progress: &Progress) -> Result<(Catalog, Vec<Diagnostic>)> {
    toolchain::python::look_ahead();
    let (catalog, problems) = discover::load(project)?;
    let report = check(
        project,
        &catalog,
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
    Ok((catalog, diagnostics))
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
        let traces = traces
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (observed, traces)
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

/// What was seen of each listing, and whether it was known already.
pub type Observed = BTreeMap<ListingKey, (Observation, bool)>;

/// Where the files of a catalog come from, and where they are staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTree {
    /// `listings/`, staged in the work folder of the listings.
    Listings,
    /// `exercises/`, staged in a folder of their own.
    Exercises,
}

impl SourceTree {
    /// The folder of its staged files, inside the work folder.
    fn stage(self) -> &'static str {
        match self {
            SourceTree::Listings => "stage",
            SourceTree::Exercises => "stage-exercises",
        }
    }

    fn sources(self, project: &Project) -> PathBuf {
        match self {
            SourceTree::Listings => project.listings(),
            SourceTree::Exercises => project.exercises(),
        }
    }
}

/// Builds and runs what is not known yet of the selected listings.
pub fn observe<'a>(
    project: &Project,
    catalog: &Catalog,
    selected: &[&'a Listing],
    place: SourceTree,
    options: CheckOptions,
    progress: &Progress,
) -> Result<Observed> {
    let cache = Cache::new(&project.work());
    let versions = Versions::of(project, selected, place)?;
    let keys: BTreeMap<ListingKey, ResultKey> = selected
        .iter()
        .map(|listing| {
            (
                listing.key(),
                ResultKey::new(listing, &versions.of_listing(listing)),
            )
        })
        .collect();
    let known = |listing: &Listing| {
        let kept = options
            .believes_earlier()
            .then(|| cache.get(&keys[&listing.key()]));
        kept.flatten()
    };
    let mut observed: Observed = BTreeMap::new();
    let look_up = |listings: &[&'a Listing], observed: &mut Observed| -> Vec<&'a Listing> {
        let mut missing = Vec::new();
        for &listing in listings {
            match known(listing) {
                Some(seen) => {
                    observed.insert(listing.key(), (seen, true));
                }
                None => missing.push(listing),
            }
        }
        missing
    };
    let new = look_up(selected, &mut observed);
    if new.is_empty() {
        return Ok(observed);
    }
    let _lock = lock(&project.work(), || progress.note(WAITING))?;
    // Another run may have done the work while this one waited.
    let new = if options.believes_earlier() {
        look_up(&new, &mut observed)
    } else {
        new
    };
    progress.begin(new.len(), observed.len());
    let fresh: Mutex<Observed> = Mutex::new(BTreeMap::new());
    let problem: Mutex<Option<anyhow::Error>> = Mutex::new(None);
    let seen = |listing: &Listing, observation: Observation| {
        progress.checked(listing, &observation);
        if let Err(error) = cache.put(&keys[&listing.key()], &observation) {
            problem
                .lock()
                .expect("no panic while locked")
                .get_or_insert(error);
        }
        fresh
            .lock()
            .expect("no panic while locked")
            .insert(listing.key(), (observation, false));
    };
    // What a run that was killed left behind.
    for name in [run::RUNS, stage::ALONE] {
        let _ = std::fs::remove_dir_all(project.work().join(name));
    }
    let stage = Stage::prepare(project, catalog, place.stage(), &place.sources(project))?;
    let result = run_all(project, &stage, &new, options, &seen, progress);
    progress.end();
    result?;
    clear(&project.work())?;
    if let Some(error) = problem.into_inner().expect("every worker has ended") {
        return Err(error);
    }
    observed.extend(fresh.into_inner().expect("every worker has ended"));
    Ok(observed)
}

/// Removes from the work folder what nothing refers to any more. Only for who holds its lock.
fn clear(work: &std::path::Path) -> Result<()> {
    if !bounded::is_due(work)? {
        return Ok(());
    }
    for name in [cache::RESULTS, zig::PROGRAMS, traces::TRACES] {
        bounded::remove_unused(&work.join(name));
    }
    bounded::remove_large(&work.join(rust::BUILT), bounded::LARGE)?;
    bounded::renew_zig_cache(work, bounded::LARGE)
}

/// Builds and runs `listings`, the languages side by side.
fn run_all(
    project: &Project,
    stage: &Stage,
    listings: &[&Listing],
    options: CheckOptions,
    seen: &(dyn Fn(&Listing, Observation) + Sync),
    progress: &Progress,
) -> Result<()> {
    let of = |language| -> Vec<&Listing> {
        listings
            .iter()
            .copied()
            .filter(|listing| listing.language == language)
            .collect()
    };
    let (zig, rust, python) = (of(Language::Zig), of(Language::Rust), of(Language::Python));
    let results: [Result<()>; 3] = std::thread::scope(|scope| {
        let zig = scope.spawn(|| {
            if zig.is_empty() {
                return Ok(());
            }
            let toolchain = toolchain::zig::find_or_install(project)?;
            progress.note("building the Zig listings");
            zig::ZigRunner {
                project,
                zig: &toolchain,
                stage,
                alone: options.alone,
            }
            .observe(&zig, seen)
        });
        let rust = scope.spawn(|| {
            if rust.is_empty() {
                return Ok(());
            }
            toolchain::rust::find(project)?;
            progress.note("building the Rust listings");
            rust::RustRunner { project, stage }.observe(&rust, seen)
        });
        let python = scope.spawn(|| {
            if python.is_empty() {
                return Ok(());
            }
            let interpreter = toolchain::python::interpreter()?;
            let needs = |what: fn(&Listing) -> bool| python.iter().any(|listing| what(listing));
            let packages = needs(python::needs_packages)
                .then(|| toolchain::python::packages(project, &interpreter))
                .transpose()?;
            let zig = needs(python::needs_zig)
                .then(|| toolchain::zig::find_or_install(project))
                .transpose()?;
            python::PythonRunner {
                python: &interpreter,
                packages: packages.as_deref(),
                zig: zig.as_ref().map(|zig| zig.path.as_path()),
                work: &project.work(),
            }
            .observe(&python, seen)
        });
        [zig, rust, python].map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    });
    results.into_iter().collect()
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

/// The lessons' Cargo manifests list their Rust listings.
fn check_manifests(
    project: &Project,
    catalog: &Catalog,
    selected: &[&Listing],
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    for lesson in catalog.lessons() {
        if !selected
            .iter()
            .any(|listing| listing.language == Language::Rust && listing.id.lesson == *lesson)
        {
            continue;
        }
        let path = project.listings().join(lesson).join("Cargo.toml");
        let written = with_line_feeds(std::fs::read_to_string(&path).unwrap_or_default());
        let wanted = rust::manifest(&written, lesson, catalog);
        if written == wanted {
            continue;
        }
        if options.bless {
            write_whole(&path, wanted.as_bytes())?;
        } else {
            report.problems.push(
                Diagnostic::new(
                    project.relative(&path),
                    "it does not list the lesson's Rust listings as they are",
                )
                .detail(observation::diff(&written, &wanted))
                .hint(format!("cargo xtask test-listings {lesson} --bless")),
            );
        }
    }
    Ok(())
}

/// The listings' lock file is what cargo makes of their manifests.
fn check_lock_file(
    project: &Project,
    selected: &[&Listing],
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    if !selected
        .iter()
        .any(|listing| listing.language == Language::Rust)
    {
        return Ok(());
    }
    let path = project.listings().join("Cargo.lock");
    let read = |path: &std::path::Path| std::fs::read_to_string(path).map(with_line_feeds);
    let Ok(staged) = read(
        &project
            .work()
            .join(SourceTree::Listings.stage())
            .join("Cargo.lock"),
    ) else {
        return Ok(());
    };
    if read(&path).ok().as_deref() == Some(&staged) {
        return Ok(());
    }
    if options.bless {
        write_whole(&path, staged.as_bytes())?;
    } else {
        report.problems.push(
            Diagnostic::new(
                project.relative(&path),
                "it is not what cargo makes of the listings' manifests",
            )
            .hint("cargo xtask test-listings --bless"),
        );
    }
    Ok(())
}
