//! What editors, file managers, merge tools and interpreters leave beside one's files. It is no listing, no exercise
//! and no chapter, and it stops nothing.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// How a file's or folder's name is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
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
    ".part", ".diff", ".patch",
];

/// What `git mergetool` and others put between a file's name and a number.
const SIDES: [&str; 4] = ["BACKUP", "LOCAL", "REMOTE", "BASE"];

/// Tells what is left behind from what an author made, by the name alone.
pub fn name(name: &str) -> Name {
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if name.starts_with('.')
        || (name.starts_with('#') && name.ends_with('#'))
        // Vim tries whether it may write into a folder by a file `4913`, or the next number that is free.
        || is_number
        || OF_TOOLS.contains(&name)
        || PASSING_ENDS.iter().any(|end| name.ends_with(end))
    {
        return Name::Passing;
    }
    let lower = name.to_ascii_lowercase();
    // The book's own names are in snake_case; copies are `x (1).zig`, `x - Copy.zig`, `Copy of x.zig`.
    let is_copy = name.contains([' ', '(', ')', '#']) || lower.contains("sync-conflict");
    if is_copy
        || is_dump(name)
        || is_side(name)
        || is_revision(name)
        || LEFT_ENDS.iter().any(|end| lower.ends_with(end))
        || LEFT_ENDS
            .iter()
            .any(|end| lower.contains(&format!("{end}.")))
    {
        return Name::Left;
    }
    Name::Ours
}

/// Whether the name is one of the book's.
pub fn is_ours(file: &str) -> bool {
    name(file) == Name::Ours
}

/// The memory of a program that crashed: `core`, `core.123`, `vgcore.123`.
fn is_dump(name: &str) -> bool {
    let rest = name.strip_prefix("vg").unwrap_or(name).strip_prefix("core");
    rest.is_some_and(|rest| {
        rest.is_empty()
            || rest.strip_prefix('.').is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            })
    })
}

/// One side of a merge: `x_LOCAL_123.zig`, `x.zig.BACKUP.123.zig`.
fn is_side(name: &str) -> bool {
    SIDES.iter().any(|side| {
        name.match_indices(side).any(|(at, _)| {
            let before = name[..at].ends_with(['_', '.']);
            let after = name[at + side.len()..].strip_prefix(['_', '.']);
            before && after.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

/// One side of a merge as Subversion and Mercurial name it, or a numbered copy: `x.zig.r12`, `x.zig.1`.
fn is_revision(name: &str) -> bool {
    let Some((before, end)) = name.rsplit_once('.') else {
        return false;
    };
    let number = end.strip_prefix('r').unwrap_or(end);
    before.contains('.') && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// What was left behind in `folders` and has to be taken away by somebody, in the order of the paths.
pub fn find(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        let mut walk = WalkDir::new(folder)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter();
        while let Some(entry) = walk.next() {
            // What cannot be read is said where it is needed.
            let Ok(entry) = entry else { continue };
            let kind = name(&entry.file_name().to_string_lossy());
            if kind == Name::Left {
                found.push(entry.path().to_path_buf());
            }
            if kind != Name::Ours && entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
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
        let cases: [(Name, &[&str]); 3] = [
            (
                Name::Ours,
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
                ],
            ),
            (
                Name::Passing,
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
                ],
            ),
            (
                Name::Left,
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
                    "core",
                    "03_allocator.orig",
                    "03_allocator (copy)",
                    "a.bak.zig",
                ],
            ),
        ];
        for (expected, names) in cases {
            for case in names {
                assert_eq!(name(case), expected, "{case}");
            }
        }
    }
}
