//! Shows recorded executions: in a terminal, and in a page. Pure.
//!
//! | module | what |
//! |---|---|
//! | [`terminal`] | a trace as text |
//! | [`sentence`], [`change`] | a step in words |
//! | [`picture`], [`labels`], [`arrows`] | a step, laid out and drawn |
//! | [`blank`] | a step with values left out, for questions |
//! | [`page`] | the figure of a page, and the data of its other steps |

pub mod arrows;
pub mod blank;
pub mod change;
pub mod labels;
pub mod page;
pub mod picture;
pub mod sentence;
pub mod terminal;

/// Escapes text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            other => escaped.push(other),
        }
    }
    escaped
}
