//! `{{#draw-digit}}`: the place on a page where a digit can be drawn and the capstone's code reads it. Nothing is
//! loaded before the reader asks; without JavaScript, and on paper, the recorded output stands there.

use super::directive::{Directive, check_options};
use super::figure::{self, Output};
use super::{Context, DirectiveProblem};
use crate::wasm::digits;

/// What a page that wants it holds.
pub(crate) const MARK: &str = "{{#draw-digit}}";

/// The figure's HTML.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    check_options(directive, &[])?;
    if !directive.arguments.is_empty() {
        return Err(DirectiveProblem::new(
            "`{{#draw-digit}}` takes no arguments",
        ));
    }
    let Some(listing) = digits::listing(context.catalog) else {
        return Err(DirectiveProblem::new(format!(
            "there is no listing `{}`",
            digits::LISTING
        )));
    };
    let offer = match &context.offers.draw {
        Some(offer) => format!(
            "<p class=\"draw-offer late\"><button type=\"button\" class=\"go\" data-script=\"{}\">Draw a digit</button> \
             <span>loads {} KB and runs here, in your browser</span></p>",
            offer.script,
            offer.weight.div_ceil(1000)
        ),
        None => String::new(),
    };
    Ok(format!(
        "<figure class=\"draw\" id=\"draw-digit\"><figcaption>The same Zig code, in this page: it reads a digit that you \
         draw, and shows what its memory does meanwhile</figcaption>{offer}<div class=\"still\"><p>Drawing needs \
         JavaScript. This is what the code printed when the book was checked:</p>{}</div></figure>",
        figure::output(listing, Output::Shown)
    ))
}
