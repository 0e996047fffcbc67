//! Tables whose rows do not fit their heads. Markdown shows what there is room for and says nothing of the rest: of rows
//! that were joined to one line, only the first is seen. Pure.

use mdbook_markdown::pulldown_cmark::{Event, Tag};

use super::markdown;

/// A row that has another number of cells than the head of its table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ragged {
    /// Where the row begins, in bytes.
    pub at: usize,
    pub cells: usize,
    pub columns: usize,
}

/// The rows of a chapter, as its author wrote it, that do not fit.
pub(super) fn ragged(content: &str) -> Vec<Ragged> {
    let text = markdown::open_callouts(content);
    let mut found = Vec::new();
    for (event, span) in markdown::events(&text) {
        let Event::Start(Tag::Table(alignments)) = event else {
            continue;
        };
        let columns = alignments.len();
        let mut at = span.start;
        for line in text[span].split_inclusive('\n') {
            let row = line.trim_start_matches(['>', ' ']).trim_end();
            let cells = cells(row);
            if !row.is_empty() && cells != columns {
                found.push(Ragged { at, cells, columns });
            }
            at += line.len();
        }
    }
    found
}

/// The cells of a row. A bar after a backslash is text, in code too.
fn cells(row: &str) -> usize {
    let inside = row.strip_prefix('|').unwrap_or(row);
    let inside = match inside.strip_suffix('|') {
        Some(before) if !before.ends_with('\\') => before,
        _ => inside,
    };
    1 + inside.matches('|').count() - inside.matches("\\|").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_as_many_cells_as_its_head() {
        let head = "Words.\n\n| a | b |\n|---|---|\n";
        for fits in [
            "| 1 | 2 |\n| 3 | |\n",
            "| `x \\| y` | 2 |\n\nA | in words | is none | at all.\n",
            "```text\n| 1 |\n```\n",
        ] {
            assert_eq!(ragged(&format!("{head}{fits}")), [], "{fits}");
        }
        assert_eq!(ragged("a | b\n---|---\n1 | 2\n"), []);
    }

    #[test]
    fn rows_that_were_joined_to_one_line_are_found_with_their_place() {
        let text = "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 | | 5 | 6 |\n| 7 |\n";
        let found = ragged(text);
        let told: Vec<_> = found
            .iter()
            .map(|row| (&text[row.at..][..5], row.cells, row.columns))
            .collect();
        assert_eq!(told, [("| 3 |", 5, 2), ("| 7 |", 1, 2)]);
        let inside = format!("```admonish note\n{text}```\n");
        assert_eq!(ragged(&inside).len(), 2);
    }
}
