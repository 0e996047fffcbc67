//! Times of checks and builds, each beside what it is compared with.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::{Row, copy, seconds};
use book_check::progress::Progress;
use book_check::{self as check, Options, Report, Selection};
use book_listing::{Catalog, Expectation, Language, Listing, discover};
use book_recorder as recorder;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain as toolchain;

/// The rows measured so far, and which are wanted.
#[derive(Debug)]
pub struct Rows {
    only: Vec<String>,
    pub rows: Vec<Row>,
}

impl Rows {
    pub fn new(only: Vec<String>) -> Rows {
        Rows {
            only,
            rows: Vec::new(),
        }
    }

    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| name.contains(only.as_str()))
    }

    pub fn add(&mut self, name: &str, measured: String, budget: &str, met: Option<bool>) {
        eprintln!("{name}: {measured}");
        self.rows.push(Row {
            name: name.into(),
            measured,
            budget: budget.into(),
            met,
        });
    }
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(Duration, T)> {
    let started = Instant::now();
    let value = work()?;
    Ok((started.elapsed(), value))
}

/// The median of `count` runs.
fn median(count: usize, mut work: impl FnMut(usize) -> Result<Duration>) -> Result<Duration> {
    let mut times = (0..count).map(&mut work).collect::<Result<Vec<_>>>()?;
    times.sort();
    Ok(times[times.len() / 2])
}

fn check_all(project: &Project, languages: &[Language]) -> Result<(Catalog, Report)> {
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
        Options::default(),
        &Progress::Silent,
    )?;
    ensure!(!report.verdicts.is_empty(), "nothing was checked");
    Ok((catalog, report))
}

/// Full checks, unchanged checks, one edited listing.
pub fn checks(project: &Project, rows: &mut Rows) -> Result<()> {
    const FULL: &str = "full check of the Zig listings, nothing cached";
    const ALL: &str = "full check of all languages, nothing cached";
    const SAME: &str = "check with nothing changed, whole book";
    const EDIT: &str = "one Zig listing edited, to its verdict";
    const DIAGRAMS: &str = "memory diagrams";
    if ![FULL, ALL, SAME, EDIT, DIAGRAMS]
        .iter()
        .any(|name| rows.wants(name))
    {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let zig = toolchain::zig::find_or_install(project)?.path;
    let (ours, (catalog, _)) = timed(|| check_all(&copy, &[Language::Zig]))?;
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
                "{ratio:.1} times faster ({count} listings: {} against {})",
                seconds(ours),
                seconds(naive)
            ),
            "10 times faster than each in turn",
            Some(ratio >= 10.0),
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
fn diagrams(project: &Project, full_check: Duration, rows: &mut Rows, name: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    let record = || {
        let (catalog, _) = discover::load(&copy)?;
        let traced: Vec<&Listing> = recorder::traced(&catalog).collect();
        let (options, progress) = (Options::default(), Progress::Silent);
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
    rows: &mut Rows,
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
        "1.5 times its own `zig test` or less",
        Some(ratio <= 1.5),
    );
    Ok(())
}

/// Books of generated listings.
pub fn generated(project: &Project, rows: &mut Rows) -> Result<()> {
    const LINEAR: &str = "1,000 generated listings against 500";
    const SAME: &str = "1,000 generated listings, nothing changed";
    const MEMORY: &str = "1,000 generated listings, memory of the tool";
    if ![LINEAR, SAME, MEMORY].iter().any(|name| rows.wants(name)) {
        return Ok(());
    }
    let mut times = Vec::new();
    for count in [500, 1000] {
        let folder = tempfile::tempdir()?;
        let copy = copy(project, folder.path())?;
        fs::remove_dir_all(copy.listings())?;
        generate(&copy, count)?;
        let (full, report) = timed(|| bless_all(&copy))?;
        ensure!(report.passed(), "the generated listings do not pass");
        times.push(full);
        if count == 1000 {
            let (same, _) = timed(|| check_all(&copy, &[]))?;
            rows.add(
                SAME,
                format!("{} ms", same.as_millis()),
                "500 ms or less",
                Some(same.as_millis() <= 500),
            );
            let peak = peak_memory();
            rows.add(
                MEMORY,
                format!("{peak} MB"),
                "500 MB or less",
                Some(peak <= 500),
            );
        }
    }
    let ratio = times[1].as_secs_f64() / times[0].as_secs_f64();
    rows.add(
        LINEAR,
        format!(
            "{ratio:.2} times ({} against {})",
            seconds(times[1]),
            seconds(times[0])
        ),
        "linear: 2 times",
        Some(ratio <= 2.2),
    );
    Ok(())
}

fn generate(project: &Project, count: usize) -> Result<()> {
    let folder = project.listings().join("01_generated");
    fs::create_dir_all(&folder)?;
    fs::write(
        project.listings().join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"0*\"]\n",
    )?;
    for number in 0..count {
        let source = format!(
            "//@ run\n//@ title: Listing {number}\n\nconst std = @import(\"std\");\n\n\
             pub fn main(init: std.process.Init) !void {{\n    const row = try init.gpa.alloc(u32, {number} + 1);\n    \
             defer init.gpa.free(row);\n    @memset(row, {number});\n    std.debug.print(\"{{d}} {{d}}\\n\", .{{ row.len, row[0] }});\n}}\n"
        );
        fs::write(folder.join(format!("listing_{number}.zig")), source)?;
    }
    Ok(())
}

fn bless_all(project: &Project) -> Result<Report> {
    let (catalog, problems) = discover::load(project)?;
    let options = Options {
        bless: true,
        ..Options::default()
    };
    check::check(
        project,
        &catalog,
        problems,
        &Selection::default(),
        options,
        &Progress::Silent,
    )
}

/// The most memory, in megabytes, that this process has held: the checks run in it, the compilers do not.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap_or_default();
    line.split_whitespace()
        .next()
        .and_then(|number| number.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

/// The stock mdBook with the gate, and without it on chapters that are expanded already.
pub fn builds(project: &Project, rows: &mut Rows) -> Result<()> {
    const NAME: &str = "warm `mdbook build` with the gate";
    if !rows.wants(NAME) {
        return Ok(());
    }
    let mdbook = project
        .toolchains()
        .join("mdbook-0.5.4")
        .join("bin")
        .join("mdbook");
    if !mdbook.is_file() {
        rows.add(
            NAME,
            "not measured: `cargo xtask test` installs mdBook".into(),
            "1.2 times or less",
            None,
        );
        return Ok(());
    }
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
        "1.2 times the same chapters without it",
        Some(ratio <= 1.2),
    );
    Ok(())
}
