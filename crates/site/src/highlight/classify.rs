//! From what a tokenizer saw to what a reader sees: one set of rules for three languages. Pure.

use super::{Class, ColoredToken};
use book_listing::Language;

/// What every tokenizer can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenClass {
    Keyword,
    Identifier,
    String,
    Number,
    Comment,
    Builtin,
    /// One character of punctuation.
    Punctuation(u8),
}

/// A token as its language's tokenizer saw it, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    pub start: usize,
    pub end: usize,
    pub kind: TokenClass,
}

/// Rust's keywords; its lexer calls them identifiers.
const RUST_KEYWORDS: [&str; 39] = [
    "as",
    "async",
    "await",
    "break",
    "const",
    "continue",
    "crate",
    "dyn",
    "else",
    "enum",
    "extern",
    "fn",
    "for",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "match",
    "mod",
    "move",
    "mut",
    "pub",
    "ref",
    "return",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
    "where",
    "while",
    "macro_rules",
    "yield",
];

const PYTHON_KEYWORDS: [&str; 33] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "self",
];

const CONSTANTS: [&str; 7] = [
    "true",
    "false",
    "null",
    "undefined",
    "True",
    "False",
    "None",
];

const RUST_TYPES: [&str; 17] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64",
];

const PYTHON_TYPES: [&str; 12] = [
    "int",
    "float",
    "bool",
    "str",
    "bytes",
    "bytearray",
    "list",
    "dict",
    "tuple",
    "set",
    "object",
    "memoryview",
];

const ZIG_TYPES: [&str; 14] = [
    "bool",
    "void",
    "noreturn",
    "type",
    "anyerror",
    "anyopaque",
    "isize",
    "usize",
    "comptime_int",
    "comptime_float",
    "c_int",
    "c_uint",
    "c_long",
    "c_char",
];

/// The tokens that get a color, in order.
pub(crate) fn classify(language: Language, source: &str, lexemes: &[Lexeme]) -> Vec<ColoredToken> {
    let mut tokens: Vec<ColoredToken> = Vec::new();
    let mut index = 0;
    while index < lexemes.len() {
        if let Some(end) = attribute(language, source, lexemes, index) {
            tokens.push(ColoredToken {
                start: lexemes[index].start,
                end: lexemes[end].end,
                class: Class::Attribute,
            });
            index = end + 1;
            continue;
        }
        let lexeme = lexemes[index];
        let class = match lexeme.kind {
            TokenClass::Keyword => Some(Class::Keyword),
            TokenClass::String => Some(Class::String),
            TokenClass::Number => Some(Class::Number),
            TokenClass::Comment => Some(Class::Comment),
            TokenClass::Builtin => Some(Class::Builtin),
            TokenClass::Punctuation(_) => None,
            TokenClass::Identifier => identifier(language, source, lexemes, index),
        };
        if let Some(class) = class {
            tokens.push(ColoredToken {
                start: lexeme.start,
                end: lexeme.end,
                class,
            });
        }
        index += 1;
    }
    tokens
}

fn punctuation(lexemes: &[Lexeme], index: usize, wanted: u8) -> bool {
    lexemes
        .get(index)
        .is_some_and(|lexeme| lexeme.kind == TokenClass::Punctuation(wanted))
}

/// The last lexeme of the attribute or decorator that begins at `index`.
fn attribute(language: Language, source: &str, lexemes: &[Lexeme], index: usize) -> Option<usize> {
    match language {
        Language::Zig => None,
        Language::Rust => {
            if !punctuation(lexemes, index, b'#') {
                return None;
            }
            let open = index + 1 + usize::from(punctuation(lexemes, index + 1, b'!'));
            if !punctuation(lexemes, open, b'[') {
                return None;
            }
            let mut depth = 0;
            for (at, lexeme) in lexemes.iter().enumerate().skip(open) {
                match lexeme.kind {
                    TokenClass::Punctuation(b'[') => depth += 1,
                    TokenClass::Punctuation(b']') => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    return Some(at);
                }
            }
            None
        }
        Language::Python => {
            let line = source[..lexemes[index].start]
                .rfind('\n')
                .map_or(0, |at| at + 1);
            let first = source[line..lexemes[index].start].trim().is_empty();
            if !first || !punctuation(lexemes, index, b'@') {
                return None;
            }
            let mut last = index;
            while lexemes.get(last + 1).is_some_and(|next| {
                next.start == lexemes[last].end
                    && matches!(
                        next.kind,
                        TokenClass::Identifier | TokenClass::Punctuation(b'.')
                    )
            }) {
                last += 1;
            }
            Some(last)
        }
    }
}

fn identifier(language: Language, source: &str, lexemes: &[Lexeme], index: usize) -> Option<Class> {
    let word = &source[lexemes[index].start..lexemes[index].end];
    let keywords: &[&str] = match language {
        Language::Zig => &[],
        Language::Rust => &RUST_KEYWORDS,
        Language::Python => &PYTHON_KEYWORDS,
    };
    // Python's soft keywords are keywords where a statement begins with them and a word follows.
    let soft = language == Language::Python
        && matches!(word, "match" | "case")
        && first_of_line(source, lexemes[index].start)
        && !punctuation(lexemes, index + 1, b'=')
        && !punctuation(lexemes, index + 1, b'.')
        && !punctuation(lexemes, index + 1, b'(');
    if keywords.contains(&word) || soft {
        return Some(Class::Keyword);
    }
    if CONSTANTS.contains(&word) {
        return Some(Class::Constant);
    }
    if is_type(language, word) {
        return Some(Class::Type);
    }
    if language == Language::Rust
        && punctuation(lexemes, index + 1, b'!')
        && !punctuation(lexemes, index + 2, b'=')
    {
        return Some(Class::Builtin);
    }
    if punctuation(lexemes, index + 1, b'(') {
        return Some(Class::Function);
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next()?;
    if !first.is_uppercase() {
        return None;
    }
    let rest: Vec<char> = letters.collect();
    Some(
        if rest.iter().all(|c| c.is_uppercase()) && !rest.is_empty() {
            Class::Constant
        } else {
            Class::Type
        },
    )
}

fn first_of_line(source: &str, at: usize) -> bool {
    let line = source[..at].rfind('\n').map_or(0, |line| line + 1);
    source[line..at].trim().is_empty()
}

fn is_type(language: Language, word: &str) -> bool {
    match language {
        Language::Zig => ZIG_TYPES.contains(&word) || is_sized_number(word),
        Language::Rust => RUST_TYPES.contains(&word),
        Language::Python => PYTHON_TYPES.contains(&word),
    }
}

/// `u8`, `i32`, `f64`: Zig has integers of any width.
fn is_sized_number(word: &str) -> bool {
    let Some(bits) = word.strip_prefix(['u', 'i', 'f']) else {
        return false;
    };
    !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::rust;

    fn classes(source: &str) -> Vec<(String, &'static str)> {
        classify(Language::Rust, source, &rust::tokenize(source))
            .into_iter()
            .map(|token| {
                (
                    source[token.start..token.end].to_string(),
                    token.class.word(),
                )
            })
            .collect()
    }

    #[test]
    fn rust_is_read_by_rusts_own_lexer() {
        let source = "#[derive(Debug)]\npub fn f<'a>(x: &'a u8) -> Vec<u8> { // c\n    g(\"s\", 'c', 1_0u8); println!(\"{x}\"); MAX != true }\n";
        let found = classes(source);
        for (text, class) in [
            ("#[derive(Debug)]", "attribute"),
            ("pub", "keyword"),
            ("u8", "type"),
            ("Vec", "type"),
            ("// c", "comment"),
            ("g", "function"),
            ("\"s\"", "string"),
            ("'c'", "string"),
            ("1_0u8", "number"),
            ("println", "builtin"),
            ("MAX", "constant"),
            ("true", "constant"),
        ] {
            assert!(
                found.contains(&(text.to_string(), class)),
                "{text} in {found:?}"
            );
        }
    }

    #[test]
    fn tokens_are_in_order_and_do_not_overlap() {
        let source = "fn main() { let s = r#\"a \" b\"#; /* x */ let é = 'é'; }";
        let tokens = classify(Language::Rust, source, &rust::tokenize(source));
        assert!(!tokens.is_empty());
        for pair in tokens.windows(2) {
            assert!(pair[0].end <= pair[1].start);
        }
        assert!(
            tokens
                .iter()
                .all(|token| source.get(token.start..token.end).is_some())
        );
    }
}
