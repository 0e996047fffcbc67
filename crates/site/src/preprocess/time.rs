//! `{{#time}}`: the estimated reading time of a page, computed from what the page holds; `{{#time max=25}}` refuses a
//! page that takes longer. Pure.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::directive::Directive;
use super::quiz::part;
use super::{Context, Problem, markdown, trace};
use book_listing::{Catalog, Language, Reference};
use book_quiz::Quiz;

/// Words a minute for technical prose, by a reader for whom English may be a second language.
const WORDS_PER_MINUTE: usize = 180;

/// What takes time on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
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

impl Reading {
    /// In the order in which they are told.
    pub const ALL: [Reading; 6] = [
        Reading::Words,
        Reading::Code,
        Reading::Output,
        Reading::Predictions,
        Reading::Diagrams,
        Reading::Questions,
    ];

    /// What is counted.
    pub fn noun(self) -> &'static str {
        match self {
            Reading::Words => "words",
            Reading::Code => "lines of code",
            Reading::Output => "lines of output",
            Reading::Predictions => "predictions",
            Reading::Diagrams => "diagrams",
            Reading::Questions => "questions",
        }
    }

    /// How many seconds so many of them take.
    fn seconds(self, count: usize) -> usize {
        match self {
            Reading::Words => count * 60 / WORDS_PER_MINUTE,
            Reading::Code => count * 3,
            Reading::Output => count,
            Reading::Predictions => count * 20,
            Reading::Diagrams => count * 40,
            Reading::Questions => count * 45,
        }
    }
}

/// How much of each kind a page holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs([usize; Reading::ALL.len()]);

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
        costs.add(Reading::Words, markdown::words(&text));
        for directive in live() {
            match directive.name.as_str() {
                "listing" => {
                    let (code, output) = lines(directive, catalog);
                    costs.add(Reading::Code, code);
                    costs.add(Reading::Output, output);
                }
                "output" => costs.add(Reading::Output, lines(directive, catalog).1),
                "predict" => costs.add(Reading::Predictions, 1),
                "quiz" => costs.add(Reading::Questions, questions(directive, quizzes)),
                _ => {}
            }
            if trace::is_diagram(directive) {
                costs.add(Reading::Diagrams, 1);
            }
        }
        costs
    }

    fn add(&mut self, kind: Reading, count: usize) {
        self.0[kind as usize] += count;
    }

    /// How much of it is on the page, in what [`Reading::noun`] names.
    pub fn count(&self, kind: Reading) -> usize {
        self.0[kind as usize]
    }

    /// How long the page takes, in seconds.
    pub fn seconds(&self) -> usize {
        let of = |kind: Reading| kind.seconds(self.count(kind));
        Reading::ALL.into_iter().map(of).sum()
    }

    /// The same in begun minutes.
    pub fn minutes(&self) -> usize {
        self.seconds().div_ceil(60).max(1)
    }

    /// What costs how much, the most expensive first: `words 9.4 min (1700), questions 9.0 min (12)`.
    fn told(&self) -> String {
        let mut kinds = Reading::ALL.map(|kind| (kind.seconds(self.count(kind)), kind));
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
pub fn limit(directive: &Directive) -> Result<Option<usize>, Problem> {
    let wrong = || {
        Problem::new(format!("`{}` is not understood", directive.text)).hint(
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
pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    let limit = limit(directive)?;
    let costs = Costs::of(
        &context.page.content,
        context.directives,
        context.catalog,
        context.quizzes.all(),
    );
    let minutes = costs.minutes();
    if let Some(limit) = limit.filter(|limit| minutes > *limit) {
        return Err(Problem::new(format!(
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
