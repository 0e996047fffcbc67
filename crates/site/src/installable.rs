//! The book as an app of the reader's: writes the manifest `src/book.webmanifest`, which mdBook copies to the site's root, and the
//! icons that it names. Git ignores it. A browser keeps what an app keeps, even where it clears the storage of sites that
//! nobody has opened for a week.

use std::fs;

use anyhow::Result;
use serde_json::{Value, json};

use crate::drawing;
use crate::generated::GeneratedFolder;
use book_support::files::write_whole;
use book_support::project::Project;

/// The manifest's file, in `src/` and on the site. `theme/index.hbs` names it.
pub(crate) const MANIFEST: &str = "book.webmanifest";

/// The sides of the icons, in pixels: what browsers ask for.
const ICONS: [u32; 2] = [192, 512];

/// What `book.toml` says of the book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BookDescription<'a> {
    pub title: &'a str,
    pub description: &'a str,
    /// A tag such as `en`.
    pub language: &'a str,
}

/// Writes the icons and the manifest, unless it is there as it must be.
///
/// # Errors
///
/// When a file cannot be written.
pub(crate) fn install(
    project: &Project,
    book: BookDescription,
    folder: &mut GeneratedFolder,
) -> Result<()> {
    let mut icons = Vec::new();
    for side in ICONS {
        let address = folder.put(&format!("icon-{side}.png"), &drawing::png(side, side))?;
        icons.push((side, address));
    }
    let text = format!("{:#}\n", manifest(book, &icons));
    let place = project.chapters().join(MANIFEST);
    if fs::read(&place).is_ok_and(|there| there == text.as_bytes()) {
        // `mdbook serve` renders again when a file of `src/` is written.
        return Ok(());
    }
    write_whole(&place, text.as_bytes())
}

fn manifest(book: BookDescription, icons: &[(u32, String)]) -> Value {
    let icons = icons.iter().map(|(side, address)| {
        json!({ "src": address, "sizes": format!("{side}x{side}"), "type": "image/png", "purpose": "any maskable" })
    });
    // On a home screen there is room for what stands before the colon.
    let short = book.title.split(':').next().unwrap_or_default();
    json!({
        "name": book.title,
        "short_name": short,
        "description": book.description,
        "lang": book.language,
        "id": "./",
        "start_url": "index.html",
        "scope": "./",
        // A book is read back and forth: with the browser's own buttons for that.
        "display": "minimal-ui",
        "theme_color": drawing::ground(),
        "background_color": drawing::ground(),
        "icons": icons.collect::<Vec<Value>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_the_book_and_its_icons() {
        let book = BookDescription {
            title: "Memory: a \"book\"",
            description: "It",
            language: "en",
        };
        let value = manifest(book, &[(192, "generated/icon-1.png".to_string())]);
        assert_eq!(value["short_name"], "Memory");
        assert_eq!(value["name"], book.title);
        assert_eq!(value["icons"][0]["src"], "generated/icon-1.png");
        assert_eq!(value["icons"][0]["sizes"], "192x192");
    }
}
