//! Says which of the book's files change.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use anyhow::{Context, Result};
use notify::event::{EventKind, ModifyKind};
use notify::{RecursiveMode, Watcher};

use book_support::project::Project;

/// Watches chapters, listings, exercises, the theme and `book.toml`. The receiver gets the path of every change,
/// for as long as the tool runs.
///
/// # Errors
///
/// When the system cannot watch a folder.
pub fn start(project: &Project) -> Result<Receiver<PathBuf>> {
    let (sender, receiver) = mpsc::channel();
    let root = project.root().to_path_buf();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if !matters(event.kind) {
            return;
        }
        for path in event.paths {
            if path.strip_prefix(&root).is_ok_and(belongs) {
                // Nobody listens when the tool is about to end.
                let _ = sender.send(path);
            }
        }
    })
    .context("this system cannot watch files")?;
    let folders = ["src", "listings", "exercises", "theme"].map(|name| project.root().join(name));
    let watched = folders
        .iter()
        .filter(|folder| folder.is_dir())
        .map(|folder| (folder.as_path(), RecursiveMode::Recursive))
        .chain([(project.root(), RecursiveMode::NonRecursive)]);
    for (folder, mode) in watched {
        watcher
            .watch(folder, mode)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    // It watches until the process ends.
    std::mem::forget(watcher);
    Ok(receiver)
}

fn matters(kind: EventKind) -> bool {
    match kind {
        EventKind::Create(_) | EventKind::Remove(_) => true,
        EventKind::Modify(what) => !matches!(what, ModifyKind::Metadata(_)),
        _ => false,
    }
}

/// Whether a path, relative to the repository's root, is one of the book's sources: no file that an editor or a
/// build leaves for a moment.
fn belongs(path: &Path) -> bool {
    let parts: Vec<&str> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    let passing = |name: &&str| {
        name.starts_with(['.', '#'])
            || name.ends_with(['~', '#'])
            || name.ends_with(".swp")
            || name.ends_with(".tmp")
            || [
                "target",
                "generated",
                crate::offline::WORKER,
                crate::scripts::BOOK,
                "__pycache__",
                "zig-cache",
                "4913",
            ]
            .contains(name)
    };
    match parts.as_slice() {
        [] => false,
        [file] => *file == "book.toml",
        parts => !parts.iter().any(passing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_belong_and_what_passes_does_not() {
        for path in [
            "book.toml",
            "src/index.md",
            "listings/03_allocator/a.zig.out",
            "theme/css/general.css",
        ] {
            assert!(belongs(Path::new(path)), "{path}");
        }
        for path in [
            "Cargo.lock",
            "src/.index.md.swp",
            "src/#index.md#",
            "src/4913",
            "src/generated/run-0123456789.js",
            "src/sw.js",
            "theme/book.js",
            "listings/target/debug/a",
            "listings/03_allocator/__pycache__/a.pyc",
            "listings/03_allocator/a.zig~",
        ] {
            assert!(!belongs(Path::new(path)), "{path}");
        }
    }
}
