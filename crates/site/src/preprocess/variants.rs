//! "What if …?" under the code of a listing: each of its variants with what is changed, a question, and what happens,
//! which is folded until the reader has answered. Pure.
//!
//! All of it stands in the page, for readers without scripts and on paper; `theme/js/variants.js` marks the changes in
//! the whole program. A variant's memory is a file of its own, loaded when a reader asks for it.

use std::fmt::Write;

use super::directive::Directive;
use super::figure::{self, color};
use super::{Context, DirectiveProblem, VariantScript, lab, run, trace};
use crate::generated;
use book_listing::variant::{ComparedLine, LineChange, together};
use book_listing::{Language, Listing, Mode, Reference};
use book_quiz::variant::{form, question_id};
use book_support::html::{self, escape};

/// How many unchanged lines are shown around a change.
const AROUND: usize = 1;

/// What the listing of this figure offers, if it is the figure that offers it: each variant's HTML.
pub(crate) fn render(
    directive: &Directive,
    listing: &Listing,
    context: &Context,
) -> Result<Vec<String>, DirectiveProblem> {
    let place = (context.page.path.as_path(), directive.span.start);
    if listing.language != Language::Zig || !context.figures.offers_variants(&listing.id, place) {
        return Ok(Vec::new());
    }
    let named = directive.arguments.first();
    let shown = named.and_then(|text| Reference::parse(text));
    let in_parts = shown.is_some_and(|reference| reference.anchor.is_some());
    let variants = context.catalog.variants(&listing.id);
    variants
        .into_iter()
        .map(|variant| offer(listing, variant, in_parts, context))
        .collect()
}

/// The HTML of one variant. Where the figure shows a part of the program, there is no place for the whole of another.
fn offer(
    listing: &Listing,
    variant: &Listing,
    in_parts: bool,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    context.show(&variant.id);
    let question = variant.declaration.variant.as_deref().unwrap_or_default();
    let lines = together(listing, variant);
    let id = &variant.id.stem;
    Ok(format!(
        "<details class=\"variant\" id=\"what-if-{id}\" name=\"what-if-{}\"{}><summary>{}</summary>{}{}{}\
         <div class=\"variant-answer\" data-fold=\"{}\"><p class=\"variant-acts\">{}{}{}</p>{}</div></details>",
        listing.id.stem,
        match in_parts {
            true => String::new(),
            false => format!(" data-jumps=\"{}\"", jumps(&lines)),
        },
        html::inline(question),
        mode(listing, variant),
        difference(listing, variant, &lines, context),
        form(listing, variant),
        escape(&question_id(variant)),
        lab::button(variant, context.offers),
        run::button(variant, context.offers),
        memory(variant, question, context)?,
        figure::untold(variant, true),
    ))
}

/// The number of each line that does not follow the line before it, as `place:number`, among the lines of the variant.
fn jumps(lines: &[ComparedLine]) -> String {
    let mut jumps = Vec::new();
    let mut expected = 1;
    let stands = lines.iter().filter(|line| line.change != LineChange::Gone);
    for (place, line) in stands.enumerate() {
        if line.number != expected {
            jumps.push(format!("{place}:{}", line.number - 1));
        }
        expected = line.number + 1;
    }
    jumps.join(" ")
}

fn mode(listing: &Listing, variant: &Listing) -> String {
    let of = |listing: &Listing| listing.declaration.mode;
    let word = |mode: Mode| format!("<code>-O {}</code>", mode.word());
    match of(listing) == of(variant) {
        true => String::new(),
        false => format!(
            "<p class=\"variant-mode\">Built with {} in place of {}.</p>",
            word(of(variant)),
            word(of(listing))
        ),
    }
}

/// The changed lines and what stands around them. `data-at` says before which line of the listing they stand.
fn difference(
    listing: &Listing,
    variant: &Listing,
    lines: &[ComparedLine],
    context: &Context,
) -> String {
    let is_near = |at: usize| {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        lines[around]
            .iter()
            .any(|line| line.change != LineChange::Kept)
    };
    if lines.iter().all(|line| line.change == LineChange::Kept) {
        return String::new();
    }
    let most = lines.iter().map(|line| line.number).max().unwrap_or(1);
    let mut html = format!(
        "<pre class=\"code difference\" aria-label=\"What is changed\"><code class=\"digits-{}\">",
        most.to_string().len().max(2)
    );
    let (mut old, mut expected, mut first) = (0, 1, true);
    for (at, line) in lines.iter().enumerate() {
        if is_near(at) {
            if !std::mem::take(&mut first) {
                html.push('\n');
            }
            let (element, class, of) = match line.change {
                LineChange::Kept => ("span", "", variant),
                LineChange::Gone => ("del", " gone", listing),
                LineChange::New => ("ins", " new", variant),
            };
            let _ = write!(html, "<{element} class=\"line{class}\"");
            if line.change != LineChange::Kept {
                let _ = write!(html, " data-at=\"{old}\"");
            }
            if line.change != LineChange::Gone {
                if line.number != expected {
                    let _ = write!(html, " style=\"counter-set:line {}\"", line.number - 1);
                }
                expected = line.number + 1;
            }
            let _ = write!(html, ">{}</{element}>", colored(of, line, context));
        }
        old += usize::from(line.change != LineChange::New);
    }
    html.push_str("</code></pre>");
    html
}

fn colored(listing: &Listing, line: &ComparedLine, context: &Context) -> String {
    let source = &listing.source;
    let before = source.split_inclusive('\n').take(line.number - 1);
    let start: usize = before.map(str::len).sum();
    let whole = source[start..].lines().next().unwrap_or_default();
    let end = start + whole.len();
    let tokens = context.sources.tokens(listing);
    color(source, end - line.text.len()..end, tokens)
}

/// The button that loads the variant's memory, if it is traced.
fn memory(
    variant: &Listing,
    question: &str,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    if !variant.declaration.trace {
        return Ok(String::new());
    }
    let caption = format!("Memory: {}", html::inline(question));
    let figure = trace::of_variant(variant, &caption, context)?;
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let name = format!("{}-{}.js", variant.id.lesson, variant.id.stem);
    let script = format!(
        "bookVariant({},{})",
        quoted(&variant.id.stem),
        quoted(&figure)
    );
    let file = generated::named(&name, script.as_bytes());
    let button = format!(
        "<button type=\"button\" class=\"copy memory\" data-memory=\"{}\">Memory</button>",
        generated::address(&file)
    );
    context.beside(VariantScript {
        file,
        text: script,
        traced: variant.id.clone(),
    });
    Ok(button)
}

#[cfg(test)]
#[path = "variants_tests.rs"]
mod tests;
