//! Looks up what is known of listings, and builds and runs the others, the languages side by side.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Result;

use super::cache::{self, Cache, ResultKey};
use super::observation::Observation;
use super::progress::Progress;
use super::stage::{self, Stage};
use super::versions::Versions;
use super::{CheckOptions, python, run, rust, traces, zig};
use book_listing::{Catalog, Language, Listing, ListingKey};
use book_support::bounded;
use book_support::lock::lock;
use book_support::parallel::ended;
use book_support::project::Project;
use book_toolchain as toolchain;

/// What a person is told while another run holds the work folder.
pub(crate) const WAITING: &str = "waiting for another check to end";

/// What was seen of each listing, and whether it was known already.
pub type Observed = BTreeMap<ListingKey, (Observation, bool)>;

/// Where the files of a catalog come from, and where they are staged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTree {
    /// `listings/`, checked in the work folder.
    Listings,
    /// `exercises/`, checked in a folder of their own in there, so that both can be checked at once.
    Exercises,
}

impl SourceTree {
    /// Where its files are staged, and its programs are built and run.
    pub(crate) fn work(self, project: &Project) -> PathBuf {
        match self {
            SourceTree::Listings => project.work(),
            SourceTree::Exercises => project.work().join("exercises"),
        }
    }

    /// Whether it is to be seen where programs and tests failed: exercises are there to fail, and of them it is the tests
    /// that count.
    pub(crate) fn shows_traces(self) -> bool {
        self == SourceTree::Listings
    }

    pub(crate) fn sources(self, project: &Project) -> PathBuf {
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
    let work = place.work(project);
    let _lock = lock(&work, || progress.note(WAITING))?;
    // Another run may have done the work while this one waited.
    let new = if options.believes_earlier() {
        look_up(&new, &mut observed)
    } else {
        new
    };
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
        let _ = std::fs::remove_dir_all(work.join(name));
    }
    let stage = Stage::prepare(work, catalog, &place.sources(project))?;
    progress.begin(new.len(), observed.len());
    let result = run_all(project, &stage, &new, place, options, &seen, progress);
    progress.end();
    result?;
    clear(project, stage.work())?;
    if let Some(error) = problem.into_inner().expect("every worker has ended") {
        return Err(error);
    }
    observed.extend(fresh.into_inner().expect("every worker has ended"));
    Ok(observed)
}

/// Removes from `work`, and from what all share, what nothing refers to any more. Only for whoever holds the lock of `work`.
fn clear(project: &Project, work: &Path) -> Result<()> {
    if !bounded::is_due(work)? {
        return Ok(());
    }
    for name in [cache::RESULTS, zig::PROGRAMS, traces::TRACES] {
        bounded::remove_unused(&work.join(name));
    }
    bounded::remove_large(&work.join(rust::BUILT), bounded::LARGE)?;
    bounded::renew_zig_cache(&project.work(), bounded::LARGE)
}

/// Builds and runs `listings`, the languages side by side.
fn run_all(
    project: &Project,
    stage: &Stage,
    listings: &[&Listing],
    place: SourceTree,
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
                traces: place.shows_traces(),
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
                stage,
                cache: &project.work(),
            }
            .observe(&python, seen)
        });
        [zig, rust, python].map(ended)
    });
    results.into_iter().collect()
}
