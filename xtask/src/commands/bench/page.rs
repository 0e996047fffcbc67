//! How quickly a page answers, in a real browser at a quarter of the processor's speed. The browser is driven by the
//! program of the tests (`xtask/tests/suite/page_speed.rs`), which prints what it measures.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::rows::BenchRows;
use book_support::process::Spec;
use book_support::project::Project;

/// Before what is measured, in what that program prints: a name, a tabulator, milliseconds.
const MARK: &str = "measured: ";

/// Interactions with a page, and the longest task of the page for printing.
pub fn answers(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const ANSWERS: &str = "in the page: ";
    const PRINT: &str = "longest task while print.html opens";
    if !rows.wants_any(&[ANSWERS, PRINT]) {
        return Ok(());
    }
    let done = Spec::new("cargo")
        .args(["test", "--quiet", "--package", "xtask", "--test", "suite"])
        .args(["--", "--ignored", "--exact", "--nocapture"])
        .arg("page_speed::a_page_at_a_quarter_of_the_speed")
        .folder(project.root())
        .timeout(Duration::from_secs(1800))
        .run()?;
    ensure!(done.success(), "nothing was measured:\n{}", done.text());
    let text = done.text();
    let found: Vec<(&str, u64)> = text
        .lines()
        .filter_map(|line| line.split_once(MARK)?.1.split_once('\t'))
        .map(|(name, time)| Ok((name, time.trim().parse().context("no number")?)))
        .collect::<Result<_>>()?;
    if found.is_empty() {
        rows.add(
            ANSWERS,
            "not measured: Chromium is not installed".into(),
            "",
            None,
        );
    }
    for (name, time) in found {
        let (name, most) = match name {
            // Chromium reads a long page in slices of 500 ms, so that a little more is nobody's task.
            "print" => (PRINT.to_string(), 520),
            name => (format!("{ANSWERS}{name}"), 100),
        };
        rows.add(
            &name,
            format!("{time} ms"),
            &format!("{most} ms or less at a quarter of the speed"),
            Some(time <= most),
        );
    }
    Ok(())
}
