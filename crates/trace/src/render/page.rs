//! The figure that a page shows, with one step opened, and the data of all steps, which the page loads late.
//! Pure.
//!
//! A step is put together from pieces of HTML. Most pieces of a step are those of the step before, so the data
//! is a table of pieces and, for each step, their numbers.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::blank::Blank;
use super::code::ShownFile;
use super::life::{self, MemoryEffect};
use super::picture::{Regions, RowTexts, picture, regions};
use super::room::room;
use super::{arrows, escape, over, question, sentence};
use crate::model::{Memory, ObjectKey, Step, Trace, letters};
use crate::text;

/// So many lines of code fit into a diagram on any screen.
const FITS: usize = 12;

/// A figure.
pub struct DiagramFigure<'f> {
    /// What is shown.
    pub trace: &'f Trace,
    /// In the order of [`Trace::files`].
    pub code: &'f [ShownFile],
    /// The element's id, its own on the page.
    pub id: &'f str,
    /// HTML.
    pub caption: &'f str,
    /// The step to open, counted from 1.
    pub step: usize,
    /// The step that the reader is asked to predict, counted from 1.
    pub predict: Option<usize>,
    /// The author's wrong answers to that.
    pub wrong: &'f [&'f str],
    /// The prediction that it must not answer: until then its first step is all that is shown.
    pub fold: Option<&'f str>,
    /// The address of the data, relative to the site's root.
    pub data: &'f str,
}

/// A step in pieces.
struct Pieces {
    stack: Vec<String>,
    gutter: String,
    memory: Vec<String>,
    margin: String,
    bytes: Vec<String>,
}

/// A step in pieces; `before` is what its rows said at the step before, and becomes what they say now.
fn pieces(step: &Step, regions: Regions, before: &mut Option<RowTexts>) -> Pieces {
    // What came before a gap is not what this step changed.
    let earlier = before.as_ref().filter(|_| step.gap.is_none());
    let (drawn, said) = picture(step, regions, earlier, &[]);
    let arrows = arrows::draw(&drawn);
    *before = Some(said);
    Pieces {
        stack: drawn.stack,
        gutter: arrows.gutter,
        memory: drawn.memory,
        margin: arrows.margin,
        bytes: bytes(step),
    }
}

/// The rows of the table of bytes.
fn bytes(step: &Step) -> Vec<String> {
    let mut rows = Vec::new();
    let mut row = |name: &str, of: &str, memory: &Memory| {
        let bytes: Vec<&str> = memory
            .bytes
            .as_bytes()
            .chunks(2)
            .map(|pair| std::str::from_utf8(pair).unwrap_or(""))
            .collect();
        let shown = bytes.len() as u32;
        let mut text = bytes.join(" ").replace("..", "··");
        if shown > 0 && shown < memory.size {
            let _ = write!(text, " … {} more", memory.size - shown);
        }
        rows.push(format!(
            "<tr><th scope=\"row\">{}<small>{}</small></th><td>0x{:08x}</td><td>{}</td><td>{}</td><td><code>{text}</code></td></tr>",
            escape(name),
            escape(of),
            memory.address,
            memory.size,
            memory.align,
        ));
    };
    for frame in &step.frames {
        for object in &frame.variables {
            row(&object.name, &frame.function, &object.memory);
        }
    }
    for block in &step.blocks {
        row(&letters(block.id), text::state(block.state), &block.memory);
    }
    for object in &step.statics {
        let name = match (&object.key, object.name.as_str()) {
            (ObjectKey::Static(_), "") => "literal",
            (_, name) => name,
        };
        row(name, "static", &object.memory);
    }
    rows
}

/// The figure's HTML. The data of the other steps is in [`data`].
pub fn figure(figure: &DiagramFigure<'_>) -> String {
    let trace = figure.trace;
    let count = trace.steps.len();
    let step = figure.step.clamp(1, count.max(1));
    let fold = figure.fold.map_or(String::new(), |fold| {
        format!(" data-fold=\"{}\"", escape(fold))
    });
    let regions = regions(&trace.steps);
    let room = room(trace, figure.code, regions);
    let alone = is_stack_alone(regions);
    let mut html = format!(
        "<figure class=\"trace\" id=\"{}\"{fold} style=\"--h:{};--a:{};--b:{};--c:{};--l:{}\" aria-labelledby=\"{0}-caption\" data-trace=\"{}\" data-src=\"{}\" data-step=\"{step}\" data-steps=\"{count}\"><figcaption id=\"{0}-caption\">{}</figcaption>",
        escape(figure.id),
        room.height,
        room.stack,
        if alone { 0 } else { room.memory },
        room.code,
        room.lines,
        escape(&trace.name),
        escape(figure.data),
        figure.caption
    );
    controls(&mut html, trace, step);
    html.push_str("<div class=\"trace-body\"><div class=\"trace-code\">");
    let Some(opened) = trace.steps.get(step - 1) else {
        html.push_str("</div></div></figure>");
        return html;
    };
    let here = opened.next.or(opened.ran).map_or(0, |place| place.file);
    for (index, code) in figure.code.iter().enumerate() {
        let hidden = if index == here { "" } else { " hidden" };
        let name = code.path.rsplit('/').next().unwrap_or(&code.path);
        // What may have to scroll is reached by keys.
        let reach = match code.lines.len() > FITS {
            true => " tabindex=\"0\"",
            false => "",
        };
        let _ = write!(
            html,
            "<pre class=\"trace-file\"{hidden}{reach} aria-label=\"{}\"><code>",
            escape(name)
        );
        for line in &code.lines {
            let is = |place: Option<crate::model::Statement>| {
                place.is_some_and(|place| place.file == index && place.line == line.statement)
            };
            let class = match (is(opened.ran), is(opened.next)) {
                (true, true) => " class=\"ran next\"",
                (true, false) => " class=\"ran\"",
                (false, true) => " class=\"next\"",
                (false, false) => "",
            };
            let part_of = if line.statement == line.number {
                String::new()
            } else {
                format!(" data-s=\"{}\"", line.statement)
            };
            let _ = write!(
                html,
                "<span data-l=\"{}\"{part_of}{class}>{}&#10;</span>",
                line.number, line.html
            );
        }
        html.push_str("</code></pre>");
    }
    html.push_str("</div>");
    let mut before = None;
    if let Some(earlier) = step.checked_sub(2) {
        pieces(&trace.steps[earlier], regions, &mut before);
    }
    let drawn = pieces(opened, regions, &mut before);
    let wide = match room.longest {
        [narrow, wide] if narrow == wide => String::new(),
        [_, wide] => format!(" data-wide=\"{}\"", longest(trace, wide)),
    };
    memory(&mut html, &drawn, regions);
    html.push_str("</div>");
    let _ = write!(
        html,
        "<div class=\"trace-tell\" data-most=\"{}\"{wide}><div class=\"trace-said\" role=\"status\">Step {step} of {count}. {}</div></div>",
        longest(trace, room.longest[0]),
        sentence::html(trace, step - 1)
    );
    if let Some(predict) = figure.predict {
        ask(&mut html, figure, predict);
    }
    let output: String = trace.steps[..step].iter().map(printed).collect();
    if trace.steps.iter().any(|step| !printed(step).is_empty()) {
        let _ = write!(
            html,
            "<div class=\"trace-out\" style=\"--l:{}\"><p>Printed so far</p><pre><samp>{}</samp></pre></div>",
            room.printed.max(1),
            escape(&output)
        );
    }
    if trace.steps.iter().any(|step| !step.blocks.is_empty()) {
        let _ = write!(
            html,
            "<details class=\"trace-life\" style=\"--n:{count}\"><summary>The lives of the blocks</summary><div></div></details>"
        );
    }
    let _ = write!(
        html,
        "<details class=\"trace-bytes\"><summary>Addresses and bytes</summary><div class=\"table-wrapper\"><table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Address</th><th scope=\"col\">Size</th><th scope=\"col\">Align</th><th scope=\"col\">Bytes</th></tr></thead><tbody>{}</tbody></table></div></details></figure>",
        drawn.bytes.concat()
    );
    html
}

/// What was printed between the step before and this one.
fn printed(step: &Step) -> String {
    let earlier = step.gap.as_ref().map_or("", |gap| gap.output.as_str());
    format!("{earlier}{}", step.output)
}

/// The sentence that takes the most room, as lines: a figure keeps that much free for it.
fn longest(trace: &Trace, index: usize) -> String {
    let html = sentence::html(trace, index);
    let html = html.replace("<br>", "\n");
    let text = html.replace(" <ul><li>", "\n").replace("</li> <li>", "\n");
    let text = text.replace("</li></ul> ", "\n").replace('\n', "&#10;");
    format!("Step {0} of {0}. {text}", trace.steps.len())
}

/// The marks of the slider: where memory is given out, where it is given back, and where something is wrong.
fn ticks(trace: &Trace) -> String {
    let mut paths = [String::new(), String::new(), String::new()];
    for index in 0..trace.steps.len() {
        let (path, piece) = match life::kind(trace, index) {
            MemoryEffect::Nothing | MemoryEffect::Other => continue,
            MemoryEffect::GivenOut => (0, "0V4"),
            MemoryEffect::Freed => (1, "6V10"),
            MemoryEffect::Wrong => (2, "0V10"),
        };
        let _ = write!(paths[path], "M{index} {piece}");
    }
    let [given, freed, wrong] = paths;
    if given.is_empty() && freed.is_empty() && wrong.is_empty() {
        return String::new();
    }
    let wrong = match wrong.is_empty() {
        true => String::new(),
        false => format!("<path class=\"bad\" d=\"{wrong}\"/>"),
    };
    format!(
        "<svg aria-hidden=\"true\" viewBox=\"0 0 {} 10\" preserveAspectRatio=\"none\"><path d=\"{given}{freed}\"/>{wrong}</svg>",
        trace.steps.len().saturating_sub(1).max(1)
    )
}

fn controls(html: &mut String, trace: &Trace, step: usize) {
    let count = trace.steps.len();
    html.push_str("<div class=\"trace-bar\" role=\"group\" aria-label=\"Steps\">");
    for (act, label, sign) in [
        ("first", "First step", "M3 2v8M10 2v8L4 6z"),
        ("back", "Back one step", "M9 2v8L3 6z"),
        ("forward", "Forward one step", "M3 2v8l6-4z"),
        ("last", "Last step", "M9 2v8M2 2v8l6-4z"),
    ] {
        let _ = write!(
            html,
            "<button type=\"button\" data-act=\"{act}\" aria-label=\"{label}\" title=\"{label}\"><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path d=\"{sign}\"/></svg></button>"
        );
    }
    let _ = write!(
        html,
        "<button type=\"button\" data-act=\"over\" title=\"The next line of this call that has not run yet: over loops and calls\">Next new line</button>\
         <button type=\"button\" data-act=\"memory\">Next memory event</button>\
         <span class=\"trace-slider\"><input type=\"range\" min=\"1\" max=\"{count}\" value=\"{step}\" aria-label=\"Step\">{}</span>\
         <a class=\"trace-link\" href=\"#\" title=\"Link to this step\">Step {step} of {count}</a></div>",
        ticks(trace)
    );
}

/// There is nothing beside the stack: the code may take more room.
fn is_stack_alone(regions: Regions) -> bool {
    !regions.heap && !regions.statics
}

fn memory(html: &mut String, pieces: &Pieces, regions: Regions) {
    let alone = if is_stack_alone(regions) {
        " alone"
    } else {
        ""
    };
    let _ = write!(
        html,
        "<div class=\"trace-memory{alone}\" role=\"group\" aria-label=\"Memory\"><div>{}</div><div>{}</div><div>{}</div><div>{}</div></div>",
        pieces.stack.concat(),
        pieces.gutter,
        pieces.memory.concat(),
        pieces.margin
    );
}

/// The memory of one step with blanks, for a question; the blanks are numbered from 1.
pub fn with_blanks(trace: &Trace, step: usize, blanks: &[Blank]) -> String {
    let Some(step) = trace.steps.get(step.wrapping_sub(1)) else {
        return String::new();
    };
    let regions = regions(&trace.steps);
    let (drawn, _) = picture(step, regions, None, blanks);
    let arrows = arrows::draw(&drawn);
    let pieces = Pieces {
        stack: drawn.stack,
        gutter: arrows.gutter,
        memory: drawn.memory,
        margin: arrows.margin,
        bytes: Vec::new(),
    };
    let mut html = String::from("<div class=\"trace-still\">");
    memory(&mut html, &pieces, regions);
    html.push_str("</div>");
    html
}

/// The question that stands before a step. A script shows it; the answers come from the trace.
fn ask(html: &mut String, figure: &DiagramFigure<'_>, predict: usize) {
    let DiagramFigure {
        trace, wrong, id, ..
    } = figure;
    let options = question::options(trace, predict.saturating_sub(1), wrong);
    if options.len() < 2 {
        return;
    }
    let line = predict
        .checked_sub(2)
        .and_then(|before| trace.steps.get(before)?.next)
        .map_or(String::new(), |place| {
            format!("Line {} runs next. ", place.line)
        });
    let _ = write!(
        html,
        "<form class=\"trace-ask\" hidden data-ask=\"{predict}\"><fieldset><legend>{line}What happens?</legend>"
    );
    // The right one must not always come first: its place depends on what it says.
    let turn = options[0].len() % options.len();
    for offset in 0..options.len() {
        let index = (offset + options.len() - turn) % options.len();
        let right = if index == 0 { " data-right" } else { "" };
        let _ = write!(
            html,
            "<label><input type=\"radio\" name=\"{}-ask\" required{right}><span>{}</span></label>",
            escape(id),
            escape(&options[index])
        );
    }
    html.push_str(
        "<button type=\"submit\">Check</button> <button type=\"button\" data-act=\"show\">Show me</button></fieldset></form>",
    );
}

/// The data of all steps: a script that hands it to the page's own.
pub fn data(trace: &Trace) -> String {
    let mut table: Vec<String> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut number = |piece: String| -> usize {
        *known.entry(piece).or_insert_with_key(|piece| {
            table.push(piece.clone());
            table.len() - 1
        })
    };
    let regions = regions(&trace.steps);
    let mut before = None;
    let over = over::targets(trace);
    let steps: Vec<serde_json::Value> = trace
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let pieces = pieces(step, regions, &mut before);
            let mut numbers = |pieces: Vec<String>| -> Vec<usize> {
                pieces.into_iter().map(&mut number).collect()
            };
            let parts = [
                numbers(pieces.stack),
                numbers(vec![pieces.gutter]),
                numbers(pieces.memory),
                numbers(vec![pieces.margin]),
                numbers(pieces.bytes),
            ];
            let place = |place: Option<crate::model::Statement>| {
                place.map_or((0, 0), |place| (place.file, place.line))
            };
            let (ran, next) = (place(step.ran), place(step.next));
            // What a diagram does not need to know takes no room: most lines are new.
            let over = match over[index] == index + 1 {
                true => 0,
                false => over[index] + 1,
            };
            serde_json::json!([
                [ran.0, ran.1, next.0, next.1],
                life::kind(trace, index) as u8,
                sentence::html(trace, index),
                printed(step),
                parts,
                over
            ])
        })
        .collect();
    format!(
        "bookTrace({},{},[\n{}\n],{});\n",
        json(&trace.name),
        json(&table),
        steps.iter().map(json).collect::<Vec<_>>().join(",\n"),
        json(&life::html(trace))
    )
}

/// JSON that is safe in a script.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value)
        .expect("plain data")
        .replace("</", "<\\/")
}
