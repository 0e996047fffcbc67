//! Which listings a run checks. Pure.

use std::path::Path;

use book_listing::{Key, Language};

/// One of several parts of the listings, for machines that share the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    count: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers = text
            .split_once('/')
            .and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match numbers {
            Some((index, count)) if (1..=count).contains(&index) => Ok(Shard { index, count }),
            _ => Err(format!(
                "`{text}` is no shard: write for example 1/4, the first of four"
            )),
        }
    }
}

/// Filters; a listing is selected when it passes all of them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Parts of the path `03_allocator/caller_owns.zig`; one of them must be in it.
    pub filters: Vec<String>,
    /// Empty for all.
    pub languages: Vec<Language>,
    pub shard: Option<Shard>,
}

impl Selection {
    pub fn holds(&self, key: &Key) -> bool {
        let path = key.to_string();
        let language = self.languages.is_empty() || self.languages.contains(&key.language);
        // Twins go to the same shard: they are compared with each other.
        let shard = self.shard.is_none_or(|shard| {
            let hash = blake3::hash(key.id.to_string().as_bytes());
            let number = u32::from_le_bytes(hash.as_bytes()[..4].try_into().expect("four bytes"));
            number % shard.count == shard.index - 1
        });
        self.names(&path) && language && shard
    }

    /// Whether a problem of the file at `path` belongs to the selection.
    pub fn holds_path(&self, path: &Path) -> bool {
        let path = path.to_string_lossy();
        self.names(path.strip_prefix("listings/").unwrap_or(&path))
    }

    fn names(&self, path: &str) -> bool {
        self.filters.is_empty()
            || self
                .filters
                .iter()
                .any(|filter| path.contains(filter.strip_prefix("listings/").unwrap_or(filter)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use book_listing::Id;

    fn key(path: &str, language: Language) -> Key {
        Key {
            id: Id::parse(path).unwrap(),
            language,
        }
    }

    #[test]
    fn shards_share_the_listings_out_and_keep_twins_together() {
        let shards: Vec<Selection> = (1..=3)
            .map(|index| Selection {
                shard: Some(format!("{index}/3").parse().unwrap()),
                ..Selection::default()
            })
            .collect();
        for number in 0..50 {
            let zig = key(&format!("03_allocator/l{number}"), Language::Zig);
            let python = key(&format!("03_allocator/l{number}"), Language::Python);
            let holding: Vec<bool> = shards.iter().map(|shard| shard.holds(&zig)).collect();
            assert_eq!(holding.iter().filter(|&&holds| holds).count(), 1);
            assert_eq!(
                holding,
                shards
                    .iter()
                    .map(|shard| shard.holds(&python))
                    .collect::<Vec<_>>()
            );
        }
        assert!("5/4".parse::<Shard>().is_err() && "0/4".parse::<Shard>().is_err());
    }

    #[test]
    fn a_filter_is_a_part_of_the_path() {
        let by = |filter: &str| Selection {
            filters: vec![filter.into()],
            ..Selection::default()
        };
        let key = key("03_allocator/caller_owns", Language::Rust);
        assert!(
            by("03_allocator").holds(&key)
                && by("caller_owns.rs").holds(&key)
                && by("listings/03_alloc").holds(&key)
        );
        assert!(!by("caller_owns.zig").holds(&key));
    }
}
