//! Python by its own `tokenize` module, in one run of the interpreter for all sources.

use anyhow::{Context, Result, bail, ensure};

use super::classify::{Lexeme, TokenClass};
use book_support::process::Spec;
use book_support::project::Project;
use book_toolchain::python;

/// Prints `kind start end` for each token, in bytes, and an empty line after each source. A string with
/// replacement fields is several tokens from Python 3.12 on, and one before: here it is always one.
const PROGRAM: &str = r#"
import io, json, sys, tokenize

def tokens(source):
    lines = [line + "\n" for line in source.split("\n")]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    def offset(place):
        row, column = place
        if row > len(lines):
            return starts[-1]
        return starts[row - 1] + len(lines[row - 1][:column].encode())
    depth, begin = 0, 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            name = tokenize.tok_name[token.type]
            if name in ("FSTRING_START", "TSTRING_START"):
                if depth == 0:
                    begin = offset(token.start)
                depth += 1
            elif name in ("FSTRING_END", "TSTRING_END"):
                depth -= 1
                if depth == 0:
                    print("STRING", begin, offset(token.end))
            elif depth == 0 and name in ("NAME", "STRING", "NUMBER", "COMMENT", "OP"):
                print(name, offset(token.start), offset(token.end))
    except (tokenize.TokenError, SyntaxError):
        pass

for source in json.load(open(sys.argv[1], encoding="utf-8")):
    tokens(source)
    print()
"#;

/// The lexemes of each source.
pub(super) fn tokenize(project: &Project, sources: &[&str]) -> Result<Vec<Vec<Lexeme>>> {
    let python = python::interpreter()?;
    std::fs::create_dir_all(project.work())?;
    let file =
        tempfile::NamedTempFile::new_in(project.work()).context("cannot write the sources")?;
    std::fs::write(file.path(), serde_json::to_vec(sources)?)
        .context("cannot write the sources")?;
    let finished = Spec::new(&python.path)
        .clean_environment()
        .args(["-I", "-X", "utf8", "-c", PROGRAM])
        .arg(file.path())
        .run_split()?;
    ensure!(
        finished.success(),
        "Python's tokenizer failed: {}",
        finished.text()
    );
    let lexemes = parse(&String::from_utf8_lossy(&finished.stdout), sources)?;
    ensure!(
        lexemes.len() == sources.len(),
        "Python's tokenizer answered for {} of {} sources",
        lexemes.len(),
        sources.len()
    );
    Ok(lexemes)
}

fn parse(text: &str, sources: &[&str]) -> Result<Vec<Vec<Lexeme>>> {
    let mut all = Vec::new();
    let mut lexemes = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            all.push(std::mem::take(&mut lexemes));
            continue;
        }
        let mut words = line.split(' ');
        let (Some(name), Some(Ok(start)), Some(Ok(end))) = (
            words.next(),
            words.next().map(str::parse::<usize>),
            words.next().map(str::parse::<usize>),
        ) else {
            bail!("Python's tokenizer printed `{line}`");
        };
        let source = sources.get(all.len()).copied().unwrap_or_default();
        lexemes.push(Lexeme {
            start,
            end,
            kind: match name {
                "NAME" => TokenClass::Identifier,
                "STRING" => TokenClass::String,
                "NUMBER" => TokenClass::Number,
                "COMMENT" => TokenClass::Comment,
                _ => TokenClass::Punctuation(source.as_bytes().get(start).copied().unwrap_or(b' ')),
            },
        });
    }
    Ok(all)
}
