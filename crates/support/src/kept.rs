//! Files in the work folder that can be made again: each holds the key of what it was made from and a checksum, so
//! that one which was exchanged, cut short or damaged counts as none.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::bounded::note_use;
use crate::files::write_whole;

/// A key of everything that something depends on.
pub fn key<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_hex().to_string()
}

/// The first line of a file that is kept.
fn head(key: &str, bytes: &[u8]) -> String {
    format!("{key} {}\n", blake3::hash(bytes).to_hex())
}

/// What is kept there under this key; nothing if the file is missing, another's, or damaged.
pub fn read(path: &Path, key: &str) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path).ok()?;
    let start = bytes.iter().position(|&byte| byte == b'\n')? + 1;
    let is_sound = head(key, &bytes[start..]).as_bytes() == &bytes[..start];
    is_sound.then(|| {
        note_use(path);
        bytes.split_off(start)
    })
}

/// Keeps `bytes` under a key.
///
/// # Errors
///
/// When the file cannot be written, for example because the disk is full.
pub fn write(path: &Path, key: &str, bytes: &[u8]) -> Result<()> {
    write_whole(path, &[head(key, bytes).as_bytes(), bytes].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_believed_only_whole_and_under_its_own_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        assert_eq!(read(&path, "k"), None);
        write(&path, "k", b"one\ntwo").unwrap();
        assert_eq!(read(&path, "k").as_deref(), Some(&b"one\ntwo"[..]));
        assert_eq!(read(&path, "other"), None);
        let whole = fs::read(&path).unwrap();
        for end in 0..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            assert_eq!(read(&path, "k"), None, "cut at {end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert_eq!(read(&path, "k"), None, "changed at {at}");
        }
    }

    #[test]
    fn a_key_tells_where_its_parts_end() {
        assert_ne!(key([&b"ab"[..], b"c"]), key([&b"a"[..], b"bc"]));
    }
}
