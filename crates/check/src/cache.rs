//! What was seen of a listing, kept under a key of everything that it depends on.
//!
//! A result is one small file, written beside its place and then renamed: a kill at any moment, or a second
//! run, leaves whole results or none.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::observation::Observation;
use book_listing::Listing;
use book_support::kept;

/// Change with the sources of the checker, of what reads listings, runs processes and finds toolchains, and with the
/// packages that these use: what was seen before may no longer be what would be seen.
const CHECKER: [&str; 4] = [
    env!("SOURCE_HASH"),
    book_listing::SOURCE_HASH,
    book_support::SOURCE_HASH,
    book_toolchain::SOURCE_HASH,
];

/// A key of everything that an observation depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultKey(String);

impl ResultKey {
    /// `toolchain` says all that decides, beside the listing itself, how it is built and run.
    pub fn new(listing: &Listing, toolchain: &str) -> ResultKey {
        let staged = listing.staged_path();
        let mut parts: Vec<&[u8]> = CHECKER.iter().map(|part| part.as_bytes()).collect();
        parts.extend([
            std::env::consts::ARCH.as_bytes(),
            toolchain.as_bytes(),
            // The declaration is the head of the source.
            staged.as_bytes(),
            listing.source.as_bytes(),
        ]);
        for support in &listing.support {
            parts.extend([support.path.as_bytes(), &support.bytes]);
        }
        ResultKey(kept::key(parts))
    }
}

/// The folder of results, inside the work folder.
pub const RESULTS: &str = "results";

/// The folder of results.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache in the work folder `work`, which need not be there yet.
    pub fn new(work: &Path) -> Cache {
        Cache {
            folder: work.join(RESULTS),
        }
    }

    fn path(&self, key: &ResultKey) -> PathBuf {
        self.folder.join(&key.0[..2]).join(&key.0[2..])
    }

    /// What was seen before. A result that is not whole, or another listing's, counts as none.
    pub fn get(&self, key: &ResultKey) -> Option<Observation> {
        serde_json::from_slice(&kept::read(&self.path(key), &key.0)?).ok()
    }

    /// Keeps what was seen, if it would be seen again.
    ///
    /// # Errors
    ///
    /// When it cannot be written, for example because the disk is full.
    pub fn put(&self, key: &ResultKey, seen: &Observation) -> Result<()> {
        if !seen.reality.is_lasting() {
            return Ok(());
        }
        kept::write(&self.path(key), &key.0, &serde_json::to_vec(seen)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Reality;
    use book_listing::{Support, testing};
    use book_support::files::write_whole;
    use std::fs;

    fn listing(source: &str) -> Listing {
        testing::listing("03_allocator/a.zig", source, None)
    }

    #[test]
    fn a_result_is_found_again_until_something_it_depends_on_changes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let before = listing("//@ run\n// a\n");
        let key = ResultKey::new(&before, "Zig 0.17.1");
        let seen = Observation {
            reality: Reality::Ran,
            output: "4\n".into(),
        };
        cache.put(&key, &seen).unwrap();
        assert_eq!(cache.get(&key), Some(seen));

        let mut imports = before.clone();
        imports.support.push(Support {
            path: "03_allocator/b.zig".into(),
            bytes: b"x".to_vec(),
        });
        for changed in [
            ResultKey::new(&listing("//@ run\n// b\n"), "Zig 0.17.1"),
            ResultKey::new(&listing("//@ leak\n// a\n"), "Zig 0.17.1"),
            ResultKey::new(&before, "Zig 0.17.2"),
            ResultKey::new(&imports, "Zig 0.17.1"),
        ] {
            assert_eq!(cache.get(&changed), None);
        }
    }

    #[test]
    fn a_torn_or_foreign_result_counts_as_none_and_what_may_pass_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        let key = ResultKey::new(&listing("//@ run\n"), "Zig 0.17.1");
        cache
            .put(
                &key,
                &Observation {
                    reality: Reality::TimedOut(10),
                    output: String::new(),
                },
            )
            .unwrap();
        assert_eq!(cache.get(&key), None);
        write_whole(&cache.path(&key), b"{\"reality\":\"ran\",\"outp").unwrap();
        assert_eq!(cache.get(&key), None);
        let other = ResultKey::new(&listing("//@ run\n// b\n"), "Zig 0.17.1");
        let seen = Observation {
            reality: Reality::Ran,
            output: "4\n".into(),
        };
        cache.put(&other, &seen).unwrap();
        fs::copy(cache.path(&other), cache.path(&key)).unwrap();
        assert_eq!(cache.get(&key), None);
    }
}
