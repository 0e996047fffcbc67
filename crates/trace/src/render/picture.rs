//! Lays a step out: boxes of rows in two columns, with the height of every row known, so that arrows can be
//! drawn between them without a script. Pure.
//!
//! The stack is in the left column; the heap and static memory are in the right one. A row is two units high,
//! the gap under a box one. What points is found on the way, and what it points to.

mod rows;
mod values;

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::blank::{Blank, BlankPart};
use super::escape;
use super::extents::Extents;
use super::labels;
use crate::model::{Block, BlockState, Memory, Object, ObjectKey, Step, Target, Value, letters};
use rows::{ObjectRow, wrap};

/// Units of height.
pub const ROW_HEIGHT: u32 = 2;
const GAP: u32 = 1;
/// Characters that a row has room for on a phone: what a value or a pointer says is never cut. Where the stack is
/// alone, its column has the room of both.
const ROOM: usize = 20;
const ROOM_ALONE: usize = 32;
/// Characters that the first line of a box has room for.
const HEADER: usize = 21;

/// One of the two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On the left: frames and their variables.
    Stack,
    /// On the right: blocks of the heap, and static data.
    Memory,
}

/// A row that holds part of an object: where an arrow can end.
#[derive(Clone, Debug)]
pub struct ArrowEnd {
    /// The object.
    pub key: ObjectKey,
    /// The bytes of the object.
    pub from: u32,
    /// The byte after the last, from the start of the object.
    pub to: u32,
    /// The column that the row is in.
    pub side: Side,
    /// The middle of the row, in units from the top.
    pub y: u32,
    /// Whether its parts stand side by side, each with the marks of what views it.
    pub has_marks: bool,
}

/// A row that points: where an arrow begins.
#[derive(Clone, Debug)]
pub struct ArrowOrigin {
    /// The column that the row is in.
    pub side: Side,
    /// The middle of the row, in units from the top.
    pub y: u32,
    /// What is pointed to, which may be gone or not on the picture.
    pub target: Target,
    /// Bytes that are viewed; 0 when not known.
    pub width: u32,
    /// The mark under what it views, counted from 1.
    pub mark: Option<usize>,
}

/// A step, laid out.
#[derive(Default)]
pub struct Picture {
    /// Boxes of HTML, from the top.
    pub stack: Vec<String>,
    /// Boxes of HTML, from the top.
    pub memory: Vec<String>,
    /// The height of the higher column, in units.
    pub height: u32,
    /// The characters of the widest row of each column, if nothing of it is left out.
    pub stack_width: usize,
    /// The characters of the widest row of the right column.
    pub memory_width: usize,
    /// In the order in which they were laid out.
    pub places: Vec<ArrowEnd>,
    /// In the order in which they were laid out.
    pub origins: Vec<ArrowOrigin>,
}

/// What every row said at the step before, to mark what has changed.
pub type RowTexts = HashMap<(ObjectKey, u32, String), String>;

/// Which regions the program uses at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Regions {
    /// Whether there is ever a block that does not lie in a variable.
    pub heap: bool,
    /// Whether static data is ever shown.
    pub statics: bool,
}

/// Lays `step` out. `before` is what rows said at the step before; `None` marks nothing. `blanks` are left out
/// and numbered from 1.
pub fn picture(
    step: &Step,
    regions: Regions,
    before: Option<&RowTexts>,
    blanks: &[Blank],
) -> (Picture, RowTexts) {
    let mut layout = Layout {
        step,
        extents: Extents::of(step, blanks),
        pointed: labels::pointed(step),
        side: Side::Stack,
        y: 0,
        html: String::new(),
        picture: Picture::default(),
        before,
        said: RowTexts::new(),
        blanks,
        room: match regions.heap || regions.statics {
            true => ROOM,
            false => ROOM_ALONE,
        },
        inset: 0,
        is_freed: false,
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
    pointed: BTreeSet<ObjectKey>,
    side: Side,
    y: u32,
    html: String,
    picture: Picture,
    before: Option<&'s RowTexts>,
    said: RowTexts,
    blanks: &'s [Blank],
    /// Characters that a row has room for.
    room: usize,
    /// How many boxes the current one lies in.
    inset: usize,
    /// Whether the rows are of a freed block: nobody follows pointers in there.
    is_freed: bool,
}

impl Layout<'_> {
    fn title(&mut self, text: &str) {
        self.finish_box(format!("<p class=\"t\">{text}</p>"));
        self.y += ROW_HEIGHT;
    }

    fn finish_box(&mut self, html: String) {
        match self.side {
            Side::Stack => self.picture.stack.push(html),
            Side::Memory => self.picture.memory.push(html),
        }
    }

    fn nothing(&mut self, text: &str) {
        self.finish_box(format!("<div class=\"none\">{text}</div>"));
        self.y += ROW_HEIGHT + GAP;
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
            if let Some(deep) = self.step.deep.filter(|deep| deep.before == index) {
                self.nothing(&format!("… {} more calls", deep.calls));
            }
            self.html.clear();
            let (name, line) = (&frame.function, format!("line {}", frame.at.line));
            let room = HEADER + self.room - ROOM;
            let (beside, below) = match name.chars().count() + 1 + line.len() > room {
                true => (String::new(), line.clone()),
                false => (format!("<i>{line}</i>"), String::new()),
            };
            let _ = write!(
                self.html,
                "<div class=\"f{top}\" role=\"group\" aria-label=\"call\"><div class=\"h\"><b>{}</b>{beside}</div>",
                escape(name)
            );
            self.y += ROW_HEIGHT;
            self.takes(name.chars().count() + 1 + if below.is_empty() { line.len() } else { 0 });
            self.header_below(&below);
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

    /// What the first line of a box has no room for.
    fn header_below(&mut self, text: &str) {
        for line in wrap(text, self.room - self.inset) {
            let line = escape(&line);
            let _ = write!(self.html, "<div class=\"h o\"><i>{line}</i></div>");
            self.y += ROW_HEIGHT;
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
            self.block(block);
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
            self.html
                .push_str("<div class=\"s\" role=\"group\" aria-label=\"static\">");
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
            ObjectKey::Block(id) => self.step.blocks.iter().any(|outer| outer.id == *id),
            ObjectKey::Static(_) => self.step.statics.iter().any(|object| object.key == *key),
            ObjectKey::Variable(..) => (self.step.frames.iter())
                .any(|frame| frame.variables.iter().any(|object| object.key == *key)),
        })
    }

    /// A variable or static object: its rows, and the blocks that lie in it.
    fn object(&mut self, depth: usize, name: &str, key: &ObjectKey, memory: &Memory) {
        let row = ObjectRow {
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

    fn block(&mut self, block: &Block) {
        let key = ObjectKey::Block(block.id);
        let size = block.memory.size;
        let state = match block.state {
            BlockState::Live => "",
            BlockState::Freed => "freed",
            BlockState::Written => "freed written",
            BlockState::Leaked => "leaked",
        };
        let badge = match block.state {
            BlockState::Live => String::new(),
            BlockState::Written => "<em>freed, then written</em>".into(),
            _ => format!("<em>{state}</em>"),
        };
        let of = match &block.serves {
            Some(serves) => format!("{} for {serves}", block.allocator),
            None => block.allocator.clone(),
        };
        let name = letters(block.id);
        let badge_room = badge.len().saturating_sub("<em></em>".len() - 1);
        let all = format!("{size} B, {of}");
        let room = HEADER.saturating_sub(name.len() + 1 + badge_room + self.inset);
        let (beside, below) = if all.chars().count() <= room {
            (all, String::new())
        } else if format!("{size} B").len() <= room {
            (format!("{size} B"), of)
        } else {
            (String::new(), all)
        };
        let _ = write!(
            self.html,
            "<div class=\"k {state}\" role=\"group\" aria-label=\"block\"><div class=\"h\"><b>{name}</b><i>{}</i>{badge}</div>",
            escape(&beside)
        );
        self.place(&key, 0, size, false);
        self.takes(name.len() + 2 + beside.chars().count() + badge_room);
        self.y += ROW_HEIGHT;
        self.header_below(&below);
        if block.memory.value != Value::Opaque {
            let count = match (&block.memory.value, &block.element) {
                (Value::Items(_) | Value::Text(_) | Value::Undefined, Some(element)) => {
                    labels::count(block, element)
                }
                _ => block.memory.ty.clone(),
            };
            let row = ObjectRow {
                depth: 0,
                name: "",
                ty: &count,
                key: &key,
                from: 0,
                size,
            };
            self.is_freed = block.state.is_freed();
            self.value(&row, &block.memory.value);
            self.is_freed = false;
        }
        if self.inset < 8 {
            self.held(&key, size);
        }
        self.html.push_str("</div>");
    }

    /// The blocks inside an object, and what is left of it. Once a block in it is freed, only its allocator knows
    /// what can be used again.
    fn held(&mut self, key: &ObjectKey, size: u32) {
        let step = self.step;
        let inner = || (step.blocks.iter()).filter(|block| block.inside.as_ref() == Some(key));
        let used: u32 = inner().map(|block| block.memory.size).sum();
        self.inset += 1;
        for block in inner() {
            self.block(block);
        }
        self.inset -= 1;
        if inner().next().is_some() && inner().all(|block| !block.state.is_freed()) {
            let _ = write!(
                self.html,
                "<div class=\"r left\"><i>{} of {size} B not in use</i></div>",
                size.saturating_sub(used)
            );
            self.y += ROW_HEIGHT;
        }
    }

    /// A row of this many characters, beside the boxes that it lies in.
    fn takes(&mut self, characters: usize) {
        let width = match self.side {
            Side::Stack => &mut self.picture.stack_width,
            Side::Memory => &mut self.picture.memory_width,
        };
        *width = (*width).max(characters + self.inset);
    }

    fn place(&mut self, key: &ObjectKey, from: u32, to: u32, has_marks: bool) {
        self.picture.places.push(ArrowEnd {
            key: key.clone(),
            from,
            to,
            side: self.side,
            y: self.y + ROW_HEIGHT / 2,
            has_marks,
        });
    }

    /// Characters that a row has room for, at its depth.
    fn room(&self, row: &ObjectRow<'_>) -> usize {
        self.room.saturating_sub(self.inset + row.depth * 2).max(8)
    }

    /// The number of the blank at a place, from 1.
    fn blank(&self, key: &ObjectKey, offset: u32, of: BlankPart) -> Option<usize> {
        let at = |blank: &Blank| blank.key == *key && blank.offset == offset && blank.of == of;
        self.blanks.iter().position(at).map(|index| index + 1)
    }

    fn holds_blank(&self, row: &ObjectRow<'_>) -> bool {
        let within = row.from..row.from + row.size;
        let mut blanks = self.blanks.iter();
        blanks.any(|blank| blank.key == *row.key && within.contains(&blank.offset))
    }

    /// Whether a row says something else than at the step before. What is new has not changed.
    fn changed(&mut self, row: &ObjectRow<'_>, part: &str, text: &str) -> bool {
        let id = (row.key.clone(), row.from, format!("{}{part}", row.name));
        let changed = self
            .before
            .is_some_and(|before| before.get(&id).is_none_or(|before| before != text));
        self.said.insert(id, text.to_string());
        changed
    }
}

/// Which regions any step of a trace uses.
pub fn regions(steps: &[Step]) -> Regions {
    let in_variable = |key: &Option<ObjectKey>| matches!(key, Some(ObjectKey::Variable(..)));
    Regions {
        heap: steps
            .iter()
            .any(|step| step.blocks.iter().any(|block| !in_variable(&block.inside))),
        statics: steps.iter().any(|step| !step.statics.is_empty()),
    }
}
