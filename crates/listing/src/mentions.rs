//! Which files a source names: what it embeds, reads or imports.

use std::collections::{BTreeSet, HashSet};

use crate::Language;

/// What in a source could be the name of a file. It is read once and asked for every file of a lesson.
pub(crate) struct Mentions<'a> {
    language: Language,
    /// What stands before each quotation mark: the end of a string, from the last slash on.
    ends: BTreeSet<&'a str>,
    /// Its words, where a file without `import` counts.
    words: HashSet<&'a str>,
    /// The words of lines that import something.
    imported: HashSet<&'a str>,
}

impl<'a> Mentions<'a> {
    /// Reads `text`.
    pub(crate) fn of(text: &'a str, language: Language) -> Self {
        let mut mentions = Self {
            language,
            ends: BTreeSet::new(),
            words: HashSet::new(),
            imported: HashSet::new(),
        };
        for line in text.lines() {
            let mut rest = line;
            while let Some(at) = rest.find(['"', '\'']) {
                let before = &rest[..at];
                mentions
                    .ends
                    .insert(before.rsplit('/').next().unwrap_or(before));
                rest = &rest[at + 1..];
            }
            if language == Language::Zig {
                continue;
            }
            let words = || line.split(|c: char| !c.is_alphanumeric() && c != '_');
            mentions.words.extend(words());
            if words().any(|word| ["import", "from", "mod"].contains(&word)) {
                mentions.imported.extend(words());
            }
        }
        mentions
    }

    /// Whether `file` is named: at the end of a string (an import, an embedded file), or in Rust and Python by its stem as
    /// a word (a module). Naming too much is harmless: it is only staged along. A file that is a listing of its own, and
    /// so not `loose`, is named as a module in an import alone: its stem may well be a word of another.
    pub(crate) fn names(&self, file: &str, loose: bool) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        if self.ends.iter().any(|end| end.ends_with(name)) {
            return true;
        }
        let Some((stem, end)) = name.rsplit_once('.') else {
            return false;
        };
        let words = if loose { &self.words } else { &self.imported };
        self.language != Language::Zig && end == self.language.extension() && words.contains(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, language: Language, file: &str, loose: bool) -> bool {
        Mentions::of(text, language).names(file, loose)
    }

    #[test]
    fn a_file_is_named_at_the_end_of_a_string() {
        let zig = |text, file| names(text, Language::Zig, file, true);
        assert!(zig("const a = @import(\"data/a.zig\");", "a.zig"));
        assert!(zig("const a = @import(\"data/a.zig\");", "data/a.zig"));
        assert!(zig("\"x\" ++ \"a.bin\"", "a.bin"));
        assert!(names(
            "open(f'{here}a.bin')",
            Language::Python,
            "a.bin",
            true
        ));
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
