//! A reader's program: its files, and what in it is run. Pure.

use std::collections::BTreeMap;

use book_listing::Listing;
use book_recorder::build::TraceEntry;
use book_support::diagnostic::line_of;
use book_trace::source::{ZigToken, tokens};

/// The most bytes of a program and of what it imports.
pub const LARGEST: usize = 256 << 10;

/// What of a program is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// Its `main`.
    Run,
    /// Its tests.
    Test,
}

impl RunKind {
    /// As the page and the terminal are told: `run` or `test`.
    pub fn word(self) -> &'static str {
        match self {
            RunKind::Run => "run",
            RunKind::Test => "test",
        }
    }
}

/// A program that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderProgram {
    /// The path of its main file among [`ReaderProgram::files`], without folders in front of it.
    pub name: String,
    /// By their paths, `/` between the parts: the main file, and what it imports and embeds.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Whether its `main` or its tests are run.
    pub kind: RunKind,
    /// Only the tests whose full names begin so, such as `test.frees all`.
    pub test: Option<String>,
}

impl ReaderProgram {
    /// The program whose main file is `files[name]`: its `main` is run, and without one its tests.
    ///
    /// # Errors
    ///
    /// When it has neither, or is not text: a sentence.
    pub fn new(name: &str, files: BTreeMap<String, Vec<u8>>) -> Result<ReaderProgram, String> {
        let source = files.get(name).map_or(&[][..], Vec::as_slice);
        let source = std::str::from_utf8(source).map_err(|error| {
            let line = line_of(source, error.valid_up_to());
            format!("{name}:{line}: the source is not UTF-8: save the file as UTF-8.")
        })?;
        let has_main = declares_main(source);
        if !has_main && tests(source).is_empty() {
            return Err(format!(
                "{name} has neither a `pub fn main` nor tests: there is nothing to run."
            ));
        }
        Ok(ReaderProgram {
            name: name.to_string(),
            kind: if has_main {
                RunKind::Run
            } else {
                RunKind::Test
            },
            files,
            test: None,
        })
    }

    /// A listing with another source. What it imports stays.
    ///
    /// # Errors
    ///
    /// As [`ReaderProgram::new`].
    pub fn of_listing(listing: &Listing, source: &str) -> Result<ReaderProgram, String> {
        let inside = |path: &str| {
            let (_, inside) = path.split_once('/').unwrap_or(("", path));
            inside.to_string()
        };
        let name = inside(&listing.staged_path());
        let supports = listing.support.iter();
        let mut files: BTreeMap<String, Vec<u8>> = supports
            .map(|support| (inside(&support.path), support.bytes.clone()))
            .collect();
        files.insert(name.clone(), source.as_bytes().to_vec());
        ReaderProgram::new(&name, files)
    }

    /// The program with the tests run whose names begin with `test`.
    ///
    /// # Errors
    ///
    /// When there is none: a sentence with those that there are.
    pub fn with_test(mut self, test: &str) -> Result<ReaderProgram, String> {
        let names = tests(&self.source());
        let (_, full) = names
            .iter()
            .find(|(name, _)| name.starts_with(test))
            .ok_or_else(|| match names.as_slice() {
                [] => format!("{} has no tests.", self.name),
                names => {
                    let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
                    format!(
                        "No test begins with `{test}`: the tests are {}.",
                        names.join(", ")
                    )
                }
            })?;
        self.kind = RunKind::Test;
        self.test = Some(full.clone());
        Ok(self)
    }

    /// The text of the main file.
    pub fn source(&self) -> String {
        String::from_utf8_lossy(&self.files[&self.name]).into_owned()
    }

    /// The texts of all its Zig files, by their paths.
    pub fn sources(&self) -> BTreeMap<String, String> {
        let zig = self.files.iter().filter(|(path, _)| path.ends_with(".zig"));
        zig.map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect()
    }

    /// As the recorder is told of it.
    pub(crate) fn entry(&self) -> TraceEntry {
        TraceEntry {
            name: self.name.clone(),
            path: self.name.clone(),
            is_test: self.kind == RunKind::Test,
            test: self.test.clone(),
        }
    }
}

/// Why a source that came over the network is not given to the compiler, if it is not. The assembler inside the compiler
/// reads any file that its text names, and no option forbids that; so the word is looked for everywhere, since whoever
/// writes to mislead would mislead a reader of tokens, too.
pub fn refused(source: &str) -> Option<String> {
    if source.len() > LARGEST {
        return Some(format!(
            "The program is larger than {} KiB, which is the most that the lab takes.",
            LARGEST >> 10
        ));
    }
    let is_letter = |letter: Option<char>| letter.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (at, _) = source.match_indices("asm").find(|(at, word)| {
        let (before, after) = (&source[..*at], &source[at + word.len()..]);
        !is_letter(before.chars().next_back()) && !is_letter(after.chars().next())
    })?;
    let line = line_of(source, at);
    Some(format!(
        "Line {line} holds the word `asm`, and the lab compiles no program with it: by inline assembly a program could have \
         the compiler read any file of this machine. `cargo xtask trace FILE.zig` runs it."
    ))
}

/// The tokens that are in no bracket, each with its place among all.
fn outer<'a>(tokens: &'a [ZigToken<'a>]) -> impl Iterator<Item = (usize, &'a str)> {
    let mut depth = 0_usize;
    tokens
        .iter()
        .enumerate()
        .filter_map(move |(at, token)| match token.text {
            "{" | "(" | "[" => {
                depth += 1;
                (depth == 1).then_some((at, token.text))
            }
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                None
            }
            text => (depth == 0).then_some((at, text)),
        })
}

fn declares_main(source: &str) -> bool {
    let tokens = tokens(source);
    let next = |at: usize| tokens.get(at + 1).map_or("", |token| token.text);
    let mut outer = outer(&tokens);
    outer.any(|(at, text)| text == "fn" && next(at) == "main" || text == "main" && next(at) == "=")
}

/// The tests at the top of a file: their names as a reader says them, and as the compiler does.
pub fn tests(source: &str) -> Vec<(String, String)> {
    let all = tokens(source);
    let mut unnamed = 0;
    let mut found = Vec::new();
    for (at, text) in outer(&all) {
        let Some(next) = all.get(at + 1).map(|token| token.text) else {
            continue;
        };
        let is_field = at
            .checked_sub(1)
            .is_some_and(|before| matches!(all[before].text, "." | "fn" | "const" | "var"));
        if text != "test" || is_field {
            continue;
        }
        if next == "{" {
            found.push((format!("test_{unnamed}"), format!("test_{unnamed}")));
            unnamed += 1;
        } else if let Some(name) = next
            .strip_prefix('"')
            .and_then(|name| name.strip_suffix('"'))
        {
            let name = name.replace("\\\"", "\"").replace("\\\\", "\\");
            let full = format!("test.{name}");
            found.push((name, full));
        } else if next.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            found.push((next.to_string(), format!("decltest.{next}")));
        }
    }
    found
}

#[cfg(test)]
mod tests_of_programs {
    use super::*;

    fn program(source: &str) -> Result<ReaderProgram, String> {
        ReaderProgram::new(
            "a.zig",
            BTreeMap::from([("a.zig".into(), source.as_bytes().to_vec())]),
        )
    }

    #[test]
    fn main_is_run_and_without_one_the_tests() {
        let kind = |source: &str| program(source).map(|program| program.kind);
        assert_eq!(
            kind("pub fn main() void {}\ntest \"a\" {}"),
            Ok(RunKind::Run)
        );
        assert_eq!(
            kind("pub const main = @import(\"b.zig\").main;"),
            Ok(RunKind::Run)
        );
        assert_eq!(
            kind("const A = struct { pub fn main() void {} };\ntest {}"),
            Ok(RunKind::Test)
        );
        assert!(kind("// pub fn main() void {}\nconst a = \"test {\";").is_err());
        let neither =
            ReaderProgram::new("a.zig", BTreeMap::from([("a.zig".into(), vec![10, 255])]));
        assert!(neither.unwrap_err().starts_with("a.zig:2: "));
    }

    #[test]
    fn tests_are_named_as_the_compiler_names_them() {
        let source = "fn twice() void {}\ntest \"adds up\" {}\ntest twice {}\ntest {\n    const x = \"test\";\n    _ = x;\n}\nconst S = struct { test \"inner\" {} };\n";
        let names = [
            ("adds up", "test.adds up"),
            ("twice", "decltest.twice"),
            ("test_0", "test_0"),
        ];
        let names = names.map(|(name, full)| (name.to_string(), full.to_string()));
        assert_eq!(tests(source), names);
        let one = program(source).unwrap().with_test("tw").unwrap();
        assert_eq!(one.test.as_deref(), Some("decltest.twice"));
        let none = program(source).unwrap().with_test("x").unwrap_err();
        assert!(none.contains("adds up, twice, test_0"), "{none}");
    }

    #[test]
    fn what_could_have_the_compiler_read_files_is_refused() {
        for source in [
            "comptime { asm (\".incbin\"); }",
            "const a = '\"'; comptime{asm(\"\");}",
            "// asm",
        ] {
            assert!(refused(source).is_some(), "{source}");
        }
        assert_eq!(
            refused("const plasma = 1; const asm_ = 2; // assemble"),
            None
        );
        assert!(refused(&"a".repeat(LARGEST + 1)).is_some());
    }
}
