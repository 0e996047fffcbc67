//! The index of messages names all that compilers and programs of the book say, and nothing else. Pure.

use std::path::Path;

use super::Page;
use book_exercise::messages::{Messages, PAGE, said};
use book_listing::{Catalog, Expectation, Language, Listing};
use book_support::diagnostic::Diagnostic;

/// What is printed and not in the index, and what is in the index and printed nowhere. A book without the page has no
/// index, and nothing to answer for.
pub(super) fn check(pages: &[Page], catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(page) = pages.iter().find(|page| page.path == Path::new(PAGE)) else {
        return Vec::new();
    };
    let messages = Messages::read(&page.raw);
    let mut found = Vec::new();
    for listing in catalog.iter().filter(|listing| speaks(listing)) {
        let recorded = listing.recorded.as_deref().unwrap_or_default();
        for said in said(recorded, listing.language) {
            if messages.find(&said).is_none() {
                let message = format!("`{}` is not in the index of messages", said.text);
                found.push(Diagnostic::new(listing.out_path(), message).line(said.line).hint(
                    format!("add an entry to {}: what it means, what to do first, where the book explains it", page.source.display()),
                ));
            }
        }
    }
    let printed = || {
        catalog
            .iter()
            .filter_map(|listing| listing.recorded.as_deref())
    };
    for entry in messages.entries() {
        if !printed().any(|output| entry.is_in(output)) {
            let message = format!("no listing prints `{}`", entry.words);
            found.push(
                Diagnostic::new(&page.source, message)
                    .line(entry.line)
                    .hint("mend its words, with `…` for what differs, or take the entry away"),
            );
        }
    }
    found
}

/// Whether what a listing prints is more than its own words.
fn speaks(listing: &Listing) -> bool {
    match listing.declaration.expectation {
        Expectation::Run | Expectation::Test => false,
        Expectation::Panic(_) => true,
        _ => listing.language != Language::Python,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::testing;

    #[test]
    fn what_is_printed_is_in_the_index_and_what_is_in_the_index_is_printed() {
        let fails = "//@ compile-error: unused\n//@ title: T\n";
        let stops = "//@ panic: overflow\n//@ title: T\n";
        let runs = "//@ run\n//@ title: T\n";
        let listings = vec![
            testing::listing(
                "03_allocator/a.zig",
                fails,
                Some("a.zig:3:1: error: unused capture\n    x\na.zig:4:1: error: expected it\n"),
            ),
            testing::listing(
                "03_allocator/b.zig",
                stops,
                Some("1\npanic: integer overflow\n"),
            ),
            testing::listing(
                "03_allocator/c.zig",
                runs,
                Some("panic: its own words\nolder words\n"),
            ),
        ];
        let catalog = Catalog::new(Vec::new(), listings);
        let index =
            "# I\n\n## Zig refuses\n\n`unused …`\n: U.\n\n`older`\n: O.\n\n`gone …`\n: G.\n";
        let pages = [Page::new(PAGE, index)];
        let told: Vec<String> = check(&pages, &catalog)
            .iter()
            .map(|one| {
                let line = one.line.unwrap_or_default();
                format!("{}:{line}: {}", one.path.display(), one.message)
            })
            .collect();
        assert_eq!(
            told,
            [
                "listings/03_allocator/a.zig.out:3: `expected it` is not in the index of messages",
                "listings/03_allocator/b.zig.out:2: `integer overflow` is not in the index of messages",
                "src/reference/messages.md:11: no listing prints `gone …`",
            ]
        );
        assert_eq!(check(&[Page::new("a.md", index)], &catalog), []);
    }
}
