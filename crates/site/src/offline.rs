//! The book without a network: writes the service worker `src/sw.js`, which mdBook copies to the site's root, where
//! alone a worker may answer for every page. Git ignores it. `theme/js/offline.js` is what it does; here it is told
//! what the book consists of. What mdBook itself adds, the worker reads from the pages.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;
use walkdir::{DirEntry, WalkDir};

use crate::generated;
use crate::preprocess::Page;
use book_support::files::write_whole;
use book_support::html::url_path;
use book_support::project::Project;

/// The worker's file, in `src/` and on the site. `theme/index.hbs` names it.
pub(crate) const WORKER: &str = "sw.js";

/// What a version depends on, besides the files of the book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VersionInputs<'a> {
    /// The pages, with everything expanded.
    pub pages: &'a [Page],
    /// Addresses of what was made for them, with hashes in their names.
    pub generated: &'a [String],
    /// The version of the mdBook that renders them.
    pub mdbook: &'a str,
    /// Whether all chapters are a page to print as well.
    pub print: bool,
}

/// Writes the worker, unless it is there as it must be.
///
/// # Errors
///
/// When a file of the book cannot be read or the worker cannot be written.
pub(crate) fn install(project: &Project, made: VersionInputs) -> Result<()> {
    let theme = project.root().join("theme");
    let script = fs::read_to_string(theme.join("js/offline.js"))
        .context("cannot read the theme's offline.js")?;
    let (mut files, mut hasher) = (made.generated.to_vec(), blake3::Hasher::new());
    let mut part = |name: &str, bytes: &[u8]| {
        for field in [name.as_bytes(), bytes] {
            hasher.update(&(field.len() as u64).to_le_bytes());
            hasher.update(field);
        }
    };
    part("mdbook", made.mdbook.as_bytes());
    for page in made.pages {
        part(&page.path.to_string_lossy(), page.content.as_bytes());
    }
    for address in made.generated {
        part(address, b"");
    }
    // What the pages look like, their order and their titles.
    for name in ["book.toml", "src/SUMMARY.md"] {
        part(name, &read(&project.root().join(name))?);
    }
    for path in files_in(&theme, |_| true) {
        part(&path, &read(&theme.join(&path))?);
    }
    let chapters = project.chapters();
    for path in files_in(&chapters, is_copied) {
        part(&path, &read(&chapters.join(&path))?);
        files.push(path);
    }
    let version = hasher.finalize().to_hex();
    let pages = addresses(made.pages, made.print);
    let encoded =
        |paths: Vec<String>| -> Vec<String> { paths.iter().map(|path| url_path(path)).collect() };
    let book =
        json!({ "version": &version[..16], "pages": encoded(pages), "files": encoded(files) });
    let worker = format!("const BOOK = {book};\n{script}");
    let place = chapters.join(WORKER);
    if fs::read(&place).is_ok_and(|there| there == worker.as_bytes()) {
        // `mdbook serve` renders again when a file of `src/` is written.
        return Ok(());
    }
    write_whole(&place, worker.as_bytes())
}

/// The addresses that mdBook gives to the pages.
fn addresses(pages: &[Page], print: bool) -> Vec<String> {
    let print = print.then(|| "print.html".to_string());
    let pages = pages
        .iter()
        .map(|page| slashes(&page.path.with_extension("html")));
    let mut addresses: Vec<String> = pages.chain(print).collect();
    // What mdBook makes for addresses that lead nowhere.
    addresses.push("404.html".to_string());
    // mdBook shows the first chapter there.
    if !addresses.iter().any(|address| address == "index.html") {
        addresses.insert(0, "index.html".to_string());
    }
    addresses
}

/// The files in a folder by their paths in it, sorted; none that an editor hides there for a moment.
fn files_in(folder: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let hidden = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() > 0 && (name.starts_with(['.', '#']) || name.ends_with(['~', '#']))
    };
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| entry.path().strip_prefix(folder).ok().map(slashes))
        .filter(|path| wanted(path))
        .collect()
}

/// Whether mdBook copies a file of `src/` to the site for the pages. What is generated is listed by whatever made it:
/// the folder also keeps what an earlier run wanted.
fn is_copied(path: &str) -> bool {
    let generated = path
        .strip_prefix(generated::NAME)
        .is_some_and(|rest| rest.starts_with('/'));
    !generated && path != WORKER && !path.ends_with(".md")
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A book's folder with the theme's script in it.
    fn book() -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("theme/js/offline.js", "keep(BOOK);\n"),
            ("theme/css/general.css", "a {}\n"),
            ("book.toml", "[book]\n"),
            ("src/SUMMARY.md", "- [A](a.md)\n"),
            ("src/lessons/a.md", "# A\n"),
            ("src/picture.svg", "<svg/>"),
            ("src/generated/old-0123456789.js", "old"),
            ("listings/Cargo.toml", ""),
        ] {
            write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        let project = Project::find(folder.path()).unwrap();
        (folder, project)
    }

    fn worker(project: &Project, text: &str) -> String {
        let pages = [Page::new("lessons/a.md", text)];
        let made = VersionInputs {
            pages: &pages,
            generated: &["generated/run-0123456789.js".to_string()],
            mdbook: "0.5.4",
            print: true,
        };
        install(project, made).unwrap();
        fs::read_to_string(project.chapters().join(WORKER)).unwrap()
    }

    #[test]
    fn the_worker_knows_the_pages_and_the_files_that_they_need() {
        let (_folder, project) = book();
        let text = worker(&project, "# A\n");
        let (first, rest) = text.split_once('\n').unwrap();
        assert_eq!(rest, "keep(BOOK);\n");
        assert!(
            first.contains(r#""pages":["index.html","lessons/a.html","print.html","404.html"]"#),
            "{first}"
        );
        assert!(
            first.contains(r#""files":["generated/run-0123456789.js","picture.svg"]"#),
            "{first}"
        );
    }

    #[test]
    fn the_version_changes_with_whatever_a_reader_could_see() {
        let (folder, project) = book();
        let before = worker(&project, "# A\n");
        assert_eq!(worker(&project, "# A\n"), before);
        assert_ne!(worker(&project, "# B\n"), before);
        for name in ["theme/css/general.css", "src/picture.svg", "book.toml"] {
            let path = folder.path().join(name);
            let old = fs::read(&path).unwrap();
            fs::write(&path, "b\n").unwrap();
            assert_ne!(worker(&project, "# A\n"), before, "{name}");
            fs::write(&path, old).unwrap();
        }
        assert_eq!(worker(&project, "# A\n"), before);
    }
}
