//! What the compiler says of a reader's file, as its owner knows the places, and in color. Pure.

use std::path::Path;

use book_exercise::style::{Style, Tone};

/// `text` with the program's own files under the `folder` that they are in, and without the trace of references to the
/// tool's own files.
pub fn placed(text: &str, folder: &Path, is_own: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let (indent, rest) = line.split_at(line.len() - line.trim_start().len());
        let path = rest.split(':').next().unwrap_or_default();
        // A reference has the name of a function before the place.
        let (before, place) = match rest.split_once(": ") {
            Some((name, place)) if !indent.is_empty() && !is_own(path) => (name, place),
            _ => ("", rest),
        };
        let path = place.split(':').next().unwrap_or_default();
        if place.starts_with("trace_r") || place.contains("trace_root.zig:") {
            continue;
        }
        out.push_str(indent);
        if !before.is_empty() {
            out.push_str(before);
            out.push_str(": ");
        }
        if is_own(path) && place[path.len()..].starts_with(':') {
            out.push_str(&folder.join(path).to_string_lossy());
            out.push_str(&place[path.len()..]);
        } else {
            out.push_str(place);
        }
        out.push('\n');
    }
    out
}

/// In color, where `style` has colors.
pub fn paint(text: &str, style: &Style) -> String {
    if !style.color {
        return text.to_string();
    }
    let mut out = String::new();
    for line in text.lines() {
        let marks = line.trim_start();
        let painted = if !marks.is_empty() && marks.chars().all(|c| "^~".contains(c)) {
            style.paint(Tone::Good, line)
        } else if let Some((place, said)) = line.split_once("error: ") {
            format!(
                "{}{}{}",
                style.paint(Tone::Strong, place),
                style.paint(Tone::Bad, "error: "),
                style.paint(Tone::Strong, said)
            )
        } else if let Some((place, said)) = line.split_once("note: ") {
            format!("{place}{}{said}", style.paint(Tone::Code, "note: "))
        } else {
            line.to_string()
        };
        out.push_str(&painted);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_the_owner_knows() {
        let text = "a.zig:3:9: error: no\n    x: a;\n    ^\nreferenced by:\n    main: a.zig:7:5\n    \
                    call: /lib/std/start.zig:1:2\n    runMain__anon_1: trace_root.zig:30:52\n";
        let placed = placed(text, Path::new("../my"), &|path| path == "a.zig");
        assert_eq!(
            placed,
            "../my/a.zig:3:9: error: no\n    x: a;\n    ^\nreferenced by:\n    main: ../my/a.zig:7:5\n    \
             call: /lib/std/start.zig:1:2\n"
        );
    }

    #[test]
    fn colors_are_for_terminals() {
        let text = "a.zig:3:9: error: no\n    ^~\n";
        assert_eq!(paint(text, &Style::PLAIN), text);
        let colored = Style {
            color: true,
            ..Style::PLAIN
        };
        assert!(paint(text, &colored).contains("\x1b[31merror: \x1b[0m"));
    }
}
