//! The book opened in a browser, and how tests of all its pages tell what they found.

use crate::chromium::Page;
use crate::site::{Site, whole_book};

/// A lesson with every kind of part.
pub const LESSON: &str = "lessons/03_allocator.html";

/// What a reader may unfold is unfolded: what is in there counts too.
pub const UNFOLD: &str =
    "document.querySelectorAll('details').forEach(fold => { fold.open = true; })";

/// The book in a browser; nothing where there is none.
pub fn open(page: &str) -> Option<(Page, Site)> {
    let mut browser = Page::start()?;
    let site = Site::of(whole_book());
    browser.open(&format!("{}{page}", site.url));
    Some((browser, site))
}

/// Fails with all that was found.
#[track_caller]
pub fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}
