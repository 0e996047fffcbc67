//! The tags of HTML that an author wrote, read as a browser reads them. Pure; knows nothing of the book.

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
}

/// All tags of `html`, in order. Comments are skipped.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            at = html.len() - after_comment(comment).len();
            continue;
        }
        let (ends, body) = match rest.strip_prefix('/') {
            Some(body) => (true, body),
            None => (false, rest),
        };
        if body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (tag, after) = read(html, body, ends, start);
            tags.push(tag);
            at = after;
        } else if body.starts_with(['!', '?']) {
            let end = body
                .find('>')
                .map_or(html.len(), |found| html.len() - body.len() + found + 1);
            tags.push(Tag {
                name: body[..1].to_string(),
                ends,
                attributes: Vec::new(),
                span: start..end,
            });
            at = end;
        } else {
            at = start + 1;
        }
    }
    tags
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

/// The character references that addresses are written with.
fn decode(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
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
}
