//! `{{#trace 03_allocator/caller_owns step=4}}`: the memory diagram of a listing, opened at a step.

use super::directive::Directive;
use super::figures::Reference;
use super::{Context, Problem};

/// The diagram's HTML. Nothing stands in its place until traces can be rendered.
pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    if let Some(reference) = directive
        .arguments
        .first()
        .and_then(|text| Reference::parse(text))
    {
        context.show(&reference.id);
    }
    Ok(format!("<!-- trace {} -->", directive.arguments.join(" ")))
}
