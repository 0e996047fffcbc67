//! What the tests of several modules need: an exercise without files, a repository without exercises.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{Exercise, ExerciseFiles, Meta, Signature};
use book_listing::Language;
use book_support::project::Project;

/// A repository in `folder` in which nothing is written yet.
pub fn project(folder: &Path) -> Project {
    fs::write(folder.join("book.toml"), "").unwrap();
    fs::create_dir_all(folder.join("listings")).unwrap();
    Project::find(folder).unwrap()
}

/// The third exercise: `double` a number.
pub fn exercise() -> Exercise {
    let files = |starter: &str, tests: &str, solution: &str| ExerciseFiles {
        starter: starter.to_string(),
        tests: tests.to_string(),
        solution: solution.to_string(),
        mutants: Vec::new(),
    };
    Exercise {
        name: "03_allocator".to_string(),
        path: "exercises/03_allocator".into(),
        meta: Meta {
            title: "Twice".to_string(),
            minutes: 40,
            task: "Write `double`.\n".to_string(),
            practices: vec!["multiplying".to_string()],
            comparison: "Both double.\n".to_string(),
            signature: vec![Signature {
                zig: "fn double(x: u8) u8".to_string(),
                rust: "fn double(x: u8) -> u8".to_string(),
                meaning: "twice".to_string(),
            }],
        },
        hints: ["Think.", "Add.", "`x + x`"].map(str::to_string).to_vec(),
        texts: Vec::new(),
        languages: BTreeMap::from([
            (
                Language::Zig,
                files(
                    "pub fn double(x: u8) u8 {\n    return x;\n}\n",
                    "test \"Double doubles\" {}\n",
                    "pub fn double(x: u8) u8 {\n    return 2 * x;\n}\n",
                ),
            ),
            (
                Language::Rust,
                files(
                    "pub fn double(x: u8) -> u8 {\n    x\n}\n",
                    "#[test]\nfn double_doubles() {}\n",
                    "pub fn double(x: u8) -> u8 {\n    2 * x\n}\n",
                ),
            ),
        ]),
    }
}
