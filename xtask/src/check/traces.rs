//! Recorded traces: those of listings that declare `trace` are recorded again when something they depend on
//! has changed, and compared with the snapshot beside the listing (`stem.zig.trace.json`).

use std::fs;

use anyhow::Result;

use super::cache::write_whole;
use super::observation::diff;
use super::progress::Progress;
use super::{Options, Report, lock};
use crate::diagnostic::Diagnostic;
use crate::listing::{Catalog, Listing, discover};
use crate::project::Project;
use crate::toolchain;
use crate::trace::{self, snapshot};

/// Changes with the source of whatever records.
const RECORDER: &str = env!("RECORDER_HASH");

/// The key of everything that the traces depend on. They are recorded from one program, so where a constant
/// lies in memory depends on all of them.
fn key(listings: &[&Listing]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut field = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    field(RECORDER.as_bytes());
    field(toolchain::zig::VERSION.as_bytes());
    for listing in listings {
        field(listing.staged_path().as_bytes());
        field(listing.source.as_bytes());
        for support in &listing.support {
            field(support.path.as_bytes());
            field(&support.bytes);
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// Compares the traces of the selected listings with their snapshots, and records all where one is not known.
///
/// # Errors
///
/// When traces cannot be recorded at all, or not written.
pub fn check(
    project: &Project,
    catalog: &Catalog,
    selected: &[&Listing],
    options: Options,
    report: &mut Report,
    progress: &Progress,
) -> Result<()> {
    let wanted: Vec<&Listing> = selected
        .iter()
        .copied()
        .filter(|listing| listing.declaration.trace)
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let all: Vec<&Listing> = trace::traced(catalog).collect();
    let folder = project.work().join("traces").join(key(&all));
    let path =
        |listing: &Listing| folder.join(format!("{}-{}.json", listing.id.lesson, listing.id.stem));
    if options.fresh || !wanted.iter().all(|listing| path(listing).is_file()) {
        let _lock = lock(&project.work(), progress)?;
        progress.note(&format!("recording {} memory diagrams", all.len()));
        let zig = toolchain::zig::find_or_install(project)?;
        let recorded = trace::record_all(project, &zig.path, &all)?;
        report.problems.extend(recorded.problems);
        for &listing in &all {
            if let Some(trace) = recorded.traces.get(&listing.id) {
                write_whole(&path(listing), snapshot::write(trace).as_bytes())?;
            }
        }
    }
    for listing in wanted {
        if let Ok(text) = fs::read_to_string(path(listing)) {
            compare(project, listing, &text, options, report)?;
        }
    }
    Ok(())
}

fn compare(
    project: &Project,
    listing: &Listing,
    text: &str,
    options: Options,
    report: &mut Report,
) -> Result<()> {
    let shown = listing
        .path
        .with_extension(discover::SNAPSHOT.trim_start_matches('.'));
    let path = project.root().join(&shown);
    let kept = fs::read_to_string(&path).ok();
    if kept.as_deref() == Some(text) {
        return Ok(());
    }
    if options.bless {
        return write_whole(&path, text.as_bytes());
    }
    let bless = format!(
        "if this is right: cargo xtask test-listings {} --bless",
        listing.id
    );
    report.problems.push(match kept {
        None => Diagnostic::new(
            &listing.path,
            "it declares `trace`, and its memory diagram has not been recorded",
        )
        .line(listing.declaration.line)
        .hint(bless),
        Some(kept) => Diagnostic::new(
            shown,
            format!(
                "{} runs otherwise than its memory diagram shows",
                listing.path.display()
            ),
        )
        .detail(diff(&kept, text))
        .hint(bless),
    });
    Ok(())
}
