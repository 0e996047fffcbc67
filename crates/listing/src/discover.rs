//! Reads the listings folder into a [`Catalog`], and says what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::{
    Catalog, Id, LONGEST_NAME, Language, Listing, ListingKey, Support, anchor, declaration, variant,
};
use crate::mentions::FileNames;
use book_support::diagnostic::{Diagnostic, line_of};
use book_support::files::{with_line_feeds, without_mark};
use book_support::leftover;
use book_support::project::Project;

/// Files of a lesson's folder that are neither listings nor what listings import.
const OTHER_FILES: [&str; 2] = ["Cargo.toml", "quiz.toml"];

/// What follows a listing's stem in the name of its recorded trace.
pub const SNAPSHOT: &str = ".zig.trace.json";

/// Reads every listing. The diagnostics speak of all files that are wrong; the catalog holds the rest.
///
/// # Errors
///
/// When the listings folder cannot be read.
pub fn load(project: &Project) -> Result<(Catalog, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let mut listings = Vec::new();
    let lessons = lesson_folders(project, &mut diagnostics)?;
    for lesson in &lessons {
        let folder = LessonFolder::read(project, lesson, &mut diagnostics)?;
        listings.extend(folder.listings(&mut diagnostics));
    }
    check_names(&listings, &mut diagnostics);
    let catalog = Catalog::new(lessons, listings);
    diagnostics.extend(variant::problems(&catalog));
    Ok((catalog, diagnostics))
}

fn lesson_folders(project: &Project, diagnostics: &mut Vec<Diagnostic>) -> Result<Vec<String>> {
    let listings = project.listings();
    let entries =
        fs::read_dir(&listings).with_context(|| format!("cannot read {}", listings.display()))?;
    let mut lessons = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", listings.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type()?.is_dir();
        if !leftover::is_source(&name) {
            continue;
        }
        if is_folder {
            if Id::parse(&format!("{name}/x")).is_some() {
                lessons.push(name);
            } else {
                diagnostics.push(
                    Diagnostic::new(
                        project.relative(&entry.path()),
                        "the folder's name is no lesson's",
                    )
                    .hint("name it like `03_allocator`: two digits, `_`, then a-z, 0-9 and `_`"),
                );
            }
        } else if !is_folder && Language::from_extension(extension(&entry.path())).is_some() {
            diagnostics.push(
                Diagnostic::new(
                    project.relative(&entry.path()),
                    "a listing lies outside the lessons' folders",
                )
                .hint("move it into `listings/NN_lesson/`"),
            );
        }
    }
    lessons.sort();
    Ok(lessons)
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

/// The files of one lesson, by their path inside the lesson's folder.
struct LessonFolder {
    lesson: String,
    /// The folder, relative to the repository's root.
    path: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

impl LessonFolder {
    fn read(
        project: &Project,
        lesson: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<LessonFolder> {
        let root = project.listings().join(lesson);
        let mut files = BTreeMap::new();
        let walk = WalkDir::new(&root)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                entry.depth() == 0 || leftover::is_source(&entry.file_name().to_string_lossy())
            });
        for entry in walk {
            let entry = entry.with_context(|| format!("cannot read {}", root.display()))?;
            if !entry.file_type().is_file() {
                continue;
            }
            let inside = entry
                .path()
                .strip_prefix(&root)
                .expect("walked below the root");
            let Some(inside) = inside.to_str() else {
                diagnostics.push(
                    Diagnostic::new(
                        project.relative(entry.path()),
                        "the file's name is not UTF-8",
                    )
                    .hint("rename it"),
                );
                continue;
            };
            let bytes = match fs::read(entry.path()) {
                Ok(bytes) => bytes,
                // An editor replaces a file by removing it for a moment.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("cannot read {}", entry.path().display()));
                }
            };
            let bytes = if is_text(inside) {
                match String::from_utf8(bytes) {
                    Ok(text) => {
                        let text = with_line_feeds(text);
                        let end = inside.rsplit_once('.').map_or("", |(_, end)| end);
                        // What a program prints may begin so.
                        match Language::from_extension(end) {
                            Some(_) => without_mark(text).into_bytes(),
                            None => text.into_bytes(),
                        }
                    }
                    Err(error) => error.into_bytes(),
                }
            } else {
                bytes
            };
            files.insert(inside.replace('\\', "/"), bytes);
        }
        Ok(LessonFolder {
            lesson: lesson.to_string(),
            path: project.relative(&root),
            files,
        })
    }

    fn listings(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<Listing> {
        let mut listings = Vec::new();
        let mut support: BTreeSet<&str> = BTreeSet::new();
        for name in self.files.keys() {
            if name.contains('/')
                || (!name.ends_with(".out")
                    && !name.ends_with(SNAPSHOT)
                    && !OTHER_FILES.contains(&name.as_str()))
            {
                support.insert(name);
            }
        }
        for (name, bytes) in &self.files {
            let Some(language) = Language::from_extension(extension(Path::new(name))) else {
                continue;
            };
            if name.contains('/') {
                continue;
            }
            match self.listing(name, bytes, language) {
                Ok(Some(listing)) => {
                    support.remove(name.as_str());
                    listings.push(listing);
                }
                Ok(None) => {}
                Err(problems) => {
                    support.remove(name.as_str());
                    diagnostics.extend(problems);
                }
            }
        }
        let mut used: BTreeSet<&str> = BTreeSet::new();
        // A listing may import another one; what it shows then depends on that one too.
        let mut importable = support.clone();
        importable.extend(
            self.files
                .keys()
                .filter(|name| {
                    !name.contains('/')
                        && Language::from_extension(extension(Path::new(name))).is_some()
                })
                .map(String::as_str),
        );
        let importable = FileNames::of(importable);
        for listing in &mut listings {
            let mut names = self.supports(&listing.source, listing.language, &importable, &support);
            let own = format!("{}.{}", listing.id.stem, listing.language.extension());
            names.retain(|name| **name != own);
            listing.support = names
                .iter()
                .map(|name| Support {
                    path: format!("{}/{name}", self.lesson),
                    bytes: self.files[*name].clone(),
                })
                .collect();
            used.extend(names);
        }
        self.report_strays(&listings, &support, &used, diagnostics);
        listings
    }

    fn listing(
        &self,
        name: &str,
        bytes: &[u8],
        language: Language,
    ) -> Result<Option<Listing>, Vec<Diagnostic>> {
        let path = self.path.join(name);
        let source = match std::str::from_utf8(bytes) {
            Ok(source) => source.to_string(),
            Err(error) => {
                let line = line_of(bytes, error.valid_up_to());
                return Err(vec![
                    Diagnostic::new(path, "the source is not UTF-8")
                        .line(line)
                        .hint("save the file as UTF-8, or write the bytes with escapes such as `\\xff`"),
                ]);
            }
        };
        let declaration = match declaration::parse(&source, language) {
            Ok(Some(declaration)) => declaration,
            Ok(None) => return Ok(None),
            Err(error) => {
                return Err(vec![
                    Diagnostic::new(path, error.message)
                        .line(error.line)
                        .hint(error.hint),
                ]);
            }
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let Some(id) = Id::parse(&format!("{}/{stem}", self.lesson)) else {
            return Err(vec![
                Diagnostic::new(path, "the file's name is not in snake_case, or too long").hint(
                    format!(
                        "use a-z, 0-9 and `_` in a listing's name, at most {LONGEST_NAME} of them"
                    ),
                ),
            ]);
        };
        let problems: Vec<Diagnostic> = anchor::problems(&source)
            .into_iter()
            .map(|(line, message)| {
                Diagnostic::new(&path, message)
                    .line(line)
                    .hint("pair `ANCHOR: name` with `ANCHOR_END: name`")
            })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let recorded = match self
            .files
            .get(&format!("{name}.out"))
            .map(|bytes| String::from_utf8(bytes.clone()))
        {
            Some(Ok(text)) => Some(text),
            Some(Err(_)) => {
                return Err(vec![
                    Diagnostic::new(
                        format!("{}.out", path.display()),
                        "the recorded output is not UTF-8",
                    )
                    .hint(format!(
                        "record it again: cargo xtask test-listings {id} --bless"
                    )),
                ]);
            }
            None => None,
        };
        Ok(Some(Listing {
            id,
            language,
            path,
            declaration,
            source,
            support: Vec::new(),
            recorded,
        }))
    }

    /// The support files that `source` names, and those that these name.
    fn supports<'a>(
        &'a self,
        source: &str,
        language: Language,
        all: &FileNames<'a>,
        loose: &BTreeSet<&str>,
    ) -> Vec<&'a str> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut texts = vec![(source, language)];
        while let Some((text, language)) = texts.pop() {
            for name in all.named_in(text, language, loose) {
                if found.insert(name) {
                    let language = Language::from_extension(extension(Path::new(name)));
                    if let (Some(language), Ok(text)) =
                        (language, std::str::from_utf8(&self.files[name]))
                    {
                        texts.push((text, language));
                    }
                }
            }
        }
        found.into_iter().collect()
    }

    /// Files that belong to nothing.
    fn report_strays(
        &self,
        listings: &[Listing],
        support: &BTreeSet<&str>,
        used: &BTreeSet<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for name in support {
            // A subfolder may hold what makes a listing's data: a training script, a benchmark.
            if used.contains(name) || name.contains('/') {
                continue;
            }
            let path = self.path.join(name);
            diagnostics.push(match Language::from_extension(extension(Path::new(name))) {
                Some(language) => {
                    Diagnostic::new(path, "the file declares nothing and no listing imports it")
                        .line(1)
                        .hint(format!(
                            "begin it with what must happen, for example `{} run`",
                            language.declaration_mark()
                        ))
                }
                None => Diagnostic::new(path, "the file is no listing, and no listing reads it")
                    .hint("remove it, or move it to where it belongs"),
            });
        }
        for name in self.files.keys().filter(|name| !name.contains('/')) {
            let Some(of) = name.strip_suffix(".out") else {
                continue;
            };
            if !self.files.contains_key(of) {
                diagnostics.push(
                    Diagnostic::new(
                        self.path.join(name),
                        format!("recorded output of a listing that is not there: `{of}`"),
                    )
                    .hint("remove it, or bring its listing back"),
                );
            }
        }
        let traced: BTreeSet<&str> = listings
            .iter()
            .filter(|listing| listing.language == Language::Zig && listing.declaration.trace)
            .map(|listing| listing.id.stem.as_str())
            .collect();
        for name in self.files.keys() {
            let Some(stem) = name.strip_suffix(SNAPSHOT) else {
                continue;
            };
            if !traced.contains(stem) {
                diagnostics.push(
                    Diagnostic::new(
                        self.path.join(name),
                        "recorded trace of a listing that declares no `trace`",
                    )
                    .hint("remove it, or add `//@ trace` to the listing"),
                );
            }
        }
    }
}

/// What can only be seen with all lessons at hand.
fn check_names(listings: &[Listing], diagnostics: &mut Vec<Diagnostic>) {
    let keys: BTreeSet<ListingKey> = listings.iter().map(Listing::key).collect();
    let mut stems: BTreeMap<(&str, Language), &Listing> = BTreeMap::new();
    for listing in listings {
        if let Some(first) = stems.insert((&listing.id.stem, listing.language), listing) {
            diagnostics.push(
                Diagnostic::new(&listing.path, format!("two listings of one name: {} is the other", first.path.display()))
                    .hint("rename one: `cargo run --bin NAME` and a reader's search must find one listing"),
            );
        }
        if listing.id.varies().is_some() || listing.declaration.variant.is_some() {
            // What is to be said of variants is said by themselves.
            continue;
        }
        if listing.language != Language::Zig
            && !keys.contains(&ListingKey {
                id: listing.id.clone(),
                language: Language::Zig,
            })
        {
            diagnostics.push(
                Diagnostic::new(
                    &listing.path,
                    format!(
                        "a twin without its Zig listing: `{}.zig` is missing",
                        listing.id.stem
                    ),
                )
                .hint("write the Zig listing: it is the one that the book teaches"),
            );
        }
        if listing.language == Language::Zig && listing.declaration.title.is_none() {
            diagnostics.push(
                Diagnostic::new(
                    &listing.path,
                    "the listing has no title, and its figure needs a caption",
                )
                .line(listing.declaration.line)
                .hint("add a line `//@ title: TEXT`"),
            );
        }
    }
}

/// Whether a file is a source or was recorded. Whatever else lies there may be data, of which every byte counts.
fn is_text(name: &str) -> bool {
    Language::from_extension(extension(Path::new(name))).is_some()
        || name.ends_with(".out")
        || name.ends_with(SNAPSHOT)
}

/// The snapshot of a listing's trace, as it is recorded beside it.
///
/// # Errors
///
/// When it is not there.
pub fn snapshot(project: &Project, listing: &Listing) -> Result<String> {
    let path = listing
        .path
        .with_file_name(format!("{}{SNAPSHOT}", listing.id.stem));
    fs::read_to_string(project.root().join(&path))
        .map(with_line_feeds)
        .with_context(|| format!("cannot read {}", path.display()))
}
