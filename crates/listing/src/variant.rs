//! Variants: whole programs beside a listing that differ from it by a few lines, each the answer to a question "What
//! if …?". What changed is computed, here. Pure.

use similar::{ChangeTag, TextDiff};

use super::{Catalog, Language, Listing};
use book_support::diagnostic::Diagnostic;

/// The most lines that a variant may change: a reader is to see at once what is asked.
const MOST: usize = 12;

/// What became of a line between two texts: a listing and its variant, a solution and a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineChange {
    /// Both have it.
    Kept,
    /// The first alone has it.
    Gone,
    /// The second alone has it.
    New,
}

impl LineChange {
    /// As the difference of two texts says it.
    pub fn of(tag: ChangeTag) -> LineChange {
        match tag {
            ChangeTag::Equal => LineChange::Kept,
            ChangeTag::Delete => LineChange::Gone,
            ChangeTag::Insert => LineChange::New,
        }
    }
}

/// A line of a listing and its variant laid together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedLine {
    /// Which of the two has it.
    pub change: LineChange,
    /// Its number in the variant's file; of a line that is gone, in the listing's.
    pub number: usize,
    /// The line without its line feed.
    pub text: String,
}

/// The shown lines of a listing and of its variant, laid together: what is gone stands before what is new.
pub fn together(listing: &Listing, variant: &Listing) -> Vec<ComparedLine> {
    let shown = |listing: &Listing| {
        let excerpt = listing.excerpt(None);
        excerpt.map_or(Vec::new(), |excerpt| excerpt.lines)
    };
    let (old, new) = (shown(listing), shown(variant));
    let texts = |lines: &[(usize, String)]| -> Vec<String> {
        lines.iter().map(|(_, text)| text.clone()).collect()
    };
    let (before, after) = (texts(&old), texts(&new));
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let after: Vec<&str> = after.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&before, &after);
    diff.iter_all_changes()
        .filter_map(|change| {
            let is_old = change.tag() == ChangeTag::Delete;
            let (lines, at) = match is_old {
                true => (&old, change.old_index()),
                false => (&new, change.new_index()),
            };
            let (number, text) = lines.get(at?)?.clone();
            Some(ComparedLine {
                change: LineChange::of(change.tag()),
                number,
                text,
            })
        })
        .collect()
}

/// The line that asks a variant's question, counted from 1.
pub fn question_line(variant: &Listing) -> Option<usize> {
    let mark = variant.language.declaration_mark();
    let asks = |line: &str| {
        let declared = line.strip_prefix(mark);
        declared.is_some_and(|declared| declared.trim_start().starts_with("variant"))
    };
    Some(variant.source.lines().position(asks)? + 1)
}

/// What is wrong with the variants of a catalog.
pub fn problems(catalog: &Catalog) -> Vec<Diagnostic> {
    catalog
        .iter()
        .filter_map(|listing| problem(catalog, listing))
        .collect()
}

fn problem(catalog: &Catalog, variant: &Listing) -> Option<Diagnostic> {
    let declaration = &variant.declaration;
    let mut at = Diagnostic::new(&variant.path, "");
    at.line = Some(question_line(variant).unwrap_or(declaration.line));
    let wrong = |message: String, hint: String| {
        let mut diagnostic = Diagnostic::new(&at.path, message).hint(hint);
        diagnostic.line = at.line;
        Some(diagnostic)
    };
    let Some(id) = variant.id.varies() else {
        declaration.variant.as_ref()?;
        return wrong(
            "it declares `variant`, and its name says of no listing".into(),
            format!(
                "name it after its listing and what is other: `{}__no_defer.zig`",
                variant.id.stem
            ),
        );
    };
    if variant.language != Language::Zig {
        return wrong(
            "`__` stands in the names of variants, and those are written in Zig".into(),
            "name it with single underscores".into(),
        );
    }
    let Some(question) = &declaration.variant else {
        return wrong(
            format!("its name makes it a variant of `{id}`, and it asks no question"),
            "add a line `//@ variant: What if …?`, or name it with single underscores".into(),
        );
    };
    if declaration.title.is_some() {
        return wrong(
            "a variant has no title: its question names it".into(),
            "remove the line `//@ title`".into(),
        );
    }
    let Some(listing) = catalog.get(&id, Language::Zig) else {
        return wrong(
            format!("a variant without its listing: there is no sound `{id}.zig`"),
            format!(
                "write `listings/{id}.zig`, or name the variant after the listing that it changes"
            ),
        );
    };
    let lines = together(listing, variant);
    let count = |of: LineChange| lines.iter().filter(|line| line.change == of).count();
    let changed = count(LineChange::Gone).max(count(LineChange::New));
    let mode = declaration.mode;
    let other_mode = mode != listing.declaration.mode;
    if other_mode && !question.contains(mode.word()) {
        return wrong(
            format!(
                "it is built with `-O {}`, its listing with `-O {}`, and the question does not say so",
                mode.word(),
                listing.declaration.mode.word()
            ),
            format!(
                "name the mode in the question, or declare `mode: {}`",
                listing.declaration.mode.word()
            ),
        );
    }
    if declaration.libc != listing.declaration.libc {
        return wrong(
            "either it or its listing links the C library, and the other does not".into(),
            "declare `libc` in both or in none".into(),
        );
    }
    if changed == 0 && !other_mode {
        return wrong(
            format!("it is the same program as `{id}`"),
            "change what the question asks about, or remove the variant".into(),
        );
    }
    if changed > MOST {
        return wrong(
            format!(
                "it changes {changed} lines of `{id}`, and a reader is to see at once what is other"
            ),
            format!("change at most {MOST} lines, or make it a listing of its own"),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn listing(path: &str, source: &str) -> Listing {
        testing::listing(path, source, None)
    }

    const WHOLE: &str = "//@ run\n//@ title: A\n\nconst a = 1;\n// ANCHOR: x\nconst b = 2;\n// ANCHOR_END: x\nconst c = 3;\n";

    #[test]
    fn lines_keep_the_numbers_of_the_file_they_are_in() {
        let variant = "//@ run\n//@ mode: debug\n//@ variant: What if b is 4?\n\nconst a = 1;\nconst b = 4;\nconst c = 3;\n";
        let lines = together(
            &listing("03_a/a.zig", WHOLE),
            &listing("03_a/a__b.zig", variant),
        );
        let told: Vec<(LineChange, usize, &str)> = lines
            .iter()
            .map(|line| (line.change, line.number, line.text.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (LineChange::Kept, 5, "const a = 1;"),
                (LineChange::Gone, 6, "const b = 2;"),
                (LineChange::New, 6, "const b = 4;"),
                (LineChange::Kept, 7, "const c = 3;"),
            ]
        );
    }

    #[test]
    fn a_variant_of_nothing_the_same_another_or_too_much_is_refused() {
        let whole = || listing("03_a/a.zig", WHOLE);
        let said = |path: &str, source: &str| {
            let catalog = Catalog::new(Vec::new(), vec![whole(), listing(path, source)]);
            let problems = problems(&catalog);
            problems
                .iter()
                .map(|problem| format!("{}: {}", problem.line.unwrap(), problem.message))
                .collect::<Vec<_>>()
        };
        let other = "const a = 1;\nconst b = 4;\nconst c = 3;\n";
        let asked =
            |head: &str, body: &str| format!("//@ run\n{head}//@ variant: What if b is 4?\n{body}");
        assert_eq!(said("03_a/a__b.zig", &asked("", other)), [""; 0]);
        for (path, source, message) in [
            (
                "03_a/b__b.zig",
                asked("", other),
                "2: a variant without its listing: there is no sound `03_a/b.zig`",
            ),
            (
                "03_a/ab.zig",
                asked("", other),
                "2: it declares `variant`, and its name says of no listing",
            ),
            (
                "03_a/a__b.zig",
                format!("//@ run\n{other}"),
                "1: its name makes it a variant of `03_a/a`, and it asks no question",
            ),
            (
                "03_a/a__b.rs",
                format!("//@ run\n{other}"),
                "1: `__` stands in the names of variants, and those are written in Zig",
            ),
            (
                "03_a/a__b.zig",
                asked("//@ title: B\n", other),
                "3: a variant has no title: its question names it",
            ),
            (
                "03_a/a__b.zig",
                asked("", &WHOLE[22..]),
                "2: it is the same program as `03_a/a`",
            ),
            (
                "03_a/a__b.zig",
                asked("//@ mode: fast\n", other),
                "3: it is built with `-O fast`, its listing with `-O debug`, and the question does not say so",
            ),
            (
                "03_a/a__b.zig",
                asked("//@ libc\n", other),
                "3: either it or its listing links the C library, and the other does not",
            ),
            (
                "03_a/a__b.zig",
                asked("", &"// c\n".repeat(MOST + 1)),
                "2: it changes 13 lines of `03_a/a`, and a reader is to see at once what is other",
            ),
        ] {
            assert_eq!(said(path, &source), [message], "{path} {source}");
        }
        let fast = format!(
            "//@ run\n//@ mode: fast\n//@ variant: What if it is built with `-O fast`?\n{}",
            &WHOLE[22..]
        );
        assert_eq!(said("03_a/a__fast.zig", &fast), [""; 0]);
    }
}
