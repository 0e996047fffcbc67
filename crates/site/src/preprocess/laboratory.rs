//! `{{#laboratory}}`: the allocator laboratory; `{{#laboratory mission=all-back}}`: one mission of it, in a lesson;
//! `{{#laboratory play=arena-and-child}}`: a play that was recorded in it, for readers without scripts. Nothing is loaded before the
//! reader asks. Pure.

use std::fmt::Write;
use std::path::Path;

use super::directive::{Directive, check_options};
use super::{Context, DirectiveProblem};
use crate::wasm::laboratory::{CallReport, DATA};
use book_support::html::{self, escape};

/// What a page that wants it holds.
pub(crate) const MARK: &str = "{{#laboratory";

/// The page of the whole laboratory, relative to `src/`.
const PAGE: &str = "laboratory.md";

pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    check_options(directive, &["mission", "play"])?;
    let usage =
        "write `{{#laboratory}}`, `{{#laboratory mission=ID}}` or `{{#laboratory play=ID}}`";
    if !directive.arguments.is_empty() || directive.options.len() > 1 {
        return Err(
            DirectiveProblem::new(format!("`{}` is not understood", directive.text)).hint(usage),
        );
    }
    if let Some(id) = directive.option("play") {
        let ids = || DATA.plays.iter().map(|play| play.id.as_str());
        let play = DATA.plays.iter().find(|play| play.id == id);
        let play = play.ok_or_else(|| unknown("play", id, ids()))?;
        let Some(laboratory) = &context.offers.laboratory else {
            return Ok(String::new());
        };
        let is_first = context
            .directives
            .iter()
            .find(|other| other.option("play").is_some() && other.name == directive.name)
            .is_some_and(|first| first.span == directive.span);
        let style = if is_first {
            // A line break would come to the page as a reference, which is none in a style.
            format!("<style>{}</style>", laboratory.style.replace('\n', " "))
        } else {
            String::new()
        };
        return Ok(style + &played(&play.id, &play.title, &laboratory.plays[&play.id]));
    }
    let Some(id) = directive.option("mission") else {
        return Ok(format!(
            "<figure class=\"draw alloc\" id=\"laboratory\"><figcaption>The allocator laboratory: allocators of Zig’s standard \
             library, compiled for this page</figcaption>{}<div class=\"still\"><p>The laboratory needs JavaScript. The plays \
             below were recorded in it.</p></div></figure>",
            offer(context, "Open the laboratory", "")
        ));
    };
    let mission = DATA.missions.iter().find(|mission| mission.id == id);
    let ids = || DATA.missions.iter().map(|mission| mission.id.as_str());
    let mission = mission.ok_or_else(|| unknown("mission", id, ids()))?;
    let page = html::relative_url(&context.page.path, Path::new(PAGE));
    Ok(format!(
        "<figure class=\"draw alloc\" id=\"laboratory-{id}\"><figcaption><b>If you like, in the laboratory: {}.</b> {}</figcaption>\
         {}<div class=\"still\"><p>The laboratory needs JavaScript. <a href=\"{page}\">Its page</a> has plays that were recorded \
         in it.</p></div></figure>",
        escape(&mission.title),
        escape(&mission.goal),
        offer(context, "Try it", &format!(" data-mission=\"{id}\""))
    ))
}

fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> DirectiveProblem {
    let known: Vec<&str> = known.collect();
    DirectiveProblem::new(format!("there is no {what} `{id}` in the laboratory")).hint(format!(
        "`crates/site/zig/laboratory/missions.toml` has: {}",
        known.join(", ")
    ))
}

fn offer(context: &Context, word: &str, data: &str) -> String {
    let Some(laboratory) = &context.offers.laboratory else {
        return String::new();
    };
    format!(
        "<p class=\"alloc-offer late\"><button type=\"button\" class=\"go\" data-script=\"{}\" data-does=\"run the laboratory\"{data}>\
         {word}</button> <span>loads {} KB and runs here, in your browser</span></p>",
        laboratory.late.script,
        laboratory.late.weight.div_ceil(1000)
    )
}

/// A play, call by call.
fn played(id: &str, title: &str, reports: &[CallReport]) -> String {
    let mut html = format!(
        "<figure class=\"alloc-play\" id=\"play-{id}\"><figcaption>{}</figcaption><ol>",
        escape(title)
    );
    for report in reports {
        let _ = write!(
            html,
            "<li><p><code>{}</code> {}</p>",
            escape(&report.call),
            escape(&report.answer)
        );
        if !report.child.is_empty() {
            let asked: Vec<String> = report
                .child
                .iter()
                .map(|call| format!("<code>{}</code>", escape(call)))
                .collect();
            let _ = write!(
                html,
                "<p class=\"alloc-child\">The child was asked: {}</p>",
                asked.join(", ")
            );
        }
        html.push_str(&report.map);
        html.push_str("</li>");
    }
    html + "</ol></figure>"
}
