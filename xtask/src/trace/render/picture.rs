//! Lays a step out: boxes of rows in two columns, with the height of every row known, so that arrows can be
//! drawn between them without a script. Pure.
//!
//! The stack is in the left column; the heap and static memory are in the right one. A row is two units high,
//! the gap under a box one. What points is found on the way, and what it points to.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::blank::{Blank, Of};
use super::escape;
use super::labels::{self, Extents};
use crate::trace::model::{
    Block, Key, Memory, Object, Part, Pointer, State, Step, Target, Value, letters,
};

/// Units of height.
pub const ROW: u32 = 2;
const GAP: u32 = 1;
/// Characters of an array's elements on one row.
const CELLS: usize = 20;
/// Characters that a row has place for.
const ROW_TEXT: usize = 26;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Stack,
    Memory,
}

/// A row that holds part of an object: where an arrow can end.
#[derive(Clone, Debug)]
pub struct Place {
    pub key: Key,
    /// The bytes of the object.
    pub from: u32,
    pub to: u32,
    pub side: Side,
    /// The middle of the row, in units from the top.
    pub y: u32,
}

/// A row that points: where an arrow begins.
#[derive(Clone, Debug)]
pub struct Origin {
    pub side: Side,
    pub y: u32,
    pub target: Target,
}

/// A step, laid out.
#[derive(Default)]
pub struct Picture {
    /// Boxes of HTML, from the top.
    pub stack: Vec<String>,
    pub memory: Vec<String>,
    /// The height of the higher column, in units.
    pub height: u32,
    pub places: Vec<Place>,
    pub origins: Vec<Origin>,
}

/// What every row said at the step before, to mark what has changed.
pub type Said = HashMap<(Key, u32, String), String>;

/// Which regions the program uses at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Regions {
    pub heap: bool,
    pub statics: bool,
}

/// Lays `step` out. `before` is what rows said at the step before; `None` marks nothing. `blanks` are left out
/// and numbered from 1.
pub fn picture(
    step: &Step,
    regions: Regions,
    before: Option<&Said>,
    blanks: &[Blank],
) -> (Picture, Said) {
    let mut layout = Layout {
        step,
        extents: Extents::of(step, blanks),
        pointed: labels::pointed(step),
        side: Side::Stack,
        y: 0,
        html: String::new(),
        picture: Picture::default(),
        before,
        said: Said::new(),
        blanks,
    };
    layout.stack();
    let stack_height = layout.y;
    layout.side = Side::Memory;
    layout.y = 0;
    if regions.heap {
        layout.heap();
    }
    if regions.statics {
        layout.statics();
    }
    layout.picture.height = stack_height.max(layout.y);
    (layout.picture, layout.said)
}

struct Layout<'s> {
    step: &'s Step,
    extents: Extents,
    /// What pointers point to.
    pointed: BTreeSet<Key>,
    side: Side,
    y: u32,
    html: String,
    picture: Picture,
    before: Option<&'s Said>,
    said: Said,
    blanks: &'s [Blank],
}

/// One row: what it is called, of which type, what it holds.
struct Row<'r> {
    depth: usize,
    name: &'r str,
    ty: &'r str,
    key: &'r Key,
    from: u32,
    size: u32,
}

impl Layout<'_> {
    fn title(&mut self, text: &str) {
        self.finish_box(format!("<p class=\"t\">{text}</p>"));
        self.y += ROW;
    }

    fn finish_box(&mut self, html: String) {
        match self.side {
            Side::Stack => self.picture.stack.push(html),
            Side::Memory => self.picture.memory.push(html),
        }
    }

    fn nothing(&mut self, text: &str) {
        self.finish_box(format!("<div class=\"none\">{text}</div>"));
        self.y += ROW + GAP;
    }

    fn stack(&mut self) {
        self.title("Stack");
        let frames = &self.step.frames;
        for (index, frame) in frames.iter().enumerate() {
            let top = if index + 1 == frames.len() {
                " top"
            } else {
                ""
            };
            self.html.clear();
            let _ = write!(
                self.html,
                "<div class=\"f{top}\"><div class=\"h\"><b>{}</b><i>line {}</i></div>",
                escape(&frame.function),
                frame.at.line
            );
            self.y += ROW;
            for variable in &frame.variables {
                if !self.says_something(variable) {
                    continue;
                }
                self.object(0, &variable.name, &variable.key, &variable.memory);
            }
            self.html.push_str("</div>");
            self.y += GAP;
            let html = std::mem::take(&mut self.html);
            self.finish_box(html);
        }
        if frames.is_empty() {
            self.nothing("no call is left");
        }
    }

    fn heap(&mut self) {
        self.title("Heap");
        let step = self.step;
        let mut empty = true;
        for block in &step.blocks {
            if self.is_held(block) {
                continue;
            }
            empty = false;
            self.html.clear();
            self.block(block, 0);
            self.y += GAP;
            let html = std::mem::take(&mut self.html);
            self.finish_box(html);
        }
        if empty {
            self.nothing("empty");
        }
    }

    fn statics(&mut self) {
        let step = self.step;
        if step.statics.is_empty() {
            return;
        }
        self.title("Static data");
        for object in &step.statics {
            self.html.clear();
            self.html.push_str("<div class=\"s\">");
            let name = if object.name.is_empty() {
                "literal"
            } else {
                &object.name
            };
            self.object(0, name, &object.key, &object.memory);
            self.html.push_str("</div>");
            self.y += GAP;
            let html = std::mem::take(&mut self.html);
            self.finish_box(html);
        }
    }

    /// Whether there is more to draw of a variable than that it is there.
    fn says_something(&self, variable: &Object) -> bool {
        let key = Some(&variable.key);
        variable.memory.value != Value::Opaque
            || (self.step.blocks.iter()).any(|block| block.inside.as_ref() == key)
            || self.pointed.contains(&variable.key)
    }

    /// Whether a block is drawn inside the object that holds it.
    fn is_held(&self, block: &Block) -> bool {
        block.inside.as_ref().is_some_and(|key| match key {
            Key::Block(id) => self.step.blocks.iter().any(|outer| outer.id == *id),
            Key::Static(_) => self.step.statics.iter().any(|object| object.key == *key),
            Key::Variable(..) => (self.step.frames.iter())
                .any(|frame| frame.variables.iter().any(|object| object.key == *key)),
        })
    }

    /// A variable or static object: its rows, and the blocks that lie in it.
    fn object(&mut self, depth: usize, name: &str, key: &Key, memory: &Memory) {
        let row = Row {
            depth,
            name,
            ty: &memory.ty,
            key,
            from: 0,
            size: memory.size,
        };
        self.value(&row, &memory.value);
        self.held(key, memory.size);
    }

    fn block(&mut self, block: &Block, depth: usize) {
        let key = Key::Block(block.id);
        let size = block.memory.size;
        let state = match block.state {
            State::Live => "",
            State::Freed => "freed",
            State::Written => "freed written",
            State::Leaked => "leaked",
        };
        let badge = match block.state {
            State::Live => String::new(),
            State::Written => "<em>freed, then written</em>".into(),
            _ => format!("<em>{state}</em>"),
        };
        let of = match &block.serves {
            Some(serves) => format!("{} for {serves}", block.allocator),
            None => block.allocator.clone(),
        };
        let _ = write!(
            self.html,
            "<div class=\"k {state}\"><div class=\"h\"><b>{}</b><i>{size} B, {}</i>{badge}</div>",
            letters(block.id),
            escape(&of)
        );
        self.place(&key, 0, size);
        self.y += ROW;
        if !block.state.is_freed() && block.memory.value != Value::Opaque {
            let count = match (&block.memory.value, &block.element) {
                (Value::Items(_) | Value::Text(_) | Value::Undefined, Some(element)) => {
                    labels::count(block, element)
                }
                _ => block.memory.ty.clone(),
            };
            let row = Row {
                depth: 0,
                name: "",
                ty: &count,
                key: &key,
                from: 0,
                size,
            };
            self.value(&row, &block.memory.value);
        }
        if depth < 8 {
            self.held(&key, size);
        }
        self.html.push_str("</div>");
    }

    /// The blocks inside an object, and what is left of it. Once a block in it is freed, only its allocator knows
    /// what can be used again.
    fn held(&mut self, key: &Key, size: u32) {
        let step = self.step;
        let inner = || (step.blocks.iter()).filter(|block| block.inside.as_ref() == Some(key));
        let used: u32 = inner().map(|block| block.memory.size).sum();
        for block in inner() {
            self.block(block, 1);
        }
        if inner().next().is_some() && inner().all(|block| !block.state.is_freed()) {
            let _ = write!(
                self.html,
                "<div class=\"r left\"><i>{} of {size} B not in use</i></div>",
                size.saturating_sub(used)
            );
            self.y += ROW;
        }
    }

    fn place(&mut self, key: &Key, from: u32, to: u32) {
        self.picture.places.push(Place {
            key: key.clone(),
            from,
            to,
            side: self.side,
            y: self.y + ROW / 2,
        });
    }

    /// The number of the blank at a place, from 1.
    fn blank(&self, key: &Key, offset: u32, of: Of) -> Option<usize> {
        let at = |blank: &Blank| blank.key == *key && blank.offset == offset && blank.of == of;
        self.blanks.iter().position(at).map(|index| index + 1)
    }

    fn holds_blank(&self, row: &Row<'_>) -> bool {
        let within = row.from..row.from + row.size;
        let mut blanks = self.blanks.iter();
        blanks.any(|blank| blank.key == *row.key && within.contains(&blank.offset))
    }

    /// The rows of a value.
    fn value(&mut self, row: &Row<'_>, value: &Value) {
        let is_whole = !matches!(
            value,
            Value::Items(_) | Value::Fields(_) | Value::Pointer(_)
        );
        let blank = self.blank(row.key, row.from, Of::Value);
        if is_whole && let Some(number) = blank {
            self.row(row, &labels::blank(number), "");
            return;
        }
        match value {
            Value::Items(parts) if parts.iter().all(is_plain) => self.cells(row, parts),
            Value::Items(parts) => {
                self.row(row, "", "");
                for part in parts {
                    let name = if part.name.ends_with(" more") {
                        format!("… {}", part.name)
                    } else {
                        format!("[{}]", part.name)
                    };
                    self.part(row, part, &name);
                }
            }
            Value::Fields(parts) => {
                let short = row.depth > 0 && parts.iter().all(is_plain) && !self.holds_blank(row);
                let text = crate::trace::text::plain(value);
                if short && text.chars().count() <= ROW_TEXT {
                    self.row(row, &escape(&text), &text);
                    return;
                }
                self.row(row, "", "");
                for part in parts {
                    self.part(row, part, &format!(".{}", part.name));
                }
            }
            Value::Pointer(pointer) if self.holds_blank(row) => {
                let length = self.blank(row.key, row.from, Of::Length);
                if blank.is_none() {
                    self.origin(pointer);
                }
                let html = labels::blank_pointer(self.step, pointer, length, blank);
                self.row(row, &html, "");
            }
            Value::Pointer(pointer) => {
                // What it views is drawn where the arrow ends.
                let is_drawn = !matches!(pointer.target, Target::Elsewhere | Target::Nothing);
                let text = match is_drawn {
                    true => labels::pointer_without_text(self.step, pointer),
                    false => labels::pointer(self.step, pointer),
                };
                let dangling = matches!(pointer.target, Target::Freed(..) | Target::Gone(_));
                let html = if dangling {
                    format!("<span class=\"dangling\">{}</span>", escape(&text))
                } else {
                    escape(&text)
                };
                self.origin(pointer);
                self.row(row, &html, &text);
            }
            Value::Text(text) => {
                let html = labels::text(text, self.extents.of_object(row.key));
                self.row(row, &html, &text.text);
            }
            Value::Undefined => self.row(row, "<u>undefined</u>", "undefined"),
            Value::Opaque => self.row(row, "…", ""),
            Value::Scalar(text) => self.row(row, &escape(text), text),
        }
    }

    fn part(&mut self, row: &Row<'_>, part: &Part, name: &str) {
        let inner = Row {
            depth: row.depth + 1,
            name,
            ty: "",
            key: row.key,
            from: part.offset,
            size: part.size,
        };
        self.value(&inner, &part.value);
    }

    fn origin(&mut self, pointer: &Pointer) {
        let target = match (&pointer.target, labels::now(self.step, pointer)) {
            (Target::Elsewhere | Target::Nothing, _) => return,
            // To what lies there now, as to something that is freed.
            (_, Some((key, offset))) => Target::Freed(key, offset),
            (target, None) => target.clone(),
        };
        self.picture.origins.push(Origin {
            side: self.side,
            y: self.y + ROW / 2,
            target,
        });
    }

    /// Whether a row says something else than at the step before. What is new has not changed.
    fn changed(&mut self, row: &Row<'_>, part: &str, text: &str) -> bool {
        let id = (row.key.clone(), row.from, format!("{}{part}", row.name));
        let changed = self
            .before
            .is_some_and(|before| before.get(&id).is_none_or(|before| before != text));
        self.said.insert(id, text.to_string());
        changed
    }

    fn row(&mut self, row: &Row<'_>, html: &str, text: &str) {
        let changed = self.changed(row, "", text) && !text.is_empty();
        let marked = self.extents.covers(row.key, row.from, row.size);
        self.open_row(row, changed);
        let extent = if marked { " class=\"x\"" } else { "" };
        let _ = write!(self.html, "<span{extent}>{html}</span></div>");
        self.place(row.key, row.from, row.from + row.size);
        self.y += ROW;
    }

    fn open_row(&mut self, row: &Row<'_>, changed: bool) {
        let depth = match row.depth {
            0 => String::new(),
            depth => format!(" d{}", depth.min(4)),
        };
        let changed = if changed { " ch" } else { "" };
        let _ = write!(self.html, "<div class=\"r{depth}{changed}\">");
        if !row.name.is_empty() {
            let _ = write!(self.html, "<b>{}</b>", escape(row.name));
        }
        if !row.ty.is_empty() {
            let _ = write!(self.html, "<i>{}</i>", escape(row.ty));
        }
    }

    /// An array of plain elements, side by side.
    fn cells(&mut self, row: &Row<'_>, parts: &[Part]) {
        let is_blank = |offset| self.blank(row.key, offset, Of::Value).is_some();
        let cells = labels::cells(parts, is_blank);
        let total: usize = cells.iter().map(|cell| cell.text.chars().count() + 1).sum();
        let label = row.name.chars().count() + row.ty.chars().count();
        if total > CELLS || label > 0 && total + label > ROW_TEXT {
            self.open_row(row, false);
            self.html.push_str("</div>");
            self.place(row.key, row.from, row.from);
            self.y += ROW;
            let mut line: Vec<&labels::Cell> = Vec::new();
            let mut width = 0;
            for cell in &cells {
                let len = cell.text.chars().count() + 1;
                if width + len > CELLS && !line.is_empty() {
                    self.cell_row(row, &line);
                    line.clear();
                    width = 0;
                }
                line.push(cell);
                width += len;
            }
            self.cell_row(row, &line);
            return;
        }
        self.open_row(row, false);
        let line: Vec<&labels::Cell> = cells.iter().collect();
        self.cell_group(row, &line);
    }

    fn cell_row(&mut self, row: &Row<'_>, cells: &[&labels::Cell]) {
        self.html.push_str("<div class=\"r\">");
        self.cell_group(row, cells);
    }

    fn cell_group(&mut self, row: &Row<'_>, cells: &[&labels::Cell]) {
        self.html.push_str("<span class=\"cs\">");
        for cell in cells {
            let changed = self.changed(row, &format!("@{}", cell.from), &cell.text);
            let mut class = String::new();
            if changed {
                class.push_str("ch");
            }
            for extent in self.extents.over(row.key, cell.from, cell.to) {
                let _ = write!(class, " x{extent}");
            }
            let attribute = if class.is_empty() {
                String::new()
            } else {
                format!(" class=\"{}\"", class.trim())
            };
            let blank = self.blank(row.key, cell.from, Of::Value);
            let text = match (blank, cell.undefined) {
                (Some(number), _) => labels::blank(number),
                (None, true) => format!("<u>{}</u>", escape(&cell.text)),
                (None, false) => escape(&cell.text),
            };
            let _ = write!(self.html, "<span{attribute}>{text}</span>");
        }
        self.html.push_str("</span></div>");
        let from = cells.first().map_or(row.from, |cell| cell.from);
        let to = cells.last().map_or(row.from, |cell| cell.to);
        self.place(row.key, from, to);
        self.y += ROW;
    }
}

fn is_plain(part: &Part) -> bool {
    matches!(part.value, Value::Scalar(_) | Value::Undefined)
        || matches!(part.value, Value::Opaque) && part.name.ends_with(" more")
}

/// Which regions any step of a trace uses.
pub fn regions(steps: &[Step]) -> Regions {
    let in_variable = |key: &Option<Key>| matches!(key, Some(Key::Variable(..)));
    Regions {
        heap: steps
            .iter()
            .any(|step| step.blocks.iter().any(|block| !in_variable(&block.inside))),
        statics: steps.iter().any(|step| !step.statics.is_empty()),
    }
}
