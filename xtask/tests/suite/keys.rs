//! What was seen earlier is kept under keys, and a key holds hashes of the sources that decide what is seen. These tests
//! read manifests, build scripts and sources, so that what is new and was forgotten in a key fails here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{names, repository};

/// The lists of hashes: the file in `crates/`, and the name of the constant there.
const LISTS: [(&str, &str); 3] = [
    ("check/src/cache.rs", "CHECKER"),
    ("check/src/traces.rs", "RECORDER"),
    ("site/src/wasm/check.rs", "CHECKER"),
];

/// Crates that `check` depends on and that decide no verdict, each with the reason.
const NO_VERDICT: [(&str, &str); 2] = [
    ("recorder", "traces have a key of their own"),
    ("trace", "traces have a key of their own"),
];

/// What the hash of a whole crate leaves out, each with the reason.
const LEFT_OUT: [(&str, &str); 11] = [
    ("check/src/progress.rs", "shows how far a check is"),
    ("check/src/report.rs", "shows what was compared"),
    ("check/src/selection.rs", "says what is asked for"),
    ("check/src/traces.rs", "traces have a key of their own"),
    ("support/src/diagnostic.rs", "shows what was found"),
    ("support/src/html.rs", "is for pages"),
    ("support/src/nearest.rs", "makes hints"),
    ("support/src/parallel.rs", "only gives work to threads"),
    ("toolchain/src/axe.rs", "is for tests of the pages"),
    ("toolchain/src/browser.rs", "is for tests of the pages"),
    ("trace/src/render", "shows what was recorded"),
];

fn crates() -> PathBuf {
    repository().join("crates")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between double quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// All files at and below `path`.
fn files(path: &Path) -> BTreeSet<PathBuf> {
    let walk = walkdir::WalkDir::new(path).into_iter();
    walk.map(|entry| entry.expect("a readable folder"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// What the build script of the crate `name` hashes into `variable`, and what it leaves out of that.
fn emitted(name: &str, variable: &str) -> (BTreeSet<PathBuf>, Vec<PathBuf>) {
    let folder = crates().join(name);
    let script = read(&folder.join("build.rs"));
    let call = script
        .split("emit(")
        .skip(1)
        .filter_map(|call| call.split(");").next())
        .find(|call| quoted(call)[0] == variable)
        .unwrap_or_else(|| panic!("the build script of `{name}` sets no {variable}"));
    let lists: Vec<Vec<PathBuf>> = call
        .split("&[")
        .skip(1)
        .map(|list| {
            quoted(list)
                .into_iter()
                .map(|path| folder.join(path))
                .collect()
        })
        .collect();
    let [paths, left_out] = &lists[..] else {
        panic!("the build script of `{name}`: {variable} takes two lists: {call}");
    };
    let mut hashed: BTreeSet<PathBuf> = paths.iter().flat_map(|path| files(path)).collect();
    hashed.retain(|file| !left_out.iter().any(|path| file.starts_with(path)));
    (hashed, left_out.clone())
}

/// The hashes in a list: each a crate, and the variable of its build script.
fn listed(file: &str, name: &str) -> Vec<(String, String)> {
    let text = read(&crates().join(file));
    let (_, list) = text
        .split_once(&format!("const {name}: "))
        .and_then(|(_, rest)| rest.split_once("[\n"))
        .unwrap_or_else(|| panic!("{file} has no list {name}"));
    let entries = list
        .split("];")
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::trim);
    entries
        .filter(|entry| !entry.is_empty())
        .map(|entry| {
            if let [variable] = quoted(entry)[..] {
                let own = file.split('/').next().unwrap_or_default();
                return (own.to_string(), variable.to_string());
            }
            let mut parts = entry.split("::");
            let name = parts.next().unwrap_or_default();
            let name = name.strip_prefix("book_").unwrap_or(name).to_string();
            let variable = match entry.rsplit_once("::") {
                Some((path, _)) if path.ends_with("normalize") => "NORMALIZER_HASH",
                Some((_, constant)) => constant,
                None => entry,
            };
            (name, variable.to_string())
        })
        .collect()
}

/// The crates of the book that a source names, tests and comments left out.
fn named(source: &str) -> BTreeSet<String> {
    let program = source
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let lines = program
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("book_").skip(1))
        .filter_map(|rest| rest.split_once("::"))
        .map(|(name, _)| name.to_string())
        .collect()
}

#[test]
fn a_key_holds_the_hash_of_every_crate_that_decides() {
    let known = names(&crates());
    for (file, name) in LISTS {
        let hashes = listed(file, name);
        assert!(hashes.len() > 3, "{file}: {hashes:?}");
        let mut hashed = BTreeMap::new();
        for (owner, variable) in &hashes {
            hashed
                .entry(owner.as_str())
                .or_insert_with(BTreeSet::new)
                .extend(emitted(owner, variable).0);
        }
        for source in hashed.values().flatten() {
            if source.extension().is_none_or(|end| end != "rs") || source.ends_with("tests.rs") {
                continue;
            }
            for used in named(&read(source)).intersection(&known) {
                assert!(
                    hashed.contains_key(used.as_str()),
                    "{file}: what is kept under {name} depends on `{used}`, as {} uses it: its hash belongs there",
                    source.display()
                );
            }
        }
    }
}

/// What `check` does not name itself it may still get by what it depends on.
#[test]
fn a_dependency_of_the_checker_decides_or_it_is_said_why_not() {
    let hashed: BTreeSet<String> = listed("check/src/cache.rs", "CHECKER")
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let apart: BTreeSet<&str> = NO_VERDICT.iter().map(|(name, _)| *name).collect();
    let mut reached = BTreeSet::new();
    let mut open = vec!["check".to_string()];
    while let Some(name) = open.pop() {
        let manifest = read(&crates().join(&name).join("Cargo.toml"));
        let manifest: toml::Table = manifest.parse().expect("a manifest");
        let dependencies = manifest["dependencies"].as_table().expect("dependencies");
        for other in dependencies
            .keys()
            .filter_map(|key| key.strip_prefix("book-"))
        {
            if reached.insert(other.to_string()) {
                open.push(other.to_string());
            }
        }
    }
    for name in &reached {
        assert!(
            hashed.contains(name) || apart.contains(name.as_str()),
            "`check` depends on `{name}`, whose hash is not in its key"
        );
    }
    for name in apart {
        assert!(reached.contains(name) && !hashed.contains(name), "{name}");
    }
}

/// A folder beside `src/` counts, and so does what is taken into the program by `include_str!`.
#[test]
fn a_crates_hash_is_of_all_that_is_in_it() {
    let hashes: BTreeSet<(String, String)> = LISTS
        .iter()
        .flat_map(|(file, name)| listed(file, name))
        .filter(|(_, variable)| ["SOURCE_HASH", "MODEL_HASH"].contains(&variable.as_str()))
        .collect();
    assert!(hashes.len() >= 6, "{hashes:?}");
    let mut left_out = BTreeSet::new();
    for (name, variable) in &hashes {
        let (hashed, others) = emitted(name, variable);
        let folder = crates().join(name);
        for path in others {
            assert!(path.exists(), "{} is gone", path.display());
            let path = path.strip_prefix(crates()).expect("in a crate");
            left_out.insert(path.to_str().expect("UTF-8").to_string());
        }
        for file in files(&folder) {
            let path = file.strip_prefix(crates()).expect("in a crate");
            let is_known = left_out.iter().any(|other| path.starts_with(other));
            let ours = file.strip_prefix(&folder).expect("in the crate");
            let decides = !["Cargo.toml", "build.rs"].map(Path::new).contains(&ours);
            assert!(
                hashed.contains(&file) || is_known || !decides,
                "{} is not in the hash of its crate",
                path.display()
            );
            if hashed.contains(&file) && file.extension().is_some_and(|end| end == "rs") {
                for word in ["include_str!(", "include_bytes!("] {
                    for rest in read(&file).split(word).skip(1) {
                        let taken = file.with_file_name(quoted(rest)[0]);
                        let taken = taken.canonicalize().expect("what is taken in");
                        assert!(hashed.contains(&taken), "{}", taken.display());
                    }
                }
            }
        }
    }
    let told: BTreeSet<String> = LEFT_OUT.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(left_out, told, "what is left out, and why");
    let lock = repository().join("Cargo.lock");
    for name in ["check", "recorder"] {
        let (hashed, _) = emitted(name, "SOURCE_HASH");
        assert!(
            hashed
                .iter()
                .any(|file| file.canonicalize().is_ok_and(|file| file == lock)),
            "the packages that `{name}` uses are not in its hash"
        );
    }
}
