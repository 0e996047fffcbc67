//! Runs Python listings, each in an interpreter of its own.

use std::path::Path;

use anyhow::Result;

use super::normalize::{RunPaths, normalize};
use super::observation::{Observation, Reality};
use super::run::{ListingRun, observe_run};
use super::stage::Stage;
use book_listing::{Expectation, Language, Listing};
use book_support::bounded::zig_cache;
use book_support::parallel::in_parallel;
use book_support::process::Spec;
use book_toolchain::python::Python;

/// What a listing needs that calls Zig: the compiler's path in the variable `ZIG`.
const ZIG: &str = "zig";

/// Everything that running Python listings takes.
pub(crate) struct PythonRunner<'a> {
    pub python: &'a Python,
    /// The folder of the packages that listings may import, when one of them needs it.
    pub packages: Option<&'a Path>,
    /// The pinned Zig, when a listing builds a library with it.
    pub zig: Option<&'a Path>,
    pub stage: &'a Stage,
    /// The work folder, in which Zig has its cache.
    pub cache: &'a Path,
}

impl PythonRunner<'_> {
    /// Runs `listings`, and tells `seen` of each as it is known.
    ///
    /// # Errors
    ///
    /// When Python cannot be started.
    pub(crate) fn observe(
        &self,
        listings: &[&Listing],
        seen: &(dyn Fn(&Listing, Observation) + Sync),
    ) -> Result<()> {
        in_parallel(listings.to_vec(), |listing| {
            seen(listing, self.run(listing)?);
            Ok(())
        })
        .into_iter()
        .collect()
    }

    fn run(&self, listing: &Listing) -> Result<Observation> {
        let mut spec = Spec::new(&self.python.path)
            .args(["-B", "-X", "utf8"])
            .env("PYTHONHASHSEED", "0")
            .env("PYTHONUNBUFFERED", "1")
            // What NumPy computes must not depend on the number of cores.
            .env("OMP_NUM_THREADS", "1");
        spec = match &listing.declaration.expectation {
            Expectation::Test | Expectation::TestFailure(_) => {
                spec.args(["-m", "unittest", "-v"]).arg(&listing.id.stem)
            }
            _ => spec.arg(format!("{}.py", listing.id.stem)),
        };
        if let (Some(packages), true) = (self.packages, needs_packages(listing)) {
            spec = spec.env("PYTHONPATH", packages);
        }
        if let (Some(zig), true) = (self.zig, needs_zig(listing)) {
            // Each would compile the compiler's runtime again in the empty home that it has.
            spec = spec.env("ZIG", zig);
            let kept = zig_cache(self.cache);
            let seen = self.run_as(spec.clone().env("ZIG_GLOBAL_CACHE_DIR", kept), listing)?;
            // What is kept may be damaged, and that is not the listing's.
            if matches!(seen.reality, Reality::Ran | Reality::TestsPassed) {
                return Ok(seen);
            }
        }
        self.run_as(spec, listing)
    }

    fn run_as(&self, spec: Spec, listing: &Listing) -> Result<Observation> {
        let run = ListingRun {
            spec,
            listing,
            panic_status: None,
            work: self.stage.work(),
        };
        let mut seen = observe_run(&run, |text, folder| normalized(text, folder, listing))?;
        if matches!(seen.reality, Reality::Failed(_)) {
            // An uncaught exception ends Python with status 1, and a traceback says so.
            if seen.output.contains("SyntaxError: ") && !seen.output.contains("Traceback ") {
                seen.reality = Reality::DoesNotBuild;
            } else if seen.output.contains("Traceback (most recent call last):") {
                seen.reality = Reality::Panicked;
            }
        }
        Ok(seen)
    }
}

/// Does it import packages?
pub(super) fn needs_packages(listing: &Listing) -> bool {
    let needs = &listing.declaration.needs;
    needs.iter().any(|need| need != ZIG)
}

/// Does it build something with the pinned Zig?
pub(super) fn needs_zig(listing: &Listing) -> bool {
    listing.declaration.needs.iter().any(|need| need == ZIG)
}

fn normalized(text: &str, folder: &Path, listing: &Listing) -> String {
    normalize(
        text,
        Language::Python,
        RunPaths {
            stage: &folder.display().to_string(),
            zig: "",
            lesson: &listing.id.lesson,
            names: &listing.namespaces(),
        },
    )
}
