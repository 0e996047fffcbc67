//! What a page weighs when it is first opened, beside a default mdBook page with the same text.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use regex::Regex;

use super::builds::stock_mdbook;
use super::rows::BenchRows;
use book_support::process::Spec;
use book_support::project::Project;

/// A book with the chapters as the chain leaves them, and mdBook's defaults: what the page is compared with.
pub fn expanded(project: &Project, mdbook: &Path) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let output = folder.path().join("expanded");
    // The book's own folder is left alone: only the settings and the place of the output are others.
    let settings = Spec::new(mdbook)
        .arg("build")
        .arg("--dest-dir")
        .arg(&output)
        .env("MDBOOK_OUTPUT", r#"{"markdown":{}}"#)
        .env(
            "MDBOOK_PREPROCESSOR__LISTINGS__RENDERERS",
            "[\"html\",\"markdown\"]",
        )
        .folder(project.root())
        .run()?;
    ensure!(
        settings.success(),
        "mdBook cannot expand the chapters:\n{}",
        settings.text()
    );
    let source = folder.path().join("src");
    fs::rename(&output, &source).context("mdBook wrote no Markdown")?;
    fs::copy(
        project.chapters().join("SUMMARY.md"),
        source.join("SUMMARY.md"),
    )?;
    fs::write(
        folder.path().join("book.toml"),
        "[book]\ntitle = \"The same text\"\n",
    )?;
    Ok(folder)
}

/// The weight of a lesson page, ours against mdBook's defaults.
pub fn pages(project: &Project, rows: &mut BenchRows) -> Result<()> {
    const NAME: &str = "first load of";
    if !rows.wants(NAME) {
        return Ok(());
    }
    let ours = project.root().join("book");
    let Some(mdbook) = stock_mdbook(project).filter(|_| ours.is_dir()) else {
        rows.add(
            "first load of a lesson",
            "not measured: run `cargo xtask test` first".into(),
            "",
            None,
        );
        return Ok(());
    };
    let expanded = expanded(project, &mdbook)?;
    let built = Spec::new(&mdbook)
        .arg("build")
        .folder(expanded.path())
        .run()?;
    ensure!(
        built.success(),
        "the expanded book does not build:\n{}",
        built.text()
    );
    let theirs = expanded.path().join("book");
    let mut lessons: Vec<PathBuf> = fs::read_dir(ours.join("lessons"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    lessons.sort();
    for lesson in lessons.iter().filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    }) {
        let page = lesson.strip_prefix(&ours).expect("below the book");
        let (our_bytes, their_bytes) = (first_load(&ours, page)?, first_load(&theirs, page)?);
        rows.add(
            &format!("{NAME} {}", page.display()),
            format!(
                "{} KB against {} KB (gzip)",
                our_bytes / 1024,
                their_bytes / 1024
            ),
            "a third of a default page",
            Some(our_bytes * 3 <= their_bytes),
        );
    }
    Ok(())
}

/// The bytes, compressed by gzip, of a page and of everything that it loads by itself: scripts, style sheets,
/// and the fonts that the style sheets name.
fn first_load(book: &Path, page: &Path) -> Result<usize> {
    let html =
        fs::read(book.join(page)).with_context(|| format!("cannot read {}", page.display()))?;
    let text = String::from_utf8_lossy(&html).into_owned();
    let tag = Regex::new(r##"<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"#:]+)"[^>]*>"##)
        .expect("a sound pattern");
    let url = Regex::new(r##"url\(['"]?([^)'"#:]+)['"]?\)"##).expect("a sound pattern");
    let mut files: BTreeSet<PathBuf> = BTreeSet::new();
    let folder = book
        .join(page)
        .parent()
        .expect("a page is in a folder")
        .to_path_buf();
    for found in tag.captures_iter(&text) {
        // A print style sheet and a page announced for later are not loaded at first.
        if found[0].contains("media=\"print\"")
            || found[0].contains("rel=\"prefetch\"")
            || found[0].contains("rel=\"next\"")
        {
            continue;
        }
        let path = folder.join(found[1].split('?').next().unwrap_or_default());
        if let Ok(path) = path.canonicalize() {
            files.insert(path);
        }
    }
    let mut fonts = BTreeSet::new();
    for sheet in files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "css"))
    {
        for found in url.captures_iter(&fs::read_to_string(sheet)?) {
            if found[1].ends_with(".woff2")
                && let Ok(path) = sheet.with_file_name("").join(&found[1]).canonicalize()
            {
                fonts.insert(path);
            }
        }
    }
    // A browser loads of the fonts only the subsets that a page uses: count one text and one code font.
    let fonts: usize = fonts
        .iter()
        .filter(|path| is_basic(path))
        .map(|path| fs::metadata(path).map_or(0, |data| data.len() as usize))
        .sum();
    let mut total = gzip(&html)? + fonts;
    for path in &files {
        if path
            .extension()
            .is_some_and(|extension| extension == "js" || extension == "css")
        {
            total += gzip(&fs::read(path)?)?;
        }
    }
    Ok(total)
}

/// Whether a default page uses the font: the regular Latin text font and the code font.
fn is_basic(font: &Path) -> bool {
    let name = font
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    name.contains("latin") && name.contains("regular") && !name.contains("ext")
        || name.contains("source-code-pro")
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
