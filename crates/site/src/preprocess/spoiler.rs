//! What tells the answer of a prediction before it is asked for: words in the heading above it, in the caption or the
//! comments of its listings; and a page that has shown before what it asks. Pure.

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};

use super::directive::Directive;
use super::figures;
use super::predict::{Fold, Folds};
use super::quiz::Quizzes;
use super::{Page, markdown, trace};
use crate::highlight::{Class, Sources};
use book_listing::variant::{self, LineChange};
use book_listing::{Catalog, Language, Listing, Reference};
use book_quiz::{PredictionTopic, Question, ShownProgram};
use book_support::diagnostic::Diagnostic;

/// For each outcome the words that tell it. `*` stands for any ending. CONTRIBUTING.md shows this table.
pub(crate) const WORDS: [(&str, &[&str]); 6] = [
    (
        "run",
        &[
            "prints",
            "printed",
            "works",
            "unchanged",
            "garbage",
            "overwrit*",
            "dangl*",
            "dead",
            "stale",
        ],
    ),
    ("test", &["test* pass*", "all pass*", "works", "green"]),
    (
        "compile-error",
        &[
            "compile error*",
            "not compile*",
            "refuse*",
            "reject*",
            "forbid*",
            "not allowed",
            "may not",
        ],
    ),
    (
        "panic",
        &[
            "panic*",
            "crash*",
            "abort*",
            "trap*",
            "exception*",
            "raise*",
            "overflow*",
            "out of bounds",
            "past the end",
            "too far",
            "too long",
            "too short",
            "free* twice",
            "double free*",
            "after free*",
            "dangl*",
            "dead",
        ],
    ),
    (
        "leak",
        &[
            "leak*",
            "never free*",
            "nobody free*",
            "not free*",
            "no free",
            "without free*",
            "forgot*",
            "forget*",
            "missing",
            "lost",
            "lose*",
        ],
    ),
    ("test-failure", &["fail*", "leak*", "wrong"]),
];

/// What a page with predictions tells too early.
pub(crate) fn check(
    page: &Page,
    directives: &[Directive],
    folds: &Folds,
    catalog: &Catalog,
    sources: &Sources,
    quizzes: &Quizzes,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for fold in folds.iter() {
        let Some(question) = quizzes.prediction(&fold.id) else {
            continue;
        };
        let told = AskedPrediction { fold, question };
        let inside = |directive: &&Directive| {
            !directive.literal && fold.question.contains(&directive.span.start)
        };
        let mut outcomes = Vec::new();
        for directive in directives.iter().filter(inside) {
            if directive.name == "listing" {
                told.by_listing(page, directive, catalog, sources, &mut outcomes, &mut found);
            }
        }
        if let Some(listing) = told.listing(catalog) {
            outcomes.push(listing);
        }
        if let Some((at, heading)) = heading_above(&page.content, fold.question.start)
            && let Some(word) = told.word(&heading, &outcomes)
        {
            let message = told.message("the heading above it", &word);
            found.push(page.diagnostic(at, message).hint(
                "let the heading ask, or name the program; the rule stands after the explanation",
            ));
        }
        found.extend(told.shown_before(page, directives));
    }
    found
}

/// What the questions and the changed lines of variants tell before a reader has answered.
pub(crate) fn variants(catalog: &Catalog, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for variant in catalog.iter() {
        let Some(question) = &variant.declaration.variant else {
            continue;
        };
        let listing = variant
            .id
            .varies()
            .and_then(|id| catalog.get(&id, variant.language));
        let Some(listing) = listing else { continue };
        let told = |what: &str, word: &str| format!("{what} tells what the variant does: “{word}”");
        if let Some(word) = outcome_word(question, variant) {
            let mut diagnostic = Diagnostic::new(&variant.path, told("the question", &word))
                .hint("say what is changed, not what becomes of it");
            diagnostic.line = variant::question_line(variant);
            found.push(diagnostic);
        }
        let lines = variant::together(listing, variant);
        let is_new = |number: usize| {
            let of = |line: &variant::ComparedLine| {
                line.change == LineChange::New && line.number == number
            };
            lines.iter().any(of)
        };
        for token in sources.tokens(variant) {
            let line = markdown::line_of(&variant.source, token.start);
            if token.class != Class::Comment || !is_new(line) {
                continue;
            }
            let comment = &variant.source[token.start..token.end];
            if let Some(word) = outcome_word(comment, variant) {
                found.push(
                    Diagnostic::new(&variant.path, told("the comment", &word))
                        .line(line)
                        .hint("say what the line is for, not what will come of it"),
                );
            }
        }
    }
    found
}

/// The first word of `text` that tells the outcome of a listing, or the text that it declares.
fn outcome_word(text: &str, listing: &Listing) -> Option<String> {
    let expectation = &listing.declaration.expectation;
    let words = WORDS
        .iter()
        .find(|(outcome, _)| *outcome == expectation.word());
    let told = words
        .into_iter()
        .flat_map(|(_, words)| words.iter().copied());
    let mut told = told.filter_map(|pattern| find(text, pattern));
    // What is declared is taken literally.
    told.next()
        .or_else(|| find(text, &expectation.text()?.replace('*', " ")))
}

/// One prediction, and what tells its answer.
struct AskedPrediction<'a> {
    fold: &'a Fold,
    question: &'a Question,
}

impl AskedPrediction<'_> {
    fn message(&self, what: &str, word: &str) -> String {
        format!(
            "{what} tells the answer of the prediction `{}`: “{word}”",
            self.fold.id
        )
    }

    fn listing<'c>(&self, catalog: &'c Catalog) -> Option<&'c Listing> {
        let ShownProgram { id, language, .. } = self.question.program.as_ref()?;
        catalog.get(id, *language)
    }

    /// The first word of `text` that tells what becomes of one of the listings.
    fn word(&self, text: &str, listings: &[&Listing]) -> Option<String> {
        listings.iter().find_map(|listing| {
            // What is printed is taken literally.
            outcome_word(text, listing)
                .or_else(|| find(text, &self.printed(listing)?.replace('*', " ")))
        })
    }

    /// What the listing prints, where that is asked and long enough to be recognized.
    fn printed(&self, listing: &Listing) -> Option<String> {
        let Some(PredictionTopic::Output { line }) = self.question.about else {
            return None;
        };
        let program = self.question.program.as_ref()?;
        if program.id != listing.id || program.language != listing.language {
            return None;
        }
        let recorded = listing.recorded.as_deref()?;
        let answer = match line {
            Some(line) => recorded.lines().nth(line - 1)?,
            None => recorded,
        };
        (words(answer).len() > 1 || answer.trim().len() > 3).then(|| answer.to_string())
    }

    /// Looks at the caption and the comments of a figure, and adds its listings to `shown`.
    fn by_listing<'c>(
        &self,
        page: &Page,
        directive: &Directive,
        catalog: &'c Catalog,
        sources: &Sources,
        shown: &mut Vec<&'c Listing>,
        found: &mut Vec<Diagnostic>,
    ) {
        let named = directive.arguments.first();
        let Some(reference) = named.and_then(|text| Reference::parse(text)) else {
            return;
        };
        let language: Option<Language> =
            directive.option("lang").and_then(|word| word.parse().ok());
        let mut twins = catalog.twins(&reference.id);
        twins.retain(|twin| language.is_none_or(|language| twin.language == language));
        if let Some(caption) = directive.option("caption") {
            if let Some(word) = self.word(caption, &twins) {
                let message = self.message("the caption", &word);
                found.push(page.diagnostic(directive.span.start, message).hint(NAME_IT));
            }
        } else {
            let titled = catalog.get(&reference.id, Language::Zig);
            if let Some(listing) = titled
                && let Some(title) = &listing.declaration.title
                && let Some(word) = self.word(title, &twins)
            {
                let line = listing
                    .source
                    .lines()
                    .position(|line| line.contains("title:"));
                let message = self.message("the title", &word);
                let mut diagnostic = Diagnostic::new(&listing.path, message).hint(NAME_IT);
                diagnostic.line = line.map(|line| line + 1);
                found.push(diagnostic);
            }
        }
        for variant in catalog.variants(&reference.id) {
            let question = variant.declaration.variant.as_deref().unwrap_or_default();
            if let Some(word) = self.word(question, &twins) {
                let message = self.message("the question of a variant", &word);
                let mut diagnostic = Diagnostic::new(&variant.path, message)
                    .hint("say what is changed, not what became of the listing");
                diagnostic.line = variant::question_line(variant);
                found.push(diagnostic);
            }
        }
        for twin in &twins {
            let Some(excerpt) = twin.excerpt(reference.anchor.as_deref()) else {
                continue;
            };
            for token in sources.tokens(twin) {
                let line = markdown::line_of(&twin.source, token.start);
                let is_seen = excerpt.lines.iter().any(|(number, _)| *number == line);
                if token.class != Class::Comment || !is_seen {
                    continue;
                }
                if let Some(word) = self.word(&twin.source[token.start..token.end], &[twin]) {
                    let message = self.message("the comment", &word);
                    found.push(
                        Diagnostic::new(&twin.path, message)
                            .line(line)
                            .hint("say what the line is for, not what will come of it"),
                    );
                }
            }
        }
        shown.extend(twins);
    }

    /// Where the page has shown before what the listing of this prediction does.
    fn shown_before(&self, page: &Page, directives: &[Directive]) -> Option<Diagnostic> {
        let program = self.question.program.as_ref()?;
        let asked_outcome = self.question.about == Some(PredictionTopic::Outcome);
        let before = directives.iter().find(|directive| {
            !directive.literal
                && directive.span.start < self.fold.question.start
                && shows(directive, program, asked_outcome)
        })?;
        let message = format!(
            "the prediction `{}` asks what the page has shown: `{}` in line {}",
            self.fold.id,
            before.text,
            markdown::line_of(&page.content, before.span.start)
        );
        Some(page.diagnostic(self.fold.question.start, message).hint(
            "ask before the listing is shown, show it there with `output=no`, or ask about another program",
        ))
    }
}

const NAME_IT: &str = "name the program, not what becomes of it";

/// Whether a directive shows what a program does: its output or its memory, and with them its outcome, which a figure
/// shows by itself.
pub(crate) fn shows(directive: &Directive, program: &ShownProgram, asked_outcome: bool) -> bool {
    if !figures::names(directive, &program.id) {
        return false;
    }
    let language: Option<Language> = directive.option("lang").and_then(|word| word.parse().ok());
    match directive.name.as_str() {
        "listing" if trace::is_diagram(directive) && program.language == Language::Zig => true,
        "listing" => {
            let printed = directive.option("output") != Some("no");
            (asked_outcome || printed)
                && language.is_none_or(|language| language == program.language)
        }
        "output" => language.unwrap_or(Language::Zig) == program.language,
        "trace" => program.language == Language::Zig,
        _ => false,
    }
}

/// The heading nearest above a place: where it begins, and its text.
fn heading_above(content: &str, offset: usize) -> Option<(usize, String)> {
    let mut last = None;
    let mut open = false;
    for (event, span) in markdown::events(content) {
        if span.start >= offset {
            break;
        }
        match event {
            Event::Start(Tag::Heading { .. }) => {
                open = true;
                last = Some((span.start, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, heading)) = last.as_mut().filter(|_| open) {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    last
}

/// The words of a text in small letters.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '*')
        .filter(|word| !word.is_empty())
        .map(str::to_string)
        .collect()
}

/// The words of `text` that are those of `pattern`, where `*` is any ending.
fn find(text: &str, pattern: &str) -> Option<String> {
    let (text, pattern) = (words(&text.replace('*', " ")), words(pattern));
    if pattern.is_empty() {
        return None;
    }
    let is = |(word, wanted): (&String, &String)| match wanted.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == wanted,
    };
    text.windows(pattern.len())
        .find(|window| window.iter().zip(&pattern).all(is))
        .map(|window| window.join(" "))
}

#[cfg(test)]
#[path = "spoiler_tests.rs"]
mod tests;
