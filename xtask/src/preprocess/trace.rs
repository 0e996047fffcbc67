//! `{{#trace 03_allocator/caller_owns step=4}}`: the recorded execution of a listing, opened at a step. The step
//! stands as text; all steps are folded under it.

use crate::listing::{Language, discover};
use crate::trace::{self, render, snapshot};

use super::directive::Directive;
use super::listings::{check_options, reference};
use super::{Context, Problem, html};

/// The figure's HTML.
pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    let reference = reference(directive, context)?;
    check_options(directive, &["step"])?;
    let name = &reference.id;
    let bless = format!("record it: cargo xtask test-listings {name} --bless");
    let Some(listing) = context.catalog.get(name, Language::Zig) else {
        return Err(Problem::new(format!("`{name}` has no Zig listing")));
    };
    if !listing.declaration.trace {
        return Err(Problem::new(format!("`{name}` is not traced"))
            .hint("add a line `//@ trace` to the listing"));
    }
    let path = listing
        .path
        .with_file_name(format!("{}{}", name.stem, discover::SNAPSHOT));
    let trace = std::fs::read_to_string(context.project.root().join(path))
        .map_err(anyhow::Error::from)
        .and_then(|text| snapshot::read(&text))
        .map_err(|error| {
            Problem::new(format!("the memory of `{name}` cannot be shown: {error:#}")).hint(bless)
        })?;
    let count = trace.steps.len();
    // Without a step, the last before the end: there is most to see.
    let step = match directive.option("step").map(str::parse::<usize>) {
        None => count.saturating_sub(1).max(1),
        Some(Ok(step)) if (1..=count).contains(&step) => step,
        Some(_) => {
            return Err(Problem::new(format!("`{name}` has steps 1 to {count}"))
                .hint("write for example `step=1`"));
        }
    };
    context.show(name);
    let sources = trace::sources(listing);
    let text = |only| {
        html::one_line(&html::escape(&render::terminal::render(
            &trace, &sources, only,
        )))
    };
    let label = context
        .figures
        .label(name)
        .unwrap_or_else(|| name.to_string());
    Ok(format!(
        "<figure class=\"listing\" data-trace=\"{name}\"><figcaption>Memory of {label}, recorded as it ran as a 32-bit program</figcaption>\
         <div class=\"listing-body\"><div class=\"listing-output\"><pre tabindex=\"0\" aria-label=\"Step {step} of {count}\"><samp>{}</samp></pre>\
         <details><summary>All {count} steps</summary><pre tabindex=\"0\" aria-label=\"All steps\"><samp>{}</samp></pre></details></div></div></figure>",
        text(Some(step)),
        text(None),
    ))
}
