//! Flowcharts as the book draws them: the part of mermaid's language that is read here is drawn by mermaid's
//! script, and the rest is refused before the book renders. Pure.
//!
//! A grammar of its own, because the script runs in the reader's browser alone, where nobody would see that it cannot
//! read a diagram. CONTRIBUTING.md, section “A flowchart”, states the grammar.

use std::sync::LazyLock;

use regex::Regex;

use super::plain;

/// What is wrong with a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FlowchartError {
    /// Counted from 0.
    pub line: usize,
    pub message: String,
}

pub(super) const HINT: &str =
    "write as CONTRIBUTING.md, section “A flowchart”, shows: `A[\"a label\"] -->|why| B`";

const DIRECTIONS: [&str; 5] = ["TB", "TD", "BT", "LR", "RL"];

/// Words of the language, which cannot name a node.
const WORDS: [&str; 12] = [
    "end",
    "graph",
    "subgraph",
    "flowchart",
    "direction",
    "class",
    "classDef",
    "style",
    "linkStyle",
    "click",
    "default",
    "href",
];

/// The marks of a node's shape; longer ones before those they begin with.
const SHAPES: [(&str, &str); 9] = [
    ("([", "])"),
    ("[[", "]]"),
    ("[(", ")]"),
    ("((", "))"),
    ("{{", "}}"),
    ("[", "]"),
    ("(", ")"),
    ("{", "}"),
    (">", "]"),
];

const ARROWS: [&str; 10] = [
    "<-->", "-.->", "-->", "---", "-.-", "==>", "===", "--o", "--x", "~~~",
];

static NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z][A-Za-z0-9_]*").expect("a regex"));
static STYLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[a-z-]+:[#A-Za-z0-9 .%-]+(?:,[a-z-]+:[#A-Za-z0-9 .%-]+)*$").expect("a regex")
});

/// Reads a diagram.
///
/// # Errors
///
/// The first line that mermaid might not read, and why.
pub(super) fn check(text: &str) -> Result<(), FlowchartError> {
    let mut depth = 0_usize;
    let mut begun = false;
    let mut last = 0;
    for (line, written) in text.lines().enumerate() {
        let statement = written.trim();
        if statement.is_empty() || (begun && statement.starts_with("%%")) {
            continue;
        }
        last = line;
        let wrong = |message: String| FlowchartError { line, message };
        if begun {
            read(statement, &mut depth).map_err(wrong)?;
        } else {
            begin(statement).map_err(wrong)?;
            begun = true;
        }
    }
    let message = match (begun, depth) {
        (false, _) => "the diagram is empty",
        (true, 0) => return Ok(()),
        _ => "a `subgraph` has no `end`",
    };
    Err(FlowchartError {
        line: last,
        message: message.into(),
    })
}

fn begin(statement: &str) -> Result<(), String> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    match words[..] {
        ["flowchart" | "graph", direction] if DIRECTIONS.contains(&direction) => Ok(()),
        ["flowchart" | "graph", ..] => Err(format!(
            "`{statement}` begins no flowchart: write one of {} after `flowchart`",
            DIRECTIONS.join(", ")
        )),
        _ => Err(format!(
            "`{}` is no kind of diagram that the book draws: begin with `flowchart LR`",
            words[0]
        )),
    }
}

fn read(statement: &str, depth: &mut usize) -> Result<(), String> {
    let (word, rest) = match statement.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (statement, ""),
    };
    match word {
        "subgraph" => {
            *depth += 1;
            let rest = name(rest)?.trim_start();
            match rest.strip_prefix('[') {
                Some(text) => ends(label(text, "]")?),
                None => ends(rest),
            }
        }
        "end" => {
            *depth = depth.checked_sub(1).ok_or("`end` ends no `subgraph`")?;
            ends(rest)
        }
        "direction" if *depth > 0 && DIRECTIONS.contains(&rest) => Ok(()),
        "direction" => {
            Err("`direction` stands in a `subgraph` and names one of TB, TD, BT, LR, RL".into())
        }
        "classDef" => {
            let style = name(rest)?.trim();
            let sound = STYLE.is_match(style);
            sound
                .then_some(())
                .ok_or_else(|| format!("`{style}` is no style: write `fill:#eee,stroke:#333`"))
        }
        "class" => {
            let (nodes, class) = rest
                .split_once(' ')
                .ok_or("`class` wants nodes and a class: `class a,b wrong`")?;
            for node in nodes.split(',') {
                ends(name(node)?)?;
            }
            ends(name(class.trim())?)
        }
        _ => chain(statement),
    }
}

/// `A["a"] & B --> C -->|why| D`
fn chain(statement: &str) -> Result<(), String> {
    let mut rest = nodes(statement)?;
    while !rest.is_empty() {
        let arrow = ARROWS.iter().find_map(|arrow| rest.strip_prefix(arrow));
        rest = arrow
            .ok_or_else(|| {
                format!(
                    "`{rest}` begins with no arrow: there are {}",
                    ARROWS.join(" ")
                )
            })?
            .trim_start();
        if let Some(text) = rest.strip_prefix('|') {
            rest = label(text, "|")?.trim_start();
        }
        if rest.is_empty() {
            return Err("an arrow leads nowhere: a node must follow".into());
        }
        rest = nodes(rest)?;
    }
    Ok(())
}

/// Reads nodes joined by `&`; gives what follows, which a blank separates.
fn nodes(text: &str) -> Result<&str, String> {
    let mut rest = node(text)?;
    loop {
        let next = rest.trim_start();
        if next.is_empty() {
            return Ok(next);
        }
        if next.len() == rest.len() {
            return Err(format!("a blank must stand before `{rest}`"));
        }
        match next.strip_prefix("& ") {
            Some(more) => rest = node(more.trim_start())?,
            None => return Ok(next),
        }
    }
}

fn node(text: &str) -> Result<&str, String> {
    let mut rest = name(text)?;
    if let Some((opens, closes)) = SHAPES.iter().find(|(opens, _)| rest.starts_with(opens)) {
        rest = label(&rest[opens.len()..], closes)?;
    }
    match rest.strip_prefix(":::") {
        Some(class) => name(class),
        None => Ok(rest),
    }
}

fn name(text: &str) -> Result<&str, String> {
    let found = NAME
        .find(text)
        .ok_or_else(|| format!("`{text}` begins with no name: use letters, digits and `_`"))?;
    if WORDS
        .iter()
        .any(|word| word.eq_ignore_ascii_case(found.as_str()))
    {
        return Err(format!(
            "`{}` is a word of mermaid's and names no node",
            found.as_str()
        ));
    }
    Ok(&text[found.end()..])
}

/// Reads a label and what closes it.
fn label<'a>(text: &'a str, closes: &str) -> Result<&'a str, String> {
    let unclosed = || format!("`{text}` is not closed by `{closes}`");
    let (label, rest) = match text.strip_prefix('"') {
        Some(quoted) => {
            let (label, rest) = quoted.split_once('"').ok_or_else(unclosed)?;
            (label, rest.strip_prefix(closes).ok_or_else(unclosed)?)
        }
        None => {
            let (label, rest) = text.split_once(closes).ok_or_else(unclosed)?;
            if label.contains([
                '[', ']', '(', ')', '{', '}', '|', '"', '/', '\\', '@', ';', '#', '&',
            ]) || label.split_whitespace().any(|word| WORDS.contains(&word))
            {
                return Err(format!(
                    "the label `{label}` has marks of mermaid's: put it in quotes"
                ));
            }
            (label, rest)
        }
    };
    if label.trim().is_empty() {
        return Err("a label is empty".into());
    }
    let lines = label.replace("<br/>", "\n").replace("<br>", "\n");
    if lines.contains(['<', '>', '`', '\\']) {
        return Err(format!(
            "the label `{label}` has HTML or Markdown in it: `<br>` alone may stand"
        ));
    }
    if plain::program(&lines).is_some() {
        return Err(format!(
            "the label `{label}` reads as a program, and nobody checks it"
        ));
    }
    Ok(rest)
}

fn ends(rest: &str) -> Result<(), String> {
    if rest.trim().is_empty() {
        return Ok(());
    }
    Err(format!(
        "`{}` is left over at the end of the line",
        rest.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Diagrams that mermaid itself draws in the tests with a browser.
    const DRAWN: &str = include_str!("../../../../xtask/tests/suite/support/flowcharts.txt");

    #[test]
    fn what_mermaid_draws_is_read() {
        for diagram in DRAWN.split("\n----\n") {
            assert_eq!(check(diagram), Ok(()), "{diagram}");
        }
    }

    #[test]
    fn what_mermaid_might_not_draw_is_refused_with_its_line() {
        for (diagram, line, said) in [
            ("", 0, "the diagram is empty"),
            (
                "sequenceDiagram\nA->>B: hi",
                0,
                "`sequenceDiagram` is no kind of diagram",
            ),
            ("flowchart", 0, "`flowchart` begins no flowchart"),
            ("flowchart XY\nA --> B", 0, "begins no flowchart"),
            ("flowchart LR\nA -->", 1, "an arrow leads nowhere"),
            ("flowchart LR\n\nA -> B", 2, "begins with no arrow"),
            (
                "flowchart LR\nA --> B\nB --> end",
                2,
                "`end` is a word of mermaid's",
            ),
            ("flowchart LR\nA[a (b)] --> B", 1, "put it in quotes"),
            ("flowchart LR\nA[\"a --> B", 1, "is not closed by `]`"),
            ("flowchart LR\nA[a --> B", 1, "is not closed by `]`"),
            ("flowchart LR\nA{a] --> B", 1, "is not closed by `}`"),
            ("flowchart LR\nA[] --> B", 1, "a label is empty"),
            ("flowchart LR\nA[\"`a`\"]", 1, "has HTML or Markdown in it"),
            (
                "flowchart LR\nA[\"<pre>a</pre>\"]",
                1,
                "has HTML or Markdown in it",
            ),
            (
                "flowchart LR\nA[\"const a = 1;<br>a += 1;\"]",
                1,
                "reads as a program",
            ),
            ("flowchart LR\nA-->B", 1, "a blank must stand before"),
            (
                "flowchart LR\nA --> B; B --> C",
                1,
                "a blank must stand before",
            ),
            ("flowchart LR\nA -->|why B", 1, "is not closed by `|`"),
            (
                "flowchart LR\nsubgraph one\nA --> B",
                2,
                "a `subgraph` has no `end`",
            ),
            ("flowchart LR\nend", 1, "`end` ends no `subgraph`"),
            (
                "flowchart LR\ndirection LR",
                1,
                "`direction` stands in a `subgraph`",
            ),
            ("flowchart LR\nclassDef wrong {fill: red}", 1, "is no style"),
            (
                "flowchart LR\nstyle A fill:#fff",
                1,
                "`style` is a word of mermaid's",
            ),
            ("flowchart LR\nA --> 1", 1, "begins with no name"),
        ] {
            let wrong = check(diagram).expect_err(diagram);
            assert_eq!(wrong.line, line, "{diagram}");
            assert!(wrong.message.contains(said), "{diagram}\n{}", wrong.message);
        }
    }
}
