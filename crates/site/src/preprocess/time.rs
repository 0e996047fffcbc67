//! `{{#time}}`: the estimated reading time of a page, computed from what the page holds; `{{#time max=25}}` refuses a
//! page that takes longer. Pure.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::directive::Directive;
use super::quiz::part;
use super::{Context, DirectiveProblem, markdown, trace};
use book_listing::{Catalog, Language, Reference};
use book_quiz::Quiz;

/// Words a minute for technical prose, by a reader for whom English may be a second language.
const WORDS_PER_MINUTE: usize = 180;

/// What takes time on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingKind {
    /// Words of prose.
    Words,
    /// Lines of the tab that is open at first: a reader opens the others only now and then.
    Code,
    /// Lines of output.
    Output,
    /// Questions before something folded, each thought over.
    Predictions,
    /// Memory diagrams, stepped through.
    Diagrams,
    /// Questions of a quiz, with their code and the explanation.
    Questions,
}

impl ReadingKind {
    /// In the order in which they are told.
    pub const ALL: [ReadingKind; 6] = [
        ReadingKind::Words,
        ReadingKind::Code,
        ReadingKind::Output,
        ReadingKind::Predictions,
        ReadingKind::Diagrams,
        ReadingKind::Questions,
    ];

    /// What is counted.
    pub fn noun(self) -> &'static str {
        match self {
            ReadingKind::Words => "words",
            ReadingKind::Code => "lines of code",
            ReadingKind::Output => "lines of output",
            ReadingKind::Predictions => "predictions",
            ReadingKind::Diagrams => "diagrams",
            ReadingKind::Questions => "questions",
        }
    }

    /// How many seconds so many of them take.
    fn seconds(self, count: usize) -> usize {
        match self {
            ReadingKind::Words => count * 60 / WORDS_PER_MINUTE,
            ReadingKind::Code => count * 3,
            ReadingKind::Output => count,
            ReadingKind::Predictions => count * 20,
            ReadingKind::Diagrams => count * 40,
            ReadingKind::Questions => count * 45,
        }
    }
}

/// How much of each kind a page holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs([usize; ReadingKind::ALL.len()]);

impl Costs {
    /// Counts what a page holds, before any stage changed it.
    pub fn of(
        content: &str,
        directives: &[Directive],
        catalog: &Catalog,
        quizzes: &BTreeMap<String, Quiz>,
    ) -> Costs {
        let mut costs = Costs::default();
        let live = || directives.iter().filter(|directive| !directive.literal);
        // What directives say to the tool is not read.
        let edits = live().map(|directive| (directive.span.clone(), String::new()));
        let text = markdown::splice(content, edits.collect());
        costs.add(ReadingKind::Words, markdown::words(&text));
        for directive in live() {
            match directive.name.as_str() {
                "listing" => {
                    let (code, output) = lines(directive, catalog);
                    costs.add(ReadingKind::Code, code);
                    costs.add(ReadingKind::Output, output);
                }
                "output" => costs.add(ReadingKind::Output, lines(directive, catalog).1),
                "predict" => costs.add(ReadingKind::Predictions, 1),
                "quiz" => costs.add(ReadingKind::Questions, questions(directive, quizzes)),
                _ => {}
            }
            if trace::is_diagram(directive) {
                costs.add(ReadingKind::Diagrams, 1);
            }
        }
        costs
    }

    fn add(&mut self, kind: ReadingKind, count: usize) {
        self.0[kind as usize] += count;
    }

    /// How much of it is on the page, in what [`ReadingKind::noun`] names.
    pub fn count(&self, kind: ReadingKind) -> usize {
        self.0[kind as usize]
    }

    /// How long the page takes, in seconds.
    pub fn seconds(&self) -> usize {
        let of = |kind: ReadingKind| kind.seconds(self.count(kind));
        ReadingKind::ALL.into_iter().map(of).sum()
    }

    /// The same in begun minutes.
    pub fn minutes(&self) -> usize {
        self.seconds().div_ceil(60).max(1)
    }

    /// What costs how much, the most expensive first: `words 9.4 min (1700), questions 9.0 min (12)`.
    fn told(&self) -> String {
        let mut kinds = ReadingKind::ALL.map(|kind| (kind.seconds(self.count(kind)), kind));
        kinds.sort_by_key(|(seconds, _)| std::cmp::Reverse(*seconds));
        let mut told = String::new();
        for (seconds, kind) in kinds {
            let count = self.count(kind);
            if count > 0 {
                let between = if told.is_empty() { "" } else { ", " };
                let minutes = seconds as f64 / 60.0;
                let _ = write!(told, "{between}{} {minutes:.1} min ({count})", kind.noun());
            }
        }
        told
    }
}

/// The most minutes that a `{{#time max=…}}` allows; nothing where none is named.
pub fn limit(directive: &Directive) -> Result<Option<usize>, DirectiveProblem> {
    let wrong = || {
        DirectiveProblem::new(format!("`{}` is not understood", directive.text)).hint(
            "write `{{#time}}`, or `{{#time max=25}}` with the most minutes that the page may take",
        )
    };
    if !directive.arguments.is_empty() || directive.unknown_option(&["max"]).is_some() {
        return Err(wrong());
    }
    match directive.option("max").map(str::parse) {
        None => Ok(None),
        Some(Ok(minutes)) if minutes > 0 => Ok(Some(minutes)),
        Some(_) => Err(wrong()),
    }
}

/// The sentence that says how long the page takes; a problem if that is more than its directive allows.
pub fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    let limit = limit(directive)?;
    let costs = Costs::of(
        &context.page.content,
        context.directives,
        context.catalog,
        context.quizzes.all(),
    );
    let minutes = costs.minutes();
    if let Some(limit) = limit.filter(|limit| minutes > *limit) {
        return Err(DirectiveProblem::new(format!(
            "the page takes {minutes} minutes, and {limit} are allowed: {}",
            costs.told()
        ))
        .hint("move what nobody needs to go on to the lesson's page in `src/deeper/`; `cargo xtask times` shows all pages"));
    }
    let told = match minutes {
        1 => "1 minute".to_string(),
        // An estimate that is exact to the minute would be a lie.
        few @ 2..=10 => format!("{few} minutes"),
        many => format!("{} minutes", many.div_ceil(5) * 5),
    };
    Ok(if directive.alone {
        let number = told.split(' ').next().unwrap_or_default();
        format!("<p class=\"reading-time\" data-minutes=\"{number}\">About {told} to read.</p>")
    } else {
        told
    })
}

/// The questions that this page asks. The pools of all lessons are pages of their own, answered a few at a time.
fn questions(directive: &Directive, quizzes: &BTreeMap<String, Quiz>) -> usize {
    let quiz = directive
        .arguments
        .first()
        .and_then(|lesson| quizzes.get(lesson));
    quiz.map_or(0, |quiz| quiz.part(part(directive)).count())
}

/// The lines of code and of output that a directive shows of the language that is seen first.
fn lines(directive: &Directive, catalog: &Catalog) -> (usize, usize) {
    let named = directive.arguments.first();
    let Some(reference) = named.and_then(|text| Reference::parse(text)) else {
        return (0, 0);
    };
    let language: Option<Language> = directive.option("lang").and_then(|word| word.parse().ok());
    let twins = catalog.twins(&reference.id);
    let is_seen = |listing: &&&_| {
        let listing: &book_listing::Listing = listing;
        language.is_none_or(|language| listing.language == language)
            && listing.excerpt(reference.anchor.as_deref()).is_some()
    };
    let Some(listing) = twins.iter().find(is_seen) else {
        return (0, 0);
    };
    let code = listing.excerpt(reference.anchor.as_deref());
    let output = match directive.option("output") {
        Some("no") => None,
        _ => listing.recorded.as_deref(),
    };
    (
        code.map_or(0, |excerpt| excerpt.lines.len()),
        output.map_or(0, |output| output.trim_end().lines().count()),
    )
}
