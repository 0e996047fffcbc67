//! Highlighting at build time, each language by its own tokenizer: Zig's `std.zig.Tokenizer`, rustc's lexer,
//! Python's `tokenize`. No reader's browser highlights anything.
//!
//! `classify` is pure and the same for all three; `zig` and `python` ask their toolchain, once for all
//! sources that are not in the cache. The cache is a file in the work folder and can be deleted at any time.

pub(crate) mod classify;
pub mod program;
mod python;
mod rust;
mod zig;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use book_listing::{Catalog, Language, Listing, ListingKey};
use book_support::kept;
use book_support::project::Project;

/// Part of every cache key: raised when the classes of tokens change.
const VERSION: &str = "1";

/// What a token is; `hl-` and the word make the class in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Class {
    /// A word of the language, such as `const` or `fn`.
    #[serde(rename = "k")]
    Keyword,
    /// The name of a type.
    #[serde(rename = "t")]
    Type,
    /// The name of a function.
    #[serde(rename = "f")]
    Function,
    /// A string or a character, with its quotes.
    #[serde(rename = "s")]
    String,
    /// A literal number.
    #[serde(rename = "n")]
    Number,
    /// A comment, with the marks that begin it.
    #[serde(rename = "c")]
    Comment,
    /// A function or macro of the compiler: `@import`, `println!`.
    #[serde(rename = "b")]
    Builtin,
    /// `true`, `null`, `MAX`.
    #[serde(rename = "v")]
    Constant,
    /// Rust's `#[…]` and Python's `@…`.
    #[serde(rename = "a")]
    Attribute,
}

impl Class {
    /// The class in one word, as the look of a page names it.
    pub fn word(self) -> &'static str {
        match self {
            Class::Keyword => "keyword",
            Class::Type => "type",
            Class::Function => "function",
            Class::String => "string",
            Class::Number => "number",
            Class::Comment => "comment",
            Class::Builtin => "builtin",
            Class::Constant => "constant",
            Class::Attribute => "attribute",
        }
    }
}

/// A colored piece of a source, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "(usize, usize, Class)", from = "(usize, usize, Class)")]
pub struct ColoredToken {
    /// In bytes from the start of the source.
    pub start: usize,
    /// In bytes; the byte there is not part of it.
    pub end: usize,
    /// What it is colored as.
    pub class: Class,
}

impl From<ColoredToken> for (usize, usize, Class) {
    fn from(token: ColoredToken) -> (usize, usize, Class) {
        (token.start, token.end, token.class)
    }
}

impl From<(usize, usize, Class)> for ColoredToken {
    fn from((start, end, class): (usize, usize, Class)) -> ColoredToken {
        ColoredToken { start, end, class }
    }
}

/// The tokens of every listing.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    tokens: BTreeMap<ListingKey, Vec<ColoredToken>>,
}

impl Sources {
    /// Listings with tokens that a test made up.
    #[cfg(test)]
    pub fn of(tokens: impl IntoIterator<Item = (ListingKey, Vec<ColoredToken>)>) -> Sources {
        Sources {
            tokens: tokens.into_iter().collect(),
        }
    }

    /// The tokens of a listing, in order; none when it was not highlighted.
    pub fn tokens(&self, listing: &Listing) -> &[ColoredToken] {
        self.tokens.get(&listing.key()).map_or(&[], Vec::as_slice)
    }

    /// Highlights every listing of the catalog.
    ///
    /// # Errors
    ///
    /// When Zig or Python is needed and cannot be run, or the cache cannot be written.
    pub fn load(project: &Project, catalog: &Catalog) -> Result<Sources> {
        let listings: Vec<&Listing> = catalog.iter().collect();
        let sources: Vec<(Language, &str)> = listings
            .iter()
            .map(|listing| (listing.language, listing.source.as_str()))
            .collect();
        let tokens = highlight(project, "listings", &sources)?;
        Ok(Sources {
            tokens: listings
                .iter()
                .map(|listing| listing.key())
                .zip(tokens)
                .collect(),
        })
    }
}

type TokenCache = BTreeMap<String, Vec<ColoredToken>>;

/// The tokens of each source, in order. `name` is that of the cache: it keeps what its last user asked for.
///
/// # Errors
///
/// When Zig or Python is needed and cannot be run, or the cache cannot be written.
pub fn highlight(
    project: &Project,
    name: &str,
    sources: &[(Language, &str)],
) -> Result<Vec<Vec<ColoredToken>>> {
    let path = project.work().join(format!("highlight-{name}.json"));
    let known = read_cache(&path);
    let keys: Vec<String> = sources
        .iter()
        .map(|(language, source)| key(*language, source))
        .collect();
    let mut used: TokenCache = keys
        .iter()
        .filter_map(|key| Some((key.clone(), known.get(key)?.clone())))
        .collect();
    let mut missing: BTreeMap<&str, (Language, &str)> = BTreeMap::new();
    for (key, source) in keys.iter().zip(sources) {
        if !used.contains_key(key) {
            missing.insert(key, *source);
        }
    }
    for language in Language::ALL {
        let (keys, texts): (Vec<&str>, Vec<&str>) = missing
            .iter()
            .filter(|(_, (of, _))| *of == language)
            .map(|(key, (_, text))| (*key, *text))
            .unzip();
        if texts.is_empty() {
            continue;
        }
        let lexemes = match language {
            Language::Zig => zig::tokenize(project, &texts)?,
            Language::Rust => texts.iter().map(|text| rust::tokenize(text)).collect(),
            Language::Python => python::tokenize(project, &texts)?,
        };
        for ((key, text), lexemes) in keys.iter().zip(&texts).zip(lexemes) {
            used.insert(
                (*key).to_string(),
                classify::classify(language, text, &lexemes),
            );
        }
    }
    if used != known {
        write_cache(&path, &used)?;
    }
    Ok(keys.iter().map(|key| used[key].clone()).collect())
}

fn key(language: Language, source: &str) -> String {
    let version = book_toolchain::zig::VERSION;
    let parts = [VERSION, version, language.word(), source];
    kept::key(parts.map(str::as_bytes))[..32].to_string()
}

/// A cache that cannot be read is as good as none.
fn read_cache(path: &Path) -> TokenCache {
    kept::read(path, VERSION)
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn write_cache(path: &Path, cache: &TokenCache) -> Result<()> {
    kept::write(path, VERSION, &serde_json::to_vec(cache)?)
}
