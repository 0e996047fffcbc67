//! Which listings a run checks. Pure.

use std::path::Path;

use book_listing::{Language, ListingKey};

/// Filters; a listing is selected when it passes all of them.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Parts of the path `03_allocator/caller_owns.zig`; one of them must be in it.
    pub filters: Vec<String>,
    /// Empty for all.
    pub languages: Vec<Language>,
}

impl Selection {
    /// Whether the listing is one that was asked for.
    pub fn holds(&self, key: &ListingKey) -> bool {
        let path = key.to_string();
        let language = self.languages.is_empty() || self.languages.contains(&key.language);
        self.names(&path) && language
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

    fn key(path: &str, language: Language) -> ListingKey {
        ListingKey {
            id: Id::parse(path).unwrap(),
            language,
        }
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
