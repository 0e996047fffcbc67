//! Rust by rustc's own lexer. Pure.

use ra_ap_rustc_lexer::{FrontmatterAllowed, LiteralKind, TokenKind, tokenize as lex};

use super::classify::{Lexeme, TokenClass};

pub(super) fn tokenize(source: &str) -> Vec<Lexeme> {
    let mut start = 0;
    let mut lexemes = Vec::new();
    for token in lex(source, FrontmatterAllowed::No) {
        let end = start + token.len as usize;
        let kind = match token.kind {
            TokenKind::LineComment { .. } | TokenKind::BlockComment { .. } => {
                Some(TokenClass::Comment)
            }
            TokenKind::Ident | TokenKind::RawIdent => Some(TokenClass::Identifier),
            TokenKind::Literal { kind, .. } => Some(match kind {
                LiteralKind::Int { .. } | LiteralKind::Float { .. } => TokenClass::Number,
                _ => TokenClass::String,
            }),
            TokenKind::Lifetime { .. } => Some(TokenClass::Keyword),
            TokenKind::Whitespace => None,
            _ => Some(TokenClass::Punctuation(source.as_bytes()[start])),
        };
        if let Some(kind) = kind {
            lexemes.push(Lexeme { start, end, kind });
        }
        start = end;
    }
    lexemes
}
