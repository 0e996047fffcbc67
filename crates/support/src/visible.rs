//! Text of others on a terminal: it moves no cursor, changes no color and fills no screen. Pure, but for
//! [`takes_escapes`].

use std::borrow::Cow;

/// The most characters of a line that are worth reading.
const LINE: usize = 400;

/// Whether the terminal is one that colors and a cleared screen mean something to.
pub fn takes_escapes() -> bool {
    std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

/// `text` with its control characters as pictures of them, but for line feeds and tabs.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| character.is_control() && !"\n\t".contains(character);
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let picture = |character: char| match u32::from(character) {
        _ if !is_control(character) => character,
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    };
    Cow::Owned(text.chars().map(picture).collect())
}

/// As [`visible`]; what a line has too much of is left out, and that is said.
pub fn for_terminal(text: &str) -> String {
    let lines: Vec<String> = visible(text)
        .split('\n')
        .map(|line| match line.char_indices().nth(LINE) {
            Some((end, _)) => {
                let more = line[end..].chars().count();
                format!("{}… ({more} more characters)", &line[..end])
            }
            None => line.to_string(),
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_seen_and_do_nothing() {
        assert_eq!(
            visible("a\x1b[2J\u{9b}31m\x07\r\x7f\tb\n"),
            "a␛[2J\u{fffd}31m␇␍␡\tb\n"
        );
        assert_eq!(visible("é → …\n"), "é → …\n");
    }

    #[test]
    fn a_long_line_is_cut_and_the_next_is_not() {
        let text = for_terminal(&format!("{}\nshort\n", "é".repeat(1_000_000)));
        assert!(text.ends_with("é… (999600 more characters)\nshort\n"));
        assert!(text.len() < 1000);
    }
}
