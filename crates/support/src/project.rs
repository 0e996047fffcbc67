//! Where the parts of the repository are. Everything else takes its paths from here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::leftover;

/// A checkout of the book.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The repository that holds `start` or one of the folders above it: the first with `book.toml` and
    /// `listings`.
    pub fn find(start: &Path) -> Result<Project> {
        let start = start
            .canonicalize()
            .with_context(|| format!("cannot read {}", start.display()))?;
        for folder in start.ancestors() {
            if folder.join("book.toml").is_file() && folder.join("listings").is_dir() {
                // LLVM, by which Zig and Rust write programs, takes it for a place where a random digit goes.
                if folder.as_os_str().as_encoded_bytes().contains(&b'%') {
                    bail!(
                        "the path of the repository holds `%`, and compilers cannot write their files there: {}\n  \
                         hint: rename or move the folder; blanks and letters of any language are fine",
                        folder.display()
                    );
                }
                return Ok(Project {
                    root: folder.to_path_buf(),
                });
            }
        }
        bail!(
            "{} is not inside the book: no folder above it has both `book.toml` and `listings/`\n  \
             hint: change into the repository and run the command again",
            start.display()
        )
    }

    /// The repository of the current directory.
    pub fn current() -> Result<Project> {
        Project::find(&std::env::current_dir().context("cannot read the current directory")?)
    }

    /// The repository's own folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The listings, a folder a lesson.
    pub fn listings(&self) -> PathBuf {
        self.root.join("listings")
    }

    /// The exercises, a folder each.
    pub fn exercises(&self) -> PathBuf {
        self.root.join("exercises")
    }

    /// What mdBook calls the source: the Markdown.
    pub fn chapters(&self) -> PathBuf {
        self.root.join("src")
    }

    /// Toolchains that the tool installs; ignored by git.
    pub fn toolchains(&self) -> PathBuf {
        self.root.join(".toolchain")
    }

    /// Everything that can be made again: results, staged sources, binaries; ignored by git.
    pub fn work(&self) -> PathBuf {
        self.root.join("target").join("book")
    }

    /// Makes sure that the work folder can be written: without it nothing can be checked or rendered.
    ///
    /// # Errors
    ///
    /// When it cannot, with what to do.
    pub fn writable(&self) -> Result<()> {
        let work = self.work();
        let tried = std::fs::create_dir_all(&work).and_then(|()| {
            tempfile::Builder::new()
                .prefix(".writing-")
                .tempfile_in(&work)
        });
        let Err(error) = tried else { return Ok(()) };
        let hint = match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
                "the disk is full: free some space and run the command again"
            }
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                "what is checked and rendered is kept there: make it writable, or copy the repository to where it is"
            }
            _ => "what is checked and rendered is kept there: make it a folder that can be written",
        };
        bail!(
            "cannot write in {}: {}\n  hint: {hint}",
            work.display(),
            error.kind()
        )
    }

    /// What an author is told of files that something left behind among the sources: a line each.
    pub fn leftovers(&self) -> String {
        let mut found = leftover::find(&self.chapters(), leftover::name);
        for folder in [self.listings(), self.exercises()] {
            found.extend(leftover::find(&folder, leftover::name_of_source));
        }
        leftover::notes(&found, |path| self.relative(path))
    }

    /// `path` relative to the repository's root, for messages.
    pub fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_path_buf()
    }
}
