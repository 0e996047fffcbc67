//! What tests of this crate and of those that know it need: a listing without files. Pure.

use std::path::Path;

use super::{Id, Language, Listing, declaration};

/// The listing at `path` inside the listings folder, with this source and recorded output. It imports nothing.
///
/// # Panics
///
/// When no listing can have that path, or the source declares nothing.
pub fn listing(path: &str, source: &str, recorded: Option<&str>) -> Listing {
    let (stem, extension) = path.rsplit_once('.').expect("a file with an extension");
    let language = Language::from_extension(extension).expect("a language of the book");
    Listing {
        id: Id::parse(stem).expect("a listing's name"),
        language,
        path: Path::new("listings").join(path),
        declaration: declaration::parse(source, language)
            .expect("a declaration that makes sense")
            .expect("a declaration"),
        source: source.to_string(),
        support: Vec::new(),
        recorded: recorded.map(str::to_string),
    }
}
