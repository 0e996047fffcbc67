//! Recorded traces: those of listings that declare `trace` are recorded again when something they depend on
//! has changed, and compared with the snapshot beside the listing (`stem.zig.trace.json`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use super::observation::diff;
use super::progress::Progress;
use super::{CheckOptions, CheckReport};
use book_listing::{Id, Listing, ListingKey, discover};
use book_recorder::{self as recorder, RecordedTraces};
use book_support::diagnostic::Diagnostic;
use book_support::files::{with_line_feeds, write_whole};
use book_support::kept;
use book_support::project::Project;
use book_toolchain as toolchain;
use book_trace::snapshot;

/// Change with the source of whatever records.
const RECORDER: [&str; 5] = [
    recorder::SOURCE_HASH,
    book_listing::SOURCE_HASH,
    book_support::SOURCE_HASH,
    book_toolchain::SOURCE_HASH,
    book_trace::MODEL_HASH,
];

/// The key of everything that a listing's trace depends on. The listings that are recorded in the same program
/// are not part of it: the recorder takes care that they make no difference, and `--alone` sees whether they do.
fn key(project: &Project, listing: &Listing) -> String {
    let zig = toolchain::zig::identity(project);
    let staged = listing.staged_path();
    let mut parts: Vec<&[u8]> = RECORDER.iter().map(|part| part.as_bytes()).collect();
    parts.extend([zig.as_bytes(), staged.as_bytes(), listing.source.as_bytes()]);
    for support in &listing.support {
        parts.extend([support.path.as_bytes(), &support.bytes]);
    }
    kept::key(parts)
}

/// The folder of traces, inside the work folder.
pub(crate) const TRACES: &str = "traces";

/// Where the trace of this key is kept: a change that is taken back is known.
fn kept_path(project: &Project, key: &str) -> PathBuf {
    project.work().join(TRACES).join(key)
}

/// The snapshot that is known of a listing as it is now.
fn known(project: &Project, listing: &Listing) -> Option<String> {
    let key = key(project, listing);
    let bytes = kept::read(&kept_path(project, &key), &key)?;
    String::from_utf8(bytes).ok()
}

/// What was recorded of the selected listings.
#[derive(Default)]
pub struct RecordedSnapshots {
    /// As `snapshot::write` makes them.
    pub snapshots: BTreeMap<Id, String>,
    /// Listings that cannot be traced.
    pub problems: Vec<Diagnostic>,
}

/// The traces of the selected listings; what is not known is recorded.
///
/// # Errors
///
/// When traces cannot be recorded at all, or not written.
pub fn record(
    project: &Project,
    selected: &[&Listing],
    options: CheckOptions,
    progress: &Progress,
) -> Result<RecordedSnapshots> {
    let mut traces = RecordedSnapshots::default();
    let mut missing = Vec::new();
    for &listing in selected.iter().filter(|listing| listing.declaration.trace) {
        let kept = options.believes_earlier().then(|| known(project, listing));
        match kept.flatten() {
            Some(snapshot) => {
                traces.snapshots.insert(listing.id.clone(), snapshot);
            }
            None => missing.push(listing),
        }
    }
    if missing.is_empty() {
        return Ok(traces);
    }
    let several = if missing.len() == 1 { "" } else { "s" };
    progress.note(&format!(
        "recording {} memory diagram{several}",
        missing.len()
    ));
    let zig = toolchain::zig::find_or_install(project)?;
    let together = if options.alone { 1 } else { missing.len() };
    for listings in missing.chunks(together) {
        let RecordedTraces {
            traces: recorded,
            problems,
        } = recorder::record_all(project, &zig.path, listings, &|| {
            progress.note(recorder::WAITING)
        })?;
        traces.problems.extend(problems);
        for listing in listings {
            if let Some(trace) = recorded.get(&listing.id) {
                let snapshot = snapshot::write(trace);
                let key = key(project, listing);
                kept::write(&kept_path(project, &key), &key, snapshot.as_bytes())?;
                traces.snapshots.insert(listing.id.clone(), snapshot);
            }
        }
    }
    Ok(traces)
}

/// Compares the traces of the selected listings with their snapshots. A listing that is not as declared has its
/// problems in the report already: that its diagram is another, too, says nothing new.
///
/// # Errors
///
/// When a blessed snapshot cannot be written.
pub fn compare(
    project: &Project,
    selected: &[&Listing],
    traces: RecordedSnapshots,
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    let failed: BTreeSet<ListingKey> = report
        .verdicts
        .iter()
        .filter(|verdict| !verdict.problems.is_empty())
        .map(|verdict| verdict.key.clone())
        .collect();
    for &listing in selected.iter().filter(|listing| listing.declaration.trace) {
        if failed.contains(&listing.key()) {
            continue;
        }
        let problems = traces.problems.iter();
        let of_listing = problems.filter(|problem| problem.path == listing.path);
        report.problems.extend(of_listing.cloned());
        if let Some(snapshot) = traces.snapshots.get(&listing.id) {
            compare_one(project, listing, snapshot, options, report)?;
        }
    }
    Ok(())
}

fn compare_one(
    project: &Project,
    listing: &Listing,
    text: &str,
    options: CheckOptions,
    report: &mut CheckReport,
) -> Result<()> {
    let shown = listing
        .path
        .with_extension(discover::SNAPSHOT.trim_start_matches('.'));
    let path = project.root().join(&shown);
    let kept = fs::read_to_string(&path).ok().map(with_line_feeds);
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
