//! Books of generated listings: how time and memory grow with them.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::checks::check_all;
use super::rows::{BenchRows, median, peak_memory, timed};
use super::{copy, seconds};
use book_check::progress::Progress;
use book_check::{self as check, CheckOptions, CheckReport, Selection};
use book_listing::discover;
use book_site::book::{self, BookSettings};
use book_support::project::Project;

/// Many listings in one lesson, and few in each of many lessons.
pub fn generated(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const LINEAR: &str = "1,000 generated listings against 500";
    const SAME: &str = "1,000 generated listings, nothing changed";
    const MEMORY: &str = "1,000 generated listings, memory of the tool";
    const MANY: &str = "5,000 generated listings against 1,000";
    const MANY_SAME: &str = "5,000 generated listings, nothing changed";
    const LESSONS: &str = "99 generated lessons, warm build";
    if rows.wants_any(&[LINEAR, SAME, MEMORY, MANY, MANY_SAME]) {
        let few = measure(project, 500)?;
        let thousand = measure(project, 1000)?;
        linear(rows, LINEAR, 2.0, few.full, thousand.full);
        rows.within(SAME, thousand.same, 0.4);
        rows.add(
            MEMORY,
            format!("{} MB", thousand.memory),
            "200 MB or less",
            Some(thousand.memory <= 200),
        );
        if rows.wants_any(&[MANY, MANY_SAME]) {
            let many = measure(project, 5000)?;
            linear(rows, MANY, 5.0, thousand.full, many.full);
            rows.add(
                MANY_SAME,
                format!("{}, {} MB", seconds(many.same), many.memory),
                "",
                None,
            );
        }
    }
    if rows.wants(LESSONS) {
        let folder = tempfile::tempdir()?;
        let copy = copy(project, folder.path())?;
        generate(&copy, 99, 10)?;
        write_chapters(&copy, 99, 10)?;
        bless_all(&copy)?;
        let build = |_| Ok(timed(|| book::build(&copy, &BookSettings::default()))?.0);
        build(0)?;
        let warm = median(3, build)?;
        rows.add(
            LESSONS,
            format!("{} (990 listings, each shown)", seconds(warm)),
            "",
            None,
        );
    }
    Ok(())
}

/// What a book of so many listings takes.
struct Measured {
    full: Duration,
    same: Duration,
    /// Of the tool so far, in megabytes.
    memory: u64,
}

fn measure(project: &Project, count: usize) -> Result<Measured> {
    let folder = tempfile::tempdir()?;
    let copy = copy(project, folder.path())?;
    generate(&copy, 1, count)?;
    let (full, report) = timed(|| bless_all(&copy))?;
    ensure!(report.passed(), "the generated listings do not pass");
    let same = median(3, |_| Ok(timed(|| check_all(&copy, &[]))?.0))?;
    Ok(Measured {
        full,
        same,
        memory: peak_memory(),
    })
}

/// A row that says whether time grows as the number of listings does.
fn linear(rows: &mut BenchRows, name: &str, times: f64, few: Duration, many: Duration) {
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    rows.add(
        name,
        format!(
            "{ratio:.2} times ({} against {})",
            seconds(many),
            seconds(few)
        ),
        &format!("linear: {times} times"),
        Some(ratio <= times * 1.1),
    );
}

/// The folder of a generated lesson.
fn lesson(number: usize) -> String {
    format!("{number:02}_generated")
}

/// The name of a generated listing: no two lessons may have the same.
fn stem(number: usize, listing: usize) -> String {
    format!("lesson_{number}_listing_{listing}")
}

/// Puts so many lessons with so many listings in the place of the book's own.
fn generate(project: &Project, lessons: usize, listings: usize) -> Result<()> {
    fs::remove_dir_all(project.listings())?;
    fs::create_dir_all(project.listings())?;
    fs::write(
        project.listings().join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = []\n",
    )?;
    for number in 1..=lessons {
        let folder = project.listings().join(lesson(number));
        fs::create_dir_all(&folder)?;
        for listing in 0..listings {
            let source = format!(
                "//@ run\n//@ title: Listing {listing}\n\nconst std = @import(\"std\");\n\n\
                 pub fn main(init: std.process.Init) !void {{\n    const row = try init.gpa.alloc(u32, {listing} + 1);\n    \
                 defer init.gpa.free(row);\n    @memset(row, {number});\n    std.debug.print(\"{{d}} {{d}}\\n\", .{{ row.len, row[0] }});\n}}\n"
            );
            fs::write(
                folder.join(format!("{}.zig", stem(number, listing))),
                source,
            )?;
        }
    }
    Ok(())
}

/// A chapter for each generated lesson, in the place of the book's own, and no exercises.
fn write_chapters(project: &Project, lessons: usize, listings: usize) -> Result<()> {
    fs::remove_dir_all(project.chapters())?;
    fs::create_dir_all(project.chapters())?;
    fs::remove_dir_all(project.exercises())?;
    fs::create_dir_all(project.exercises())?;
    let mut summary = "# Summary\n\n".to_string();
    for number in 1..=lessons {
        let mut chapter = format!("# Lesson {number}\n");
        for listing in 0..listings {
            write!(
                chapter,
                "\n{{{{#listing {}/{}}}}}\n",
                lesson(number),
                stem(number, listing)
            )?;
        }
        writeln!(summary, "- [Lesson {number}]({number:02}.md)")?;
        fs::write(project.chapters().join(format!("{number:02}.md")), chapter)?;
    }
    fs::write(project.chapters().join("SUMMARY.md"), summary)?;
    Ok(())
}

fn bless_all(project: &Project) -> Result<CheckReport> {
    let (catalog, problems) = discover::load(project)?;
    let options = CheckOptions {
        bless: true,
        ..CheckOptions::default()
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
