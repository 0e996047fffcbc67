//! The staged tree: a copy of the listings as they were read, which the compilers see. What is compiled is
//! then what was hashed, whatever an author saves meanwhile, and the repository stays clean.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use walkdir::WalkDir;

use super::manifests::manifest;
use book_listing::{Catalog, Language, Listing};
use book_support::files::{empty_folder, with_line_feeds, write_whole};

/// The manifest of a workspace of lessons, where there is none.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"0*\"]\n";

/// The tree's folder.
pub(crate) const STAGE: &str = "stage";
const LOCK: &str = "Cargo.lock";
/// Where the trees of single listings are, inside the work folder.
pub const ALONE: &str = "stage-alone";

/// The workspace's manifest with the lessons that have a package: one without Rust listings has none, and the author's
/// manifest may well name them all. What is not a manifest is left to cargo, which says so.
fn with_members(manifest: &[u8], members: &[&str]) -> Vec<u8> {
    let text = String::from_utf8_lossy(manifest);
    let Ok(mut table) = text.parse::<toml::Table>() else {
        return manifest.to_vec();
    };
    let Some(workspace) = table
        .get_mut("workspace")
        .and_then(toml::Value::as_table_mut)
    else {
        return manifest.to_vec();
    };
    workspace.insert("members".into(), members.to_vec().into());
    table.to_string().into_bytes()
}

/// The staged tree. Only the run that holds the lock may touch it.
#[derive(Clone, Debug)]
pub struct Stage {
    root: PathBuf,
    work: PathBuf,
}

impl Stage {
    /// Brings the tree in the folder `work` up to date; `sources` is the folder with the lessons' Cargo manifests. A file
    /// that has not changed is left alone, so that build tools that go by dates see no change.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn prepare(work: PathBuf, catalog: &Catalog, sources: &Path) -> Result<Stage> {
        let root = work.join(STAGE);
        fs::create_dir_all(&root).with_context(|| format!("cannot make {}", root.display()))?;
        let root = root
            .canonicalize()
            .with_context(|| format!("cannot read {}", root.display()))?;
        let stage = Stage { root, work };
        let mut wanted = BTreeSet::new();
        let mut members = Vec::new();
        for listing in catalog.iter() {
            wanted.insert(stage.write(&listing.staged_path(), listing.source.as_bytes())?);
            for support in &listing.support {
                wanted.insert(stage.write(&support.path, &support.bytes)?);
            }
        }
        for lesson in catalog.lessons() {
            let has_rust = catalog
                .iter()
                .any(|listing| listing.language == Language::Rust && listing.id.lesson == *lesson);
            if !has_rust {
                // A package without targets would stop cargo.
                continue;
            }
            members.push(lesson.as_str());
            // As it should be: a stale one is reported, and must not hide what the listings do.
            let path = format!("{lesson}/Cargo.toml");
            let written =
                with_line_feeds(fs::read_to_string(sources.join(&path)).unwrap_or_default());
            wanted.insert(stage.write(&path, manifest(&written, lesson, catalog).as_bytes())?);
        }
        let manifest = fs::read(sources.join("Cargo.toml")).unwrap_or_else(|_| WORKSPACE.into());
        stage.write("Cargo.toml", &with_members(&manifest, &members))?;
        if let Ok(lock) = fs::read(sources.join(LOCK)) {
            stage.write(LOCK, &lock)?;
        }
        stage.remove_others(&wanted)?;
        Ok(stage)
    }

    /// A tree that holds one listing and what it names, and nothing else that it could read.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn alone(work: &Path, listing: &Listing) -> Result<Stage> {
        let name = format!("{}_{}", listing.id.lesson, listing.id.stem);
        let root = empty_folder(&work.join(ALONE).join(name))?;
        let work = work.to_path_buf();
        let stage = Stage { root, work };
        stage.write(&listing.staged_path(), listing.source.as_bytes())?;
        for support in &listing.support {
            stage.write(&support.path, &support.bytes)?;
        }
        Ok(stage)
    }

    /// The folder in which the tree is, and what is built of it.
    pub fn work(&self) -> &Path {
        &self.work
    }

    /// Makes sure that a compiler saw what was hashed.
    ///
    /// # Errors
    ///
    /// When a staged file of the listing is no longer what it was.
    pub fn verify(&self, listing: &Listing) -> Result<()> {
        let own = [(listing.staged_path(), listing.source.as_bytes())];
        let supports = listing.support.iter();
        let supports = supports.map(|support| (support.path.clone(), support.bytes.as_slice()));
        for (path, bytes) in own.into_iter().chain(supports) {
            let path = self.root.join(path);
            ensure!(
                fs::read(&path).ok().as_deref() == Some(bytes),
                "{} was changed while listings were checked\n  \
                 hint: a listing must write nothing outside the folder that it is run in; \
                 nothing of this is kept: mend it, and run the command again",
                path.display()
            );
        }
        Ok(())
    }

    /// The folder that stands for the listings' own: absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file of the tree, unless it is there already.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.root.join(path);
        if fs::read(&path).ok().as_deref() != Some(bytes) {
            write_whole(&path, bytes)?;
            if !path.ends_with(LOCK) {
                // Cargo writes its lock file; nothing else is anybody's to change.
                let read_only = fs::Permissions::from_mode(0o444);
                fs::set_permissions(&path, read_only)
                    .with_context(|| format!("cannot protect {}", path.display()))?;
            }
        }
        Ok(path)
    }

    /// Removes what listings of an earlier run, or their runs, left in the lessons' folders.
    fn remove_others(&self, wanted: &BTreeSet<PathBuf>) -> Result<()> {
        for entry in WalkDir::new(&self.root).min_depth(2) {
            let entry = entry.with_context(|| format!("cannot read {}", self.root.display()))?;
            if entry.file_type().is_file() && !wanted.contains(entry.path()) {
                fs::remove_file(entry.path())
                    .with_context(|| format!("cannot remove {}", entry.path().display()))?;
            }
        }
        Ok(())
    }
}
