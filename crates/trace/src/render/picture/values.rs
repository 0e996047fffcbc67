//! The rows of a value, and the arrows that begin there. Pure.

use super::rows::{Mark, ObjectRow};
use super::{ArrowOrigin, Layout, ROW_HEIGHT};
use crate::model::{Part, Pointer, Target, Value};
use crate::render::blank::BlankPart;
use crate::render::escape;
use crate::render::labels;
use crate::text::is_untouched;

impl Layout<'_> {
    /// The rows of a value.
    pub(super) fn value(&mut self, row: &ObjectRow<'_>, value: &Value) {
        let is_whole = !matches!(
            value,
            Value::Items(_) | Value::Fields(_) | Value::Pointer(_)
        );
        let blank = self.blank(row.key, row.from, BlankPart::Value);
        if is_whole && let Some(number) = blank {
            self.row(row, "?1", &|_| labels::blank(number), false);
            return;
        }
        if is_untouched(value) && !self.holds_blank(row) {
            self.undefined(row, "undefined");
            return;
        }
        match value {
            Value::Items(parts) if parts.iter().all(is_plain) => self.cells(row, parts),
            Value::Items(parts) => {
                self.head(row);
                let both = |a: &Part, b: &Part| is_untouched(&a.value) && is_untouched(&b.value);
                for run in parts.chunk_by(both) {
                    if let [first, .., last] = run
                        && self.untouched(row, first, last, run.iter().map(Part::count).sum())
                    {
                        continue;
                    }
                    for part in run {
                        let name = if part.name.ends_with(" more") {
                            format!("… {}", part.name)
                        } else {
                            format!("[{}]", part.name)
                        };
                        self.part(row, part, &name);
                    }
                }
            }
            Value::Fields(parts) => {
                let short = row.depth > 0 && parts.iter().all(is_plain) && !self.holds_blank(row);
                let text = crate::text::plain(value);
                let used = row.name.chars().count() + 1 + text.chars().count();
                if short && used <= self.room(row) {
                    self.row(row, &text, &escape, true);
                    return;
                }
                self.head(row);
                for part in parts {
                    self.part(row, part, &crate::text::field(&part.name));
                }
            }
            Value::Pointer(pointer) if self.holds_blank(row) => {
                let length = self.blank(row.key, row.from, BlankPart::Length);
                let html = labels::blank_pointer(self.step, pointer, length, blank);
                self.row(
                    row,
                    &labels::pointer_without_text(self.step, pointer),
                    &|_| html.clone(),
                    false,
                );
                if blank.is_none() {
                    self.origin(pointer);
                }
            }
            Value::Pointer(pointer) => {
                // What it views is drawn where the arrow ends.
                let is_drawn = !matches!(pointer.target, Target::Elsewhere | Target::Nothing);
                let text = match is_drawn {
                    true => labels::pointer_without_text(self.step, pointer),
                    false => labels::pointer(self.step, pointer),
                };
                let held = format!("{} {:?}", pointer.address, pointer.len);
                let is_other = self.changed(row, "*", &held);
                if matches!(pointer.target, Target::Freed(..) | Target::Gone(_)) {
                    let mark = if is_other { Mark::Changed } else { Mark::Lost };
                    let dangling =
                        |text: &str| format!("<span class=\"dangling\">{}</span>", escape(text));
                    self.marked_row(row, &text, &dangling, true, mark);
                } else {
                    self.row(row, &text, &escape, true);
                }
                self.origin(pointer);
            }
            Value::Text(text) => self.text(row, text),
            Value::Undefined => self.undefined(row, "undefined"),
            Value::Opaque => self.row(row, "…", &escape, false),
            Value::Scalar(text) => self.row(row, text, &escape, true),
        }
    }

    /// Elements that follow each other and that nobody has written to, on one row; not where one is left blank.
    /// Whether that was done.
    fn untouched(&mut self, row: &ObjectRow<'_>, first: &Part, last: &Part, count: usize) -> bool {
        let begins: usize = first.name.parse().unwrap_or(0);
        let inner = ObjectRow {
            depth: row.depth + 1,
            name: &format!("[{}] to [{}]", first.name, begins + count - 1),
            ty: "",
            key: row.key,
            from: first.offset,
            size: last.offset + last.size - first.offset,
        };
        let is_plain = !self.holds_blank(&inner);
        if is_plain {
            self.undefined(&inner, &format!("{count} undefined"));
        }
        is_plain
    }

    fn part(&mut self, row: &ObjectRow<'_>, part: &Part, name: &str) {
        let inner = ObjectRow {
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
        if self.is_freed {
            return;
        }
        let target = match (&pointer.target, labels::now(self.step, pointer)) {
            (Target::Elsewhere | Target::Nothing, _) => return,
            // To what lies there now, as to something that is freed.
            (_, Some((key, offset))) => Target::Freed(key, offset),
            (target, None) => target.clone(),
        };
        let mark = match &target {
            Target::Object(key, from) => {
                let viewed = (*from, from + pointer.width);
                let mut extents = self.extents.of_object(key).iter();
                extents.position(|extent| *extent == viewed)
            }
            _ => None,
        };
        self.picture.origins.push(ArrowOrigin {
            side: self.side,
            // Of the row that says so, which has just been laid out.
            y: self.y - ROW_HEIGHT / 2,
            target,
            width: pointer.width,
            mark: mark.map(|index| index + 1),
        });
    }
}

fn is_plain(part: &Part) -> bool {
    matches!(part.value, Value::Scalar(_) | Value::Undefined)
        || matches!(part.value, Value::Opaque) && part.name.ends_with(" more")
}
