//! The listing that a question shows.

use crate::ShownProgram;
use crate::source::QuizTable;
use book_listing::{Catalog, Excerpt, Id, Language, Listing, Reference, anchor};

/// The listing that a question names, and the lines of it that are shown.
pub(super) struct ShownLines<'a> {
    pub listing: &'a Listing,
    pub excerpt: Excerpt,
    pub program: ShownProgram,
    /// Where the question names it.
    pub at: usize,
}

/// Reads `listing` and `lang`; nothing when no listing is named, or one that is not there.
pub(super) fn shown<'a>(entry: &QuizTable, catalog: &'a Catalog) -> Option<ShownLines<'a>> {
    let language = match entry.text("lang") {
        None => Language::Zig,
        Some(word) => match word.value.parse() {
            Ok(language) => language,
            Err(message) => {
                entry.source.report(
                    word.at,
                    message,
                    "write `lang = \"rs\"`, or leave it out for Zig",
                );
                return None;
            }
        },
    };
    let name = entry.text("listing")?;
    let report = |message: String, hint: String| entry.source.report(name.at, message, hint);
    let Some(Reference { id, anchor }) = Reference::parse(&name.value) else {
        report(
            format!("`{}` names no listing", name.value),
            "write `listing = \"03_allocator/caller_owns\"`".into(),
        );
        return None;
    };
    if let Some(listing) = id.varies() {
        report(
            format!("`{id}` is a variant, and a reader sees it with its listing"),
            format!("ask about `{listing}`, or write a listing of its own"),
        );
        return None;
    }
    let Some(listing) = catalog.get(&id, language) else {
        if catalog.twins(&id).is_empty() {
            let hint = catalog.hint_for_unknown(&id);
            report(format!("there is no listing `{id}`"), hint);
        } else {
            report(
                format!("`{id}` has no {language} twin"),
                format!(
                    "write `listings/{id}.{}`, or change `lang`",
                    language.extension()
                ),
            );
        }
        return None;
    };
    let Some(excerpt) = listing.excerpt(anchor.as_deref()) else {
        let names: Vec<String> = anchor::names(&listing.source)
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let hint = if names.is_empty() {
            "surround its lines with `// ANCHOR: name` and `// ANCHOR_END: name`".into()
        } else {
            format!("it has {}", names.join(", "))
        };
        report(
            format!(
                "`{}` has no anchor `{}`",
                listing.key(),
                anchor.as_deref().unwrap_or_default()
            ),
            hint,
        );
        return None;
    };
    let twins = twins(entry, &id, language, catalog)?;
    Some(ShownLines {
        listing,
        excerpt,
        at: name.at,
        program: ShownProgram {
            id,
            language,
            anchor,
            twins,
        },
    })
}

/// Reads `twins`: the languages that the question shows besides its own. Nothing when one of them is not there.
fn twins(entry: &QuizTable, id: &Id, shown: Language, catalog: &Catalog) -> Option<Vec<Language>> {
    let mut twins = Vec::new();
    for word in entry.texts("twins").into_iter().flatten() {
        let problem = match word.value.parse::<Language>() {
            Err(message) => Some(message),
            Ok(language) if language == shown || twins.contains(&language) => {
                Some(format!("{language} is shown already"))
            }
            Ok(language) if catalog.get(id, language).is_none() => {
                Some(format!("`{id}` has no {language} twin"))
            }
            Ok(language) => {
                twins.push(language);
                None
            }
        };
        if let Some(message) = problem {
            let hint = "write the languages to show besides: `twins = [\"rs\"]`";
            entry.source.report(word.at, message, hint);
            return None;
        }
    }
    Some(twins)
}
