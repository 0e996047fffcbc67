//! The folder `src/generated/`: mdBook copies it to the site, git ignores it. A file's name holds a hash of its
//! content, so browsers may keep it for ever, and a file that is there and sound is not written again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use book_support::files::write_whole;
use book_support::kept;
use book_support::project::Project;

/// The folder inside `src/`, and so on the site.
pub const NAME: &str = "generated";

/// Another run, which wants other files, may be about to copy those that it made.
const KEPT: Duration = Duration::from_secs(600);

/// The folder, and what this run wants in it.
pub struct GeneratedFolder {
    path: PathBuf,
    /// What files hold whose names do not tell it, by name.
    sums: PathBuf,
    wanted: BTreeSet<String>,
}

impl GeneratedFolder {
    /// The project's folder, as it is; nothing is wanted of it yet.
    pub fn new(project: &Project) -> GeneratedFolder {
        GeneratedFolder {
            path: project.chapters().join(NAME),
            sums: project.work().join("generated"),
            wanted: BTreeSet::new(),
        }
    }

    /// Puts a file there, unless it is. Its address, relative to the site's root: `draw.js` becomes
    /// `generated/draw-0123456789.js`.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn put(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let file = named(name, bytes);
        let path = self.path.join(&file);
        if fs::read(&path).ok().as_deref() == Some(bytes) {
            keep_young(&path);
        } else {
            write_whole(&path, bytes)?;
        }
        Ok(self.want(file))
    }

    /// The same for a file whose name tells already what it is made of: it is made if it is not there as it was made.
    ///
    /// # Errors
    ///
    /// When it cannot be made or written.
    pub fn put_named(
        &mut self,
        file: String,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<String> {
        let path = self.path.join(&file);
        let sum = self.sums.join(&file);
        let known = kept::read(&sum, &file);
        let there = fs::read(&path).ok();
        let is_sound = there.zip(known).is_some_and(|(bytes, known)| {
            blake3::hash(&bytes).as_bytes().as_slice() == known.as_slice()
        });
        if is_sound {
            keep_young(&path);
        } else {
            let bytes = make()?;
            write_whole(&path, &bytes)?;
            kept::write(&sum, &file, blake3::hash(&bytes).as_bytes())?;
        }
        Ok(self.want(file))
    }

    fn want(&mut self, file: String) -> String {
        let address = address(&file);
        self.wanted.insert(file);
        address
    }

    /// Removes what no run wants any more. The addresses of everything that this run wanted.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn finish(self) -> Result<Vec<String>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.with_context(|| format!("cannot read {}", self.path.display()))?,
        };
        for entry in entries.flatten() {
            let wanted = entry
                .file_name()
                .to_str()
                .is_some_and(|name| self.wanted.contains(name));
            let modified = entry.metadata().and_then(|data| data.modified());
            if !wanted && modified.is_ok_and(|at| is_older(at, KEPT)) {
                // Another run may have been faster.
                let _ = fs::remove_file(entry.path());
                let _ = fs::remove_file(self.sums.join(entry.file_name()));
            }
        }
        let addresses = self.wanted.iter().map(|file| address(file));
        Ok(addresses.collect())
    }
}

/// The name that tells a file's content: `draw-0123456789.js` for `draw.js`.
pub fn named(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').expect("a name with an extension");
    let hash = blake3::hash(bytes).to_hex();
    format!("{stem}-{}.{extension}", &hash[..10])
}

/// A file in use is not to be taken away by a run that wants others.
fn keep_young(path: &Path) {
    if let Ok(file) = File::options().append(true).open(path)
        && let Ok(at) = file.metadata().and_then(|data| data.modified())
        && is_older(at, KEPT / 2)
    {
        let _ = file.set_modified(SystemTime::now());
    }
}

fn is_older(at: SystemTime, age: Duration) -> bool {
    at.elapsed().is_ok_and(|elapsed| elapsed > age)
}

/// A script with the names under which the files that it loads were put: each `'draw.css'` in it becomes
/// `'draw-0123456789.css'`. They are in the script's own folder.
pub fn with_names(script: &str, files: &[(&str, String)]) -> String {
    let mut script = script.to_string();
    for (name, address) in files {
        let quoted = format!("'{name}'");
        assert!(script.contains(&quoted), "the script loads {name}");
        script = script.replace(&quoted, &format!("'{}'", file(address)));
    }
    script
}

/// The address of a file of this folder, relative to the site's root.
pub fn address(file: &str) -> String {
    format!("{NAME}/{file}")
}

/// The file's own name in an address.
pub fn file(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, GeneratedFolder) {
        let place = tempfile::tempdir().unwrap();
        let folder = GeneratedFolder {
            path: place.path().join("files"),
            sums: place.path().join("sums"),
            wanted: BTreeSet::new(),
        };
        (place, folder)
    }

    #[test]
    fn a_name_tells_the_content_and_what_is_there_is_not_written_again() {
        let (place, mut folder) = folder();
        let first = folder.put("a.js", b"one").unwrap();
        let path = place
            .path()
            .join("files")
            .join(first.strip_prefix("generated/").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(folder.put("a.js", b"one").unwrap(), first);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
        assert_ne!(folder.put("a.js", b"two").unwrap(), first);
    }

    #[test]
    fn what_was_damaged_is_made_again() {
        let (place, mut folder) = folder();
        let files = place.path().join("files");
        let name = |address: &str| address.strip_prefix("generated/").unwrap().to_string();
        let told = name(&folder.put("a.js", b"one").unwrap());
        let named = "b.js".to_string();
        let make = || Ok(b"two".to_vec());
        folder.put_named(named.clone(), make).unwrap();
        let again = || -> Result<Vec<u8>> { panic!("it is there, and sound") };
        folder.put_named(named.clone(), again).unwrap();
        for damage in [&b""[..], b"tw", b"twi"] {
            for file in [&told, &named] {
                fs::write(files.join(file), damage).unwrap();
            }
            folder.put("a.js", b"one").unwrap();
            folder.put_named(named.clone(), make).unwrap();
            assert_eq!(fs::read(files.join(&told)).unwrap(), b"one");
            assert_eq!(fs::read(files.join(&named)).unwrap(), b"two");
        }
    }

    #[test]
    fn what_nobody_has_wanted_for_long_is_removed() {
        let (place, mut folder) = folder();
        let wanted = folder.put("a.js", b"one").unwrap();
        let old = SystemTime::now() - 2 * KEPT;
        for (name, at) in [("old.js", old), ("fresh.js", SystemTime::now())] {
            let file = File::create(place.path().join("files").join(name)).unwrap();
            file.set_modified(at).unwrap();
        }
        assert_eq!(folder.finish().unwrap(), [wanted.as_str()]);
        let is_there = |name: &str| place.path().join("files").join(name).is_file();
        assert!(is_there(wanted.strip_prefix("generated/").unwrap()));
        assert!(is_there("fresh.js") && !is_there("old.js"));
    }

    #[test]
    fn a_script_loads_files_by_the_names_that_they_got() {
        let files = [("b.wasm", "generated/b-12.wasm".to_string())];
        assert_eq!(with_names("load('b.wasm')", &files), "load('b-12.wasm')");
    }
}
