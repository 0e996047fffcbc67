//! Which files a source names: what it embeds, reads or imports.

use std::collections::{BTreeSet, HashMap};

use crate::Language;

/// Files by what a source calls them.
pub(crate) struct FileNames<'a> {
    /// By their names in their folders.
    names: HashMap<&'a str, Vec<&'a str>>,
    /// Modules of Rust and Python by their stems and extensions.
    stems: HashMap<(&'a str, &'a str), Vec<&'a str>>,
    /// Files with letters in their names that end a word; each is compared with every string.
    odd: Vec<&'a str>,
}

/// Whether a name of this letter can be told from what stands before it.
fn is_plain(letter: char) -> bool {
    letter.is_alphanumeric() || ['_', '-', '.'].contains(&letter)
}

fn last_part(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

impl<'a> FileNames<'a> {
    /// The names of these files, given by their paths inside a lesson's folder.
    pub(crate) fn of(files: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self {
            names: HashMap::new(),
            stems: HashMap::new(),
            odd: Vec::new(),
        };
        for file in files {
            let name = last_part(file);
            if name.chars().all(is_plain) {
                all.names.entry(name).or_default().push(file);
            } else {
                all.odd.push(file);
            }
            if let Some(stem) = name.rsplit_once('.') {
                all.stems.entry(stem).or_default().push(file);
            }
        }
        all
    }

    /// The files that `text` names: at the end of a string (an import, an embedded file), or in Rust and Python by their
    /// stems as words (modules). Naming too much is harmless: it is only staged along. A file that is a listing of its
    /// own, and so not `loose`, is named as a module in an import alone: its stem may well be a word of another.
    pub(crate) fn named_in(
        &self,
        text: &str,
        language: Language,
        loose: &BTreeSet<&str>,
    ) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for line in text.lines() {
            let mut rest = line;
            while let Some(at) = rest.find(['"', '\'']) {
                let string = &rest[..at];
                let end = string.rsplit(|letter| !is_plain(letter)).next();
                found.extend(
                    end.and_then(|name| self.names.get(name))
                        .into_iter()
                        .flatten(),
                );
                let odd = self.odd.iter();
                found.extend(odd.filter(|file| string.ends_with(last_part(file))));
                rest = &rest[at + 1..];
            }
            if language == Language::Zig {
                continue;
            }
            let words = || line.split(|c: char| !c.is_alphanumeric() && c != '_');
            let imports = || words().any(|word| ["import", "from", "mod"].contains(&word));
            for word in words() {
                let modules = self.stems.get(&(word, language.extension()));
                let modules = modules.into_iter().flatten();
                found.extend(modules.filter(|file| loose.contains(**file) || imports()));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, language: Language, file: &str, loose: bool) -> bool {
        let loose = loose.then_some(file).into_iter().collect();
        let found = FileNames::of([file]).named_in(text, language, &loose);
        found.contains(file)
    }

    #[test]
    fn a_file_is_named_at_the_end_of_a_string() {
        let zig = |text, file| names(text, Language::Zig, file, true);
        assert!(zig("const a = @import(\"data/a.zig\");", "a.zig"));
        assert!(zig("const a = @import(\"data/a.zig\");", "data/a.zig"));
        assert!(zig("\"x\" ++ \"a.bin\"", "a.bin"));
        assert!(zig("@embedFile(\"my data/é #1 (2).bin\")", "é #1 (2).bin"));
        let python = "open(f'{here}a.bin')";
        assert!(names(python, Language::Python, "a.bin", true));
        assert!(!zig("const a = @import(\"a.zig.old\");", "a.zig"));
        assert!(!zig("// see a.zig for more", "a.zig"));
        assert!(!zig("a.zig\n\"\"", "a.zig"));
    }

    #[test]
    fn a_module_is_named_by_its_stem() {
        let python = |text, loose| names(text, Language::Python, "tools.py", loose);
        assert!(python("import tools", false));
        assert!(python("from tools import x", false));
        assert!(python("importlib.import_module(tools)", true));
        assert!(!python("tools = 3", false));
        assert!(!python("import toolset", false));
        assert!(!names("import tools", Language::Python, "tools.rs", true));
        assert!(!names("mod tools;", Language::Zig, "tools.zig", true));
        assert!(names("mod tools;", Language::Rust, "tools.rs", false));
    }
}
