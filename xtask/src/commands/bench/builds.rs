//! Times of building the book, saving a listing of it, and building the tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Error, Result, bail, ensure};

use super::rows::{BenchRows, median, processor_time, timed};
use super::{copy, seconds};
use book_lab::program::ReaderProgram;
use book_lab::{PageBuild, RecordingOutcome};
use book_listing::discover;
use book_recorder as recorder;
use book_recorder::run::Runnable;
use book_site::book::{self, BookSettings};
use book_site::preprocess::chain::BookRefused;
use book_support::process::Spec;
use book_support::project::Project;

/// The mdBook that the tests have installed, if they have.
pub fn stock_mdbook(project: &Project) -> Option<PathBuf> {
    let path = project.toolchains().join("mdbook-0.5.4/bin/mdbook");
    path.is_file().then_some(path)
}

/// The stock mdBook with the gate, and without it on chapters that are expanded already.
pub fn warm(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const NAME: &str = "warm `mdbook build` with the gate";
    const BUDGET: &str = "1.0 times the same chapters without it";
    if !rows.wants(NAME) {
        return Ok(());
    }
    let Some(mdbook) = stock_mdbook(project) else {
        let why = "not measured: `cargo xtask test` installs mdBook";
        rows.add(NAME, why.into(), BUDGET, None);
        return Ok(());
    };
    let build = |folder: &Path| Spec::new(&mdbook).arg("build").folder(folder).run();
    let expanded = super::weight::expanded(project, &mdbook)?;
    let mut with = Vec::new();
    let mut without = Vec::new();
    for _ in 0..5 {
        let (time, done) = timed(|| build(project.root()))?;
        ensure!(done.success(), "the book does not build:\n{}", done.text());
        with.push(time);
        let (time, done) = timed(|| build(expanded.path()))?;
        ensure!(
            done.success(),
            "the expanded book does not build:\n{}",
            done.text()
        );
        without.push(time);
    }
    with.sort();
    without.sort();
    let ratio = with[2].as_secs_f64() / without[2].as_secs_f64();
    rows.add(
        NAME,
        format!(
            "{ratio:.2} times ({} against {})",
            seconds(with[2]),
            seconds(without[2])
        ),
        BUDGET,
        Some(ratio <= 1.0),
    );
    Ok(())
}

/// How `cargo xtask serve` builds the book.
fn served(project: &Project) -> BookSettings {
    BookSettings {
        live_reload: Some("news?1".into()),
        place: Some(project.work().join("served")),
        ..BookSettings::default()
    }
}

/// A traced listing saved while the book is served: the same build in the same process, on a copy.
pub fn saves(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const PAGE: &str = "a traced listing saved, to its page";
    const FAILURE: &str = "a traced listing saved, to its failure";
    const BACK: &str = "a change taken back, to its page";
    if !rows.wants_any(&[PAGE, FAILURE, BACK]) {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let settings = served(&copy);
    book::build(&copy, &settings)?;
    let (catalog, _) = discover::load(&copy)?;
    let listing = recorder::traced(&catalog)
        .find(|listing| listing.source.contains("pub fn main("))
        .context("no listing with a `main` declares `trace`")?;
    let path = copy.root().join(&listing.path);
    let save = |text: String| fs::write(&path, text).context("cannot save the listing");
    let page = median(3, |count| {
        save(format!("{}// edit {count}\n", listing.source))?;
        Ok(timed(|| book::build(&copy, &settings))?.0)
    })?;
    rows.within(PAGE, page, 2.0);
    let failure = median(3, |count| {
        save(format!(
            "{}const wrong{count}: u8 = \"\";\ncomptime {{ _ = wrong{count}; }}\n",
            listing.source
        ))?;
        let (time, refused) = timed(|| Ok(book::build(&copy, &settings)))?;
        let refused = refused
            .err()
            .context("a book with a broken listing was built")?;
        ensure!(
            refused.is::<BookRefused>(),
            "the build broke down: {refused:#}"
        );
        Ok(time)
    })?;
    rows.within(FAILURE, failure, 1.5);
    save(listing.source.clone())?;
    let (back, _) = timed(|| book::build(&copy, &settings))?;
    rows.add(BACK, seconds(back), "", None);
    Ok(())
}

/// A program edited in the lab: to a module that the page runs, and to its diagram. The same entries that the server
/// calls; what a request itself takes is not counted.
pub fn lab(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const OUTPUT: &str = "lab: edit to output";
    const DIAGRAM: &str = "lab: edit to diagram";
    if !rows.wants_any(&[OUTPUT, DIAGRAM]) {
        return Ok(());
    }
    let (catalog, _) = discover::load(project)?;
    let listing = recorder::traced(&catalog)
        .find(|listing| listing.source.contains("pub fn main("))
        .context("no listing with a `main` declares `trace`")?;
    let edited = |count: usize| {
        let source = format!("{}// edit {count}\n", listing.source);
        ReaderProgram::of_listing(listing, &source).map_err(Error::msg)
    };
    // What is compiled once for all edits is compiled before.
    let run = |count: usize| {
        let program = edited(count)?;
        let (time, built) = timed(|| book_lab::build(project, &program, &Arc::default()))?;
        let PageBuild::Module(module) = built else {
            bail!("the edited program does not build");
        };
        let (running, _) = timed(|| Runnable::new(&module)?.run("program"))?;
        Ok(time + running)
    };
    let record = |count: usize| {
        let program = edited(count)?;
        let (time, recorded) = timed(|| book_lab::record(project, &program, &Arc::default()))?;
        ensure!(
            matches!(recorded, RecordingOutcome::Trace(_)),
            "the edited program has no diagram"
        );
        Ok(time)
    };
    run(0)?;
    record(0)?;
    rows.within(OUTPUT, median(5, |count| run(count + 1))?, 1.0);
    rows.within(DIAGRAM, median(5, |count| record(count + 1))?, 1.8);
    Ok(())
}

/// The tool built from nothing, and after that the first page of `cargo xtask serve`.
pub fn from_nothing(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const TOOL: &str = "building the tool from nothing, processor time";
    const FIRST: &str = "fresh clone to first page, downloads apart";
    if !rows.wants_any(&[TOOL, FIRST]) {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let before = processor_time();
    let (building, built) = timed(|| {
        Spec::new("cargo")
            // As the alias `cargo xtask` has it built. Help is all that it is asked for.
            .args(["run", "--quiet", "--package", "book-start", "--", "--help"])
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", copy.root().join("target"))
            .folder(copy.root())
            .timeout(Duration::from_secs(3600))
            .run()
    })?;
    ensure!(
        built.success(),
        "the tool does not build:\n{}",
        built.text()
    );
    let processor = processor_time() - before;
    rows.within(TOOL, processor, 283.0);
    let (page, _) = timed(|| book::build(&copy, &served(&copy)))?;
    eprintln!(
        "the tool in {}, the book in {}",
        seconds(building),
        seconds(page)
    );
    rows.within(FIRST, building + page, 180.0);
    Ok(())
}

/// All tests, with the tool compiled.
pub fn tests(project: &Project, tool: &Path, rows: &mut BenchRows) -> Result<()> {
    const NAME: &str = "`cargo xtask test`, tool compiled before";
    if !rows.wants(NAME) {
        return Ok(());
    }
    let compiled = Spec::new("cargo")
        .args(["test", "--quiet", "--workspace", "--no-run"])
        .folder(project.root())
        .timeout(Duration::from_secs(3600))
        .run()?;
    ensure!(
        compiled.success(),
        "the tests do not build:\n{}",
        compiled.text()
    );
    let (time, passed) = timed(|| {
        Spec::new(tool)
            .arg("test")
            .folder(project.root())
            .output_limit(64 << 20)
            .timeout(Duration::from_secs(3600))
            .run()
    })?;
    ensure!(passed.success(), "the tests fail:\n{}", passed.text());
    rows.within(NAME, time, 300.0);
    Ok(())
}
