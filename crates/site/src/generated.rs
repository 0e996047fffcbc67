//! The folder `src/generated/`: mdBook copies it to the site, git ignores it. A file's name holds a hash of its
//! content, so browsers may keep it for ever, and a file that is there is never written again.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use book_support::files::write_whole;
use book_support::project::Project;

/// The folder inside `src/`, and so on the site.
pub const NAME: &str = "generated";

/// Another run, which wants other files, may be about to copy those that it made.
const KEPT: Duration = Duration::from_secs(600);

/// The folder, and what this run wants in it.
pub struct Folder {
    path: PathBuf,
    wanted: BTreeSet<String>,
}

impl Folder {
    pub fn new(project: &Project) -> Folder {
        Folder {
            path: project.chapters().join(NAME),
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
        let (stem, extension) = name.rsplit_once('.').expect("a name with an extension");
        let hash = blake3::hash(bytes).to_hex();
        let file = format!("{stem}-{}.{extension}", &hash[..10]);
        self.put_named(file, || Ok(bytes.to_vec()))
    }

    /// The same for a file whose name tells already what it is made of: it is made if it is not there.
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
        match File::options().append(true).open(&path) {
            Ok(there) => {
                let age = there.metadata().and_then(|data| data.modified());
                if age.is_ok_and(|at| is_older(at, KEPT / 2)) {
                    // In use: not to be taken away by a run that wants others.
                    let _ = there.set_modified(SystemTime::now());
                }
            }
            Err(_) => write_whole(&path, &make()?)?,
        }
        let address = address(&file);
        self.wanted.insert(file);
        Ok(address)
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
            }
        }
        let addresses = self.wanted.iter().map(|file| address(file));
        Ok(addresses.collect())
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

    fn folder() -> (tempfile::TempDir, Folder) {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder {
            path: place.path().to_path_buf(),
            wanted: BTreeSet::new(),
        };
        (place, folder)
    }

    #[test]
    fn a_name_tells_the_content_and_what_is_there_is_not_written_again() {
        let (place, mut folder) = folder();
        let first = folder.put("a.js", b"one").unwrap();
        let path = place.path().join(first.strip_prefix("generated/").unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(folder.put("a.js", b"one").unwrap(), first);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
        assert_ne!(folder.put("a.js", b"two").unwrap(), first);
    }

    #[test]
    fn what_nobody_has_wanted_for_long_is_removed() {
        let (place, mut folder) = folder();
        let wanted = folder.put("a.js", b"one").unwrap();
        let old = SystemTime::now() - 2 * KEPT;
        for (name, at) in [("old.js", old), ("fresh.js", SystemTime::now())] {
            let file = File::create(place.path().join(name)).unwrap();
            file.set_modified(at).unwrap();
        }
        assert_eq!(folder.finish().unwrap(), [wanted.as_str()]);
        let is_there = |name: &str| place.path().join(name).is_file();
        assert!(is_there(wanted.strip_prefix("generated/").unwrap()));
        assert!(is_there("fresh.js") && !is_there("old.js"));
    }

    #[test]
    fn a_script_loads_files_by_the_names_that_they_got() {
        let files = [("b.wasm", "generated/b-12.wasm".to_string())];
        assert_eq!(with_names("load('b.wasm')", &files), "load('b-12.wasm')");
    }
}
