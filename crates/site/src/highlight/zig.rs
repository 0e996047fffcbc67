//! Zig by its own `std.zig.Tokenizer`: a small program, compiled once for a Zig version, reads all sources in
//! one run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::classify::{Lexeme, TokenClass};
use book_support::kept;
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain::compile::{Compilation, CompileLimits, Compiled};
use book_toolchain::zig;
use book_toolchain::zig_errors::all_texts;

const PROGRAM: &str = include_str!("../../zig/tokens.zig");
const SOURCE: &str = "tokens.zig";

/// The lexemes of each source.
pub(super) fn tokenize(project: &Project, sources: &[&str]) -> Result<Vec<Vec<Lexeme>>> {
    let mut input = Vec::new();
    for source in sources {
        // A zero byte ends a source; inside one it would be no token at all.
        input.extend(
            source
                .bytes()
                .map(|byte| if byte == 0 { b' ' } else { byte }),
        );
        input.push(0);
    }
    let file =
        tempfile::NamedTempFile::new_in(project.work()).context("cannot write the sources")?;
    std::fs::write(file.path(), &input).context("cannot write the sources")?;
    let program = Tokenizer::find_or_build(project)?;
    let finished = Spec::new(&program.path)
        .clean_environment()
        .arg(file.path())
        .run_split()?;
    ensure!(
        finished.success(),
        "Zig's tokenizer failed: {}",
        finished.text()
    );
    let lexemes = parse(&String::from_utf8_lossy(&finished.stdout), sources)?;
    ensure!(
        lexemes.len() == sources.len(),
        "Zig's tokenizer answered for {} of {} sources",
        lexemes.len(),
        sources.len()
    );
    Ok(lexemes)
}

/// The compiled program, in a folder of its own while it is used.
struct Tokenizer {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Tokenizer {
    /// Compiles it, unless it is kept.
    fn find_or_build(project: &Project) -> Result<Tokenizer> {
        std::fs::create_dir_all(project.work())?;
        let folder = tempfile::tempdir_in(project.work()).context("cannot make a folder")?;
        let path = folder.path().join("tokens");
        let key = kept::key([zig::identity(project).as_bytes(), PROGRAM.as_bytes()]);
        let place = project.work().join("tokens");
        if let Some(program) = kept::read(&place, &key) {
            std::fs::write(&path, program).context("cannot write the compiled tokenizer")?;
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
            std::fs::set_permissions(&path, mode).context("cannot write the compiled tokenizer")?;
        } else {
            let zig = zig::find_or_install(project)?;
            let source = folder.path().join(SOURCE);
            std::fs::write(&source, PROGRAM).context("cannot write the tokenizer's source")?;
            compile(project, &zig.path, folder.path(), &path)?;
            let program = std::fs::read(&path).context("cannot read the compiled tokenizer")?;
            kept::write(&place, &key, &program)?;
        }
        Ok(Tokenizer {
            path,
            _folder: folder,
        })
    }
}

fn compile(project: &Project, zig: &Path, folder: &Path, program: &Path) -> Result<()> {
    let compiled = Compilation {
        zig,
        folder,
        work: &project.work(),
        what: "its tokenizer",
        arguments: ["build-exe", SOURCE].map(OsString::from).to_vec(),
        program: Some(program),
        is_source: &|path| path == SOURCE,
        gathered: false,
        limits: CompileLimits::default(),
        canceled: None,
    };
    match compiled.compile()? {
        Compiled::Built => Ok(()),
        Compiled::Errors(errors) => {
            bail!("Zig's tokenizer does not compile: {}", all_texts(&errors))
        }
        Compiled::Stopped(..) => bail!("Zig came to no end while it built its tokenizer"),
    }
}

/// Reads what the program prints. Comments are not tokens: they are found in the gaps.
fn parse(text: &str, sources: &[&str]) -> Result<Vec<Vec<Lexeme>>> {
    let mut all = Vec::new();
    let mut lexemes = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            let source = sources.get(all.len()).copied().unwrap_or_default();
            all.push(with_comments(source, std::mem::take(&mut lexemes)));
            continue;
        }
        let mut words = line.split(' ');
        let (Some(tag), Some(Ok(start)), Some(Ok(end))) = (
            words.next(),
            words.next().map(str::parse::<usize>),
            words.next().map(str::parse::<usize>),
        ) else {
            bail!("Zig's tokenizer printed `{line}`");
        };
        let source = sources.get(all.len()).copied().unwrap_or_default();
        lexemes.push(Lexeme {
            start,
            end,
            kind: kind(tag, source.as_bytes().get(start).copied().unwrap_or(b' ')),
        });
    }
    Ok(all)
}

fn kind(tag: &str, first: u8) -> TokenClass {
    match tag {
        "identifier" if first == b'@' => TokenClass::Builtin,
        "identifier" => TokenClass::Identifier,
        "builtin" => TokenClass::Builtin,
        "string_literal" | "multiline_string_literal_line" | "char_literal" => TokenClass::String,
        "number_literal" => TokenClass::Number,
        "doc_comment" | "container_doc_comment" => TokenClass::Comment,
        keyword if keyword.starts_with("keyword_") => TokenClass::Keyword,
        _ => TokenClass::Punctuation(first),
    }
}

fn with_comments(source: &str, lexemes: Vec<Lexeme>) -> Vec<Lexeme> {
    let mut all = Vec::with_capacity(lexemes.len());
    let mut at = 0;
    let end = Lexeme {
        start: source.len(),
        end: source.len(),
        kind: TokenClass::Punctuation(b' '),
    };
    for lexeme in lexemes.into_iter().chain([end]) {
        let gap = source.get(at..lexeme.start).unwrap_or_default();
        let mut line_start = at;
        for line in gap.split_inclusive('\n') {
            if let Some(comment) = line.find("//") {
                all.push(Lexeme {
                    start: line_start + comment,
                    end: line_start + line.trim_end().len(),
                    kind: TokenClass::Comment,
                });
            }
            line_start += line.len();
        }
        at = lexeme.end;
        if lexeme.start < source.len() {
            all.push(lexeme);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_found_between_tokens() {
        let source = "//@ run\nx // a\n// b\ny";
        let printed = "identifier 8 9\nidentifier 20 21\n\n";
        let found: Vec<(&str, TokenClass)> = parse(printed, &[source]).unwrap()[0]
            .iter()
            .map(|lexeme| (&source[lexeme.start..lexeme.end], lexeme.kind))
            .collect();
        assert_eq!(
            found,
            [
                ("//@ run", TokenClass::Comment),
                ("x", TokenClass::Identifier),
                ("// a", TokenClass::Comment),
                ("// b", TokenClass::Comment),
                ("y", TokenClass::Identifier),
            ]
        );
    }
}
