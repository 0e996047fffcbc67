//! The reader's own folder, `my-exercises/`, which git ignores: the copies of starters that they edit, and a
//! record of what passed.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Exercise;
use book_listing::Language;
use book_support::files::{with_line_feeds, write_new, write_whole};
use book_support::lock::lock;
use book_support::project::Project;

/// The folder, relative to the repository's root.
const FOLDER: &str = "my-exercises";

/// The file that a reader edits, relative to the repository's root.
pub fn file(exercise: &Exercise, language: Language) -> PathBuf {
    Path::new(FOLDER)
        .join(&exercise.name)
        .join(format!("exercise.{}", language.extension()))
}

/// Copies the starter to the reader's file, unless that is there. Whether it was copied. A file without a byte in it,
/// as a full disk leaves one, counts as none.
///
/// # Errors
///
/// When it cannot be written.
pub fn start(project: &Project, exercise: &Exercise, language: Language) -> Result<bool> {
    let path = project.root().join(file(exercise, language));
    let cannot = || format!("cannot write {}", path.display());
    fs::create_dir_all(path.parent().expect("a file is in a folder")).with_context(cannot)?;
    let starter = &exercise.languages[&language].starter;
    if fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() == 0) {
        write_whole(&path, starter.as_bytes())?;
        return Ok(true);
    }
    // Never over what is there, not even over what appears at this moment.
    write_new(&path, starter.as_bytes())
}

/// Puts the starter in place of the reader's file, and that aside. The place of what was put aside, relative to
/// the repository's root, if there was anything.
///
/// # Errors
///
/// When a file cannot be renamed or written.
pub fn reset(
    project: &Project,
    exercise: &Exercise,
    language: Language,
) -> Result<Option<PathBuf>> {
    let file = file(exercise, language);
    let path = project.root().join(&file);
    let cannot = || format!("cannot rename {}", path.display());
    let starter = &exercise.languages[&language].starter;
    if fs::read(&path).is_ok_and(|now| now == starter.as_bytes()) {
        // Another terminal may have begun again at this moment.
        return Ok(None);
    }
    // The name is taken by a file that was not there before, so that nobody else can take it.
    let mut count = 1;
    let backup = loop {
        let backup = file.with_extension(format!("{count}.{}", language.extension()));
        match File::create_new(project.root().join(&backup)) {
            Ok(_) => break backup,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => count += 1,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().expect("a file is in a folder"))
                    .with_context(cannot)?;
            }
            Err(error) => return Err(error).with_context(cannot),
        }
    };
    let kept = match fs::rename(&path, project.root().join(&backup)) {
        Ok(()) => Some(backup),
        Err(error) => {
            // Empty, and ours.
            let _ = fs::remove_file(project.root().join(&backup));
            if error.kind() != ErrorKind::NotFound {
                return Err(error).with_context(cannot);
            }
            None
        }
    };
    start(project, exercise, language)?;
    Ok(kept)
}

/// How far a reader is with one exercise in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderProgress {
    /// There is no file of it.
    NotStarted,
    /// There is a file, and it never passed.
    Started,
    /// It passed once, and was changed since.
    PassedBefore,
    /// It passed once, and is not there any more.
    Removed,
    /// The file is the one that passed last.
    Passes,
}

impl fmt::Display for ReaderProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            ReaderProgress::NotStarted => "not started",
            ReaderProgress::Started => "started",
            ReaderProgress::PassedBefore => "passed before",
            ReaderProgress::Removed => "file removed",
            ReaderProgress::Passes => "passes",
        })
    }
}

/// What passed: for each exercise and language, a hash of the file that did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record(BTreeMap<String, BTreeMap<String, String>>);

impl Record {
    fn path(project: &Project) -> PathBuf {
        project.root().join(FOLDER).join("progress.toml")
    }

    /// Reads it. One that is missing or torn counts as empty: trying again brings everything back.
    pub fn load(project: &Project) -> Record {
        fs::read_to_string(Record::path(project))
            .ok()
            .and_then(|text| toml::from_str(&text).ok())
            .map(Record)
            .unwrap_or_default()
    }

    /// Notes that `source` passes.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn note(
        project: &Project,
        exercise: &Exercise,
        language: Language,
        source: &str,
    ) -> Result<()> {
        // Another terminal may note something at this moment.
        let _lock = lock(&project.work().join("attempts"), || ())?;
        let mut record = Record::load(project);
        let hash = hash(source);
        let noted = record.0.entry(exercise.name.clone()).or_default();
        if noted.insert(language.word().to_string(), hash.clone()) == Some(hash) {
            return Ok(());
        }
        let text = toml::to_string(&record.0).context("cannot write down what passed")?;
        write_whole(&Record::path(project), text.as_bytes())
    }

    /// Reads the reader's file; what cannot be read counts as not there.
    pub fn state(
        &self,
        project: &Project,
        exercise: &Exercise,
        language: Language,
    ) -> ReaderProgress {
        let source =
            fs::read_to_string(project.root().join(file(exercise, language))).map(with_line_feeds);
        let passed = self
            .0
            .get(&exercise.name)
            .and_then(|languages| languages.get(language.word()));
        match (source, passed) {
            (Err(_), None) => ReaderProgress::NotStarted,
            (Err(_), Some(_)) => ReaderProgress::Removed,
            (Ok(_), None) => ReaderProgress::Started,
            (Ok(source), Some(passed)) if hash(&source) == *passed => ReaderProgress::Passes,
            (_, Some(_)) => ReaderProgress::PassedBefore,
        }
    }
}

/// What tells one text of a file from another: 16 hexadecimal digits.
pub(super) fn hash(source: &str) -> String {
    blake3::hash(source.as_bytes()).to_hex()[..16].to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn what_a_reader_wrote_is_never_lost() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        let file = project.root().join(file(&exercise, Language::Zig));
        assert!(start(&project, &exercise, Language::Zig).unwrap());
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            exercise.languages[&Language::Zig].starter
        );

        fs::write(&file, "mine").unwrap();
        assert!(!start(&project, &exercise, Language::Zig).unwrap());
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");

        let backups: Vec<PathBuf> = ["mine", "mine again"]
            .into_iter()
            .filter_map(|text| {
                fs::write(&file, text).unwrap();
                reset(&project, &exercise, Language::Zig).unwrap()
            })
            .collect();
        assert_eq!(
            backups,
            [
                Path::new("my-exercises/03_allocator/exercise.1.zig"),
                Path::new("my-exercises/03_allocator/exercise.2.zig")
            ]
        );
        let kept = |backup: &Path| fs::read_to_string(project.root().join(backup)).unwrap();
        assert_eq!(kept(&backups[0]), "mine");
        assert_eq!(kept(&backups[1]), "mine again");
        // What is the starter already is nobody's work.
        assert_eq!(reset(&project, &exercise, Language::Zig).unwrap(), None);
        assert!(file.is_file());
    }

    #[test]
    fn an_empty_file_that_a_full_disk_left_becomes_the_starter() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        let file = project.root().join(file(&exercise, Language::Zig));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "").unwrap();
        assert!(start(&project, &exercise, Language::Zig).unwrap());
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            exercise.languages[&Language::Zig].starter
        );
    }

    #[test]
    fn many_who_begin_again_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        let file = project.root().join(file(&exercise, Language::Zig));
        let parent = file.parent().unwrap();
        fs::create_dir_all(parent).unwrap();
        for round in 0..100 {
            let mine = format!("mine {round}");
            fs::write(&file, &mine).unwrap();
            let barrier = std::sync::Barrier::new(4);
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        barrier.wait();
                        reset(&project, &exercise, Language::Zig).unwrap();
                    });
                }
            });
            let is_kept = fs::read_dir(parent)
                .unwrap()
                .any(|entry| fs::read_to_string(entry.unwrap().path()).unwrap() == mine);
            assert!(is_kept, "round {round}");
        }
    }

    #[test]
    fn what_two_terminals_note_at_once_is_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        std::thread::scope(|scope| {
            for number in 0..8 {
                let (project, mut exercise) = (&project, exercise.clone());
                exercise.name = format!("{number:02}_exercise");
                scope.spawn(move || {
                    Record::note(project, &exercise, Language::Zig, "passes").unwrap();
                });
            }
        });
        assert_eq!(Record::load(&project).0.len(), 8);
    }

    #[test]
    fn the_states_follow_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let (project, exercise) = (testing::project(folder.path()), testing::exercise());
        let state = || Record::load(&project).state(&project, &exercise, Language::Rust);
        assert_eq!(state(), ReaderProgress::NotStarted);
        start(&project, &exercise, Language::Rust).unwrap();
        assert_eq!(state(), ReaderProgress::Started);
        let source = &exercise.languages[&Language::Rust].starter;
        Record::note(&project, &exercise, Language::Rust, source).unwrap();
        assert_eq!(state(), ReaderProgress::Passes);
        fs::write(project.root().join(file(&exercise, Language::Rust)), "x").unwrap();
        assert_eq!(state(), ReaderProgress::PassedBefore);
        assert_eq!(
            Record::load(&project).state(&project, &exercise, Language::Zig),
            ReaderProgress::NotStarted
        );
    }
}
