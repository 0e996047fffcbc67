//! The ids that mdBook gives the headings and the terms of a page. Pure.

use std::collections::HashMap;

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};

/// Follows a page event by event.
#[derive(Default)]
pub(super) struct Headings {
    /// The text of the heading or term that is open, and the id that its author gave it.
    open: Option<(String, Option<String>)>,
    /// The ids of the page so far.
    given: HashMap<String, u32>,
}

/// What an event is to the headings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HeadingPart {
    /// It belongs to none.
    Outside,
    /// It is the beginning or the text of one.
    Inside,
    /// A heading or a term ends.
    Ended { id: String, text: String },
}

impl Headings {
    /// Takes the next event of the page.
    pub(super) fn follow(&mut self, event: &Event<'_>) -> HeadingPart {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                self.open = Some((String::new(), id.as_ref().map(ToString::to_string)));
                HeadingPart::Inside
            }
            Event::Start(Tag::DefinitionListTitle) => {
                self.open = Some((String::new(), None));
                HeadingPart::Inside
            }
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                let (text, id) = self.open.take().unwrap_or_default();
                let id = id.unwrap_or_else(|| unique(&id_of(&text), &mut self.given));
                HeadingPart::Ended { id, text }
            }
            Event::Text(part) | Event::Code(part) => match &mut self.open {
                Some((text, _)) => {
                    text.push_str(part);
                    HeadingPart::Inside
                }
                None => HeadingPart::Outside,
            },
            _ => HeadingPart::Outside,
        }
    }
}

fn id_of(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            _ if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
            _ if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// mdBook numbers the ids that it has already given on the page.
fn unique(id: &str, given: &mut HashMap<String, u32>) -> String {
    let mut candidate = id.to_string();
    let mut count = 0;
    while given.contains_key(&candidate) {
        count += 1;
        candidate = format!("{id}-{count}");
    }
    given.insert(candidate.clone(), count);
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::markdown;

    #[test]
    fn headings_and_terms_get_the_ids_that_mdbook_gives_them() {
        let page =
            "# Who *owns* `x`?\n\n## Again\n\n## Again\n\n## Named {#given}\n\nA *term*\n: text\n";
        let mut headings = Headings::default();
        let ids: Vec<String> = markdown::events(page)
            .filter_map(|(event, _)| match headings.follow(&event) {
                HeadingPart::Ended { id, .. } => Some(id),
                _ => None,
            })
            .collect();
        assert_eq!(ids, ["who-owns-x", "again", "again-1", "given", "a-term"]);
    }
}
