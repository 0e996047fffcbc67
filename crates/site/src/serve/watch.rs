//! Says which of the book's files change: by the system's watcher, and by looking at all of them now and then, because
//! that watcher may not be had (there are only so many), and may be silent (shared folders, network file systems).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use book_support::leftover;
use book_support::project::Project;

/// The folders whose files belong to the book.
const FOLDERS: [&str; 4] = ["src", "listings", "exercises", "theme"];

/// How often all files are looked at while the system's watcher reports what changes.
const SELDOM: Duration = Duration::from_secs(3);
/// How often without it.
const OFTEN: Duration = Duration::from_millis(500);

/// Watches chapters, listings, exercises, the theme and `book.toml`. The receiver gets the path of every change, for as
/// long as the tool runs. With `poll` the system's watcher is not asked. `say` tells the author where looking has to do.
pub(super) fn start(
    project: &Project,
    poll: bool,
    say: impl Fn(&str) + Send + 'static,
) -> Receiver<PathBuf> {
    let (sender, receiver) = mpsc::channel();
    let root = project.root().to_path_buf();
    // From here on every save counts.
    let watch = Watch::new(root, sender, poll, say);
    std::thread::spawn(move || watch.run());
    receiver
}

/// What is known of a file: a save changes it.
type SeenFiles = BTreeMap<PathBuf, (SystemTime, u64)>;

struct Watch<S> {
    root: PathBuf,
    changed: Sender<PathBuf>,
    say: S,
    events: Receiver<notify::Result<notify::Event>>,
    /// Nothing where the system has none to give.
    watcher: Option<RecommendedWatcher>,
    /// All files when they were last looked at.
    seen: SeenFiles,
    /// What the system reported since then.
    reported: BTreeSet<PathBuf>,
}

impl<S: Fn(&str)> Watch<S> {
    fn new(root: PathBuf, changed: Sender<PathBuf>, poll: bool, say: S) -> Watch<S> {
        let (sender, events) = mpsc::channel();
        let seen = look(&root);
        let mut watch = Watch {
            root,
            changed,
            say,
            events,
            watcher: None,
            seen,
            reported: BTreeSet::new(),
        };
        if poll {
            (watch.say)("the book's files are looked at twice a second");
        } else if let Err(error) = watch.begin(sender) {
            watch.watcher = None;
            (watch.say)(&format!(
                "the system cannot watch the book's files ({error}): they are looked at twice a second"
            ));
        }
        watch
    }

    fn begin(&mut self, sender: Sender<notify::Result<notify::Event>>) -> notify::Result<()> {
        let mut watcher = notify::recommended_watcher(sender)?;
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Until nobody listens any more.
    fn run(mut self) {
        let mut next_look = Instant::now() + self.pause();
        loop {
            let wait = next_look.saturating_duration_since(Instant::now());
            let goes_on = match self.events.recv_timeout(wait) {
                Ok(Ok(event)) => self.take(event),
                Ok(Err(_)) => true,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    // Without a watcher nothing waits above.
                    std::thread::sleep(next_look.saturating_duration_since(Instant::now()));
                    let goes_on = self.compare();
                    next_look = Instant::now() + self.pause();
                    goes_on
                }
            };
            if !goes_on {
                return;
            }
        }
    }

    fn pause(&self) -> Duration {
        if self.watcher.is_some() {
            SELDOM
        } else {
            OFTEN
        }
    }

    /// Passes on what the system reports. Whether anybody listens.
    fn take(&mut self, event: notify::Event) -> bool {
        if matches!(event.kind, EventKind::Access(_)) {
            return true;
        }
        for path in event.paths {
            let Ok(inside) = path.strip_prefix(&self.root) else {
                continue;
            };
            if let Some(name) = FOLDERS.iter().find(|name| inside == Path::new(name)) {
                self.watch_again(name);
            } else if !belongs(inside) {
                continue;
            }
            self.reported.insert(path.clone());
            if matters(event.kind) && self.changed.send(path).is_err() {
                return false;
            }
        }
        true
    }

    /// A folder was replaced, as by a change of branches: what was watched is the one that has gone.
    fn watch_again(&mut self, name: &str) {
        let folder = self.root.join(name);
        if let Some(watcher) = &mut self.watcher {
            // It may be forgotten already.
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() {
                // Where that fails, looking finds out.
                let _ = watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }

    /// Looks at all files, and passes on what nobody reported. Whether anybody listens.
    fn compare(&mut self) -> bool {
        let now = look(&self.root);
        let before = std::mem::replace(&mut self.seen, now);
        let differs = |path: &&PathBuf| before.get(*path) != self.seen.get(*path);
        let changed: BTreeSet<PathBuf> = before
            .keys()
            .chain(self.seen.keys())
            .filter(differs)
            .cloned()
            .collect();
        // What is on its way.
        while let Ok(event) = self.events.recv_timeout(if changed.is_empty() {
            Duration::ZERO
        } else {
            Duration::from_millis(100)
        }) {
            if let Ok(event) = event
                && !self.take(event)
            {
                return false;
            }
        }
        let reported = std::mem::take(&mut self.reported);
        let missed = changed
            .into_iter()
            .find(|path| !path.ancestors().any(|path| reported.contains(path)));
        let Some(missed) = missed else { return true };
        if self.watcher.take().is_some() {
            (self.say)(&format!(
                "the system did not report that {} changed: from now on the book's files are looked at twice a second",
                missed.strip_prefix(&self.root).unwrap_or(&missed).display()
            ));
        }
        self.changed.send(missed).is_ok()
    }
}

/// All files of the book as they are now.
fn look(root: &Path) -> SeenFiles {
    let mut seen = SeenFiles::new();
    let mut note = |path: &Path| {
        if let Ok(file) = path.metadata()
            && let Ok(modified) = file.modified()
        {
            seen.insert(path.to_path_buf(), (modified, file.len()));
        }
    };
    note(&root.join("book.toml"));
    for folder in FOLDERS {
        let files = WalkDir::new(root.join(folder))
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| {
                entry.path().strip_prefix(root).is_ok_and(belongs) || entry.depth() == 0
            });
        for entry in files.flatten().filter(|entry| entry.file_type().is_file()) {
            note(entry.path());
        }
    }
    seen
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
        !leftover::is_ours(name)
            || [
                "generated",
                crate::offline::WORKER,
                crate::installable::MANIFEST,
                crate::scripts::BOOK,
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
            "listings/03_allocator/a_LOCAL_12.zig",
        ] {
            assert!(!belongs(Path::new(path)), "{path}");
        }
    }
}
