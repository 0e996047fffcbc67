//! `{{#trace 03_allocator/caller_owns step=4 predict=6}}`: the memory diagram of a listing, opened at a step. The
//! reader may be asked to predict a later one before it is shown.
//!
//! The opened step stands in the page. The others are data that the page loads late, from `src/vendor/`, which
//! git ignores and mdBook copies to the site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::check::cache::write_whole;
use crate::listing::{Catalog, Id, Language, Listing};
use crate::project::Project;
use crate::trace::render::page::{self, Figure};
use crate::trace::{self, snapshot};

use super::directive::Directive;
use super::figure::colour;
use super::listings::{check_options, reference};
use super::{Context, Page, Problem, html};

/// Where the data is, relative to the site's root.
const DATA: &str = "vendor/traces";

/// The figure's HTML.
pub fn render(directive: &Directive, context: &Context) -> Result<String, Problem> {
    let reference = reference(directive, context)?;
    check_options(directive, &["step", "predict"])?;
    let name = &reference.id;
    let Some(listing) = context.catalog.get(name, Language::Zig) else {
        return Err(Problem::new(format!("`{name}` has no Zig listing")));
    };
    if !listing.declaration.trace {
        return Err(Problem::new(format!("`{name}` is not traced"))
            .hint("add a line `//@ trace` to the listing"));
    }
    let trace = trace::recorded(context.project, listing).map_err(|error| {
        Problem::new(format!("the memory of `{name}` cannot be shown: {error:#}")).hint(format!(
            "record it: cargo xtask test-listings {name} --bless"
        ))
    })?;
    let count = trace.steps.len();
    let number = |key: &str| match directive.option(key).map(str::parse::<usize>) {
        None => Ok(None),
        Some(Ok(step)) if (1..=count).contains(&step) => Ok(Some(step)),
        Some(_) => Err(Problem::new(format!("`{name}` has steps 1 to {count}"))
            .hint(format!("write for example `{key}=2`"))),
    };
    // Without a step, the last before the end: there is most to see.
    let predict = number("predict")?;
    let step = number("step")?.unwrap_or(match predict {
        Some(predict) => predict.saturating_sub(1).max(1),
        None => count.saturating_sub(1).max(1),
    });
    if predict.is_some_and(|predict| predict <= step) {
        return Err(Problem::new(format!(
            "step {step} is opened: there is nothing left to predict"
        ))
        .hint("open an earlier step, or ask for a later one"));
    }
    context.show(name);
    let sources = trace::sources(listing);
    let code: Vec<page::Code> = trace
        .files
        .iter()
        .map(|path| match sources.get(path) {
            Some(_) if *path == listing.staged_path() => own_code(listing, context),
            Some(source) => page::plain_code(path, source),
            None => page::plain_code(path, ""),
        })
        .collect();
    let label = match context.figures.label(name) {
        Some(label) => format!("Memory of {label}: "),
        None => String::from("Memory of "),
    };
    let title = listing.declaration.title.as_deref().unwrap_or(&name.stem);
    let before = &context.page.content[..directive.span.start];
    let earlier = before.matches(&format!("{{{{#trace {name}")).count();
    let mut id = format!("trace-{}-{}", name.lesson, name.stem);
    if earlier > 0 {
        id.push_str(&format!("-{}", earlier + 1));
    }
    Ok(page::figure(&Figure {
        trace: &trace,
        code: &code,
        id: &id,
        caption: &format!("{label}{}", html::inline(title)),
        step,
        predict,
        data: &format!("{DATA}/{}", page::data_name(&trace)),
    }))
}

/// The listing's own lines, coloured.
fn own_code(listing: &Listing, context: &Context) -> page::Code {
    let tokens = context.sources.tokens(listing);
    let shown: BTreeSet<usize> = listing
        .excerpt(None)
        .map(|excerpt| excerpt.lines.iter().map(|(number, _)| *number).collect())
        .unwrap_or_default();
    let source = &listing.source;
    let starts: Vec<usize> = std::iter::once(0)
        .chain(source.match_indices('\n').map(|(at, _)| at + 1))
        .collect();
    page::code(&listing.staged_path(), source, |number, text| {
        let number = number as usize;
        if !shown.contains(&number) {
            return None;
        }
        let start = starts[number - 1];
        Some(colour(source, start..start + text.len(), tokens))
    })
}

/// Puts the data of the diagrams of all pages where mdBook copies it to the site from. What is there already is
/// left alone.
///
/// # Errors
///
/// When a trace cannot be read, or its data not be written.
pub fn install(project: &Project, catalog: &Catalog, pages: &[Page]) -> Result<()> {
    const MARK: &str = "<figure class=\"trace\"";
    let mut names = BTreeSet::new();
    for page in pages.iter().filter(|page| page.content.contains(MARK)) {
        for figure in page.content.split("data-trace=\"").skip(1) {
            names.extend(figure.split('"').next().and_then(Id::parse));
        }
    }
    let folder = project.chapters().join(DATA);
    for name in &names {
        let Some(listing) = catalog.get(name, Language::Zig) else {
            continue;
        };
        let text = trace::recorded_text(project, listing)?;
        let key = blake3::hash(format!("{}{text}", env!("RENDERER_HASH")).as_bytes());
        let head = format!("// {}\n", key.to_hex());
        let trace = snapshot::read(&text)?;
        let path = folder.join(page::data_name(&trace));
        if !begins_with(&path, &head) {
            fs::create_dir_all(&folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
            write_whole(&path, format!("{head}{}", page::data(&trace)).as_bytes())?;
        }
    }
    Ok(())
}

fn begins_with(path: &Path, head: &str) -> bool {
    use std::io::Read;
    let mut first = vec![0; head.len()];
    fs::File::open(path)
        .and_then(|mut file| file.read_exact(&mut first))
        .is_ok_and(|()| first == head.as_bytes())
}
