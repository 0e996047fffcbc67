//! Words that were wrong once in what readers see, and would be wrong again unnoticed.

use std::fs;
use std::path::PathBuf;

use regex::Regex;
use walkdir::WalkDir;

use crate::support::repository;

/// The chapters, by their paths in `src/`, with their text.
fn chapters() -> Vec<(PathBuf, String)> {
    let folder = repository().join("src");
    let found: Vec<(PathBuf, String)> = WalkDir::new(&folder)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a chapter");
            (
                path.strip_prefix(&folder)
                    .expect("in the folder")
                    .to_path_buf(),
                text,
            )
        })
        .collect();
    assert!(found.len() > 30, "{} chapters", found.len());
    found
}

/// The first line of each section of `text` that speaks of what scripts make, if the section says neither that nor that it
/// is about the pages that a reader serves.
fn takes_scripts_for_granted(text: &str) -> Vec<&str> {
    let speaks =
        Regex::new(r"(?i)\b(buttons?|slider|press(es|ed|ing)?|clicks?)\b|\*\*(Run|Edit|Step)\*\*")
            .expect("a regex");
    let says = ["JavaScript", "serve"];
    text.split("\n#")
        .filter(|section| !says.iter().any(|word| section.contains(word)))
        .filter_map(|section| section.lines().find(|line| speaks.is_match(line)))
        .collect()
}

/// Where there is no lab, or no laboratory without scripts, the page says that by itself, in the place of what it is about.
const SAY_IT_THEMSELVES: [&str; 2] = ["{{#lab}}", "{{#laboratory}}"];

#[test]
fn no_chapter_takes_scripts_for_granted() {
    assert_eq!(
        takes_scripts_for_granted(
            "# A\n\nWith JavaScript there is a button.\n\n## B\n\nPress **Run**.\n"
        ),
        ["Press **Run**."]
    );
    let chapters = chapters();
    let found: Vec<String> = chapters
        .iter()
        .filter(|(_, text)| {
            !SAY_IT_THEMSELVES
                .iter()
                .any(|directive| text.contains(directive))
        })
        .flat_map(|(path, text)| {
            let found = takes_scripts_for_granted(text).into_iter();
            found.map(|line| {
                format!(
                    "src/{}: without JavaScript this is not there: {line}",
                    path.display()
                )
            })
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_serve_cannot_do_is_not_promised_for_its_pages() {
    let (_, front) = chapters().remove(
        chapters()
            .iter()
            .position(|(path, _)| path.ends_with("index.md"))
            .expect("a front page"),
    );
    let offline: Vec<&str> = front
        .split(". ")
        .filter(|sentence| sentence.contains("without a network"))
        .collect();
    assert!(
        !offline.is_empty(),
        "the front page does not say that the book is read without a network"
    );
    for sentence in offline {
        assert!(
            sentence.contains("published") && sentence.contains("serve yourself"),
            "{sentence}"
        );
    }
}

/// Where a listing runs in the page, the reader is in the page.
#[test]
fn a_reason_why_a_listing_differs_in_the_page_is_said_from_there() {
    let project = book_support::project::Project::find(&repository()).expect("the book");
    let (catalog, _) = book_listing::discover::load(&project).expect("the listings");
    let word = Regex::new(r"(?i)\bthere\b").expect("a regex");
    let mut seen = 0;
    for listing in catalog.iter() {
        if let Some(why) = &listing.declaration.wasm {
            seen += 1;
            assert!(!word.is_match(why), "{}: {why}", listing.id);
        }
    }
    assert!(seen > 50, "{seen} listings say why they differ");
}
