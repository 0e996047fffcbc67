//! Whether every program prints in the page what was recorded of it, or says why it does not.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::build::modules;
use super::compare::{OutputLikeness, compare, normalized};
use super::lesson::{LessonModule, ModuleGroup};
use book_check::observation::diff;
use book_listing::Listing;
use book_recorder::run::{RunEnd, Runnable};
use book_support::diagnostic::Diagnostic;
use book_support::kept;
use book_support::parallel::in_parallel;
use book_support::project::Project;

/// What was seen depends on these as well.
const CHECKER: &[&str] = &[
    env!("COMPARE_HASH"),
    book_check::normalize::SOURCE_HASH,
    book_listing::SOURCE_HASH,
    book_recorder::SOURCE_HASH,
    book_support::SOURCE_HASH,
    book_toolchain::SOURCE_HASH,
    book_trace::MODEL_HASH,
];

/// What became of a program of the book on WebAssembly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum WasmOutcome {
    /// It ended, and printed this, normalized.
    Printed(String),
    /// It runs for ever or prints too much.
    Endless,
    /// It does not build, and what Zig says of it.
    Broken(String),
}

/// Runs the programs of a module, unless that was done before. What was seen, by their stems.
///
/// # Errors
///
/// When the module cannot be run at all, or results cannot be written.
pub(crate) fn observe(
    project: &Project,
    group: &ModuleGroup<'_>,
    compiled: &LessonModule,
) -> Result<BTreeMap<String, WasmOutcome>> {
    let module = std::iter::once(compiled.module.as_slice());
    let key = kept::key(module.chain(CHECKER.iter().map(|text| text.as_bytes())));
    let path = modules(project).join(format!("{key}.seen"));
    let known = kept::read(&path, &key);
    let mut seen: BTreeMap<String, WasmOutcome> =
        match known.and_then(|text| serde_json::from_slice(&text).ok()) {
            Some(seen) => seen,
            None => {
                let seen = run(group, compiled)?;
                kept::write(&path, &key, &serde_json::to_vec(&seen)?)?;
                seen
            }
        };
    for (stem, text) in &compiled.left_out.0 {
        seen.insert(stem.clone(), WasmOutcome::Broken(text.clone()));
    }
    Ok(seen)
}

fn run(group: &ModuleGroup<'_>, compiled: &LessonModule) -> Result<BTreeMap<String, WasmOutcome>> {
    let program = Runnable::new(&compiled.module).context("what Zig wrote cannot be run")?;
    let listings: Vec<&Listing> = group
        .listings
        .iter()
        .copied()
        .filter(|listing| !compiled.left_out.0.contains_key(&listing.id.stem))
        .collect();
    let results = in_parallel(listings, |listing| -> Result<(String, WasmOutcome)> {
        let stem = &listing.id.stem;
        let (printed, end) = program.run(stem)?;
        let seen = match end {
            RunEnd::Stopped => WasmOutcome::Endless,
            RunEnd::Exited(_) | RunEnd::Trapped(_) => {
                WasmOutcome::Printed(normalized(&printed, group.lesson, &listing.namespaces()))
            }
        };
        Ok((stem.clone(), seen))
    });
    results.into_iter().collect()
}

/// What is wrong with what a listing does in the page. Pure.
pub(crate) fn judge(listing: &Listing, seen: &WasmOutcome) -> Option<Diagnostic> {
    let declared = listing.declaration.wasm.is_some();
    let recorded = listing.recorded.as_deref()?;
    let problem = |message: &str| Diagnostic::new(&listing.path, message);
    let undeclared = |message: &str, detail: String| {
        let hint = "if this is right, say why in the listing: `//@ wasm: …`";
        (!declared).then(|| {
            problem(message)
                .line(listing.declaration.line)
                .detail(detail)
                .hint(hint)
        })
    };
    match seen {
        WasmOutcome::Broken(text) => undeclared(
            "does not build for WebAssembly, so readers cannot run it in the page",
            text.clone(),
        ),
        WasmOutcome::Endless => undeclared(
            "does not come to an end on WebAssembly, so readers cannot run it in the page",
            String::new(),
        ),
        WasmOutcome::Printed(printed) => match compare(recorded, printed) {
            OutputLikeness::Different => undeclared(
                "prints something else on WebAssembly, where readers run it, than was recorded",
                diff(recorded, printed),
            ),
            OutputLikeness::Same if declared => Some(
                problem("declares `wasm`, but prints the same on WebAssembly")
                    .line(listing.declaration.line)
                    .hint("remove the `//@ wasm` line"),
            ),
            OutputLikeness::Same | OutputLikeness::ButTraces => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::testing;

    fn problem(head: &str, seen: &WasmOutcome) -> Option<String> {
        let source = format!("//@ run\n{head}\nconst a = 1;\n");
        let listing = testing::listing("03_allocator/a.zig", &source, Some("16\n"));
        judge(&listing, seen).map(|diagnostic| diagnostic.message)
    }

    #[test]
    fn what_differs_must_say_why_and_what_does_not_must_not() {
        let why = "//@ wasm: addresses are half as long here";
        let printed = |text: &str| WasmOutcome::Printed(text.into());
        assert_eq!(problem("", &printed("16\n")), None);
        assert_eq!(problem(why, &printed("8\n")), None);
        let differs = problem("", &printed("8\n")).unwrap();
        assert!(differs.contains("something else on WebAssembly"));
        let stale = problem(why, &printed("16\n")).unwrap();
        assert!(stale.contains("prints the same"));
    }

    #[test]
    fn what_cannot_run_at_all_must_say_why() {
        for seen in [
            WasmOutcome::Endless,
            WasmOutcome::Broken("error: no threads".into()),
        ] {
            assert!(problem("", &seen).unwrap().contains("cannot run it"));
            assert_eq!(problem("//@ wasm: it needs threads", &seen), None);
        }
    }
}
