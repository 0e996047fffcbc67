//! What the tests of several stages need: listings and catalogs without files.

use book_listing::{Catalog, Language};
use book_support::diagnostic::Diagnostic;

pub use book_listing::testing::listing;

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

/// What is wrong, as a person is shown it without the hints: `a.md:3: …`, line 0 where there is none.
pub(crate) fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    let told = |diagnostic: &Diagnostic| {
        let line = diagnostic.line.unwrap_or_default();
        format!(
            "{}:{line}: {}",
            diagnostic.path.display(),
            diagnostic.message
        )
    };
    diagnostics.iter().map(told).collect()
}
