//! The `//@` lines at the head of a listing: what must happen when it is built and run. Pure.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Language;

/// The keys a listing may declare, for error messages.
const KEYS: &str = "`run`, `test`, `compile-error: TEXT`, `panic: TEXT`, `leak`, `test-failure: TEXT`, \
                    `title: TEXT`, `same-output`, `mode: MODE`, `libc`, `needs: PACKAGE`, \
                    `timeout: SECONDS`, `trace`, `wasm: TEXT`, `variant: What if …?`";

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// What must happen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "text")]
pub enum Expectation {
    /// It builds, exits with 0, and leaks nothing.
    Run,
    /// It builds, and all its tests pass and leak nothing.
    Test,
    /// It does not build, and the compiler says this.
    CompileError(String),
    /// It builds, and stops with a panic, a crash or an exception that says this.
    Panic(String),
    /// It builds, and reports memory that was never freed.
    Leak,
    /// It builds, and a test fails or leaks and says this.
    TestFailure(String),
}

impl Expectation {
    /// The word that declares it.
    pub fn word(&self) -> &'static str {
        match self {
            Expectation::Run => "run",
            Expectation::Test => "test",
            Expectation::CompileError(_) => "compile-error",
            Expectation::Panic(_) => "panic",
            Expectation::Leak => "leak",
            Expectation::TestFailure(_) => "test-failure",
        }
    }

    /// The text that the recorded output must contain.
    pub fn text(&self) -> Option<&str> {
        match self {
            Expectation::CompileError(text)
            | Expectation::Panic(text)
            | Expectation::TestFailure(text) => Some(text),
            Expectation::Run | Expectation::Test | Expectation::Leak => None,
        }
    }

    /// Whether the listing is built as a test program.
    pub fn is_test(&self) -> bool {
        matches!(self, Expectation::Test | Expectation::TestFailure(_))
    }
}

/// Zig's optimization mode.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// All safety checks, nothing optimized: what Zig does when it is not asked.
    #[default]
    Debug,
    /// Optimized, with all safety checks.
    Safe,
    /// Optimized for speed, without safety checks.
    Fast,
    /// Optimized for size, without safety checks.
    Small,
}

impl Mode {
    /// The word after `-O`.
    pub fn word(self) -> &'static str {
        match self {
            Mode::Debug => "debug",
            Mode::Safe => "safe",
            Mode::Fast => "fast",
            Mode::Small => "small",
        }
    }
}

/// Everything a listing declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What must happen when it is built and run.
    pub expectation: Expectation,
    /// The line of the expectation, counted from 1.
    pub line: usize,
    /// The figure's caption; twins take over that of the Zig listing.
    pub title: Option<String>,
    /// The question that a variant answers.
    pub variant: Option<String>,
    /// Whether its twins must print the same text.
    pub same_output: bool,
    /// How Zig optimizes it.
    pub mode: Mode,
    /// Whether the C library is linked.
    pub libc: bool,
    /// In Python: the packages that it imports; `zig` for the pinned compiler.
    pub needs: Vec<String>,
    /// How long a run may take.
    pub timeout: Duration,
    /// Whether a memory diagram is recorded of it.
    pub trace: bool,
    /// Why it prints something else on WebAssembly, if it does.
    pub wasm: Option<String>,
}

/// What is wrong with a declaration, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What mends it.
    pub hint: String,
}

/// The number of lines at the head of `source` that declare something.
pub fn head_lines(source: &str, language: Language) -> usize {
    source
        .lines()
        .take_while(|line| line.starts_with(language.declaration_mark()))
        .count()
}

/// Reads the declarations at the head of `source`. `Ok(None)` when it has none.
pub fn parse(source: &str, language: Language) -> Result<Option<Declaration>, DeclarationError> {
    let mark = language.declaration_mark();
    let head = head_lines(source, language);
    if let Some((index, _)) = source
        .lines()
        .enumerate()
        .skip(head)
        .find(|(_, line)| line.trim_start().starts_with(mark))
    {
        return Err(DeclarationError {
            line: index + 1,
            message: format!("a `{mark}` line after the head of the file declares nothing"),
            hint: format!("move it up to the `{mark}` lines at the very start of the file"),
        });
    }
    if head == 0 {
        return Ok(None);
    }
    let mut draft = Draft::default();
    for (index, line) in source.lines().take(head).enumerate() {
        draft.read(line[mark.len()..].trim(), index + 1, language)?;
    }
    let (expectation, line) = draft.expectation.ok_or_else(|| DeclarationError {
        line: 1,
        message: "the outcome is not declared".into(),
        hint: format!("say first what must happen, for example `{mark} run`"),
    })?;
    if expectation != Expectation::Run && draft.same_output {
        return Err(DeclarationError {
            line,
            message: format!(
                "`same-output` goes with `run`, not with `{}`",
                expectation.word()
            ),
            hint: "remove `same-output`".into(),
        });
    }
    Ok(Some(Declaration {
        expectation,
        line,
        title: draft.title,
        variant: draft.variant,
        same_output: draft.same_output,
        mode: draft.mode,
        libc: draft.libc,
        needs: draft.needs,
        timeout: draft.timeout.unwrap_or(DEFAULT_TIMEOUT),
        trace: draft.trace,
        wasm: draft.wasm,
    }))
}

#[derive(Default)]
struct Draft {
    expectation: Option<(Expectation, usize)>,
    title: Option<String>,
    variant: Option<String>,
    same_output: bool,
    mode: Mode,
    libc: bool,
    needs: Vec<String>,
    timeout: Option<Duration>,
    trace: bool,
    wasm: Option<String>,
    seen: Vec<String>,
}

impl Draft {
    fn read(
        &mut self,
        text: &str,
        line: usize,
        language: Language,
    ) -> Result<(), DeclarationError> {
        let (key, value) = match text.split_once(':') {
            Some((key, value)) => (key.trim(), Some(value.trim())),
            None => (text, None),
        };
        let error = |message: String, hint: &str| DeclarationError {
            line,
            message,
            hint: hint.into(),
        };
        let with_text = || match value {
            Some(value) if !value.is_empty() => Ok(value.to_string()),
            _ => Err(error(
                format!("`{key}` wants a text"),
                &format!("write `{key}: TEXT`"),
            )),
        };
        let alone = || match value {
            None => Ok(()),
            Some(_) => Err(error(
                format!("`{key}` takes no text"),
                &format!("write `{key}` alone"),
            )),
        };
        let only = |wanted: Language| {
            if language == wanted {
                Ok(())
            } else {
                Err(error(
                    format!("`{key}` has a meaning in {wanted} listings only"),
                    "remove the line",
                ))
            }
        };
        if key != "needs" && self.seen.iter().any(|seen| seen == key) {
            return Err(error(
                format!("`{key}` is declared twice"),
                "keep one of the two lines",
            ));
        }
        self.seen.push(key.to_string());
        let expectation = match key {
            "run" => alone().map(|()| Some(Expectation::Run))?,
            "test" => alone().map(|()| Some(Expectation::Test))?,
            "leak" => alone().map(|()| Some(Expectation::Leak))?,
            "compile-error" => Some(Expectation::CompileError(with_text()?)),
            "panic" => Some(Expectation::Panic(with_text()?)),
            "test-failure" => Some(Expectation::TestFailure(with_text()?)),
            _ => None,
        };
        if let Some(expectation) = expectation {
            if let Some((first, _)) = &self.expectation {
                return Err(error(
                    format!(
                        "two outcomes are declared: `{}` and `{}`",
                        first.word(),
                        expectation.word()
                    ),
                    "a listing has one outcome; keep one of the two lines",
                ));
            }
            self.expectation = Some((expectation, line));
            return Ok(());
        }
        match key {
            "title" => self.title = Some(with_text()?),
            "variant" => {
                only(Language::Zig)?;
                let question = with_text()?;
                if !question.starts_with("What if ") || !question.ends_with('?') {
                    return Err(error(
                        format!("`variant: {question}` asks no question"),
                        "say what is changed: `variant: What if the line with defer is left out?`",
                    ));
                }
                self.variant = Some(question);
            }
            "same-output" => {
                only(Language::Zig)?;
                alone()?;
                self.same_output = true;
            }
            "mode" => {
                only(Language::Zig)?;
                self.mode = match value {
                    Some("debug") => Mode::Debug,
                    Some("safe") => Mode::Safe,
                    Some("fast") => Mode::Fast,
                    Some("small") => Mode::Small,
                    _ => {
                        return Err(error(
                            format!("`{}` is no optimization mode", value.unwrap_or_default()),
                            "write `mode: debug`, `mode: safe`, `mode: fast` or `mode: small`",
                        ));
                    }
                };
            }
            "libc" => {
                only(Language::Zig)?;
                alone()?;
                self.libc = true;
            }
            "needs" => {
                only(Language::Python)?;
                self.needs.push(with_text()?);
            }
            "timeout" => {
                let seconds = value
                    .and_then(|value| value.parse::<u64>().ok())
                    .filter(|&s| (1..=120).contains(&s));
                let Some(seconds) = seconds else {
                    return Err(error(
                        format!(
                            "`timeout: {}` is no number of seconds from 1 to 120",
                            value.unwrap_or_default()
                        ),
                        "write for example `timeout: 20`",
                    ));
                };
                self.timeout = Some(Duration::from_secs(seconds));
            }
            "trace" => {
                only(Language::Zig)?;
                alone()?;
                self.trace = true;
            }
            "wasm" => {
                only(Language::Zig)?;
                self.wasm = Some(with_text()?);
            }
            _ => {
                return Err(error(
                    format!("`{key}` is no declaration"),
                    &format!("the declarations are {KEYS}"),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zig(source: &str) -> Result<Option<Declaration>, DeclarationError> {
        parse(source, Language::Zig)
    }

    #[test]
    fn reads_the_outcome_and_the_further_keys() {
        let declaration = zig("//@ panic: integer overflow\n//@ title: It stops\n//@ mode: safe\n\npub fn main() void {}\n")
            .unwrap()
            .unwrap();
        assert_eq!(
            declaration.expectation,
            Expectation::Panic("integer overflow".into())
        );
        assert_eq!(declaration.title.as_deref(), Some("It stops"));
        assert_eq!(declaration.mode, Mode::Safe);
        assert_eq!(declaration.timeout, DEFAULT_TIMEOUT);
    }

    #[test]
    fn a_file_without_declarations_is_not_a_listing() {
        assert_eq!(zig("const std = @import(\"std\");\n").unwrap(), None);
    }

    #[test]
    fn python_declares_with_its_own_comment_mark() {
        let declaration = parse("#@ run\n#@ needs: numpy\n", Language::Python)
            .unwrap()
            .unwrap();
        assert_eq!(declaration.needs, ["numpy"]);
        assert_eq!(parse("//@ run\n", Language::Python).unwrap(), None);
    }

    #[test]
    fn each_wrong_declaration_names_its_line_and_says_how_to_mend_it() {
        for (source, line, message) in [
            ("//@ runs\n", 1, "`runs` is no declaration"),
            ("//@ title: T\n", 1, "the outcome is not declared"),
            (
                "//@ run\n//@ leak\n",
                2,
                "two outcomes are declared: `run` and `leak`",
            ),
            (
                "//@ run\n//@ title: A\n//@ title: B\n",
                3,
                "`title` is declared twice",
            ),
            ("//@ run: now\n", 1, "`run` takes no text"),
            ("//@ panic\n", 1, "`panic` wants a text"),
            ("//@ panic:\n", 1, "`panic` wants a text"),
            (
                "//@ run\n//@ mode: release\n",
                2,
                "`release` is no optimization mode",
            ),
            (
                "//@ run\n//@ timeout: 0\n",
                2,
                "`timeout: 0` is no number of seconds from 1 to 120",
            ),
            (
                "//@ run\n//@ needs: numpy\n",
                2,
                "`needs` has a meaning in Python listings only",
            ),
            (
                "//@ leak\n//@ same-output\n",
                1,
                "`same-output` goes with `run`, not with `leak`",
            ),
            (
                "//@ run\n//@ variant: It is left out\n",
                2,
                "`variant: It is left out` asks no question",
            ),
            (
                "//@ run\nconst a = 1;\n//@ libc\n",
                3,
                "a `//@` line after the head of the file declares nothing",
            ),
        ] {
            let error = zig(source).unwrap_err();
            assert_eq!(
                (error.line, error.message.as_str()),
                (line, message),
                "in {source:?}"
            );
            assert!(!error.hint.is_empty());
        }
    }
}
