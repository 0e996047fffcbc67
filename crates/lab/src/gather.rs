//! Reads a program from the disk: a file anywhere, and the files in and below its folder that it imports and embeds.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::program::ReaderProgram;
use book_recorder::program::beside;
use book_trace::source::tokens;

/// The most bytes of a program's files together.
const LARGEST: u64 = 64 << 20;
/// What a program from standard input is called.
const NAMELESS: &str = "program.zig";

/// A program, and the folder that its paths begin in.
#[derive(Clone, Debug)]
pub struct FoundProgram {
    /// With every file that it imports or embeds.
    pub program: ReaderProgram,
    /// Absolute.
    pub folder: PathBuf,
}

/// Reads the program whose main file is at `path`; `-` is standard input, and imports from the current folder.
///
/// # Errors
///
/// When it cannot be read, is larger than it may be, or has nothing to run.
pub fn read(path: &Path) -> Result<FoundProgram> {
    let (name, folder, bytes) = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let mut input = std::io::stdin().take(LARGEST + 1);
        input
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        (NAMELESS.to_string(), PathBuf::new(), bytes)
    } else {
        let name = path.file_name().and_then(|name| name.to_str());
        let Some(name) = name.filter(|name| name.ends_with(".zig")) else {
            bail!(
                "{} is no Zig file: its name must end in `.zig`",
                path.display()
            );
        };
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        (name.to_string(), folder, bytes)
    };
    let mut files = BTreeMap::from([(name.clone(), bytes)]);
    let mut open = vec![name.clone()];
    let mut size = files[&name].len() as u64;
    while let Some(file) = open.pop() {
        let text = String::from_utf8_lossy(&files[&file]).into_owned();
        for path in named(&file, &text) {
            // What is not there the compiler says, with the line that asks for it.
            let Ok(data) = fs::metadata(folder.join(&path)) else {
                continue;
            };
            if files.contains_key(&path) || !data.is_file() {
                continue;
            }
            size += data.len();
            if size > LARGEST {
                bail!(
                    "the program and what it embeds hold more than {} MiB",
                    LARGEST >> 20
                );
            }
            let Ok(bytes) = fs::read(folder.join(&path)) else {
                continue;
            };
            if path.ends_with(".zig") {
                open.push(path.clone());
            }
            files.insert(path, bytes);
        }
    }
    if size > LARGEST {
        bail!("the program holds more than {} MiB", LARGEST >> 20);
    }
    let program = ReaderProgram::new(&name, files).map_err(anyhow::Error::msg)?;
    Ok(FoundProgram { program, folder })
}

/// The files that a file of a program imports and embeds, by their paths in the program's folder.
fn named(file: &str, text: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let tokens = tokens(text);
    let calls = tokens
        .windows(3)
        .filter(|found| matches!(found[0].text, "@import" | "@embedFile") && found[1].text == "(");
    calls
        .filter_map(|found| {
            let path = found[2].text.strip_prefix('"')?.strip_suffix('"')?;
            let is_module = found[0].text == "@import" && !path.contains('.');
            let is_elsewhere = path.starts_with('/') || path.contains('\\');
            (!is_module && !is_elsewhere).then(|| beside(folder, path))?
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_names_below_its_folder_comes_along() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write(
            "in/a.zig",
            "const b = @import(\"sub/b.zig\");\nconst s = @import(\"std\");\nconst o = @import(\"../out.zig\");\npub fn main() void {}\n",
        );
        write(
            "in/sub/b.zig",
            "const t = @embedFile(\"../text.txt\");\nconst a = @import(\"../a.zig\");\n",
        );
        write("in/text.txt", "x");
        write("out.zig", "");
        let found = read(&folder.path().join("in/a.zig")).unwrap();
        let files: Vec<&String> = found.program.files.keys().collect();
        assert_eq!(files, ["a.zig", "sub/b.zig", "text.txt"]);
        assert_eq!(found.folder, folder.path().join("in"));
        let missing = read(&folder.path().join("in/none.zig")).unwrap_err();
        assert!(format!("{missing:#}").contains("none.zig: No such file"));
        write("in/b.txt", "");
        assert!(read(&folder.path().join("in/b.txt")).is_err());
    }
}
