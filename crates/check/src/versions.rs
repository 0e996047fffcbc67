//! What decides how listings are built and run, beside what is in them: toolchains, manifests, settings.

use std::collections::BTreeMap;

use anyhow::Result;

use super::manifests::authors_part;
use super::{SourceTree, python};
use book_listing::{Language, Listing};
use book_support::files::with_line_feeds;
use book_support::project::Project;
use book_toolchain as toolchain;

/// What decides, beside the listing itself, how a listing is built and run: for the cache's keys.
pub(super) struct Versions {
    zig: String,
    rust: String,
    /// What the authors wrote in the lessons' Cargo manifests.
    manifests: BTreeMap<String, String>,
    python: String,
}

impl Versions {
    pub(super) fn of(
        project: &Project,
        selected: &[&Listing],
        place: SourceTree,
    ) -> Result<Versions> {
        let any = |language| selected.iter().any(|listing| listing.language == language);
        let calls_zig = selected.iter().any(|listing| python::needs_zig(listing));
        let zig = if any(Language::Zig) || calls_zig {
            toolchain::zig::identity(project)
        } else {
            String::new()
        };
        let python = if any(Language::Python) {
            toolchain::python::interpreter()?.version
        } else {
            String::new()
        };
        let packages = with_line_feeds(
            std::fs::read_to_string(project.root().join("toolchain").join("python.txt"))
                .unwrap_or_default(),
        );
        let mut versions = Versions {
            zig,
            rust: String::new(),
            manifests: BTreeMap::new(),
            python: format!("Python {python} {packages}"),
        };
        if any(Language::Rust) {
            versions.add_rust(project, selected, place)?;
        }
        Ok(versions)
    }

    fn add_rust(
        &mut self,
        project: &Project,
        selected: &[&Listing],
        place: SourceTree,
    ) -> Result<()> {
        let sources = place.sources(project);
        let read = |path: &str| {
            with_line_feeds(std::fs::read_to_string(sources.join(path)).unwrap_or_default())
        };
        // Packages from elsewhere decide what a listing does; the lessons' own entries do not.
        let lock: String = read("Cargo.lock")
            .split("\n\n")
            .filter(|package| package.contains("source = "))
            .collect();
        self.rust = [
            toolchain::rust::pinned(project)?,
            toolchain::rust::settings(&place.work(project)),
            read("Cargo.toml"),
            lock,
        ]
        .join("\0");
        for listing in selected {
            let lesson = &listing.id.lesson;
            if listing.language == Language::Rust && !self.manifests.contains_key(lesson) {
                let written = read(&format!("{lesson}/Cargo.toml"));
                let head = authors_part(&written).to_string();
                self.manifests.insert(lesson.clone(), head);
            }
        }
        Ok(())
    }

    pub(super) fn of_listing(&self, listing: &Listing) -> String {
        match listing.language {
            Language::Zig => self.zig.clone(),
            Language::Rust => format!("{}\0{}", self.rust, self.manifests[&listing.id.lesson]),
            Language::Python if python::needs_zig(listing) => {
                format!("{}\0{}", self.python, self.zig)
            }
            Language::Python => self.python.clone(),
        }
    }
}
