//! What a figure holds, and that nothing in it is lost or doubled.

use super::*;
use crate::highlight::Class;
use crate::preprocess::testing::listing;

fn token(source: &str, text: &str, class: Class) -> ColoredToken {
    let start = source.find(text).unwrap();
    ColoredToken {
        start,
        end: start + text.len(),
        class,
    }
}

/// What a reader copies: the text without its elements.
fn text_of(html: &str) -> String {
    let tags = Regex::new("<[^>]*>").unwrap();
    tags.replace_all(html, "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn code_keeps_its_text_its_line_numbers_and_its_colors() {
    let zig = listing(
        "03_allocator/a.zig",
        "//@ run\n\nconst a = 1 < 2;\n\n// b\n",
        Some("x"),
    );
    let tokens = [
        token(&zig.source, "const", Class::Keyword),
        token(&zig.source, "// b", Class::Comment),
    ];
    let html = code(
        &zig.source,
        &zig.excerpt(None).unwrap(),
        &tokens,
        "Listing 3.1, Zig",
    );
    assert_eq!(text_of(&html), "const a = 1 < 2;\n\n// b");
    assert!(html.contains(
        "<span class=\"line\" style=\"counter-set:line 2\"><span class=\"hl-keyword\">const</span> a = 1 &lt; 2;</span>\n<span class=\"line\"></span>\n"
    ));
}

#[test]
fn a_token_over_several_lines_is_cut_at_each() {
    let python = listing(
        "03_allocator/a.py",
        "#@ run\n    '''a\n    b'''\n",
        Some("x"),
    );
    let tokens = [token(&python.source, "'''a\n    b'''", Class::String)];
    let html = code(
        &python.source,
        &python.excerpt(None).unwrap(),
        &tokens,
        "Listing",
    );
    assert!(
        html.contains("<span class=\"hl-string\">&#39;&#39;&#39;a</span>")
            || html.contains("<span class=\"hl-string\">'''a</span>")
    );
    assert!(html.contains("<span class=\"hl-string\">b'''</span>"));
    assert_eq!(text_of(&html), "'''a\nb'''");
}

#[test]
fn each_twin_has_its_tab_its_outcome_and_its_output() {
    let zig = listing(
        "03_allocator/a.zig",
        "//@ panic: index\nx\n",
        Some("panic: index 3\n"),
    );
    let python = listing("03_allocator/a.py", "#@ run\ny\n", Some(""));
    let twin = |listing| Twin {
        variants: Vec::new(),
        listing,
        excerpt: Listing::excerpt(listing, None).unwrap(),
        tokens: &[],
        button: String::new(),
        url: Some("https://example.org/a".into()),
    };
    let html = render(&ListingFigure {
        html_id: "listing-a",
        label: "Listing 3.1",
        caption: "Out of `bounds`",
        output: Output::Shown,
        fold: None,
        memory: None,
        twins: vec![twin(&zig), twin(&python)],
    });
    for part in [
        "data-languages=\"zig python\"",
        "Out of <code>bounds</code>",
        "aria-controls=\"listing-a-python\" aria-selected=\"false\" tabindex=\"-1\"",
        "<span class=\"outcome outcome-panic\">panics</span>",
        "<p class=\"output-label\">Panic</p>",
        "<samp><b class=\"out-error\">panic:</b> index 3</samp>",
        "Prints nothing",
        "<a class=\"listing-file\" href=\"https://example.org/a\">03_allocator/a.py</a>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn output_can_be_folded_or_left_out() {
    let zig = listing("03_allocator/a.zig", "//@ run\nx\n", Some("3\n"));
    assert!(output(&zig, Output::Folded).starts_with("<details"));
    assert_eq!(output(&zig, Output::Left), "");
}
