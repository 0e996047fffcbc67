//! The little HTML that several parts need: escaping, links between pages, and how a block of HTML survives
//! Markdown. Pure.

use std::path::Path;

/// Changes with the rules of this module.
pub const SOURCE_HASH: &str = env!("HTML_HASH");

/// Escapes text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Escapes text and turns `` `code` `` into an element, the one piece of Markdown that captions may hold.
pub fn inline(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let paired = parts.len() - usize::from(parts.len().is_multiple_of(2));
    let mut html = String::new();
    for (index, part) in parts.iter().enumerate() {
        let part = escape(part);
        if index % 2 == 1 && index < paired {
            html.push_str(&format!("<code>{part}</code>"));
        } else {
            if index >= paired && index > 0 {
                html.push('`');
            }
            html.push_str(&part);
        }
    }
    html
}

/// HTML as one line. A blank line would end the HTML block, and an indented one begin code; a line feed written
/// as a character reference does neither, and is a line feed again on the page. So `html` holds no script.
pub fn one_line(html: &str) -> String {
    html.trim().replace("\r\n", "\n").replace('\n', "&#10;")
}

/// A path as an address holds it: what means something else there, and what not every reader takes, is encoded.
pub fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

/// The address of `to` seen from the page `from`, both relative to `src/`. A chapter's `.md` becomes `.html`.
pub fn relative_url(from: &Path, to: &Path) -> String {
    let folders = |path: &Path| -> Vec<String> {
        path.parent()
            .into_iter()
            .flat_map(Path::components)
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect()
    };
    let (from, folder) = (folders(from), folders(to));
    let common = from.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let mut parts = vec!["..".to_string(); from.len() - common];
    parts.extend(folder[common..].iter().cloned());
    let file = match to.extension() {
        Some(extension) if extension == "md" => to.with_extension("html"),
        _ => to.to_path_buf(),
    };
    parts.push(
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    );
    url_path(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_may_hold_code_and_nothing_else() {
        assert_eq!(
            inline("`a<b>` & `c`"),
            "<code>a&lt;b&gt;</code> &amp; <code>c</code>"
        );
        assert_eq!(inline("an odd ` mark"), "an odd ` mark");
    }

    #[test]
    fn addresses_are_relative_to_the_page() {
        let url = |from: &str, to: &str| relative_url(Path::new(from), Path::new(to));
        assert_eq!(url("lessons/a.md", "lessons/b.md"), "b.html");
        assert_eq!(url("lessons/a.md", "reference/b.md"), "../reference/b.html");
        assert_eq!(url("index.md", "lessons/b.md"), "lessons/b.html");
        assert_eq!(url("index.md", "images/b.svg"), "images/b.svg");
        assert_eq!(
            url("a.md", "my é/b (1)#%.md"),
            "my%20%C3%A9/b%20%281%29%23%25.html"
        );
    }
}
