//! Where the rendered book goes. What is there is replaced whole, so it has to be the tool's to replace: a folder
//! that is not there yet, an empty one, or a book that mdBook made.

use std::fs;
use std::path::{Component, Path, PathBuf};

use book_support::diagnostic::Diagnostic;
use book_support::project::Project;

/// Folders of the repository that hold what cannot be made again, or what the tool works with.
const KEPT: [&str; 13] = [
    "src",
    "listings",
    "exercises",
    "my-exercises",
    "theme",
    "toolchain",
    "xtask",
    "crates",
    "target/book",
    ".git",
    ".github",
    ".cargo",
    ".toolchain",
];

/// A file that mdBook's HTML renderer writes, and a word of it.
const MARK: (&str, &str) = (".nojekyll", "mdBook");

/// Who replaces what is at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplacedBy {
    /// This tool: another folder takes the place, which neither a link nor a mount allows.
    Exchange,
    /// The stock mdBook, which empties the folder. An author may have named any by `--dest-dir`.
    Emptying,
}

/// Why the book must not go to `place`, if so, as a diagnostic of `book.toml`. `chapters` is the folder of the
/// chapters, relative to the repository's root.
pub fn problem(
    project: &Project,
    chapters: &Path,
    place: &Path,
    by: ReplacedBy,
) -> Option<Diagnostic> {
    let why = refusal(project, chapters, place, by)?;
    let settings = fs::read_to_string(project.root().join("book.toml")).unwrap_or_default();
    let line = settings
        .lines()
        .position(|line| line.trim_start().starts_with("build-dir"));
    let mut diagnostic = Diagnostic::new(
        "book.toml",
        format!(
            "the book cannot go to `{}`: {}",
            project.relative(place).display(),
            why.0
        ),
    )
    .hint(why.1);
    diagnostic.line = line.map(|line| line + 1);
    Some(diagnostic)
}

/// The reason and the way out.
fn refusal(
    project: &Project,
    chapters: &Path,
    place: &Path,
    by: ReplacedBy,
) -> Option<(String, &'static str)> {
    const NAME_ANOTHER: &str =
        "name a folder of its own in the repository: `build-dir = \"book\"` under `[build]`";
    let (real, is_link) = resolve(place);
    let root = project.root();
    if real == root || root.starts_with(&real) {
        return Some(("that folder holds the repository".into(), NAME_ANOTHER));
    }
    let kept = KEPT.map(Path::new);
    for kept in kept.into_iter().chain([chapters]) {
        let (folder, _) = resolve(&root.join(kept));
        if real.starts_with(&folder) || folder.starts_with(&real) {
            let why = format!("`{}` is kept there", kept.display());
            return Some((why, NAME_ANOTHER));
        }
    }
    if by == ReplacedBy::Exchange {
        if !real.starts_with(root) {
            return Some(("that is outside the repository".into(), NAME_ANOTHER));
        }
        if is_link {
            return Some((
                "that is a link, and a new book would take the link's place".into(),
                "remove the link, or name the folder itself",
            ));
        }
        if is_mount(&real) {
            return Some((
                "that is a mount, and no folder can take its place".into(),
                "unmount it, or name a folder inside the mount",
            ));
        }
    }
    let entries = match fs::read_dir(&real) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            let why = format!("it is no folder that can be read ({error})");
            return Some((why, "remove it, or name another folder"));
        }
    };
    let names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    if names.is_empty() || is_book(&real) {
        return None;
    }
    let example = names.iter().min().expect("it is not empty");
    Some((
        format!("it holds `{example}`, and is no book that mdBook made"),
        "move away what is there, or name another folder: what is there would be deleted",
    ))
}

/// Whether mdBook made what is in the folder, and nobody keeps a checkout there.
fn is_book(folder: &Path) -> bool {
    let (name, word) = MARK;
    fs::read_to_string(folder.join(name)).is_ok_and(|text| text.contains(word))
        && fs::symlink_metadata(folder.join(".git")).is_err()
}

/// The path as the system will take it, even where its end is not there yet, and whether it is itself a link.
fn resolve(path: &Path) -> (PathBuf, bool) {
    let mut real = PathBuf::new();
    let mut is_link = false;
    for part in path.components() {
        match part {
            Component::ParentDir => {
                real.pop();
                is_link = false;
            }
            Component::CurDir => {}
            part => {
                real.push(part);
                is_link = real.is_symlink();
                if let Ok(found) = real.canonicalize() {
                    real = found;
                }
            }
        }
    }
    (real, is_link)
}

/// Whether another file system begins at the folder.
fn is_mount(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    let above = folder.parent().and_then(device);
    let differs = device(folder).is_some_and(|own| above.is_some_and(|above| own != above));
    // A folder of the same file system may be mounted there, and has the same device.
    differs
        || fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| {
            mounts
                .lines()
                .filter_map(|line| line.split(' ').nth(4))
                .any(|place| Path::new(place) == folder)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_the_system_takes_it() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("a/b")).unwrap();
        std::os::unix::fs::symlink("a/b", root.join("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", root.join("dangling")).unwrap();
        for (path, real, is_link) in [
            ("a/./b/new", "a/b/new", false),
            ("link", "a/b", true),
            ("link/../c", "a/c", false),
            ("new/../a", "a", false),
            ("dangling", "dangling", true),
        ] {
            assert_eq!(
                resolve(&root.join(path)),
                (root.join(real), is_link),
                "{path}"
            );
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_mount_is_told_from_a_folder() {
        assert!(is_mount(Path::new("/proc")));
        assert!(!is_mount(
            &tempfile::tempdir().unwrap().path().canonicalize().unwrap()
        ));
    }
}
