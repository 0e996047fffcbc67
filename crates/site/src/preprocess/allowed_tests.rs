//! What chapters, quizzes and exercises may hold, and what the refusal says.

use super::*;

/// What is found in a text, each with its line.
fn found(text: &str, place: TextKind) -> Vec<String> {
    let line = |found: &Disallowed| markdown::line_of(text, found.at);
    check(text, place)
        .iter()
        .map(|found| format!("{}: {}", line(found), found.message))
        .collect()
}

/// Ways to bring code into a page that no listing backs: the text, the line that is to be named, and what is said.
const WAYS: [(&str, usize, &str); 53] = [
    ("```\nconst a = 1;\n```", 1, "a fenced block without a word"),
    ("~~~\nconst a = 1;\n~~~", 1, "a fenced block without a word"),
    ("```zig\nconst a = 1;\n```", 1, "fenced `zig` code"),
    ("``` zig\nconst a = 1;\n```", 1, "fenced `zig` code"),
    ("```{zig}\nconst a = 1;\n```", 1, "fenced `{zig}` code"),
    ("```.zig\nconst a = 1;\n```", 1, "fenced `.zig` code"),
    (
        "```zig,ignore\nconst a = 1;\n```",
        1,
        "fenced `zig,ignore` code",
    ),
    ("```c\nint a = 1;\n```", 1, "fenced `c` code"),
    ("```python3\na = 1\n```", 1, "fenced `python3` code"),
    ("```json\n{}\n```", 1, "fenced `json` code"),
    ("```&#122;ig\nconst a = 1;\n```", 1, "fenced `zig` code"),
    ("```text,editable\na\n```", 1, "fenced `text,editable` code"),
    (
        "```text zig\na\n```",
        1,
        "a `text` block has nothing but its word",
    ),
    ("```Console\n$ zig run\n```", 1, "fenced `Console` code"),
    (
        "```text\na\n\nconst a = 1;\n```",
        4,
        "this line reads as a program",
    ),
    (
        "```text\n1 | pub fn main() void {\n```",
        2,
        "this line reads as a program",
    ),
    (
        "```text\n>>> rows = [1]\n```",
        2,
        "this line reads as a program",
    ),
    (
        "```console\n$ zig run a.zig\nconst a = 1;\n```",
        3,
        "this line reads as a program",
    ),
    (
        "```console\nconst a = 1;\n```",
        2,
        "a `console` block without a command",
    ),
    ("    const a = 1;", 1, "an indented block"),
    ("\t\tconst a = 1;", 1, "an indented block"),
    ("<pre>const a = 1;</pre>", 1, "`<pre>` may not stand"),
    ("<PRE\n>const a = 1;</PRE>", 1, "`<pre>` may not stand"),
    (
        "<div>\n<pre><code>const a = 1;</code></pre>\n</div>",
        2,
        "`<pre>` may not stand",
    ),
    (
        "see <code>const a = 1;<br>const b = 2;</code>",
        1,
        "`<code>` may not stand",
    ),
    (
        "<script>const a = 1;</script>",
        1,
        "`<script>` may not stand",
    ),
    (
        "<style>p { white-space: pre }</style>",
        1,
        "`<style>` may not stand",
    ),
    (
        "<iframe src='a.html'></iframe>",
        1,
        "`<iframe>` may not stand",
    ),
    (
        "<object data=a.html></object>",
        1,
        "`<object>` may not stand",
    ),
    ("<embed src=a.html>", 1, "`<embed>` may not stand"),
    (
        "<textarea>const a = 1;</textarea>",
        1,
        "`<textarea>` may not stand",
    ),
    ("<xmp>const a = 1;</xmp>", 1, "`<xmp>` may not stand"),
    ("<plaintext>const a = 1;", 1, "`<plaintext>` may not stand"),
    (
        "<svg><text>const a = 1;</text></svg>",
        1,
        "`<svg>` may not stand",
    ),
    ("<samp>const a = 1;</samp>", 1, "`<samp>` may not stand"),
    (
        "<math><mtext>a = 1</mtext></math>",
        1,
        "`<math>` may not stand",
    ),
    (
        "<my-code>const a = 1;</my-code>",
        1,
        "`<my-code>` may not stand",
    ),
    (
        "<div style='white-space: pre'>a</div>",
        1,
        "the attribute `style`",
    ),
    ("<div class=listing>a</div>", 1, "the attribute `class`"),
    ("<img src=x onerror=alert(1)>", 1, "the attribute `onerror`"),
    (
        "<!-- a --!><pre>const a = 1;</pre> -->",
        1,
        "`<pre>` may not stand",
    ),
    (
        "see `const a = 1;\nconst b = 2;`",
        1,
        "inline code goes over several lines",
    ),
    (
        "see `const a = 1;`\\\n`const b = 2;`",
        2,
        "inline code stands line under line",
    ),
    (
        "see `const a = 1;`<br>`const b = 2;`",
        1,
        "inline code stands line under line",
    ),
    (
        "`const a = 1;`\n\n`const b = 2;`",
        1,
        "inline code stands alone",
    ),
    ("## Code {.listing}", 1, "a heading has attributes"),
    (
        "<!--><pre>const a = 1;</pre> -->",
        1,
        "`<pre>` may not stand",
    ),
    ("## `const a = 1;`", 1, "inline code stands alone"),
    (
        "pub fn main() void {\\\n&nbsp; &nbsp; const a = 1;\\\n}",
        1,
        "the text reads as a program",
    ),
    (
        "**const a = 1;**<br>**const b = 2;**",
        1,
        "the text reads as a program",
    ),
    (
        "| Zig | Rust |\n|---|---|\n| `const a = 1;` | `let a = 1;` |",
        3,
        "a row of a table holds nothing but code",
    ),
    (
        "| Zig |\n|---|\n| const a = 1; |",
        3,
        "a row of a table holds nothing but code",
    ),
    (
        "<div>\n<ul>\n<li>const <b>a</b> = 1;</li>\n<li>const c = 2;</li>\n</ul>\n</div>",
        3,
        "the text reads as a program",
    ),
];

/// Where such a text may stand: what is put before it, before each further line of it, and behind it.
const PLACES: [(&str, &str, &str, &str); 13] = [
    ("a chapter", "", "", ""),
    ("a callout", "````admonish note\n", "", "\n````"),
    (
        "a callout with a title that folds",
        "````admonish tip title=\"T\" collapsible=true\n",
        "",
        "\n````",
    ),
    (
        "a callout of tildes",
        "~~~~~admonish warning\n",
        "",
        "\n~~~~~",
    ),
    (
        "callouts, three deep",
        "``````admonish note\n`````admonish tip\n````admonish\n",
        "",
        "\n````\n`````\n``````",
    ),
    ("a quotation", "> ", "> ", ""),
    ("a list", "- ", "  ", ""),
    ("a numbered list", "1. a\n\n2. ", "   ", ""),
    ("a list in a quotation", "> - ", ">   ", ""),
    (
        "a callout in a list",
        "- a\n\n  ````admonish note\n  ",
        "  ",
        "\n  ````",
    ),
    (
        "a callout in a quotation",
        "> ````admonish note\n> ",
        "> ",
        "\n> ````",
    ),
    ("a definition", "a term\n: b\n\n  ", "  ", ""),
    ("a footnote", "a[^1]\n\n[^1]: b\n\n    ", "    ", ""),
];

#[test]
fn every_way_is_refused_in_every_place_at_its_line() {
    for (place, before, margin, behind) in PLACES {
        for (way, line, said) in WAYS {
            let text = format!(
                "{before}{}{behind}\n",
                way.replace('\n', &format!("\n{margin}"))
            );
            let line = line + before.matches('\n').count();
            let found = found(&text, TextKind::Chapter);
            let expected = format!("{line}: {said}");
            assert!(
                found.iter().any(|found| found.starts_with(&expected)),
                "in {place}:\n{text}\nwanted: {expected}\nfound: {found:#?}"
            );
        }
    }
}

#[test]
fn every_way_is_refused_in_a_quiz_and_an_exercise_and_callouts_and_diagrams_are_too() {
    let more = [
        (
            "```admonish note\na\n```",
            1,
            "a callout stands outside a chapter",
        ),
        (
            "```mermaid\nflowchart LR\nA --> B\n```",
            1,
            "fenced `mermaid` code",
        ),
    ];
    for place in [TextKind::Quiz, TextKind::Exercise] {
        for (way, line, said) in WAYS.iter().chain(&more) {
            let found = found(way, place);
            let expected = format!("{line}: {said}");
            let named = found.iter().any(|found| found.starts_with(&expected));
            assert!(named, "{place:?}: {way}\n{found:#?}");
        }
    }
}

#[test]
fn code_alone_is_an_answer_and_no_paragraph() {
    let code = "`const a = 1;`";
    assert_eq!(found(code, TextKind::Quiz), [""; 0]);
    for place in [TextKind::Chapter, TextKind::Exercise] {
        assert_eq!(
            found(code, place),
            ["1: inline code stands alone where a sentence would: nobody checks it"]
        );
    }
}

#[test]
fn in_a_table_inline_code_has_one_line() {
    let table = "| a |\n|---|\n| `a`<br>`b` |\n";
    assert_eq!(found(table, TextKind::Chapter).len(), 1);
    let html = "| a |\n|---|\n| <pre>a</pre> |\n";
    assert!(found(html, TextKind::Chapter)[0].starts_with("3: `<pre>` may not stand"));
}

#[test]
fn what_the_book_is_written_in_may_stand() {
    for text in [
        "# A heading {#its-id}\n\nA sentence with `const a = 1;` in it, and *more*.\n",
        "```console\n$ zig run a.zig\n3\n```\n",
        "```text\nAMD EPYC, Linux x86_64\n```\n",
        "```mermaid\nflowchart LR\nA --> B\n```\n",
        "````admonish question title=\"Predict\"\nWhat does `f(x)` give?\n\n```console\n$ a\n```\n````\n",
        "| a | b |\n|---|---|\n| `defer gpa.free(row);` | `drop` |\n",
        "- `alloc`\n- `free`\n",
        "`gpa.alloc` asks,\\\nand `gpa.free` gives back.\n",
        "<div data-progress>What you read.</div>\n\n<!-- const a = 1; -->\n\n<a id=\"here\"></a>\n",
        "a[^1] and [b](c.md), <https://ziglang.org>, xs[0]\n\n[^1]: A note.\n",
        "1. One\n\n   goes on.\n",
        "## `@ptrCast`, and `gpa.free(row)`\n",
        "- let it go (or not);\n- `defer gpa.free(row);`, for example\n",
        "| `gpa.free(row);` | gives it back |\n|---|---|\n| `a` | `b` |\n",
    ] {
        assert_eq!(found(text, TextKind::Chapter), [""; 0], "{text}");
    }
}

#[test]
fn a_diagram_that_cannot_be_read_is_refused_at_its_line() {
    let text = "a\n\n```mermaid\nflowchart LR\nA --> B\nB -> C\n```\n";
    assert_eq!(
        found(text, TextKind::Chapter),
        ["6: `-> C` begins with no arrow: there are <--> -.-> --> --- -.- ==> === --o --x ~~~"]
    );
}

#[test]
fn an_id_is_the_same_wherever_it_is_written() {
    assert_eq!(
        found("<a id=\"Größe-1\"></a>\n", TextKind::Chapter),
        [""; 0]
    );
    for text in [
        "# A {#50%}\n",
        "<a id='a b'></a>\n",
        "# A {#a#b}\n",
        "<a id=\"a?\"></a>\n",
    ] {
        assert!(
            found(text, TextKind::Chapter)[0].contains("is no id that a link can lead to"),
            "{text}"
        );
    }
}
