//! ARCHITECTURE.md says the truth: its tables are held against the manifests and the sources, and each of its rules names
//! a test that holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::support::repository;

/// What a module writes that touches files, processes, the environment, a terminal or the network.
const TOUCHES: [&str; 19] = [
    "fs::",
    "File::",
    "WalkDir",
    "tempfile::",
    "write_whole",
    "kept::read(",
    "kept::write(",
    "process::",
    "Command::new",
    "TcpListener",
    "TcpStream",
    "env::var",
    "current_dir",
    "current_exe",
    "println!",
    "eprintln!",
    "stdin()",
    "stdout()",
    "stderr()",
];

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The part of ARCHITECTURE.md under a line.
fn after(line: &str) -> String {
    let text = read("ARCHITECTURE.md");
    let (_, after) = text
        .split_once(&format!("\n{line}\n"))
        .unwrap_or_else(|| panic!("ARCHITECTURE.md has no line `{line}`"));
    after.trim_start().to_string()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The rows of the table that begins `text`, without its head: each cell as it stands there.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 3, "a table is gone from ARCHITECTURE.md");
    rows
}

/// The Rust files at and below `folder`, relative to it.
fn rust_files(folder: &Path) -> Vec<String> {
    let mut files: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let path = path.strip_prefix(folder).expect("below the folder");
            path.to_str().expect("UTF-8").to_string()
        })
        .collect();
    files.sort();
    files
}

/// The source without its tests and comments.
fn program(source: &str) -> String {
    let program = source.split("#[cfg(test)]\nmod tests {").next();
    program
        .unwrap_or_default()
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn is_test(file: &str) -> bool {
    file.ends_with("tests.rs") || file.ends_with("testing.rs")
}

/// Whether `word` stands in `text` as a word of its own, and not as the end of a longer one.
fn has(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_')
    })
}

fn touches(source: &str) -> bool {
    let text = program(source);
    TOUCHES.iter().any(|word| has(&text, word))
}

/// The modules of a folder of sources that touch something: files by their stem, folders by their name.
fn touching(folder: &Path) -> BTreeSet<String> {
    rust_files(folder)
        .into_iter()
        .filter(|file| !is_test(file))
        .filter(|file| touches(&fs::read_to_string(folder.join(file)).expect("a source")))
        .map(|file| {
            let module = file.split('/').next().unwrap_or_default();
            module.trim_end_matches(".rs").to_string()
        })
        .collect()
}

#[test]
fn a_crate_knows_only_those_above_it_in_the_table() {
    let text = after("## The crates");
    let (_, table) = text.split_once("\n\n").expect("a table");
    let names: Vec<String> = rows(table)
        .iter()
        .map(|row| quoted(row[0]).concat())
        .collect();
    let folders: BTreeSet<String> = fs::read_dir(repository().join("crates"))
        .expect("the crates")
        .map(|entry| entry.expect("an entry").file_name().into_string())
        .map(|name| name.expect("UTF-8"))
        .chain(["xtask".to_string()])
        .collect();
    let known: BTreeSet<String> = names.iter().cloned().collect();
    assert_eq!(known, folders, "the table's crates, and the folders");
    for (index, name) in names.iter().enumerate() {
        let manifest = match name.as_str() {
            "xtask" => read("xtask/Cargo.toml"),
            name => read(&format!("crates/{name}/Cargo.toml")),
        };
        for line in manifest.lines() {
            let Some(other) = line
                .strip_prefix("book-")
                .and_then(|rest| rest.split(['.', ' ', '=']).next())
            else {
                continue;
            };
            assert!(
                names[..index].iter().any(|above| above == other),
                "`{name}` depends on `{other}`, which is not above it in ARCHITECTURE.md"
            );
        }
    }
}

#[test]
fn only_what_the_tables_name_touches_files_processes_and_the_network() {
    let crates = after("## The crates");
    let (_, crates) = crates.split_once("\n\n").expect("a table");
    let inside = after("Inside `site`:");
    let mut wrong = Vec::new();
    let mut compare = |row: &[&str], found: &BTreeSet<String>| {
        let told: BTreeSet<String> = quoted(row[2]).into_iter().map(String::from).collect();
        if told != *found {
            let (name, told) = (row[0], row[2]);
            wrong.push(format!(
                "{name}: ARCHITECTURE.md says {told}, and it is {found:?}"
            ));
        }
    };
    for row in rows(crates) {
        let name = quoted(row[0]).concat();
        if !["site", "xtask"].contains(&name.as_str()) {
            let folder = repository().join(format!("crates/{name}/src"));
            compare(&row, &touching(&folder));
        }
    }
    let site = repository().join("crates/site/src");
    let mut modules = BTreeSet::new();
    for row in rows(&inside) {
        let mut found = BTreeSet::new();
        for name in quoted(row[0]) {
            match name.strip_suffix('/') {
                Some(folder) => found.extend(touching(&site.join(folder))),
                None => {
                    let text = fs::read_to_string(site.join(name));
                    let text = text.unwrap_or_else(|error| panic!("{name}: {error}"));
                    if touches(&text) {
                        found.insert(name.trim_end_matches(".rs").to_string());
                    }
                }
            }
            let module = name.trim_end_matches('/').trim_end_matches(".rs");
            modules.insert(module.to_string());
        }
        compare(&row, &found);
    }
    for file in rust_files(&site).iter().filter(|file| *file != "lib.rs") {
        let module = file.split('/').next().unwrap_or_default();
        let module = module.trim_end_matches(".rs");
        if !modules.contains(module) {
            wrong.push(format!("{module}: it is not in the table of `site`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_names_a_test_that_holds_it() {
    let mut tests: BTreeMap<String, String> = BTreeMap::new();
    for folder in ["crates", "xtask"] {
        for file in rust_files(&repository().join(folder)) {
            let path = format!("{folder}/{file}");
            let text = read(&path);
            for after in text.split("#[test]\n").skip(1) {
                let name = after.trim_start().strip_prefix("fn ");
                if let Some((name, _)) = name.and_then(|rest| rest.split_once('(')) {
                    tests.insert(name.to_string(), path.clone());
                }
            }
        }
    }
    assert!(tests.len() > 200, "{} tests", tests.len());
    let text = after("## Rules that hold");
    let text = text.split("\n## ").next().unwrap_or_default();
    let rules: Vec<&str> = text.split("- **").skip(1).collect();
    assert!(rules.len() > 5, "the rules are gone from ARCHITECTURE.md");
    for rule in rules {
        let held = quoted(rule).into_iter().filter_map(|name| {
            let (file, test) = name.rsplit_once("::")?;
            let there = tests.get(test).is_some_and(|path| path.contains(file));
            Some((name, there))
        });
        let held: Vec<(&str, bool)> = held.collect();
        let rule = rule.split("**").next().unwrap_or_default();
        assert!(!held.is_empty(), "no test is named that holds `{rule}`");
        for (name, there) in held {
            assert!(there, "`{rule}` names `{name}`, and that is elsewhere");
        }
    }
}

#[test]
fn files_are_written_whole_and_inside_the_repository() {
    // Each with the reason why it may be torn or elsewhere.
    let exempt: BTreeMap<&str, &str> = BTreeMap::from([
        ("exercise/src/attempt.rs", "an empty file, to be locked"),
        ("site/src/book.rs", "an empty file, to be locked"),
        (
            "site/src/book/html.rs",
            "into a new folder, which is swapped in whole",
        ),
        ("recorder/src/build.rs", "read and compared before each use"),
        (
            "site/src/highlight/python.rs",
            "a temporary file of one process",
        ),
        (
            "site/src/highlight/zig.rs",
            "a temporary file of one process",
        ),
    ]);
    let words = [
        "fs::write(",
        "File::create(",
        "fs::copy(",
        "tempdir()",
        "temp_dir()",
        "NamedTempFile::new()",
    ];
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for file in rust_files(&repository().join("crates")) {
        if is_test(&file) || !file.contains("/src/") {
            continue;
        }
        let text = program(&read(&format!("crates/{file}")));
        let used: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| has(&text, word))
            .collect();
        if !used.is_empty() {
            found.insert(file, used);
        }
    }
    let told: BTreeSet<&str> = exempt.keys().copied().collect();
    let seen: BTreeSet<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        seen, told,
        "who writes otherwise than by `write_whole`: {found:#?}"
    );
}

#[test]
fn what_a_page_sends_runs_in_an_interpreter_alone() {
    let crates = repository().join("crates");
    let answers = |file: &String| {
        ["lab/src/", "site/src/serve/", "exercise/src/page.rs"]
            .iter()
            .any(|place| file.starts_with(place))
    };
    let files: Vec<String> = rust_files(&crates).into_iter().filter(answers).collect();
    assert!(files.len() > 10, "the lab is gone: {files:?}");
    for file in files {
        let text = program(&read(&format!("crates/{file}")));
        for runs in ["Spec", "Command", "attempt::Bench", ".attempt("] {
            assert!(!text.contains(runs), "crates/{file}: {runs}");
        }
    }
}
