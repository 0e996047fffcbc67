//! The rows of a laid out step: a name, a type and a value, as many rows as the value needs. Nothing that a value or
//! a pointer says is cut. Pure.

use std::fmt::Write as _;

use super::{Layout, ROW_HEIGHT};
use crate::model::{MemoryText, ObjectKey, Part};
use crate::render::blank::BlankPart;
use crate::render::escape;
use crate::render::labels;

/// Rows that a text may take; the table of bytes has the rest.
const TEXT_ROWS: usize = 6;

/// One row: an object, or a part of one.
pub(super) struct ObjectRow<'r> {
    /// How many objects it is a part of.
    pub(super) depth: usize,
    pub(super) name: &'r str,
    pub(super) ty: &'r str,
    /// The whole object that it is part of.
    pub(super) key: &'r ObjectKey,
    /// In bytes from the start of that.
    pub(super) from: u32,
    /// In bytes.
    pub(super) size: u32,
}

/// Splits words into lines of no more than `room` characters; a longer word has a line of its own. An arrow stays with
/// what it leads to, and what is in brackets stays together.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let text = text.replace("→ ", "→\u{a0}");
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let (first, mut rest) = split(word, room);
        let needed = 1 + first.chars().count();
        match lines.last_mut() {
            Some(line)
                if line.starts_with('(')
                    || !first.starts_with('(') && line.chars().count() + needed <= room =>
            {
                line.push(' ');
                line.push_str(first);
            }
            _ => lines.push(first.to_string()),
        }
        while !rest.is_empty() {
            let (next, after) = split(rest, room);
            lines.push(next.to_string());
            rest = after;
        }
    }
    for line in &mut lines {
        *line = line.replace('\u{a0}', " ");
    }
    lines
}

/// A word that is too long for a line is parted behind a dot or an underscore, if it has one.
fn split(word: &str, room: usize) -> (&str, &str) {
    if word.chars().count() <= room {
        return (word, "");
    }
    let ends = word.char_indices().take(room);
    let parts = ends.filter(|(_, letter)| matches!(letter, '.' | '_' | ']'));
    match parts.last() {
        Some((at, _)) => word.split_at(at + 1),
        None => (word, ""),
    }
}

/// How much room an element takes beside others, in tenths of a character.
fn cell_width(text: &str) -> usize {
    text.chars().count() * 10 + 17
}

/// Characters of what must be read before a row's value: its name, or the type of what has none.
fn label(row: &ObjectRow<'_>) -> usize {
    match row.name {
        "" => row.ty.chars().count(),
        name => name.chars().count(),
    }
}

/// Characters of all that stands before a row's value, and of its indentation.
fn before(row: &ObjectRow<'_>) -> usize {
    let space = usize::from(!row.name.is_empty() && !row.ty.is_empty());
    row.depth * 2 + row.name.chars().count() + space + row.ty.chars().count()
}

/// What a row is marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    /// It holds something else than at the step before.
    Changed,
    /// It holds what it held, and what that led to has gone.
    Lost,
}

impl Mark {
    fn of(changed: bool) -> Mark {
        if changed { Mark::Changed } else { Mark::None }
    }

    fn class(self) -> &'static str {
        match self {
            Mark::None => "",
            Mark::Changed => " ch",
            Mark::Lost => " lost",
        }
    }
}

impl Layout<'_> {
    pub(super) fn undefined(&mut self, row: &ObjectRow<'_>, text: &str) {
        self.row(row, text, &|text| format!("<u>{text}</u>"), true);
    }

    /// A row that only names what the rows below it hold.
    pub(super) fn head(&mut self, row: &ObjectRow<'_>) {
        self.takes(before(row));
        self.open_row(row, Mark::None);
        self.html.push_str("</div>");
        self.place(row.key, row.from, row.from + row.size, false);
        self.y += ROW_HEIGHT;
    }

    /// A value in words, each line as `paint` makes it HTML: beside its name if there is room, else below it.
    /// `is_said` is whether a change of it is marked.
    pub(super) fn row(
        &mut self,
        row: &ObjectRow<'_>,
        text: &str,
        paint: &dyn Fn(&str) -> String,
        is_said: bool,
    ) {
        self.marked_row(row, text, paint, is_said, Mark::Changed);
    }

    /// The same, with the mark that it has if it says something else than before.
    pub(super) fn marked_row(
        &mut self,
        row: &ObjectRow<'_>,
        text: &str,
        paint: &dyn Fn(&str) -> String,
        is_said: bool,
        mark: Mark,
    ) {
        let changed = self.changed(row, "", if is_said { text } else { "" }) && is_said;
        let changed = if changed { mark } else { Mark::None };
        let room = self.room(row);
        let fits = label(row) + 1 + text.chars().count() <= room;
        let lines = match fits || !is_said {
            true => vec![text.to_string()],
            false => wrap(text, room),
        };
        let longest = lines.iter().map(|line| line.chars().count()).max();
        self.takes(match fits {
            true => before(row) + 1 + longest.unwrap_or(0),
            false => before(row).max(longest.unwrap_or(0)),
        });
        let lines: Vec<String> = lines.iter().map(|line| paint(line)).collect();
        let marked = self.extents.covers(row.key, row.from, row.size);
        let class = if marked { " class=\"x\"" } else { "" };
        self.lines(row, &lines, fits || !is_said, changed, class);
    }

    /// The lines of a value: the first beside the name if it `fits`.
    fn lines(
        &mut self,
        row: &ObjectRow<'_>,
        lines: &[String],
        fits: bool,
        changed: Mark,
        class: &str,
    ) {
        self.place(row.key, row.from, row.from + row.size, false);
        if !fits && label(row) > 0 {
            self.open_row(row, Mark::None);
            self.html.push_str("</div>");
            self.y += ROW_HEIGHT;
        }
        for (index, line) in lines.iter().enumerate() {
            let last = index + 1 == lines.len();
            if index == 0 && fits {
                self.open_row(row, changed);
            } else {
                let changed = match (changed, last) {
                    (Mark::Changed, false) => " c",
                    (changed, true) => changed.class(),
                    (_, false) => "",
                };
                let _ = write!(self.html, "<div class=\"r{changed}\">");
            }
            let _ = write!(self.html, "<span{class}>{line}</span></div>");
            self.y += ROW_HEIGHT;
        }
    }

    /// Text, on as many rows as it needs.
    pub(super) fn text(&mut self, row: &ObjectRow<'_>, text: &MemoryText) {
        let changed = Mark::of(self.changed(row, "", &text.text));
        let room = self.room(row);
        let (used, rest) = crate::text::used(&text.text);
        let rest = rest.map(|(_, what)| {
            let count = (row.size as usize).saturating_sub(used.chars().count());
            format!("{count} {what}")
        });
        if let (Some(rest), true) = (&rest, used.is_empty()) {
            self.row(row, rest, &|text| format!("<u>{text}</u>"), true);
            return;
        }
        let text = &MemoryText {
            text: used.into(),
            offset: text.offset,
        };
        let len = used.chars().count();
        let fits = rest.is_none() && label(row) + 3 + len <= room;
        let extents = self.extents.of_object(row.key).to_vec();
        if !fits && label(row) > 0 {
            self.head(row);
        } else if fits {
            self.takes(before(row) + 3 + len);
        }
        let each = if fits { len.max(1) } else { room - 2 };
        let count = len.div_ceil(each).clamp(1, TEXT_ROWS);
        for index in 0..count {
            let last = index + 1 == count;
            let mut html = labels::text(text, index * each..(index + 1) * each, &extents);
            if last && (index + 1) * each < len {
                html.push('…');
            }
            if fits {
                self.open_row(row, changed);
            } else {
                let changed = if last { changed.class() } else { "" };
                let _ = write!(self.html, "<div class=\"r{changed}\">");
            }
            let _ = write!(self.html, "<span>{html}</span></div>");
            let from = row.from + (index * each) as u32;
            let to = if last {
                row.from + row.size
            } else {
                from + each as u32
            };
            self.place(row.key, from, to, true);
            self.y += ROW_HEIGHT;
        }
        if let Some(rest) = rest {
            let _ = write!(
                self.html,
                "<div class=\"r\"><span><u>{rest}</u></span></div>"
            );
            self.y += ROW_HEIGHT;
        }
    }

    fn open_row(&mut self, row: &ObjectRow<'_>, changed: Mark) {
        let depth = match row.depth {
            0 => String::new(),
            depth => format!(" d{}", depth.min(4)),
        };
        let changed = changed.class();
        let _ = write!(self.html, "<div class=\"r{depth}{changed}\">");
        let name = match row.name {
            "" => String::new(),
            name => format!("<b>{}</b> ", escape(name)),
        };
        let ty = match row.ty {
            "" => String::new(),
            ty => format!("<i>{}</i>", escape(ty)),
        };
        if !(name.is_empty() && ty.is_empty()) {
            let _ = write!(self.html, "<span class=\"n\">{name}{ty}</span>");
        }
    }

    /// An array of plain elements, side by side.
    pub(super) fn cells(&mut self, row: &ObjectRow<'_>, parts: &[Part]) {
        let is_blank = |offset| self.blank(row.key, offset, BlankPart::Value).is_some();
        let cells = labels::cells(parts, is_blank);
        let room = self.room(row) * 10;
        let total: usize = cells.iter().map(|cell| cell_width(&cell.text)).sum();
        let label = label(row) * 10;
        if total + label <= room {
            self.takes(before(row) + 1 + total / 10);
            self.open_row(row, Mark::None);
            let line: Vec<&labels::Cell> = cells.iter().collect();
            self.cell_group(row, &line);
            return;
        }
        if label > 0 {
            self.open_row(row, Mark::None);
            self.html.push_str("</div>");
            self.place(row.key, row.from, row.from, false);
            self.y += ROW_HEIGHT;
        }
        let mut line: Vec<&labels::Cell> = Vec::new();
        let mut width = 0;
        for cell in &cells {
            let needed = cell_width(&cell.text);
            if width + needed > room && !line.is_empty() {
                self.cell_row(row, &line);
                line.clear();
                width = 0;
            }
            line.push(cell);
            width += needed;
        }
        self.cell_row(row, &line);
    }

    fn cell_row(&mut self, row: &ObjectRow<'_>, cells: &[&labels::Cell]) {
        self.html.push_str("<div class=\"r\">");
        self.cell_group(row, cells);
    }

    fn cell_group(&mut self, row: &ObjectRow<'_>, cells: &[&labels::Cell]) {
        self.html.push_str("<span class=\"cs\">");
        for (index, cell) in cells.iter().enumerate() {
            let changed = self.changed(row, &format!("@{}", cell.from), &cell.text);
            let mut class = String::new();
            if changed {
                class.push_str("ch");
            }
            for extent in self.extents.over(row.key, cell.from, cell.to) {
                let _ = write!(class, " x{extent}");
                let goes_on = (cells.get(index + 1)).is_some_and(|next| {
                    self.extents
                        .over(row.key, next.from, next.to)
                        .any(|other| other == extent)
                });
                if !goes_on {
                    let _ = write!(class, " e{extent}");
                }
            }
            let attribute = if class.is_empty() {
                String::new()
            } else {
                format!(" class=\"{}\"", class.trim())
            };
            let blank = self.blank(row.key, cell.from, BlankPart::Value);
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
        self.place(row.key, from, to, true);
        self.y += ROW_HEIGHT;
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn words_go_on_in_the_next_line_and_arrows_stay_with_what_they_lead_to() {
        assert_eq!(wrap("len 3 → A", 20), ["len 3 → A"]);
        assert_eq!(
            wrap("len 3 → gone: buf of digits (now n)", 20),
            ["len 3 → gone: buf of", "digits", "(now n)"]
        );
        assert_eq!(
            wrap("len 3 → scores_of_the_year[1]", 20),
            ["len 3", "→ scores_of_the_", "year[1]"]
        );
        assert_eq!(
            wrap("both.fixed_buffer_allocator", 20),
            ["both.fixed_buffer_", "allocator"]
        );
        assert_eq!(wrap("", 20), [""; 0]);
    }
}
