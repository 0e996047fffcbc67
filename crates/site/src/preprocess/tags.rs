//! HTML that an author or a stage wrote, its tags and its text read as a browser reads them, with their places. Pure; knows
//! nothing of the book. Whole pages, where what is in what matters, are read by `scraper` (`epub/page.rs`).

use std::ops::Range;

/// A start tag, an end tag, or something that is neither: a comment has none, a declaration or an instruction
/// has the name `!` or `?`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub ends: bool,
    /// Names in lower case, values decoded as far as links need it.
    pub attributes: Vec<(String, String)>,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
}

impl Tag {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether it has this class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_whitespace().any(|word| word == class))
    }
}

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Tag(Tag),
    /// What stands between tags, as it is written; [`decode`] reads it.
    Text(&'a str),
}

/// All pieces of `html`, in order. Comments are skipped.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // Where the text begins that is not in `pieces` yet.
    let mut text = 0;
    let mut at = 0;
    let mut put = |text: std::ops::Range<usize>, tag: Option<Tag>| {
        let text = &html[text];
        pieces.extend((!text.is_empty()).then_some(Piece::Text(text)));
        pieces.extend(tag.map(Piece::Tag));
    };
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            put(text..start, None);
            at = html.len() - after_comment(comment).len();
            text = at;
            continue;
        }
        let (ends, body) = match rest.strip_prefix('/') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        let (tag, after) = if body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            read(html, body, ends, start)
        } else if body.starts_with(['!', '?']) {
            let end = body
                .find('>')
                .map_or(html.len(), |found| html.len() - body.len() + found + 1);
            let tag = Tag {
                name: body[..1].to_string(),
                ends,
                attributes: Vec::new(),
                span: start..end,
            };
            (tag, end)
        } else {
            at = start + 1;
            continue;
        };
        put(text..start, Some(tag));
        at = after;
        text = after;
    }
    put(text..html.len(), None);
    pieces
}

/// All tags of `html`, in order. Those in comments are skipped.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let pieces = pieces(html).into_iter();
    let tags = pieces.filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(tag),
        Piece::Text(_) => None,
    });
    tags.collect()
}

/// What follows a comment whose opening `<!--` is read. Browsers end one in more ways than Markdown does.
fn after_comment(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix("->")) {
        return rest;
    }
    let end = ["-->", "--!>"]
        .iter()
        .filter_map(|mark| text.find(mark).map(|at| at + mark.len()))
        .min();
    &text[end.unwrap_or(text.len())..]
}

/// Reads one tag, `body` from its name on; also says where it ends.
fn read(html: &str, body: &str, ends: bool, start: usize) -> (Tag, usize) {
    let place = |rest: &str| html.len() - rest.len();
    let separates = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    let (name, mut rest) = body.split_at(body.find(separates).unwrap_or(body.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        // A name may begin with `=`, so that every turn of the loop reads something.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..]
            .find(|c: char| separates(c) || c == '=')
            .map_or(rest.len(), |found| first + found);
        let (name, after) = rest.split_at(length);
        let mut value = String::new();
        rest = after;
        if let Some(given) = after.trim_start().strip_prefix('=') {
            let given = given.trim_start();
            let quote = given.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => {
                    let inside = &given[1..];
                    let end = inside.find(quote).unwrap_or(inside.len());
                    (decode(&inside[..end]), inside.get(end + 1..).unwrap_or(""))
                }
                None => {
                    let end = given
                        .find(|c: char| c.is_ascii_whitespace() || c == '>')
                        .unwrap_or(given.len());
                    (decode(&given[..end]), &given[end..])
                }
            };
        }
        attributes.push((name.to_ascii_lowercase(), value));
    }
    let tag = Tag {
        name: name.to_ascii_lowercase(),
        ends,
        attributes,
        span: start..place(rest),
    };
    (tag, place(rest))
}

/// What the character references stand for that addresses and our own HTML are written with.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_string();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#10;", "\n")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<String> {
        let written = |tag: Tag| {
            let mut text = String::from(if tag.ends { "/" } else { "" }) + &tag.name;
            for (name, value) in tag.attributes {
                text += &format!(" {name}={value}");
            }
            text
        };
        tags(html).into_iter().map(written).collect()
    }

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        assert_eq!(
            read("<A HREF='a.md'>x</a> <a\n href = b.md id=\"c\"><img src=d.png/> <details open>"),
            [
                "a href=a.md",
                "/a",
                "a href=b.md id=c",
                "img src=d.png/",
                "details open="
            ]
        );
        assert_eq!(
            read("<a title=\"x>y\" href=\"?a&amp;b\">"),
            ["a title=x>y href=?a&b"]
        );
        assert_eq!(read("a < b, 1 <2 and <p"), ["p"]);
    }

    #[test]
    fn comments_end_where_a_browser_ends_them() {
        assert_eq!(read("<!-- <pre> --><b>"), ["b"]);
        assert_eq!(read("<!-- a --!><pre>"), ["pre"]);
        assert_eq!(read("<!--><pre> -->"), ["pre"]);
        assert_eq!(read("<!-- <pre>"), [""; 0]);
        assert_eq!(read("<!DOCTYPE x><?php y ?>"), ["!", "?"]);
    }

    #[test]
    fn text_is_what_stands_between_tags() {
        let texts: Vec<String> = pieces("a &lt; b<b>c</b><!-- d --> e < f<br>")
            .into_iter()
            .map(|piece| match piece {
                Piece::Tag(tag) => format!("<{}>", tag.name),
                Piece::Text(text) => decode(text),
            })
            .collect();
        assert_eq!(texts, ["a < b", "<b>", "c", "<b>", " e < f", "<br>"]);
    }
}
