//! The numbers and addresses of figures: `Listing 3.2` and where it is. Pure.
//!
//! A number belongs to a listing, not to a place: wherever parts of `03_allocator/caller_owns` are shown, it is
//! the same Listing 3.2. The lesson's own chapter is counted first, then its page *Going deeper*, then the others in the
//! book's order.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Page;
use super::directive::Directive;
use book_listing::{Id, Language, Reference};
use book_support::html;

/// Whether a directive is about this listing, or about a part of it.
pub(crate) fn names(directive: &Directive, id: &Id) -> bool {
    let named = directive.arguments.first();
    named
        .and_then(|text| Reference::parse(text))
        .is_some_and(|reference| reference.id == *id)
}

/// One figure on a page.
#[derive(Clone, Debug)]
struct FigureTarget {
    reference: Reference,
    language: Option<Language>,
    page: PathBuf,
    /// Where its directive begins in the page's content.
    offset: usize,
    html_id: String,
}

/// All figures of the book.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    numbers: BTreeMap<Id, (u32, u32)>,
    targets: Vec<FigureTarget>,
}

impl Figures {
    /// Counts the `{{#listing …}}` directives of all pages, in the book's order. Directives that make no sense
    /// are left out: whoever renders them says what is wrong.
    pub fn collect<'a>(pages: impl Iterator<Item = (&'a Page, &'a [Directive])>) -> Figures {
        let mut figures = Figures::default();
        let mut used = BTreeSet::new();
        for (page, directives) in pages {
            for directive in directives {
                if directive.name != "listing" || directive.literal {
                    continue;
                }
                let Some(reference) = directive
                    .arguments
                    .first()
                    .and_then(|text| Reference::parse(text))
                else {
                    continue;
                };
                let language = directive.option("lang").and_then(|word| word.parse().ok());
                figures.targets.push(FigureTarget {
                    html_id: unique_id(&reference, language, &mut used),
                    reference,
                    language,
                    page: page.path.clone(),
                    offset: directive.span.start,
                });
            }
        }
        figures.number();
        figures
    }

    fn number(&mut self) {
        let mut order: Vec<&FigureTarget> = self.targets.iter().collect();
        order.sort_by_key(|target| target.turn());
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for target in order {
            let id = &target.reference.id;
            if !self.numbers.contains_key(id) {
                let count = counts.entry(&id.lesson).or_default();
                *count += 1;
                let lesson = id.lesson[..2].parse().unwrap_or_default();
                self.numbers.insert(id.clone(), (lesson, *count));
            }
        }
    }

    /// `Listing 3.2`, if a chapter shows the listing.
    pub fn label(&self, id: &Id) -> Option<String> {
        self.numbers
            .get(id)
            .map(|(lesson, number)| format!("Listing {lesson}.{number}"))
    }

    /// The `id` of the figure whose directive begins at `offset` of `page`.
    pub fn html_id(&self, page: &Path, offset: usize) -> Option<&str> {
        self.targets
            .iter()
            .find(|target| target.page == page && target.offset == offset)
            .map(|target| target.html_id.as_str())
    }

    /// Whether the figure at this place of a page is the one that offers the variants of a listing: the first that shows
    /// the whole of it, in its own lesson before other pages. Where it is shown in parts alone, the last part of a page.
    pub fn offers_variants(&self, id: &Id, (page, offset): (&Path, usize)) -> bool {
        let in_zig = |target: &&FigureTarget| {
            let language = target.language;
            target.reference.id == *id && language.is_none_or(|language| language == Language::Zig)
        };
        let offers = self.targets.iter().filter(in_zig).min_by_key(|target| {
            let is_part = target.reference.anchor.is_some();
            let place = if is_part {
                Some(Reverse(target.offset))
            } else {
                None
            };
            (is_part, target.turn(), place)
        });
        offers.is_some_and(|target| target.page == page && target.offset == offset)
    }

    /// The address, seen from the page `from`, of the figure that shows `reference` best: the whole listing in
    /// its own lesson before a part of it elsewhere.
    pub fn url(&self, from: &Path, reference: &Reference) -> Option<String> {
        let target = self
            .targets
            .iter()
            .filter(|target| target.reference.id == reference.id)
            .filter(|target| {
                reference.anchor.is_none() || target.reference.anchor == reference.anchor
            })
            .min_by_key(|target| {
                (
                    target.turn(),
                    target.reference.anchor != reference.anchor,
                    target.language.is_some(),
                )
            })?;
        if target.page == from {
            return Some(format!("#{}", target.html_id));
        }
        Some(format!(
            "{}#{}",
            html::relative_url(from, &target.page),
            target.html_id
        ))
    }
}

impl FigureTarget {
    /// The listing's own lesson comes before its page *Going deeper*, and both before all other pages. mdBook hands over
    /// nested chapters before the one that holds them, so the order of the pages does not say it.
    fn turn(&self) -> u8 {
        let stem = self.page.file_stem();
        if stem.is_none_or(|stem| stem != self.reference.id.lesson.as_str()) {
            2
        } else if self.page.starts_with("deeper") {
            1
        } else {
            0
        }
    }
}

fn unique_id(
    reference: &Reference,
    language: Option<Language>,
    used: &mut BTreeSet<String>,
) -> String {
    let mut base = format!("listing-{}-{}", reference.id.lesson, reference.id.stem);
    for part in [
        reference.anchor.as_deref(),
        language.map(Language::extension),
    ]
    .into_iter()
    .flatten()
    {
        base.push('-');
        base.push_str(part);
    }
    let mut id = base.clone();
    let mut count = 1;
    while !used.insert(id.clone()) {
        count += 1;
        id = format!("{base}-{count}");
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::directive;

    fn figures(pages: &[(&str, &str)]) -> Figures {
        let pages: Vec<(Page, Vec<Directive>)> = pages
            .iter()
            .map(|(path, content)| (Page::new(path, content), directive::find(content)))
            .collect();
        Figures::collect(pages.iter().map(|(page, found)| (page, found.as_slice())))
    }

    fn reference(text: &str) -> Reference {
        Reference::parse(text).unwrap()
    }

    #[test]
    fn a_lesson_counts_its_own_chapter_first() {
        let figures = figures(&[
            ("index.md", "{{#listing 03_allocator/b}}"),
            (
                "lessons/03_allocator.md",
                "{{#listing 03_allocator/a}}\n\n{{#listing 03_allocator/b:x}}\n\n{{#listing 01_stack_heap/c}}\n\n{{#listing 03_allocator/a}}",
            ),
        ]);
        let label = |id: &str| figures.label(&Id::parse(id).unwrap());
        assert_eq!(label("03_allocator/a").unwrap(), "Listing 3.1");
        assert_eq!(label("03_allocator/b").unwrap(), "Listing 3.2");
        assert_eq!(label("01_stack_heap/c").unwrap(), "Listing 1.1");
        assert_eq!(label("03_allocator/d"), None);
    }

    #[test]
    fn a_lesson_is_counted_before_the_page_that_goes_deeper() {
        let figures = figures(&[
            (
                "deeper/03_allocator.md",
                "{{#listing 03_allocator/b}}\n\n{{#listing 03_allocator/c}}",
            ),
            (
                "lessons/03_allocator.md",
                "{{#listing 03_allocator/a}}\n\n{{#listing 03_allocator/b}}",
            ),
        ]);
        let label = |id: &str| figures.label(&Id::parse(id).unwrap()).unwrap();
        assert_eq!(label("03_allocator/a"), "Listing 3.1");
        assert_eq!(label("03_allocator/b"), "Listing 3.2");
        assert_eq!(label("03_allocator/c"), "Listing 3.3");
        assert_eq!(
            figures
                .url(Path::new("index.md"), &reference("03_allocator/b"))
                .unwrap(),
            "lessons/03_allocator.html#listing-03_allocator-b-2"
        );
    }

    #[test]
    fn a_reference_leads_to_the_figure_that_shows_it_best() {
        let figures = figures(&[
            ("index.md", "{{#listing 03_allocator/a}}"),
            (
                "lessons/03_allocator.md",
                "{{#listing 03_allocator/a:x}}\n\n{{#listing 03_allocator/a lang=py}}\n\n{{#listing 03_allocator/a}}",
            ),
        ]);
        let from = Path::new("reference/concepts.md");
        assert_eq!(
            figures.url(from, &reference("03_allocator/a")).unwrap(),
            "../lessons/03_allocator.html#listing-03_allocator-a-2"
        );
        assert_eq!(
            figures.url(from, &reference("03_allocator/a:x")).unwrap(),
            "../lessons/03_allocator.html#listing-03_allocator-a-x"
        );
        assert_eq!(figures.url(from, &reference("03_allocator/a:y")), None);
    }
}
