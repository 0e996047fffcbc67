//! What the search of the book looks through: the text of every section and of every listing, as the pages show it,
//! with the address that a finding leads to. Pure. `theme/js/search.js` reads it, and knows the order of the fields.

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use serde_json::json;

use super::headings::{HeadingPart, Headings};
use super::tags::{self, Piece};
use super::{Page, markdown};
use book_support::html::url_path;
use book_support::parallel::in_parallel;

/// A section, or one language of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
struct SearchEntry {
    /// Its id on the page; empty for what stands before the first heading.
    id: String,
    title: String,
    text: String,
    /// The language of a listing's twin, as `data-language` names it.
    language: String,
    /// What else the term of a glossary is called; nothing where it is not a term.
    names: Option<Vec<String>>,
}

/// The index of all pages, as JSON.
pub(crate) fn index(pages: &[Page]) -> String {
    let mut named = Vec::new();
    let mut entries = Vec::new();
    let read = in_parallel(pages.iter().collect(), |page: &Page| read(&page.content));
    for (page, read) in pages.iter().zip(read) {
        let title = read
            .iter()
            .map(|entry| entry.title.as_str())
            .find(|title| !title.is_empty());
        let url = page.path.with_extension("html");
        named.push(json!([
            url_path(&url.to_string_lossy()),
            title.unwrap_or_default()
        ]));
        let number = named.len() - 1;
        entries.extend(read.into_iter().map(|entry| {
            let SearchEntry {
                id,
                title,
                text,
                language,
                names,
            } = entry;
            match names {
                Some(names) => json!([number, id, title, text, language, names]),
                None => json!([number, id, title, text, language]),
            }
        }));
    }
    json!({ "pages": named, "entries": entries }).to_string()
}

/// The entries of one page, as mdBook will render it.
fn read(content: &str) -> Vec<SearchEntry> {
    let mut reader = PageReader::default();
    let mut headings = Headings::default();
    let mut terms = Terms::default();
    for (event, _) in markdown::events(content) {
        match headings.follow(&event) {
            HeadingPart::Ended { id, text } => {
                reader.section(id, text);
                continue;
            }
            HeadingPart::Inside => continue,
            HeadingPart::Outside => {}
        }
        if terms.follow(&event, &mut reader) {
            continue;
        }
        match event {
            Event::Text(text) | Event::Code(text) => reader.text(&text),
            Event::SoftBreak | Event::HardBreak => reader.text(" "),
            Event::Start(tag) if !is_inline(&tag) => reader.text("\n"),
            Event::Html(html) | Event::InlineHtml(html) => reader.html(&html),
            _ => {}
        }
    }
    reader.done()
}

/// The terms of a glossary: under a letter, items that begin with their term in bold. Each is found by its name, and by
/// the other names of an emphasized `Also: one, another.`
#[derive(Default)]
struct Terms {
    item_begins: bool,
    /// The term that is being read.
    term: Option<String>,
    /// What is emphasized in the item of a term, while it is read.
    emphasized: Option<String>,
}

impl Terms {
    /// Whether the event is part of a term.
    fn follow(&mut self, event: &Event<'_>, reader: &mut PageReader) -> bool {
        if let Some(term) = &mut self.term {
            match event {
                Event::Text(text) | Event::Code(text) => term.push_str(text),
                Event::End(TagEnd::Strong) => {
                    let term = self.term.take().unwrap_or_default();
                    let letter = reader.letter().unwrap_or_default();
                    reader.section(letter, term.trim_end_matches('.').to_string());
                    reader.entries[reader.section].names = Some(Vec::new());
                }
                _ => {}
            }
            return true;
        }
        let begins = std::mem::take(&mut self.item_begins);
        match (event, &mut self.emphasized) {
            (Event::Start(Tag::Emphasis), _) => self.emphasized = Some(String::new()),
            (Event::Text(text) | Event::Code(text), Some(emphasized)) => emphasized.push_str(text),
            (Event::SoftBreak, Some(emphasized)) => emphasized.push(' '),
            (Event::End(TagEnd::Emphasis), Some(emphasized)) => {
                reader.names(emphasized);
                self.emphasized = None;
            }
            _ => {}
        }
        match event {
            Event::Start(Tag::Item) => self.item_begins = reader.letter().is_some(),
            Event::Start(Tag::Paragraph) => self.item_begins = begins,
            Event::Start(Tag::Strong) if begins => {
                self.term = Some(String::new());
                return true;
            }
            _ => {}
        }
        false
    }
}

fn is_inline(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// Elements that do not end a word.
const INLINE: [&str; 9] = ["a", "b", "code", "em", "i", "kbd", "samp", "span", "strong"];

/// Collects entries from the text and the HTML of a page.
#[derive(Default)]
struct PageReader {
    entries: Vec<SearchEntry>,
    /// The index of the section that is open.
    section: usize,
    /// The listing that is open.
    listing: Option<OpenFigure>,
    /// The element that is passed over, and how many of its name are open inside it.
    passed: Option<(String, usize)>,
    /// A heading in HTML that is open.
    heading: bool,
    /// The id of the section of a glossary's letter that is open.
    letter: Option<String>,
}

/// A listing's figure that is being read.
struct OpenFigure {
    id: String,
    caption: String,
    in_caption: bool,
    /// The index of the twin that is open.
    twin: Option<usize>,
}

impl PageReader {
    /// The id of the section, if it is a letter of a glossary.
    fn letter(&self) -> Option<String> {
        self.letter.clone()
    }

    fn section(&mut self, id: String, title: String) {
        let is_letter = title.chars().count() == 1;
        if is_letter {
            self.letter = Some(id.clone());
        } else if self.letter.as_ref() != Some(&id) {
            self.letter = None;
        }
        self.entries.push(SearchEntry {
            id,
            title,
            ..SearchEntry::default()
        });
        self.section = self.entries.len() - 1;
    }

    /// Reads the other names of the term that is open from `Also: one, another.`
    fn names(&mut self, text: &str) {
        let section = self.entries.get_mut(self.section);
        let Some(names) = section.and_then(|entry| entry.names.as_mut()) else {
            return;
        };
        if let Some(list) = text.strip_prefix("Also:") {
            let list = list.trim_end_matches('.').split(',');
            names.extend(list.map(|name| name.trim().to_lowercase()));
        }
    }

    fn text(&mut self, text: &str) {
        if self.passed.is_some() {
            return;
        }
        if self.entries.is_empty() {
            self.section(String::new(), String::new());
        }
        if self.heading {
            self.entries[self.section].title.push_str(text);
            return;
        }
        let section = &mut self.entries[self.section];
        match &mut self.listing {
            None => section.text.push_str(text),
            Some(open) if open.in_caption => open.caption.push_str(text),
            Some(OpenFigure { twin: None, .. }) => {}
            Some(OpenFigure {
                twin: Some(twin), ..
            }) => self.entries[*twin].text.push_str(text),
        }
    }

    /// Reads a piece of HTML: a block, or one tag of it.
    fn html(&mut self, html: &str) {
        for piece in tags::pieces(html) {
            match piece {
                Piece::Tag(tag) if tag.ends => self.close(&tag.name),
                Piece::Tag(tag) => self.open(&tag),
                Piece::Text(text) => self.text(&tags::decode(text)),
            }
        }
    }

    fn open(&mut self, tag: &tags::Tag) {
        let name = tag.name.as_str();
        if let Some((passed, depth)) = &mut self.passed {
            *depth += usize::from(name == passed);
            return;
        }
        if is_passed_over(tag) {
            self.passed = Some((name.to_string(), 1));
            return;
        }
        if !INLINE.contains(&name) {
            self.text("\n");
        }
        let id = tag.attribute("id");
        match name {
            "figure" if tag.has_class("listing") => {
                self.listing = Some(OpenFigure {
                    id: id.unwrap_or_default().to_string(),
                    caption: String::new(),
                    in_caption: false,
                    twin: None,
                });
            }
            "figcaption" => {
                if let Some(open) = &mut self.listing {
                    open.in_caption = true;
                }
            }
            "div" if tag.has_class("listing-twin") => {
                if let Some(open) = &mut self.listing {
                    open.twin = Some(self.entries.len());
                    self.entries.push(SearchEntry {
                        id: open.id.clone(),
                        title: open.caption.clone(),
                        text: String::new(),
                        language: tag
                            .attribute("data-language")
                            .unwrap_or_default()
                            .to_string(),
                        names: None,
                    });
                }
            }
            "h1" | "h2" | "h3" | "h4" => {
                if let Some(id) = id {
                    self.section(id.to_string(), String::new());
                    self.heading = true;
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((passed, depth)) = &mut self.passed {
            *depth -= usize::from(name == passed);
            if *depth == 0 {
                self.passed = None;
            }
            return;
        }
        match name {
            "figure" => self.listing = None,
            "figcaption" => {
                if let Some(open) = &mut self.listing {
                    open.in_caption = false;
                }
            }
            "h1" | "h2" | "h3" | "h4" => self.heading = false,
            _ => {}
        }
        if !INLINE.contains(&name) {
            self.text("\n");
        }
    }

    /// The entries, their space tidied: lines of code keep their indentation, and nothing is empty.
    fn done(self) -> Vec<SearchEntry> {
        let tidy = |text: &str| {
            let lines: Vec<&str> = text
                .lines()
                .map(str::trim_end)
                .filter(|line| !line.is_empty())
                .collect();
            lines.join("\n").trim_start().to_string()
        };
        self.entries
            .into_iter()
            .map(|entry| {
                let text = tidy(&entry.text);
                let title = entry.title.split_whitespace().collect::<Vec<_>>().join(" ");
                // A figure without a caption is known by its file, which is its first line.
                let file = text.lines().next().filter(|_| !entry.language.is_empty());
                let title = match file.and_then(|file| file.rsplit('/').next()) {
                    Some(file) if title.is_empty() => file.to_string(),
                    _ => title,
                };
                SearchEntry {
                    title,
                    text,
                    ..entry
                }
            })
            // A letter of which each term is found by its name says nothing itself.
            .filter(|entry| !entry.text.is_empty() || entry.title.chars().count() > 1)
            .collect()
    }
}

/// What nobody looks for: controls, drawings and memory diagrams, answers that a reader has not asked for, and
/// questions that stand a second time outside their lesson.
fn is_passed_over(tag: &tags::Tag) -> bool {
    match tag.name.as_str() {
        "button" | "script" | "style" | "summary" | "svg" | "template" => true,
        "div" => ["trace-still", "alloc-region", "variants"]
            .iter()
            .any(|class| tag.has_class(class)),
        "label" => tag.has_class("quiz-typed"),
        "ul" => tag.has_class("quiz-blanks"),
        "figure" => {
            tag.attribute("data-trace").is_some()
                || tag.attribute("id") == Some("exercise-solution")
        }
        "section" => tag.attribute("data-pool").is_some(),
        "details" => tag.has_class("quiz-answer"),
        "p" => ["predict-right", "predict-wrong", "quiz-note"]
            .iter()
            .any(|class| tag.has_class(class)),
        "pre" => tag.has_class("mermaid"),
        "span" => tag.has_class("listing-language"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(content: &str) -> Vec<(String, String, String, String)> {
        read(content)
            .into_iter()
            .map(|entry| (entry.id, entry.title, entry.text, entry.language))
            .collect()
    }

    fn entry(
        id: &str,
        title: &str,
        text: &str,
        language: &str,
    ) -> (String, String, String, String) {
        (id.into(), title.into(), text.into(), language.into())
    }

    #[test]
    fn sections_and_terms_are_found_under_their_ids() {
        let content = "# Who *owns* `x`?\n\nText,\nmore `std.heap` of it.\n\n- a\n- b\n\n## Again\n\n## Again\n\nTerm\n: what it is\n";
        assert_eq!(
            found(content),
            [
                entry(
                    "who-owns-x",
                    "Who owns x?",
                    "Text, more std.heap of it.\na\nb",
                    ""
                ),
                entry("again", "Again", "", ""),
                entry("again-1", "Again", "", ""),
                entry("term", "Term", "what it is", ""),
            ]
        );
    }

    #[test]
    fn each_language_of_a_listing_is_found_with_its_code_in_one_piece_and_its_output() {
        let content = "# A\n\n<figure class=\"listing\" id=\"l\" data-languages=\"zig rust\"><figcaption><a>Listing 1.1</a> \
            <span>One</span></figcaption><button>Zig</button><div class=\"listing-twin first\" data-language=\"zig\"><p>\
            <span class=\"listing-language\">Zig</span> <span>a.zig</span></p><pre><code>\
            <span>std.heap.<span class=\"t\">Arena</span>.init(&amp;a)</span>&#10;    <b>x</b></code></pre><samp>error: leak</samp></div>\
            <div class=\"listing-twin\" data-language=\"rust\"><pre>Box</pre></div></figure>\n\nAfter.\n";
        assert_eq!(
            found(content),
            [
                entry("a", "A", "After.", ""),
                entry(
                    "l",
                    "Listing 1.1 One",
                    "a.zig\nstd.heap.Arena.init(&a)\n    x\nerror: leak",
                    "zig"
                ),
                entry("l", "Listing 1.1 One", "Box", "rust"),
            ]
        );
    }

    #[test]
    fn terms_of_a_glossary_are_found_by_their_names() {
        let content = "# Glossary\n\n## D\n\n- **Dangling pointer.** To memory\n  that is gone.\n- **`defer`.** Later.\n\n## Rules\n\n- **One.** Two.\n";
        assert_eq!(
            found(content),
            [
                entry("glossary", "Glossary", "", ""),
                entry("d", "Dangling pointer", "To memory that is gone.", ""),
                entry("d", "defer", "Later.", ""),
                entry("rules", "Rules", "One. Two.", ""),
            ]
        );
    }

    #[test]
    fn a_term_has_the_other_names_that_it_lists() {
        let content = "# Glossary\n\n## L\n\n- **Leak.** Memory that is *lost*. [There](a.md)\n  *Also: memory leak,\n              `Lost` memory.*\n- **List.** Items. *Also* a word.\n\n## Rest\n\nText. *Also: no term.*\n";
        let names: Vec<_> = read(content)
            .into_iter()
            .map(|entry| (entry.title, entry.names))
            .collect();
        let strings = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
        assert_eq!(
            names,
            [
                ("Glossary".to_string(), None),
                ("Leak".to_string(), strings(&["memory leak", "lost memory"])),
                ("List".to_string(), strings(&[])),
                ("Rest".to_string(), None),
            ]
        );
    }

    #[test]
    fn a_figure_without_a_caption_is_known_by_its_file_and_labels_of_controls_are_not_text() {
        let content = "# T\n\n<figure class=\"listing\" id=\"tests\"><div class=\"listing-twin\" data-language=\"zig\">\
            <p>exercises/05_arena/tests.zig</p><pre>@ptrCast</pre></div></figure>\n\n\
            <label class=\"quiz-typed\">Your answer <input></label><details><summary>Show</summary>It</details>\n";
        assert_eq!(
            found(content),
            [
                entry("t", "T", "It", ""),
                entry(
                    "tests",
                    "tests.zig",
                    "exercises/05_arena/tests.zig\n@ptrCast",
                    "zig"
                ),
            ]
        );
    }

    #[test]
    fn answers_that_nobody_asked_for_are_not_found() {
        let content = "<h2 id=\"q\"><a>Quiz</a></h2><p>Which?</p><details class=\"quiz-answer\"><details>no</details>no</details>\
            <figure class=\"listing\" id=\"exercise-solution\"><pre>no</pre></figure><section class=\"quiz\" data-pool=\"final\">no</section>\
            <details class=\"reveal\"><p class=\"predict-right\">no</p><p class=\"predict-wrong\">no</p><p>yes</p></details>";
        assert_eq!(found(content), [entry("q", "Quiz", "Which?\nyes", "")]);
    }
}
