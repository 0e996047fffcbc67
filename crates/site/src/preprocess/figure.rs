//! The HTML of a listing's figure: caption, a tab for each twin, the code line by line, what it printed. Pure.
//!
//! Without JavaScript every twin stands in the page, one under the other, each with its language. With it, the
//! class and `data-language` of `<html>` decide which twin is seen, so that one choice holds for the whole site.

use std::fmt::Write;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::highlight::ColoredToken;
use book_listing::{Excerpt, Expectation, Language, Listing, Mode};
use book_support::html::{escape, inline};

/// What becomes of the recorded output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    Shown,
    /// In a fold, for a reader who should predict it first.
    Folded,
    Left,
}

/// One language of a figure.
pub(crate) struct Twin<'a> {
    pub listing: &'a Listing,
    pub excerpt: Excerpt,
    pub tokens: &'a [ColoredToken],
    /// What runs it, or nothing.
    pub button: String,
    /// Where the source can be read, if the repository has an address.
    pub url: Option<String>,
    /// The HTML of each variant that is offered.
    pub variants: Vec<String>,
}

pub(crate) struct ListingFigure<'a> {
    pub html_id: &'a str,
    /// `Listing 3.2`
    pub label: &'a str,
    pub caption: &'a str,
    pub output: Output,
    /// The prediction that this figure must not answer.
    pub fold: Option<&'a str>,
    /// The memory diagram that is the figure's other view.
    pub memory: Option<String>,
    /// In the order of the tabs; at least one.
    pub twins: Vec<Twin<'a>>,
}

/// The figure's HTML, in several lines.
pub(crate) fn render(figure: &ListingFigure) -> String {
    let tabbed: Vec<Language> = figure
        .twins
        .iter()
        .map(|twin| twin.listing.language)
        .collect();
    let languages: Vec<&str> = tabbed.iter().map(|language| language.word()).collect();
    let id = figure.html_id;
    let mut html = String::new();
    let both = if figure.memory.is_some() { " both" } else { "" };
    let fold = figure.fold.map_or(String::new(), |fold| {
        format!(" data-fold=\"{}\"", escape(fold))
    });
    let _ = write!(
        html,
        "<figure class=\"listing{both}\" id=\"{id}\"{fold} data-listing=\"{}\" data-languages=\"{}\">\
         <figcaption><a class=\"listing-number\" href=\"#{id}\">{}</a> \
         <span class=\"listing-title\">{}</span></figcaption>",
        figure.twins[0].listing.id,
        languages.join(" "),
        escape(figure.label),
        inline(figure.caption),
    );
    if figure.memory.is_some() {
        html.push_str(&views(figure.label));
    }
    // What is folded takes a line.
    let shown = match figure.fold {
        Some(_) => Output::Left,
        None => figure.output,
    };
    let _ = write!(
        html,
        "<div class=\"listing-body\" style=\"--rows:{}\">",
        rows(&figure.twins[0], shown)
    );
    if figure.twins.len() > 1 {
        html.push_str(&tabs(figure.html_id, figure.label, &tabbed));
    }
    for (index, twin) in figure.twins.iter().enumerate() {
        html.push_str(&panel(figure, twin, index == 0));
    }
    html.push_str("</div>");
    html.push_str(figure.memory.as_deref().unwrap_or_default());
    html.push_str("</figure>");
    html
}

/// The buttons that show the code or the memory. Without a script both stand in the page.
fn views(label: &str) -> String {
    format!(
        "<div class=\"views\" role=\"group\" aria-label=\"View of {}\">\
         <button type=\"button\" data-view=\"code\" aria-pressed=\"true\">Code</button>\
         <button type=\"button\" data-view=\"memory\" aria-pressed=\"false\">Memory</button></div>",
        escape(label)
    )
}

/// How many lines of code and output are seen at first: about so much room is kept before the figure is laid out.
fn rows(twin: &Twin, output: Output) -> usize {
    let printed = match (&twin.listing.recorded, output) {
        (Some(recorded), Output::Shown) => recorded.trim_end().lines().count(),
        _ => 0,
    };
    twin.excerpt.lines.len() + printed + twin.variants.len()
}

/// The row of tabs of the figure `id`, which is about `label`. The panels are `{id}-zig` and so on.
pub(super) fn tabs(id: &str, label: &str, languages: &[Language]) -> String {
    let mut html = format!(
        "<div class=\"listing-tabs\" role=\"tablist\" aria-label=\"Language of {}\">",
        escape(label)
    );
    for (index, language) in languages.iter().enumerate() {
        let word = language.word();
        let selected = index == 0;
        let tabindex = if selected { "" } else { " tabindex=\"-1\"" };
        let _ = write!(
            html,
            "<button type=\"button\" role=\"tab\" id=\"{id}-tab-{word}\" aria-controls=\"{id}-{word}\" \
             aria-selected=\"{selected}\"{tabindex} data-language=\"{word}\">{language}</button>"
        );
    }
    html.push_str("</div>");
    html
}

fn panel(figure: &ListingFigure, twin: &Twin, first: bool) -> String {
    let listing = twin.listing;
    let word = listing.language.word();
    let id = figure.html_id;
    let role = if figure.twins.len() > 1 {
        format!(" role=\"tabpanel\" id=\"{id}-{word}\" aria-labelledby=\"{id}-tab-{word}\"")
    } else {
        String::new()
    };
    let first = if first { " first" } else { "" };
    let mut html = format!("<div class=\"listing-twin{first}\"{role} data-language=\"{word}\">");
    html.push_str(&head(twin, figure.fold.is_some()));
    html.push_str(&code(
        &listing.source,
        &twin.excerpt,
        twin.tokens,
        &format!("{}, {}", figure.label, listing.language),
    ));
    html.push_str(&match figure.fold {
        Some(_) => untold(listing, figure.output != Output::Left),
        None => output(listing, figure.output),
    });
    if !twin.variants.is_empty() {
        let _ = write!(
            html,
            "<div class=\"variants\" role=\"group\" aria-label=\"What if, {}\">{}</div>",
            escape(figure.label),
            twin.variants.concat()
        );
    }
    html.push_str("</div>");
    html
}

/// The button that copies the code under the line above it. Without scripts no button is shown.
pub(crate) const COPY: &str = "<button type=\"button\" class=\"copy\" data-copy>Copy</button>";

/// The line above the code: language, file, and what happens when it is not simply run, unless that is `untold`.
fn head(twin: &Twin, untold: bool) -> String {
    let listing = twin.listing;
    let file = escape(&listing.staged_path());
    let file = match &twin.url {
        Some(url) => format!(
            "<a class=\"listing-file\" href=\"{}\">{file}</a>",
            escape(url)
        ),
        None => format!("<span class=\"listing-file\">{file}</span>"),
    };
    let mut html = format!(
        "<p class=\"listing-head\"><span class=\"listing-language\">{}</span> {file}",
        listing.language
    );
    let declaration = &listing.declaration;
    if declaration.mode != Mode::Debug {
        let _ = write!(
            html,
            " <span class=\"listing-mode\">-O {}</span>",
            declaration.mode.word()
        );
    }
    if !untold {
        html.push_str(&outcome(listing));
    }
    html.push_str(&twin.button);
    html.push_str(COPY);
    html.push_str("</p>");
    html
}

/// The badge of a listing's outcome; nothing for a program that simply runs.
fn outcome(listing: &Listing) -> String {
    let expectation = &listing.declaration.expectation;
    badge(expectation, listing.language).map_or(String::new(), |badge| {
        format!(
            " <span class=\"outcome outcome-{}\">{badge}</span>",
            expectation.word()
        )
    })
}

/// The declared outcome in a reader's words; nothing for a program that simply runs.
fn badge(expectation: &Expectation, language: Language) -> Option<&'static str> {
    match expectation {
        Expectation::Run => None,
        Expectation::Test => Some("tests pass"),
        Expectation::CompileError(_) => Some("does not compile"),
        Expectation::Panic(_) if language == Language::Python => Some("raises"),
        Expectation::Panic(_) => Some("panics"),
        Expectation::Leak => Some("leaks"),
        Expectation::TestFailure(_) => Some("test fails"),
    }
}

/// What the recorded output is called.
pub(crate) fn output_label(listing: &Listing) -> &'static str {
    match listing.declaration.expectation {
        Expectation::Run => "Output",
        Expectation::Test => "Test result",
        Expectation::CompileError(_) => "Compile error",
        Expectation::Panic(_) if listing.language == Language::Python => "Exception",
        Expectation::Panic(_) => "Panic",
        Expectation::Leak => "Leak report",
        Expectation::TestFailure(_) => "Test failure",
    }
}

/// The source's shown lines, numbered as in the file, so that they agree with what compilers say of them.
/// Numbers are not text: they are not copied with the code.
pub(crate) fn code(source: &str, excerpt: &Excerpt, tokens: &[ColoredToken], name: &str) -> String {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(source.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    let last = excerpt.lines.last().map_or(1, |(number, _)| *number);
    let mut html = format!(
        "<pre class=\"code\" aria-label=\"{}\"><code class=\"digits-{}\">",
        escape(name),
        last.to_string().len().max(2)
    );
    let mut expected = 1;
    for (index, (number, text)) in excerpt.lines.iter().enumerate() {
        if index > 0 {
            html.push('\n');
        }
        // Lines follow each other save where a declaration or an anchor comment was left out.
        let jump = if *number == expected {
            String::new()
        } else {
            format!(" style=\"counter-set:line {}\"", number - 1)
        };
        expected = number + 1;
        let _ = write!(html, "<span class=\"line\"{jump}>");
        let line_start = starts[number - 1];
        let line = source[line_start..].lines().next().unwrap_or_default();
        let start = line_start + line.len() - text.len();
        html.push_str(&color(source, start..start + text.len(), tokens));
        html.push_str("</span>");
    }
    html.push_str("</code></pre>");
    html
}

/// The text of `span`, its tokens in elements. Tokens are in order and do not overlap.
pub(crate) fn color(source: &str, span: Range<usize>, tokens: &[ColoredToken]) -> String {
    let mut html = String::new();
    let mut at = span.start;
    let first = tokens.partition_point(|token| token.end <= span.start);
    for token in &tokens[first..] {
        if token.start >= span.end {
            break;
        }
        let (start, end) = (token.start.max(at), token.end.min(span.end));
        html.push_str(&escape(&source[at..start]));
        let _ = write!(
            html,
            "<span class=\"hl-{}\">{}</span>",
            token.class.word(),
            escape(&source[start..end])
        );
        at = end;
    }
    html.push_str(&escape(&source[at..span.end]));
    html
}

/// The recorded output of a listing.
pub(crate) fn output(listing: &Listing, how: Output) -> String {
    let Some(recorded) = &listing.recorded else {
        return String::new();
    };
    if how == Output::Left {
        return String::new();
    }
    if recorded.trim().is_empty() {
        let kind = listing.declaration.expectation.word();
        return format!("<p class=\"listing-output outcome-{kind}\">{NOTHING}</p>");
    }
    let text = printed(listing, recorded);
    match how {
        Output::Folded => fold(listing, &text),
        _ => format!(
            "<div class=\"listing-output outcome-{}\"><p class=\"output-label\">{}</p>{text}</div>",
            listing.declaration.expectation.word(),
            output_label(listing)
        ),
    }
}

/// What becomes of a listing, folded away: its outcome, and what it prints if that is to be shown.
pub(crate) fn untold(listing: &Listing, with_output: bool) -> String {
    let badge = outcome(listing);
    let told = match listing.recorded.as_deref().filter(|_| with_output) {
        Some(recorded) if recorded.trim().is_empty() => format!("<p>{NOTHING}{badge}</p>"),
        Some(recorded) => format!(
            "<p class=\"output-label\">{}{badge}</p>{}",
            output_label(listing),
            printed(listing, recorded)
        ),
        None if badge.is_empty() => return String::new(),
        None => format!("<p class=\"output-label\">{}</p>", badge.trim_start()),
    };
    fold(listing, &told)
}

const NOTHING: &str = "<span class=\"output-label\">Prints nothing</span>";

fn printed(listing: &Listing, recorded: &str) -> String {
    format!(
        "<pre aria-label=\"{}\"><samp>{}</samp></pre>",
        output_label(listing),
        mark_messages(recorded.trim_end())
    )
}

fn fold(listing: &Listing, told: &str) -> String {
    format!(
        "<details class=\"listing-output outcome-{}\"><summary class=\"output-label\">Show what happens</summary>{told}</details>",
        listing.declaration.expectation.word()
    )
}

/// Escapes output and marks the words that begin a message: `error:`, `panic:`, `note:`.
fn mark_messages(text: &str) -> String {
    static MESSAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(error|panic|warning|note|help)(\([A-Za-z_]+\)|\[[A-Z0-9]+\])?:")
            .expect("a regex")
    });
    let mut html = String::new();
    let mut at = 0;
    for found in MESSAGE.captures_iter(text) {
        let whole = found.get(0).expect("the whole match");
        html.push_str(&escape(&text[at..whole.start()]));
        let class = match &found[1] {
            "error" | "panic" => "out-error",
            _ => "out-note",
        };
        let _ = write!(html, "<b class=\"{class}\">{}</b>", escape(whole.as_str()));
        at = whole.end();
    }
    html.push_str(&escape(&text[at..]));
    html
}

#[cfg(test)]
#[path = "figure_tests.rs"]
mod tests;
