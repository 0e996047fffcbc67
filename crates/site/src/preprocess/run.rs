//! The Run button of a listing. What it loads, when a reader clicks it, is made by [`crate::wasm`]. Pure.

use crate::wasm::{Offers, RunButton};
use book_listing::{Language, Listing};
use book_support::html::escape;

/// The button's HTML, or nothing for a listing that cannot be run.
pub(crate) fn button(listing: &Listing, offers: &Offers) -> String {
    let (file, word) = (&listing.id.stem, "Run");
    let what = match listing.language {
        Language::Zig => match offers.zig.get(&listing.id) {
            Some(RunButton::Module(module)) => format!("data-module=\"{module}\""),
            Some(RunButton::Not(why)) => format!("data-why=\"{}\"", escape(why)),
            None => return String::new(),
        },
        Language::Rust => match offers.rust.get(&listing.key()) {
            Some(sources) => format!("data-rust=\"{sources}\" title=\"On play.rust-lang.org\""),
            None => return String::new(),
        },
        Language::Python => return String::new(),
    };
    format!(
        "<button type=\"button\" class=\"copy run\" aria-label=\"{word} {file}\" data-script=\"{}\" \
         data-listing=\"{}\" {what}>{word}</button>",
        offers.script, listing.id
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::testing;

    #[test]
    fn a_program_gets_a_button_and_one_that_cannot_run_says_why() {
        let listing = testing::listing("03_allocator/a.zig", "//@ run\n", Some("1\n"));
        let mut offers = Offers {
            script: "generated/run-1.js".into(),
            ..Offers::default()
        };
        assert_eq!(button(&listing, &offers), "");
        let run = RunButton::Module("03_allocator-2.wasm".into());
        offers.zig.insert(listing.id.clone(), run);
        let html = button(&listing, &offers);
        assert!(html.contains("data-module=\"03_allocator-2.wasm\""));
        assert!(html.contains("data-script=\"generated/run-1.js\""));
        let run = RunButton::Not("it needs \"threads\"".into());
        offers.zig.insert(listing.id.clone(), run);
        let html = button(&listing, &offers);
        assert!(html.contains("data-why=\"it needs &quot;threads&quot;\""));
    }
}
