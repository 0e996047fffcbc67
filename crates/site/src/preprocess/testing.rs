//! What the tests of several stages need: listings and catalogs without files.

use std::path::Path;

use book_listing::{Catalog, Id, Language, Listing, declaration};

/// A listing at `03_allocator/a.zig` with this source and recorded output.
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

/// Listings of these paths, each with one line of code that names its language.
pub fn catalog(paths: &[&str]) -> Catalog {
    let listings = paths
        .iter()
        .map(|path| {
            let extension = path.rsplit_once('.').expect("an extension").1;
            let language = Language::from_extension(extension).expect("a language");
            let mark = language.declaration_mark();
            listing(
                path,
                &format!("{mark} run\n{mark} title: Title of {path}\n{extension}\n"),
                Some("printed\n"),
            )
        })
        .collect();
    Catalog::new(Vec::new(), listings)
}
