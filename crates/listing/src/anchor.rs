//! mdBook's anchor comments: `ANCHOR: name` and `ANCHOR_END: name`. Pure.

/// Which lines of a source are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The shown lines, each with its line number in the file, counted from 1.
    pub lines: Vec<(usize, String)>,
}

impl Excerpt {
    /// The shown text, ending in a line feed unless it is empty.
    pub fn text(&self) -> String {
        self.lines
            .iter()
            .flat_map(|(_, line)| [line.as_str(), "\n"])
            .collect()
    }
}

/// The name of the anchor that `line` begins or ends, if it does.
fn name_after<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let comment = line.trim_start();
    let comment = comment
        .strip_prefix("//")
        .or_else(|| comment.strip_prefix('#'))?;
    comment.trim_start().strip_prefix(word).map(str::trim)
}

fn begins(line: &str) -> Option<&str> {
    name_after(line, "ANCHOR:")
}

fn ends(line: &str) -> Option<&str> {
    name_after(line, "ANCHOR_END:")
}

/// What is wrong with a file's anchors: the line, counted from 1, and a sentence.
pub fn problems(source: &str) -> Vec<(usize, String)> {
    let mut problems = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (index, line) in source.lines().enumerate() {
        if let Some(name) = begins(line) {
            if seen.contains(&name) {
                problems.push((index + 1, format!("the anchor `{name}` begins twice")));
            }
            seen.push(name);
            open.push((index + 1, name));
        } else if let Some(name) = ends(line) {
            match open.iter().rposition(|(_, opened)| *opened == name) {
                Some(position) => {
                    open.remove(position);
                }
                None => problems.push((
                    index + 1,
                    format!("the anchor `{name}` ends but never began"),
                )),
            }
        }
    }
    problems.extend(
        open.into_iter()
            .map(|(line, name)| (line, format!("the anchor `{name}` never ends"))),
    );
    problems
}

/// The names of the anchors in `source`, in order.
pub fn names(source: &str) -> Vec<String> {
    source
        .lines()
        .filter_map(begins)
        .map(str::to_string)
        .collect()
}

/// The lines of `source` that a reader sees, after `head` lines of declarations: all but anchor comments, or
/// those of one anchor, with what indents them all taken off. `None` when there is no such anchor.
pub fn excerpt(source: &str, head: usize, anchor: Option<&str>) -> Option<Excerpt> {
    let mut inside = anchor.is_none();
    let mut found = anchor.is_none();
    let mut lines = Vec::new();
    for (index, line) in source.lines().enumerate().skip(head) {
        if let Some(name) = begins(line) {
            if anchor == Some(name) {
                inside = true;
                found = true;
            }
        } else if let Some(name) = ends(line) {
            if anchor == Some(name) {
                inside = false;
            }
        } else if inside {
            lines.push((index + 1, line.to_string()));
        }
    }
    if !found {
        return None;
    }
    let blank = |(_, line): &(usize, String)| line.trim().is_empty();
    while lines.first().is_some_and(blank) {
        lines.remove(0);
    }
    while lines.last().is_some_and(blank) {
        lines.pop();
    }
    let indent = lines
        .iter()
        .filter(|line| !blank(line))
        .map(|(_, line)| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    for (_, line) in &mut lines {
        line.drain(..indent.min(line.len()));
    }
    Some(Excerpt { lines })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "//@ run\n\nconst a = 1;\n// ANCHOR: inner\n    if (a) {\n        b();\n    }\n// ANCHOR_END: inner\n\n";

    #[test]
    fn the_whole_listing_leaves_out_declarations_anchors_and_outer_blank_lines() {
        let shown = excerpt(SOURCE, 1, None).unwrap();
        assert_eq!(shown.lines[0], (3, "const a = 1;".to_string()));
        assert_eq!(
            shown.text(),
            "const a = 1;\n    if (a) {\n        b();\n    }\n"
        );
    }

    #[test]
    fn an_anchor_keeps_its_line_numbers_and_loses_its_common_indent() {
        let shown = excerpt(SOURCE, 1, Some("inner")).unwrap();
        assert_eq!(shown.lines[0], (5, "if (a) {".to_string()));
        assert_eq!(shown.text(), "if (a) {\n    b();\n}\n");
        assert_eq!(excerpt(SOURCE, 1, Some("outer")), None);
    }

    #[test]
    fn anchors_that_do_not_pair_are_problems() {
        assert_eq!(problems(SOURCE), []);
        let source = "// ANCHOR: a\n// ANCHOR_END: b\n# ANCHOR: a\n# ANCHOR_END: a\n";
        let lines: Vec<usize> = problems(source).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 1]);
    }
}
