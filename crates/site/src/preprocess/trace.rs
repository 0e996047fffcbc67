//! `{{#trace 03_allocator/caller_owns step=4 predict=6}}`: the memory diagram of a listing, opened at a step. The
//! reader may be asked to predict a later one before it is shown. `{{#listing … step=4}}` has it as its other view.
//!
//! The opened step stands in the page. The others are data that the page loads late.

use std::collections::BTreeSet;

use anyhow::Result;

use crate::generated::{self, GeneratedFolder};
use book_listing::{Catalog, Id, Language, Listing, discover};
use book_support::project::Project;
use book_trace::render::code::{self, ShownFile};
use book_trace::render::page::{self, DiagramFigure};
use book_trace::{model::Trace, snapshot};

use super::directive::{Directive, check_options, reference};
use super::figure::color;
use super::{Context, DirectiveProblem, Page, figures, html};

/// The figure's HTML.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    let reference = reference(directive, context)?;
    check_options(directive, &["step", "predict", "wrong"])?;
    let title = title(&reference.id, context);
    let label = match context.figures.label(&reference.id) {
        Some(label) => format!("Memory of {label}: "),
        None => String::from("Memory of "),
    };
    let caption = format!("{label}{}", html::inline(&title));
    diagram(directive, &reference.id, &caption, context)
}

fn title(name: &Id, context: &Context) -> String {
    let listing = context.catalog.get(name, Language::Zig);
    listing
        .and_then(|listing| listing.declaration.title.clone())
        .unwrap_or_else(|| name.stem.clone())
}

/// The step that is opened where none is named: the last before what is to be predicted, or before the end, where there
/// is most to see.
pub(crate) fn first_opened(predict: Option<usize>, count: usize) -> usize {
    predict.unwrap_or(count).saturating_sub(1).max(1)
}

/// Whether a directive shows the memory of a listing.
pub(crate) fn is_diagram(directive: &Directive) -> bool {
    match directive.name.as_str() {
        "trace" => true,
        "listing" => directive.option("step").is_some(),
        _ => false,
    }
}

/// The diagram of `name` as `directive` wants it, with this HTML as its caption.
pub(crate) fn diagram(
    directive: &Directive,
    name: &Id,
    caption: &str,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    let Some(listing) = context.catalog.get(name, Language::Zig) else {
        return Err(DirectiveProblem::new(format!(
            "`{name}` has no Zig listing"
        )));
    };
    if !listing.declaration.trace {
        return Err(DirectiveProblem::new(format!("`{name}` is not traced"))
            .hint("add a line `//@ trace` to the listing"));
    }
    let (text, trace) = recorded(listing, context)?;
    let count = trace.steps.len();
    let number = |key: &str| match directive.option(key).map(str::parse::<usize>) {
        None => Ok(None),
        Some(Ok(step)) if (1..=count).contains(&step) => Ok(Some(step)),
        Some(_) => Err(
            DirectiveProblem::new(format!("`{name}` has steps 1 to {count}"))
                .hint(format!("write for example `{key}=2`")),
        ),
    };
    let predict = number("predict")?;
    let fold = context.folds.asked_at(directive.span.start);
    let step = number("step")?.unwrap_or(match (predict, fold) {
        (_, Some(_)) => 1,
        (predict, None) => first_opened(predict, count),
    });
    if let Some(id) = fold.filter(|_| step > 1) {
        return Err(
            DirectiveProblem::new(format!("step {step} tells what the prediction `{id}` asks")).hint(
                "write `step=1`: the explanation can link to a later step, as in `[step 4](#trace-…=4)`",
            ),
        );
    }
    if predict.is_some_and(|predict| predict <= step) {
        return Err(DirectiveProblem::new(format!(
            "step {step} is opened: there is nothing left to predict"
        ))
        .hint("open an earlier step, or ask for a later one"));
    }
    let wrong: Vec<&str> = directive
        .option("wrong")
        .map(|wrong| wrong.split('|').map(str::trim).collect())
        .unwrap_or_default();
    if !wrong.is_empty() && predict.is_none() {
        return Err(
            DirectiveProblem::new("`wrong` says nothing without a prediction")
                .hint("write `predict=…` too, or remove it"),
        );
    }
    context.show(name);
    let code = code(listing, &trace, context);
    let id = html_id(directive, name, context.directives);
    Ok(page::figure(&DiagramFigure {
        trace: &trace,
        code: &code,
        id: &id,
        caption,
        step,
        predict,
        wrong: &wrong,
        fold,
        data: &generated::address(&data_name(name, &text)),
    }))
}

/// The diagram's id: that of its listing, and which of the page's diagrams of this listing it is.
fn html_id(directive: &Directive, name: &Id, directives: &[Directive]) -> String {
    let earlier = directives
        .iter()
        .filter(|other| !other.literal && other.span.start < directive.span.start)
        .filter(|other| is_diagram(other) && figures::names(other, name))
        .count();
    let id = format!("trace-{}-{}", name.lesson, name.stem);
    match earlier {
        0 => id,
        _ => format!("{id}-{}", earlier + 1),
    }
}

/// The diagram of a variant, which no directive names.
pub(crate) fn of_variant(
    variant: &Listing,
    caption: &str,
    context: &Context,
) -> Result<String, DirectiveProblem> {
    let (text, trace) = recorded(variant, context)?;
    Ok(page::figure(&DiagramFigure {
        trace: &trace,
        code: &code(variant, &trace, context),
        id: &format!("trace-{}-{}", variant.id.lesson, variant.id.stem),
        caption,
        step: first_opened(None, trace.steps.len()),
        predict: None,
        wrong: &[],
        fold: None,
        data: &generated::address(&data_name(&variant.id, &text)),
    }))
}

/// The files that a trace runs through.
fn code(listing: &Listing, trace: &Trace, context: &Context) -> Vec<ShownFile> {
    let sources = listing.sources();
    let files = trace.files.iter();
    files
        .map(|path| match sources.get(path) {
            Some(_) if *path == listing.staged_path() => own_code(listing, context),
            Some(source) => code::plain_code(path, source),
            None => code::plain_code(path, ""),
        })
        .collect()
}

/// The listing's own lines, colored.
fn own_code(listing: &Listing, context: &Context) -> ShownFile {
    let tokens = context.sources.tokens(listing);
    let shown: BTreeSet<usize> = listing
        .excerpt(None)
        .map(|excerpt| excerpt.lines.iter().map(|(number, _)| *number).collect())
        .unwrap_or_default();
    let source = &listing.source;
    let starts: Vec<usize> = std::iter::once(0)
        .chain(source.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    code::code(&listing.staged_path(), source, |number, text| {
        let number = number as usize;
        if !shown.contains(&number) {
            return None;
        }
        let start = starts[number - 1];
        Some(color(source, start..start + text.len(), tokens))
    })
}

/// The snapshot of a listing's trace, and what it says.
fn recorded(listing: &Listing, context: &Context) -> Result<(String, Trace), DirectiveProblem> {
    let read = || -> Result<(String, Trace)> {
        let text = discover::snapshot(context.project, listing)?;
        let trace = snapshot::read(&text)?;
        Ok((text, trace))
    };
    let id = &listing.id;
    read().map_err(|error| {
        DirectiveProblem::new(format!("the memory of `{id}` cannot be shown: {error:#}"))
            .hint(format!("record it: cargo xtask test-listings {id} --bless"))
    })
}

/// The file with all steps: its name tells what it is made of.
fn data_name(id: &Id, snapshot: &str) -> String {
    let key = blake3::hash(
        format!(
            "{}{}{snapshot}",
            book_support::html::SOURCE_HASH,
            book_trace::RENDERER_HASH
        )
        .as_bytes(),
    );
    format!("{}-{}-{}.js", id.lesson, id.stem, &key.to_hex()[..10])
}

/// Puts the data of the diagrams of all pages where mdBook copies it to the site from. What is there already is
/// left alone.
///
/// # Errors
///
/// When a trace cannot be read, or its data not be written.
pub(crate) fn install(
    project: &Project,
    catalog: &Catalog,
    pages: &[Page],
    folder: &mut GeneratedFolder,
) -> Result<()> {
    const MARK: &str = "<figure class=\"trace\"";
    let mut names = BTreeSet::new();
    for page in pages.iter().filter(|page| page.content.contains(MARK)) {
        for figure in page.content.split("data-trace=\"").skip(1) {
            names.extend(figure.split('"').next().and_then(Id::parse));
        }
    }
    for beside in pages.iter().flat_map(|page| &page.beside) {
        names.insert(beside.traced.clone());
        folder.put_named(beside.file.clone(), || Ok(beside.text.clone().into_bytes()))?;
    }
    for name in &names {
        let Some(listing) = catalog.get(name, Language::Zig) else {
            continue;
        };
        let text = discover::snapshot(project, listing)?;
        folder.put_named(data_name(name, &text), || {
            Ok(page::data(&snapshot::read(&text)?).into_bytes())
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::directive;

    #[test]
    fn diagrams_of_a_listing_are_counted_and_those_of_names_that_begin_alike_are_not() {
        let text = "{{#trace 03_allocator/own}}\n\n{{#trace 03_allocator/owns step=2}}\n\n\
                    {{#listing 03_allocator/own}}\n\n{{#listing 03_allocator/own step=1}}\n\n\
                    {{#trace 03_allocator/owns}}\n\n{{#trace 13_allocator/own}}\n\n\
                    {{#trace 03_allocator/owns_both}}\n\n{{#trace 03_allocator/own}}\n";
        let directives = directive::find(text);
        let ids: Vec<String> = directives
            .iter()
            .filter(|directive| is_diagram(directive))
            .map(|directive| {
                let name = Id::parse(&directive.arguments[0]).unwrap();
                html_id(directive, &name, &directives)
            })
            .collect();
        assert_eq!(
            ids,
            [
                "trace-03_allocator-own",
                "trace-03_allocator-owns",
                "trace-03_allocator-own-2",
                "trace-03_allocator-owns-2",
                "trace-13_allocator-own",
                "trace-03_allocator-owns_both",
                "trace-03_allocator-own-3",
            ]
        );
    }
}
