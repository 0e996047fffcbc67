//! `{{#listing …}}`, `{{#listing-ref …}}` and `{{#output …}}`: a listing's figure, a link to it, and its recorded
//! output alone.

use super::directive::{Directive, check_options, quoted, reference};
use super::figure::{self, ListingFigure, Output, Twin};
use super::{Context, DirectiveProblem, trace, variants};
use book_listing::{Language, Listing, Reference};
use book_support::html;

/// `{{#listing 03_allocator/caller_owns:cleanup lang=zig output=no step=4 caption="…"}}`
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    let reference = reference(directive, context)?;
    check_options(directive, &["lang", "output", "caption", "step"])?;
    let output = match directive.option("output") {
        None => Output::Shown,
        Some("no") => Output::Left,
        Some("only-hidden") => Output::Folded,
        Some(other) => {
            return Err(
                DirectiveProblem::new(format!("`output={other}` is unknown"))
                    .hint("write `output=no` or `output=only-hidden`, or leave it out"),
            );
        }
    };
    let twins = twins(directive, &reference, context)?;
    context.show(&reference.id);
    let caption = directive
        .option("caption")
        .or_else(|| title(&reference, context))
        .unwrap_or(&reference.id.stem);
    let html_id = context
        .figures
        .html_id(&context.page.path, directive.span.start)
        .expect("every listing directive was counted");
    let label = label(&reference, context).expect("every listing directive was counted");
    let memory = directive.option("step").map(|_| {
        let caption = format!("Memory of {}", html::escape(&label));
        trace::diagram(directive, &reference.id, &caption, context)
    });
    Ok(figure::render(&ListingFigure {
        html_id,
        label: &label,
        caption,
        output,
        fold: context.folds.asked_at(directive.span.start),
        memory: memory.transpose()?,
        twins,
    }))
}

/// `Listing 3.2`, and which part of it: in the order of the source, whatever chapters show of it.
fn label(reference: &Reference, context: &Context) -> Option<String> {
    let label = context.figures.label(&reference.id)?;
    let Some(anchor) = &reference.anchor else {
        return Some(label);
    };
    let twins = context.catalog.twins(&reference.id);
    let parts = twins
        .iter()
        .map(|listing| book_listing::anchor::names(&listing.source))
        .find(|names| names.contains(anchor));
    let number = parts.and_then(|parts| parts.iter().position(|name| name == anchor));
    Some(match number {
        Some(number) => format!("{label}, part {}", number + 1),
        None => label,
    })
}

/// `{{#listing-ref 03_allocator/caller_owns}}`: `Listing 3.2`, linked to its figure.
pub(crate) fn render_reference(
    directive: &Directive,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    let reference = reference(directive, context)?;
    check_options(directive, &[])?;
    let (Some(label), Some(url)) = (
        label(&reference, context),
        context.figures.url(&context.page.path, &reference),
    ) else {
        return Err(DirectiveProblem::new(format!(
            "`{}` is referred to, but no chapter shows it",
            directive.arguments[0]
        ))
        .hint(format!(
            "show it where it is taught: `{{{{#listing {}}}}}`",
            directive.arguments[0]
        )));
    };
    Ok(format!(
        "<a class=\"listing-ref\" href=\"{url}\">{}</a>",
        label.replace(' ', "&nbsp;")
    ))
}

/// `{{#output 03_allocator/caller_owns lang=rs}}`: the recorded output alone.
pub(crate) fn render_output(
    directive: &Directive,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    let reference = reference(directive, context)?;
    check_options(directive, &["lang"])?;
    if reference.anchor.is_some() {
        return Err(DirectiveProblem::new("an output has no anchors")
            .hint(format!("write `{{{{#output {}}}}}`", reference.id)));
    }
    let language = language(directive)?.unwrap_or(Language::Zig);
    let Some(listing) = context.catalog.get(&reference.id, language) else {
        return Err(no_such_twin(&reference, language));
    };
    if listing.recorded.is_none() {
        return Err(DirectiveProblem::new(format!(
            "nothing is recorded of `{}` yet",
            listing.key()
        ))
        .hint(format!(
            "record it: cargo xtask test-listings {} --bless",
            reference.id
        )));
    }
    context.show(&reference.id);
    let name = match context.figures.label(&reference.id) {
        Some(label) => label,
        None => listing.key().to_string(),
    };
    let name = html::escape(&name);
    Ok(match context.folds.asked_at(directive.span.start) {
        Some(fold) => format!(
            "<div class=\"recorded\" data-fold=\"{}\" data-listing=\"{}\" role=\"group\" aria-label=\"What {name} does\">{}</div>",
            html::escape(fold),
            reference.id,
            figure::untold(listing, true)
        ),
        None => format!(
            "<div class=\"recorded\" data-listing=\"{}\" role=\"group\" aria-label=\"{} of {name}\">{}</div>",
            reference.id,
            figure::output_label(listing),
            figure::output(listing, Output::Shown)
        ),
    })
}

/// The languages that a figure shows, each cut to the anchor.
fn twins<'a>(
    directive: &Directive,
    reference: &Reference,
    context: &Context<'a>,
) -> Result<Vec<Twin<'a>>, DirectiveProblem> {
    let mut listings = context.catalog.twins(&reference.id);
    if let Some(language) = language(directive)? {
        listings.retain(|listing| listing.language == language);
        if listings.is_empty() {
            return Err(no_such_twin(reference, language));
        }
    }
    let anchor = reference.anchor.as_deref();
    let mut twins = Vec::new();
    for &listing in &listings {
        let Some(excerpt) = listing.excerpt(anchor) else {
            continue;
        };
        twins.push(Twin {
            excerpt,
            tokens: context.sources.tokens(listing),
            button: super::lab::button(listing, context.offers)
                + &super::run::button(listing, context.offers),
            url: context.repository.map(|base| source_url(base, listing)),
            variants: variants::render(directive, listing, context)?,
            listing,
        });
    }
    if twins.is_empty() {
        let anchors: Vec<String> = listings
            .iter()
            .flat_map(|listing| book_listing::anchor::names(&listing.source))
            .collect();
        let problem = DirectiveProblem::new(format!(
            "`{}` has no anchor `{}`",
            reference.id,
            anchor.unwrap_or_default()
        ));
        return Err(if anchors.is_empty() {
            problem.hint("surround the lines with `// ANCHOR: name` and `// ANCHOR_END: name`")
        } else {
            problem.hint(format!("it has {}", quoted(&anchors)))
        });
    }
    Ok(twins)
}

/// `HEAD` is the repository's main branch, whatever its name.
fn source_url(base: &str, listing: &Listing) -> String {
    format!(
        "{base}/blob/HEAD/{}",
        html::url_path(&listing.path.to_string_lossy())
    )
}

fn title<'a>(reference: &Reference, context: &Context<'a>) -> Option<&'a str> {
    context
        .catalog
        .twins(&reference.id)
        .into_iter()
        .find_map(|listing| listing.declaration.title.as_deref())
}

fn language(directive: &Directive) -> Result<Option<Language>, DirectiveProblem> {
    directive
        .option("lang")
        .map(|word| word.parse().map_err(DirectiveProblem::new))
        .transpose()
}

fn no_such_twin(reference: &Reference, language: Language) -> DirectiveProblem {
    DirectiveProblem::new(format!("`{}` has no {language} twin", reference.id)).hint(format!(
        "write `listings/{}.{}`, or leave `lang` out",
        reference.id,
        language.extension()
    ))
}
