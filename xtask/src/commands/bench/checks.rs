//! Times of checks, each beside what it is compared with.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::rows::{BenchRows, median, processor_time, timed};
use super::{copy, seconds};
use book_check::progress::Progress;
use book_check::{self as check, CheckOptions, CheckReport, Selection};
use book_listing::{Catalog, Expectation, Language, Listing, discover};
use book_recorder as recorder;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain as toolchain;

/// Checks the book in these languages, or in all if none is named.
///
/// # Errors
///
/// When nothing could be checked.
pub fn check_all(project: &Project, languages: &[Language]) -> Result<(Catalog, CheckReport)> {
    let (catalog, problems) = discover::load(project)?;
    let selection = Selection {
        languages: languages.to_vec(),
        ..Selection::default()
    };
    let report = check::check(
        project,
        &catalog,
        problems,
        &selection,
        CheckOptions::default(),
        &Progress::Silent,
    )?;
    ensure!(!report.verdicts.is_empty(), "nothing was checked");
    Ok((catalog, report))
}

/// Full checks, unchanged checks, one edited listing.
pub fn checks(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const FULL: &str = "full check of the Zig listings, nothing cached";
    const ALL: &str = "full check of all languages, nothing cached";
    const SAME: &str = "check with nothing changed, whole book";
    const EDIT: &str = "one Zig listing edited, to its verdict";
    const DIAGRAMS: &str = "memory diagrams";
    if !rows.wants_any(&[FULL, ALL, SAME, EDIT, DIAGRAMS]) {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let zig = toolchain::zig::find_or_install(project)?.path;
    let before = processor_time();
    let (ours, (catalog, _)) = timed(|| check_all(&copy, &[Language::Zig]))?;
    let processors = std::thread::available_parallelism()?.get();
    let best = (processor_time() - before).div_f64(processors as f64);
    if rows.wants(FULL) {
        let naive = each_in_turn(&copy, &catalog, &zig)?;
        let ratio = naive.as_secs_f64() / ours.as_secs_f64();
        let count = catalog
            .iter()
            .filter(|listing| listing.language == Language::Zig)
            .count();
        rows.add(
            FULL,
            format!(
                "{ratio:.1} times faster ({count} listings: {} against {}; {:.2} times what {processors} processors need at least)",
                seconds(ours),
                seconds(naive),
                ours.as_secs_f64() / best.as_secs_f64(),
            ),
            "14 times faster than each in turn",
            Some(ratio >= 14.0),
        );
    }
    if rows.wants(DIAGRAMS) {
        diagrams(project, ours, rows, DIAGRAMS)?;
    }
    let (rest, _) = timed(|| check_all(&copy, &[]))?;
    if rows.wants(ALL) {
        rows.add(ALL, seconds(ours + rest), "", None);
    }
    if rows.wants(SAME) {
        let time = median(5, |_| Ok(timed(|| check_all(&copy, &[]))?.0))?;
        rows.add(
            SAME,
            format!("{} ms ({} listings)", time.as_millis(), catalog.len()),
            "100 ms or less",
            Some(time.as_millis() <= 100),
        );
    }
    if rows.wants(EDIT) {
        edited(&copy, &catalog, &zig, rows, EDIT)?;
    }
    Ok(())
}

/// Recording the memory diagrams by itself: all of them in a new copy of the book, one again, none.
fn diagrams(
    project: &Project,
    full_check: Duration,
    rows: &mut BenchRows,
    name: &str,
) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let record = || {
        let (catalog, _) = discover::load(&copy)?;
        let traced: Vec<&Listing> = recorder::traced(&catalog).collect();
        let (options, progress) = (CheckOptions::default(), Progress::Silent);
        let (time, traces) = timed(|| check::traces::record(&copy, &traced, options, &progress))?;
        ensure!(traces.problems.is_empty(), "a listing cannot be traced");
        Ok((time, traces.snapshots.len()))
    };
    let (all, count) = record()?;
    let (catalog, _) = discover::load(&copy)?;
    let first = recorder::traced(&catalog).next();
    let first = first.context("no listing declares `trace`")?;
    let path = copy.root().join(&first.path);
    fs::write(path, format!("{}// edited\n", first.source))?;
    let (one, _) = record()?;
    let (none, _) = record()?;
    rows.add(
        name,
        format!(
            "all {count} recorded in {}, {:.0} % of the full Zig check; one again in {}; none in {} ms",
            seconds(all),
            100.0 * all.as_secs_f64() / full_check.as_secs_f64(),
            seconds(one),
            none.as_millis()
        ),
        "",
        None,
    );
    Ok(())
}

/// What a reader without the tool would do: `zig run` or `zig test` for each Zig listing in turn.
fn each_in_turn(project: &Project, catalog: &Catalog, zig: &Path) -> Result<Duration> {
    let cache = tempfile::tempdir()?;
    let started = Instant::now();
    for listing in catalog
        .iter()
        .filter(|listing| listing.language == Language::Zig)
    {
        alone(project, listing, zig, cache.path())?;
    }
    Ok(started.elapsed())
}

fn alone(project: &Project, listing: &Listing, zig: &Path, cache: &Path) -> Result<()> {
    let declaration = &listing.declaration;
    let has_main = listing.source.contains("pub fn main(");
    let is_test = declaration.expectation.is_test()
        || matches!(declaration.expectation, Expectation::CompileError(_)) && !has_main;
    let mut spec = Spec::new(zig)
        .arg(if is_test { "test" } else { "run" })
        .arg(project.root().join(&listing.path))
        .args(["-O", declaration.mode.word(), "--cache-dir"])
        .arg(cache)
        .arg("--global-cache-dir")
        .arg(cache)
        .timeout(Duration::from_secs(120));
    if declaration.libc {
        spec = spec.arg("-lc");
    }
    spec.run()?;
    Ok(())
}

/// Edits one test listing again and again, and times the check of the book against the listing's own
/// `zig test`.
fn edited(
    project: &Project,
    catalog: &Catalog,
    zig: &Path,
    rows: &mut BenchRows,
    name: &str,
) -> Result<()> {
    let listing = catalog
        .iter()
        .find(|listing| {
            listing.language == Language::Zig
                && listing.declaration.expectation == Expectation::Test
        })
        .context("no listing is declared `test`")?;
    let path = project.root().join(&listing.path);
    let edit = |count: usize| fs::write(&path, format!("{}// edit {count}\n", listing.source));
    let cache = tempfile::tempdir()?;
    alone(project, listing, zig, cache.path())?;
    let own = median(5, |count| {
        edit(count)?;
        Ok(timed(|| alone(project, listing, zig, cache.path()))?.0)
    })?;
    let ours = median(5, |count| {
        edit(count + 5)?;
        Ok(timed(|| check_all(project, &[]))?.0)
    })?;
    fs::write(&path, &listing.source)?;
    let ratio = ours.as_secs_f64() / own.as_secs_f64();
    rows.add(
        name,
        format!(
            "{ratio:.2} times ({} against {})",
            seconds(ours),
            seconds(own)
        ),
        "1.0 times its own `zig test` or less",
        Some(ratio <= 1.0),
    );
    Ok(())
}
