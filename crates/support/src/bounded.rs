//! Keeps the work folder from only growing: what has not been used for long is removed, and compilers' caches begin anew when
//! they are large. All of it can be made again, so a date that is wrong costs time and nothing else.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use crate::files::write_whole;
use crate::lock::lock;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long something is kept that nobody uses.
const UNUSED: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// By then every compiler has ended that began with the cache before.
const OUTDATED: Duration = Duration::from_secs(60 * 60);
/// The size at which a compiler's cache begins anew, in bytes. The whole book takes a fifth of it.
pub const LARGE: u64 = 1 << 30;

/// Whether it is that old. What comes from the future is not.
fn is_older(data: &Metadata, age: Duration) -> bool {
    let modified = data.modified().ok();
    let old = modified.and_then(|at| SystemTime::now().duration_since(at).ok());
    old.is_some_and(|old| old > age)
}

/// Notes that a file was used. Where that cannot be written, it is made again some day.
pub(crate) fn note_use(path: &Path) {
    if fs::metadata(path).is_ok_and(|data| is_older(&data, DAY))
        && let Ok(file) = File::options().append(true).open(path)
    {
        let _ = file.set_modified(SystemTime::now());
    }
}

/// Removes the files below `folder` that were neither written nor used for 30 days.
pub fn remove_unused(folder: &Path) {
    for entry in WalkDir::new(folder).min_depth(1).contents_first(true) {
        let Ok(entry) = entry else { continue };
        if !entry.metadata().is_ok_and(|data| is_older(&data, UNUSED)) {
            continue;
        }
        // Another run may have been faster, and a folder may not be empty.
        let _ = match entry.file_type().is_dir() {
            true => fs::remove_dir(entry.path()),
            false => fs::remove_file(entry.path()),
        };
    }
}

/// Whether a day has passed since this last said so: looking at everything takes longer than a check may.
///
/// # Errors
///
/// When that cannot be noted.
pub fn is_due(work: &Path) -> Result<bool> {
    let mark = work.join("cleared");
    if fs::metadata(&mark).is_ok_and(|data| !is_older(&data, DAY)) {
        return Ok(false);
    }
    write_whole(&mark, b"")?;
    Ok(true)
}

/// How many bytes the files of a folder hold. A link's are somebody else's.
fn size(folder: &Path) -> u64 {
    let files = WalkDir::new(folder).follow_root_links(false).into_iter();
    let sizes = files.flatten().filter_map(|entry| entry.metadata().ok());
    sizes.filter(Metadata::is_file).map(|data| data.len()).sum()
}

/// Removes a folder that holds more than so many bytes. Only for whoever holds the lock of all that use it.
///
/// # Errors
///
/// When it cannot be removed.
pub fn remove_large(folder: &Path, large: u64) -> Result<()> {
    if size(folder) > large {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

const ZIG_CACHE: &str = "zig-cache";

/// Zig's caches in a work folder by their numbers: `zig-cache`, then `zig-cache-1`.
fn zig_caches(work: &Path) -> Vec<(u32, PathBuf)> {
    let entries = fs::read_dir(work).into_iter().flatten().flatten();
    let mut caches: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let number = match name.strip_prefix(ZIG_CACHE)? {
                "" => 0,
                rest => rest.strip_prefix('-')?.parse().ok()?,
            };
            Some((number, entry.path()))
        })
        .collect();
    caches.sort();
    caches
}

/// The cache that Zig is given in this work folder.
pub fn zig_cache(work: &Path) -> PathBuf {
    let newest = zig_caches(work).pop();
    newest.map_or_else(|| work.join(ZIG_CACHE), |(_, path)| path)
}

/// Begins a new cache when Zig's holds more than so many bytes, and removes those that nobody uses any more: compilers
/// hold no lock, and go on with the cache that they began with.
///
/// # Errors
///
/// When a folder cannot be made or removed.
pub fn renew_zig_cache(work: &Path, large: u64) -> Result<()> {
    // Whoever comes second finds it done.
    let _lock = lock(&work.join("renewing"), || ())?;
    let mut caches = zig_caches(work);
    let Some((_, newest)) = caches.pop() else {
        return Ok(());
    };
    // Its date is that of its first use, for Zig writes below it from then on.
    if fs::metadata(&newest).is_ok_and(|data| is_older(&data, OUTDATED)) {
        for (_, old) in caches {
            fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
        }
    }
    if size(&newest) > large {
        begin_zig_cache(work)?;
    }
    Ok(())
}

/// Begins a new cache for Zig, whatever the one before holds.
///
/// # Errors
///
/// When its folder cannot be made.
pub fn begin_zig_cache(work: &Path) -> Result<()> {
    let number = zig_caches(work).pop().map_or(0, |(number, _)| number + 1);
    let next = work.join(format!("{ZIG_CACHE}-{number}"));
    fs::create_dir_all(&next).with_context(|| format!("cannot make {}", next.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, days: u64) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "four").unwrap();
        let at = SystemTime::now() - DAY * u32::try_from(days).unwrap();
        let file = File::options().append(true).open(path).unwrap();
        file.set_modified(at).unwrap();
    }

    #[test]
    fn what_is_used_stays_and_what_is_not_goes_after_30_days() {
        let folder = tempfile::tempdir().unwrap();
        let [used, unused, young] =
            ["a/used", "a/unused", "young"].map(|name| folder.path().join(name));
        write(&used, 31);
        write(&unused, 31);
        write(&young, 29);
        note_use(&used);
        remove_unused(folder.path());
        assert!(used.is_file() && young.is_file());
        assert!(!unused.exists());
    }

    #[test]
    fn it_is_due_once_a_day() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_due(folder.path()).unwrap());
        assert!(!is_due(folder.path()).unwrap());
        write(&folder.path().join("cleared"), 2);
        assert!(is_due(folder.path()).unwrap());
    }

    #[test]
    fn a_large_cache_begins_anew_and_goes_when_nobody_uses_it() {
        let folder = tempfile::tempdir().unwrap();
        let work = folder.path();
        let old = zig_cache(work);
        write(&old.join("o/1"), 0);
        renew_zig_cache(work, 4).unwrap();
        assert_eq!(zig_cache(work), old, "no more than it may");
        renew_zig_cache(work, 3).unwrap();
        let new = zig_cache(work);
        assert_ne!(new, old);
        renew_zig_cache(work, 3).unwrap();
        assert_eq!(zig_cache(work), new, "an empty one is not large");
        assert!(old.is_dir(), "a compiler may still use it");
        let long_ago = SystemTime::now() - 2 * OUTDATED;
        File::open(&new).unwrap().set_modified(long_ago).unwrap();
        renew_zig_cache(work, 3).unwrap();
        assert!(!old.exists());
        assert_eq!(zig_cache(work), new);
    }

    #[test]
    fn somebody_elses_cache_is_not_measured() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        write(&elsewhere.join("o/1"), 0);
        let work = folder.path().join("work");
        fs::create_dir(&work).unwrap();
        std::os::unix::fs::symlink(&elsewhere, work.join(ZIG_CACHE)).unwrap();
        renew_zig_cache(&work, 3).unwrap();
        assert_eq!(zig_cache(&work), work.join(ZIG_CACHE));
    }

    #[test]
    fn a_folder_goes_whole_when_it_is_large() {
        let folder = tempfile::tempdir().unwrap();
        let rust = folder.path().join("rust");
        remove_large(&rust, 3).unwrap();
        write(&rust.join("debug/a"), 0);
        remove_large(&rust, 4).unwrap();
        assert!(rust.is_dir());
        remove_large(&rust, 3).unwrap();
        assert!(!rust.exists());
    }
}
