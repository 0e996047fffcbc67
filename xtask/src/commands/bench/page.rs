//! How quickly a page answers, in a real browser at a quarter of the processor's speed. The browser is driven by the
//! program of the tests (`xtask/tests/suite/page_speed.rs`), which prints what it measures.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::rows::BenchRows;
use crate::commands::node;
use book_support::process::Spec;
use book_support::project::Project;

/// Before what is measured, in what that program prints: a name, a tabulator, a number.
const MARK: &str = "measured: ";

/// Interactions with a page, and the longest task of the page for printing.
pub fn answers(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const ANSWERS: &str = "in the page: ";
    const PRINT: &str = "longest task while print.html opens";
    if !rows.wants_any(&[ANSWERS, PRINT]) {
        return Ok(());
    }
    let found = measured(
        Spec::new("cargo"),
        project,
        "a_page_at_a_quarter_of_the_speed",
    )?;
    if found.is_empty() {
        rows.add(
            ANSWERS,
            "not measured: Chromium is not installed".into(),
            "",
            None,
        );
    }
    for (name, time) in found {
        let (name, most) = match name.as_str() {
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

/// What Lighthouse thinks of a page of each kind, sent compressed: the lowest of its scores for performance, accessibility,
/// best practices and search engines. A busy machine makes pages slow, never fast: of three runs the best counts.
pub fn lighthouse(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const NAME: &str = "Lighthouse, lowest of four scores";
    const BUDGET: &str = "100 on a page of each kind";
    if !rows.wants(NAME) {
        return Ok(());
    }
    let skipped = |rows: &mut BenchRows, what: &str| {
        rows.add(
            NAME,
            format!("not measured: {what} is not installed"),
            BUDGET,
            None,
        );
        Ok(())
    };
    if !node::is_installed() {
        return skipped(rows, node::NAME);
    }
    let cargo = Spec::new("cargo").env("LIGHTHOUSE", node::lighthouse(project)?);
    let found = measured(
        cargo,
        project,
        "what_lighthouse_thinks_of_each_kind_of_page",
    )?;
    let Some((worst, score)) = found.iter().min_by_key(|(_, score)| *score) else {
        return skipped(rows, "Chromium");
    };
    let measured = match score {
        100 => format!("100 on each of {} pages", found.len()),
        _ => format!("{score} on {worst}, the worst of {} pages", found.len()),
    };
    rows.add(NAME, measured, BUDGET, Some(*score == 100));
    Ok(())
}

/// What one of the measurements of the tests' program prints: names and numbers.
fn measured(cargo: Spec, project: &Project, measurement: &str) -> Result<Vec<(String, u64)>> {
    let done = cargo
        .args(["test", "--quiet", "--package", "xtask", "--test", "suite"])
        .args(["--", "--ignored", "--exact", "--nocapture"])
        .arg(format!("page_speed::{measurement}"))
        .folder(project.root())
        .timeout(Duration::from_secs(1800))
        .run()?;
    ensure!(done.success(), "nothing was measured:\n{}", done.text());
    let text = done.text();
    let found = text
        .lines()
        .filter_map(|line| line.split_once(MARK)?.1.split_once('\t'));
    found
        .map(|(name, number)| {
            let number = number.trim().parse().context("no number")?;
            Ok((name.to_string(), number))
        })
        .collect()
}
