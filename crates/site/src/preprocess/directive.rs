//! Directives: `{{#listing 03_allocator/caller_owns lang=zig}}` and its kin. Finds them in a chapter and reads
//! their arguments. Pure; what they expand to is the other stages' concern.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Context, DirectiveProblem, markdown};
use book_listing::Reference;

/// The book's own directives.
pub const NAMES: [&str; 14] = [
    "listing",
    "listing-ref",
    "output",
    "trace",
    "quiz",
    "exercise",
    "spot",
    "draw-digit",
    "lab",
    "laboratory",
    "time",
    "predict",
    "reveal",
    "end",
];

/// mdBook's own directives, which its `links` preprocessor has expanded before ours run.
pub const MDBOOK_NAMES: [&str; 5] = [
    "include",
    "rustdoc_include",
    "playground",
    "playpen",
    "title",
];

/// It may go on in the next line, as an editor that fills paragraphs breaks it, and ends with its paragraph.
static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\?\{\{\s*#\s*([A-Za-z_-]+)((?:[^\n]|\n[^\n])*?)\}\}").expect("a regex")
});

/// One directive as it stands in a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The word after `#`: `listing`, `trace` …
    pub name: String,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What stands without a key, in order.
    pub arguments: Vec<String>,
    /// `key=value` pairs, in order.
    pub options: Vec<(String, String)>,
    /// Whether nothing else is on its line but the marks of lists and quotes.
    pub alone: bool,
    /// Whether it stands in code or in a comment, where nothing is expanded.
    pub literal: bool,
    /// The directive as written.
    pub text: String,
}

impl Directive {
    /// The value of an option.
    pub fn option(&self, key: &str) -> Option<&str> {
        self.options
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The first option whose key is none of `known`.
    pub fn unknown_option(&self, known: &[&str]) -> Option<&str> {
        self.options
            .iter()
            .map(|(key, _)| key.as_str())
            .find(|key| !known.contains(key))
    }
}

/// The listing that a directive names, which must be there.
pub(crate) fn reference(
    directive: &Directive,
    context: &Context,
) -> Result<Reference, DirectiveProblem> {
    let example = format!(
        "write `{{{{#{} 03_allocator/caller_owns}}}}`",
        directive.name
    );
    let [text] = directive.arguments.as_slice() else {
        return Err(
            DirectiveProblem::new(format!("`{}` wants one listing", directive.text)).hint(example),
        );
    };
    let Some(reference) = Reference::parse(text) else {
        return Err(DirectiveProblem::new(format!("`{text}` names no listing")).hint(example));
    };
    if let Some(listing) = reference.id.varies() {
        return Err(DirectiveProblem::new(format!(
            "`{}` is a variant, and its listing's figure offers it",
            reference.id
        ))
        .hint(format!(
            "show the whole listing: `{{{{#listing {listing}}}}}`"
        )));
    }
    if context.catalog.twins(&reference.id).is_empty() {
        return Err(
            DirectiveProblem::new(format!("there is no listing `{}`", reference.id))
                .hint(context.catalog.hint_for_unknown(&reference.id)),
        );
    }
    Ok(reference)
}

/// Refuses options that a directive does not know, or has twice.
pub(crate) fn check_options(directive: &Directive, known: &[&str]) -> Result<(), DirectiveProblem> {
    let mut seen = BTreeSet::new();
    if let Some((twice, _)) = (directive.options.iter()).find(|(key, _)| !seen.insert(key)) {
        let problem = format!(
            "`{{{{#{}}}}}` has the option `{twice}` twice",
            directive.name
        );
        return Err(DirectiveProblem::new(problem).hint("write it once"));
    }
    let Some(unknown) = directive.unknown_option(known) else {
        return Ok(());
    };
    let problem = DirectiveProblem::new(format!(
        "`{{{{#{}}}}}` has no option `{unknown}`",
        directive.name
    ));
    let known: Vec<String> = known.iter().map(|name| format!("{name}=…")).collect();
    Err(if known.is_empty() {
        problem.hint("it takes no options")
    } else {
        problem.hint(format!("it knows {}", quoted(&known)))
    })
}

/// Words of Markdown code, with commas between them.
pub(crate) fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// All directives of `markdown` in order, the literal ones among them; those escaped by a backslash are none.
pub fn find(markdown: &str) -> Vec<Directive> {
    // Most expanded pages hold none, and need not be read as Markdown again.
    if !DIRECTIVE.is_match(markdown) {
        return Vec::new();
    }
    let literal = markdown::literal_spans(markdown);
    DIRECTIVE
        .captures_iter(markdown)
        .filter(|captures| !captures[0].starts_with('\\'))
        .map(|captures| {
            let span = captures.get(0).expect("the whole match").range();
            let (arguments, options) = read(&captures[2]);
            Directive {
                name: captures[1].to_string(),
                arguments,
                options,
                alone: alone(markdown, &span),
                literal: literal
                    .iter()
                    .any(|code| code.start <= span.start && span.end <= code.end),
                text: markdown[span.clone()].to_string(),
                span,
            }
        })
        .collect()
}

fn alone(markdown: &str, span: &Range<usize>) -> bool {
    let line_start = markdown[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = markdown[span.end..]
        .find('\n')
        .map_or(markdown.len(), |at| span.end + at);
    let before = &markdown[line_start..span.start];
    let marks = before.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
    });
    marks.is_empty() && markdown[span.end..line_end].trim().is_empty()
}

/// Splits `a b key=value key="two words"` into arguments and options.
fn read(text: &str) -> (Vec<String>, Vec<(String, String)>) {
    let mut arguments = Vec::new();
    let mut options = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        rest = &rest[end..];
        if let Some(value) = rest.strip_prefix('=') {
            let (value, after) = read_value(value);
            options.push((word.to_string(), value.to_string()));
            rest = after;
        } else {
            arguments.push(word.to_string());
        }
        rest = rest.trim_start();
    }
    (arguments, options)
}

fn read_value(text: &str) -> (&str, &str) {
    if let Some(quoted) = text.strip_prefix('"')
        && let Some(end) = quoted.find('"')
    {
        return (&quoted[..end], &quoted[end + 1..]);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_and_options_are_read() {
        let found = find("{{#listing a/b:c lang=zig caption=\"Who frees? = you\" output=no}}");
        assert_eq!(found[0].arguments, ["a/b:c"]);
        assert_eq!(found[0].option("caption"), Some("Who frees? = you"));
        assert_eq!(found[0].option("output"), Some("no"));
        assert_eq!(
            found[0].unknown_option(&["lang", "caption"]),
            Some("output")
        );
    }

    #[test]
    fn a_line_break_is_a_space_and_a_blank_line_ends_it() {
        let found = find("see {{#listing-ref\na/b}} and {{#listing-ref\n\na/b}}");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].arguments, ["a/b"]);
    }

    #[test]
    fn standing_alone_is_seen_through_lists_and_quotes() {
        let alone: Vec<bool> =
            find("{{#a}}\n  - {{#a}} \n> {{#a}}\n1. {{#a}}\nsee {{#a}}\n{{#a}}.\n")
                .iter()
                .map(|directive| directive.alone)
                .collect();
        assert_eq!(alone, [true, true, true, true, false, false]);
    }

    #[test]
    fn code_is_literal_callouts_are_not_and_a_backslash_escapes() {
        let chapter = "`{{#a}}` \\{{#b}}\n\n```text\n{{#c}}\n```\n\n```admonish\n{{#d}}\n```\n";
        let found: Vec<(String, bool)> = find(chapter)
            .into_iter()
            .map(|directive| (directive.name, directive.literal))
            .collect();
        assert_eq!(
            found,
            [("a".into(), true), ("c".into(), true), ("d".into(), false)]
        );
    }
}
