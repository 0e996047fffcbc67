//! What editors, file managers, merge tools and interpreters leave beside an author's files. It is neither listing nor exercise
//! nor chapter, and it stops nothing.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// How a file's or folder's name is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// It may be one of the book's.
    Ours,
    /// A program keeps it for itself, and takes it away again.
    Passing,
    /// Somebody has to take it away: a copy, what a merge left.
    Left,
}

/// Folders and files with these names belong to a tool.
const OF_TOOLS: [&str; 13] = [
    "__pycache__",
    "target",
    "zig-cache",
    "zig-out",
    "node_modules",
    "__MACOSX",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "Icon\r",
    "nohup.out",
    "___jb_tmp___",
    "___jb_old___",
];

const PASSING_ENDS: [&str; 11] = [
    "~",
    ".swp",
    ".swo",
    ".swn",
    ".swx",
    ".tmp",
    ".temp",
    ".crswap",
    ".pyc",
    "___jb_tmp___",
    "___jb_old___",
];

const LEFT_ENDS: [&str; 13] = [
    ".orig", ".rej", ".bak", ".old", ".save", ".mine", ".theirs", ".ours", ".backup", ".copy",
    ".part", ".patch", ".diff",
];

/// What file managers and shared folders put into the name of a copy, in lower case.
const COPIES: [&str; 8] = [
    "(copy",
    "copy)",
    " - copy",
    " copy.",
    "(another",
    "(conflict",
    "sync-conflict",
    "conflicted copy",
];

/// The ends of the names of sources. A program that keeps another state of a file puts something behind its whole name.
const SOURCES: [&str; 3] = [".zig", ".rs", ".py"];
const CHAPTERS: [&str; 2] = [".md", ".toml"];

/// What we put there ourselves.
const RECORDED: [&str; 2] = [".out", ".trace.json"];

/// What `git mergetool` and others put between a file's name and a number.
const SIDES: [&str; 4] = ["BACKUP", "LOCAL", "REMOTE", "BASE"];

/// Tells what is left behind from what an author made, by the name alone. An author's own name may have blanks.
pub fn name(name: &str) -> NameKind {
    if name.starts_with(['.', '~'])
        || (name.starts_with('#') && name.ends_with('#'))
        || is_trial(name)
        || is_of_sed(name)
        || OF_TOOLS.contains(&name)
        || PASSING_ENDS.iter().any(|end| name.ends_with(end))
    {
        return NameKind::Passing;
    }
    let lower = name.to_ascii_lowercase();
    let has_end = |end: &str| lower.ends_with(end) || lower.contains(&format!("{end}."));
    if is_dump(name)
        || is_side(name)
        || is_revision(name)
        || lower.starts_with("copy of ")
        || COPIES.iter().any(|copy| lower.contains(copy))
        || LEFT_ENDS.iter().any(|end| has_end(end))
        || CHAPTERS.iter().any(|end| goes_on_after(name, end))
    {
        return NameKind::Left;
    }
    NameKind::Ours
}

/// As [`name`], where all names are in snake_case, as in the folders of listings and exercises: one with another sign,
/// such as `x (1).zig`, `x.zig,v` or a copy's name in another language, is a copy.
pub fn name_of_source(source: &str) -> NameKind {
    let is_sign = |sign: char| !sign.is_alphanumeric() && !"_-.".contains(sign);
    let has_more = SOURCES.iter().any(|end| goes_on_after(source, end));
    match name(source) {
        NameKind::Ours if source.contains(is_sign) || has_more => NameKind::Left,
        name => name,
    }
}

/// Whether a file of `src/` or `theme/` is one of the book's.
pub fn is_ours(file: &str) -> bool {
    name(file) == NameKind::Ours
}

/// Whether a file beside listings or exercises is one of the book's.
pub fn is_source(file: &str) -> bool {
    name_of_source(file) == NameKind::Ours
}

/// Whether a name has more behind the end of a source: `x.zig.new`, `x.zig_backup`, `x.zig2`.
fn goes_on_after(name: &str, end: &str) -> bool {
    name.split_once(end).is_some_and(|(_, more)| {
        let is_longer_word = more.starts_with(|c: char| c.is_ascii_alphabetic());
        !more.is_empty() && !is_longer_word && !RECORDED.contains(&more)
    })
}

/// What `sed -i` writes into before it takes the file's name: `sedAbC123`.
fn is_of_sed(name: &str) -> bool {
    let rest = name.strip_prefix("sed").unwrap_or_default();
    rest.len() == 6
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !rest.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Vim finds out whether it may write into a folder by making a file `4913`, or one of the next free number in that row.
fn is_trial(name: &str) -> bool {
    let row = |number: u64| number >= 4913 && (number - 4913).is_multiple_of(123);
    name.parse().is_ok_and(row)
}

/// The memory of a program that crashed: `core.123`, `vgcore.123`.
fn is_dump(name: &str) -> bool {
    let name = name.strip_prefix("vg").unwrap_or(name);
    name.strip_prefix("core.").is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// One side of a merge: `x_LOCAL_123.zig`, `x.zig.BACKUP.123.zig`.
fn is_side(name: &str) -> bool {
    SIDES.iter().any(|side| {
        name.match_indices(side).any(|(at, _)| {
            let before = name[..at].ends_with(['_', '.']);
            let after = name[at + side.len()..].strip_prefix(['_', '.']);
            let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
            let stands_alone = name[..at].ends_with('.');
            before && after.is_some_and(|rest| is_number(rest) || stands_alone)
        })
    })
}

/// One side of a merge as Subversion and Mercurial name it, or a numbered copy: `x.zig.r12`, `x.zig.1`.
fn is_revision(name: &str) -> bool {
    let Some((before, end)) = name.rsplit_once('.') else {
        return false;
    };
    // Not a version: `x-3.6.0`.
    let has_end = before
        .rsplit_once('.')
        .is_some_and(|(_, end)| end.starts_with(|c: char| c.is_ascii_alphabetic()));
    has_end && is_number(end.strip_prefix('r').unwrap_or(end))
}

/// What was left behind below `folder` and has to be taken away by somebody, in the order of the paths; `name` is
/// [`name`] or [`name_of_source`].
pub fn find(folder: &Path, name: fn(&str) -> NameKind) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut walk = WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = walk.next() {
        // What cannot be read is said where it is needed.
        let Ok(entry) = entry else { continue };
        let kind = name(&entry.file_name().to_string_lossy());
        if kind == NameKind::Left {
            found.push(entry.path().to_path_buf());
        }
        if kind != NameKind::Ours && entry.file_type().is_dir() {
            walk.skip_current_dir();
        }
    }
    found
}

/// One line for each of [`find`]'s, as a person is told. `shown` makes a path short.
pub fn notes(paths: &[PathBuf], shown: impl Fn(&Path) -> PathBuf) -> String {
    paths
        .iter()
        .map(|path| {
            format!(
                "note: {} looks like what an editor, a merge or a copy left behind: it is passed over\n",
                shown(path).display()
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_told_from_what_was_made() {
        let cases: [(NameKind, &[&str]); 3] = [
            (
                NameKind::Ours,
                &[
                    "index.md",
                    "a.zig",
                    "a.zig.out",
                    "a.zig.trace.json",
                    "quiz.toml",
                    "Cargo.toml",
                    "03_allocator",
                    "weights.bin",
                    "x86_64.zig",
                    "scores_1.csv",
                    "local_1.zig",
                    "backup_2.rs",
                    "core_loop.zig",
                    "core.zig",
                    "SUMMARY.md",
                    "base.zig",
                    "record.sh",
                    "old.zig",
                    "data.f32",
                    "a.rs.out",
                    "notes.rst",
                    "types.pyi",
                    "sedation",
                    "größe.zig",
                    "two-words.zig",
                ],
            ),
            (
                NameKind::Passing,
                &[
                    ".a.zig.swp",
                    "a.zig~",
                    "#a.zig#",
                    ".#a.zig",
                    "4913",
                    "5036",
                    ".DS_Store",
                    "Thumbs.db",
                    ".idea",
                    ".vscode",
                    "__pycache__",
                    ".ruff_cache",
                    "a.zig___jb_tmp___",
                    ".goutputstream-X",
                    "a.swp",
                    "desktop.ini",
                    ".nfs0001",
                    "target",
                    "a.tmp",
                    "~$a.zig",
                    "sedAbC123",
                    ".fuse_hidden0001",
                ],
            ),
            (
                NameKind::Left,
                &[
                    "a.orig",
                    "a.zig.rej",
                    "a_BACKUP_123.zig",
                    "a_LOCAL_9.zig",
                    "a.zig.REMOTE.12.zig",
                    "a_BASE_1.out",
                    "a (copy).zig",
                    "a (1).zig",
                    "a - Copy.zig",
                    "Copy of a.zig",
                    "a copy.zig",
                    "a.zig.bak",
                    "a.old",
                    "a.zig.save.1",
                    "a.zig.mine",
                    "a.zig.r12",
                    "a.sync-conflict-20260101.zig",
                    "core.123",
                    "03_allocator.orig",
                    "03_allocator (copy)",
                    "a.bak.zig",
                    "a.zig.new",
                    "a.zig.dpkg-old",
                    "a.zig.tmp.1234.99",
                    "a.zig.LOCAL",
                    "a.BASE.zig",
                    "a.zig_backup",
                    "a.zig2",
                    "a.zig.out.new",
                    "a.zig,v",
                    "a.zig%",
                    "a.zig:Zone.Identifier",
                    "$RECYCLE.BIN",
                    "lost+found",
                    "fix.patch",
                    "quiz.toml.new",
                    "aé'.zig",
                ],
            ),
        ];
        for (expected, names) in cases {
            for case in names {
                assert_eq!(name_of_source(case), expected, "{case}");
            }
        }
    }

    #[test]
    fn names_of_chapters_and_pictures_may_have_blanks() {
        for ours in [
            "My chapter.md",
            "picture (1).png",
            "a#b.md",
            "jquery-3.6.0",
            "2024",
            "core",
        ] {
            assert_eq!(name(ours), NameKind::Ours, "{ours}");
        }
        for left in [
            "chapter (copy).md",
            "Copy of a.md",
            "a.md.orig",
            "a.md.new",
            "a.md_old",
        ] {
            assert_eq!(name(left), NameKind::Left, "{left}");
        }
    }
}
