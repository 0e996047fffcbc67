//! The model of a listing: its identity, its source, what it declares, what was recorded of it. Pure; the
//! files are read by [`discover`].

/// Parts of a listing, marked by comments.
pub mod anchor;
/// What a listing declares in its first lines.
pub mod declaration;
/// The listings of the repository, read into a catalog.
pub mod discover;
mod mentions;
mod root;
/// What tests need, here and in the crates below.
pub mod testing;
/// What a variant changes of its listing.
pub mod variant;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use anchor::Excerpt;
use book_support::nearest::nearest;
pub use declaration::{Declaration, Expectation, Mode};

/// Changes with the source of what reads listings.
pub const SOURCE_HASH: &str = env!("SOURCE_HASH");

/// A language of the book, in the order of its tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// The language that the book teaches; every listing has it.
    Zig,
    /// In which the same program is written beside it.
    Rust,
    /// From where the reader comes.
    Python,
}

impl Language {
    /// In the order of the tabs.
    pub const ALL: [Language; 3] = [Language::Zig, Language::Rust, Language::Python];

    /// The extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Language::Zig => "zig",
            Language::Rust => "rs",
            Language::Python => "py",
        }
    }

    /// The language whose files have this extension, written without the dot.
    pub fn from_extension(extension: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.extension() == extension)
    }

    /// What begins a declaration line.
    pub fn declaration_mark(self) -> &'static str {
        match self {
            Language::Zig | Language::Rust => "//@",
            Language::Python => "#@",
        }
    }

    /// The lower-case name: in classes, on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Language::Zig => "zig",
            Language::Rust => "rust",
            Language::Python => "python",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Language::Zig => "Zig",
            Language::Rust => "Rust",
            Language::Python => "Python",
        })
    }
}

impl std::str::FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Language, String> {
        match text {
            "zig" => Ok(Language::Zig),
            "rust" | "rs" => Ok(Language::Rust),
            "python" | "py" => Ok(Language::Python),
            _ => Err(format!(
                "`{text}` is no language of the book: write zig, rust or python"
            )),
        }
    }
}

/// What stands between a listing's stem and a variant's own name.
const VARIES: &str = "__";

/// The name that twins share, written `03_allocator/caller_owns`; that of a variant is `03_allocator/caller_owns__no_defer`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    /// The lesson's folder: `03_allocator`.
    pub lesson: String,
    /// The file's name without its extension: `caller_owns`.
    pub stem: String,
}

/// The most letters of a lesson's or a listing's name: both, and more, make up names of files, which have an end at 255
/// bytes.
pub const LONGEST_NAME: usize = 80;

impl Id {
    /// Reads `03_allocator/caller_owns`.
    pub fn parse(text: &str) -> Option<Id> {
        let (lesson, stem) = text.split_once('/')?;
        let word = |text: &str| {
            (1..=LONGEST_NAME).contains(&text.len())
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        let lesson_number = lesson.get(..3)?.as_bytes();
        let numbered = lesson_number[0].is_ascii_digit()
            && lesson_number[1].is_ascii_digit()
            && lesson_number[2] == b'_';
        (numbered && word(lesson) && word(stem)).then(|| Id {
            lesson: lesson.to_string(),
            stem: stem.to_string(),
        })
    }

    /// The listing whose variant this is, if it is one.
    pub fn varies(&self) -> Option<Id> {
        let (stem, _) = self.stem.split_once(VARIES)?;
        Some(Id {
            lesson: self.lesson.clone(),
            stem: stem.to_string(),
        })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.lesson, self.stem)
    }
}

/// What a directive or a question points to: a listing, and one anchor of it or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The listing.
    pub id: Id,
    /// The name of the part, if it is one: `cleanup`.
    pub anchor: Option<String>,
}

impl Reference {
    /// Reads `03_allocator/caller_owns:cleanup`.
    pub fn parse(text: &str) -> Option<Reference> {
        let (id, anchor) = match text.split_once(':') {
            Some((id, anchor)) if !anchor.is_empty() => (id, Some(anchor.to_string())),
            Some(_) => return None,
            None => (text, None),
        };
        Some(Reference {
            id: Id::parse(id)?,
            anchor,
        })
    }
}

/// One listing: an [`Id`] in a language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingKey {
    /// The name that it shares with its twins.
    pub id: Id,
    /// Which of the twins it is.
    pub language: Language,
}

impl fmt::Display for ListingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.language.extension())
    }
}

/// A file that a listing imports or embeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// Relative to the listings folder, `/` between its parts.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A program of the book, as it lies in its file, with what was recorded of it.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The name that it shares with its twins.
    pub id: Id,
    /// What it is written in.
    pub language: Language,
    /// Relative to the repository's root.
    pub path: PathBuf,
    /// What its first lines say of it.
    pub declaration: Declaration,
    /// Its whole text, the declarations among it, with line feeds alone.
    pub source: String,
    /// What it imports or embeds, itself or through another support file; sorted by path.
    pub support: Vec<Support>,
    /// The recorded output beside it.
    pub recorded: Option<String>,
}

impl Listing {
    /// What tells it from every other listing.
    pub fn key(&self) -> ListingKey {
        ListingKey {
            id: self.id.clone(),
            language: self.language,
        }
    }

    /// The path inside the listings folder, `/` between its parts.
    pub fn staged_path(&self) -> String {
        format!(
            "{}/{}.{}",
            self.id.lesson,
            self.id.stem,
            self.language.extension()
        )
    }

    /// Whether this path inside the listings folder is its own, or that of something that it imports or embeds.
    pub fn has_file(&self, path: &str) -> bool {
        self.staged_path() == path || self.support.iter().any(|support| support.path == path)
    }

    /// The names of its sources inside the lesson, as the compiler writes them before what is declared there.
    pub fn namespaces(&self) -> Vec<String> {
        let supports = self.support.iter();
        let paths = supports.filter_map(|support| {
            let (_, inside) = support.path.split_once('/')?;
            let (path, _) = inside.rsplit_once('.')?;
            Some(path.replace('/', "."))
        });
        std::iter::once(self.id.stem.clone()).chain(paths).collect()
    }

    /// The recorded output's path, relative to the repository's root.
    pub fn out_path(&self) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(".out");
        PathBuf::from(path)
    }

    /// Its source and those of what it imports, by their paths inside the listings folder.
    pub fn sources(&self) -> BTreeMap<String, String> {
        let mut sources: BTreeMap<String, String> = self
            .support
            .iter()
            .map(|support| {
                let text = String::from_utf8_lossy(&support.bytes).into_owned();
                (support.path.clone(), text)
            })
            .collect();
        sources.insert(self.staged_path(), self.source.clone());
        sources
    }

    /// What a reader sees: the whole listing, or one anchor. `None` when there is no such anchor.
    pub fn excerpt(&self, anchor: Option<&str>) -> Option<Excerpt> {
        anchor::excerpt(
            &self.source,
            declaration::head_lines(&self.source, self.language),
            anchor,
        )
    }
}

/// All listings of the book.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    listings: BTreeMap<ListingKey, Listing>,
    lessons: Vec<String>,
}

impl Catalog {
    /// A catalog of `listings`, and of `lessons`, some of which may have none.
    pub fn new(lessons: Vec<String>, listings: Vec<Listing>) -> Catalog {
        Catalog {
            lessons,
            listings: listings
                .into_iter()
                .map(|listing| (listing.key(), listing))
                .collect(),
        }
    }

    /// The names of the lessons' folders, sorted.
    pub fn lessons(&self) -> &[String] {
        &self.lessons
    }

    /// All listings, by their names, and those of one name by their languages.
    pub fn iter(&self) -> impl Iterator<Item = &Listing> {
        self.listings.values()
    }

    /// How many listings there are; each twin counts.
    pub fn len(&self) -> usize {
        self.listings.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.listings.is_empty()
    }

    /// The listing of this name in this language, if there is one.
    pub fn get(&self, id: &Id, language: Language) -> Option<&Listing> {
        self.listings.get(&ListingKey {
            id: id.clone(),
            language,
        })
    }

    /// The listing in every language it is written in, Zig first.
    pub fn twins(&self, id: &Id) -> Vec<&Listing> {
        Language::ALL
            .into_iter()
            .filter_map(|language| self.get(id, language))
            .collect()
    }

    /// The variants of a listing, in the order of their names.
    pub fn variants(&self, id: &Id) -> Vec<&Listing> {
        let of = |listing: &&Listing| listing.id.varies().as_ref() == Some(id);
        self.listings.values().filter(of).collect()
    }

    /// What mends it that an author names a listing which is not there.
    pub fn hint_for_unknown(&self, id: &Id) -> String {
        let similar = self.similar(&id.to_string());
        if similar.is_empty() {
            return format!("make it: cargo xtask new-listing {id}");
        }
        let similar: Vec<String> = similar.iter().map(|id| format!("`{id}`")).collect();
        format!("did you mean {}?", similar.join(", "))
    }

    /// What mends it that somebody names a listing to a command which is not there, or a part of its path.
    pub fn hint_for_unmatched(&self, text: &str) -> String {
        match self.similar(text).as_slice() {
            [] => format!("the lessons are {}", self.lessons.join(", ")),
            similar => format!("did you mean {}?", similar.join(" or ")),
        }
    }

    /// The ids nearest to `text`, for a message about an unknown one.
    pub fn similar(&self, text: &str) -> Vec<String> {
        // Those of a lesson have its name in common.
        const ALIKE: f32 = 0.7;
        let ids: Vec<String> = self
            .listings
            .keys()
            .filter(|key| key.language == Language::Zig && key.id.varies().is_none())
            .map(|key| key.id.to_string())
            .collect();
        let nearest = nearest(text, ids.iter().map(String::as_str), ALIKE);
        nearest.into_iter().take(3).map(str::to_string).collect()
    }
}
