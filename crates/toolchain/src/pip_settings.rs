//! What of a person's settings of pip is kept: how to reach a package index. Everything else (where to install, what to
//! require, what to prefer) would make the same command do something else on their machine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;

use book_support::process::Spec;

/// The settings that are kept, by the names that pip's files give them.
const KEPT: [&str; 13] = [
    "index-url",
    "extra-index-url",
    "find-links",
    "no-index",
    "proxy",
    "cert",
    "client-cert",
    "trusted-host",
    "timeout",
    "default-timeout",
    "retries",
    "keyring-provider",
    "use-feature",
];

/// `program` with the environment of the tool, except what would tell Python, pip or uv to do something else.
pub(super) fn environment_of(program: &Path) -> Spec {
    let hidden = |name: &OsString| {
        let name = name.to_string_lossy();
        ["PYTHON", "PIP_", "UV_", "__PYVENV_LAUNCHER__"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
    };
    let kept = std::env::vars_os().filter(|(name, _)| !hidden(name));
    kept.fold(
        Spec::new(program).clean_environment(),
        |spec, (name, value)| spec.env(name, value),
    )
}

/// The kept settings, whether they come from a file or from the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PipSettings {
    values: BTreeMap<&'static str, String>,
}

impl PipSettings {
    /// Asks the pip of `python`, from the empty `folder`. The inner error is what it said when there is no pip or it does
    /// not start.
    ///
    /// # Errors
    ///
    /// When Python cannot be started.
    pub(super) fn ask(python: &Path, folder: &Path) -> Result<Result<PipSettings, String>> {
        // A setting in the environment may hide what pip has to say; what is kept of it is given back.
        let spec = ["PIP_CONFIG_FILE"]
            .into_iter()
            .map(str::to_string)
            .chain(KEPT.iter().map(|name| variable(name)))
            .filter_map(|name| Some((name.clone(), std::env::var_os(name)?)))
            .fold(environment_of(python), |spec, (name, value)| {
                spec.env(name, value)
            });
        let finished = spec
            // The variables prevail over files: `quiet` there would hide the answer, and `user`, meant for
            // installing, would make `config` read one file alone.
            .env("PIP_QUIET", "0")
            .env("PIP_USER", "0")
            .env("PIP_GLOBAL", "0")
            .env("PIP_SITE", "0")
            .args(["-E", "-m", "pip", "config", "list"])
            .folder(folder)
            .run_split()?;
        Ok(if finished.success() {
            Ok(PipSettings::parse(&String::from_utf8_lossy(
                &finished.stdout,
            )))
        } else {
            Err(finished.text())
        })
    }

    /// Reads lines such as `global.index-url='https://…'`.
    fn parse(text: &str) -> PipSettings {
        let mut settings = PipSettings::default();
        // What pip itself lets prevail comes last.
        for section in ["global.", "install.", ":env:."] {
            for line in text.lines() {
                let Some((key, value)) = line
                    .strip_prefix(section)
                    .and_then(|line| line.split_once('='))
                else {
                    continue;
                };
                if let Some(name) = KEPT.iter().find(|name| **name == key)
                    // For pip, too, an empty setting is none.
                    && let Some(value) = unquoted(value).filter(|value| !value.is_empty())
                {
                    settings.values.insert(name, value);
                }
            }
        }
        settings
    }

    /// `spec` runs pip with these settings and no others.
    pub(super) fn apply(&self, spec: Spec) -> Spec {
        self.values.iter().fold(
            spec.env("PIP_CONFIG_FILE", "/dev/null"),
            |spec, (name, value)| spec.env(variable(name), value),
        )
    }

    pub(super) fn asks_no_index(&self) -> bool {
        self.values.get("no-index").is_some_and(|value| {
            !["0", "false", "no", "off"].contains(&value.to_lowercase().as_str())
        })
    }
}

/// The variable that tells pip the setting `name`.
fn variable(name: &str) -> String {
    format!("PIP_{}", name.to_uppercase().replace('-', "_"))
}

/// The text that Python's `repr` wrote.
fn unquoted(written: &str) -> Option<String> {
    let written = written.trim_end();
    let quote = written
        .chars()
        .next()
        .filter(|first| "'\"".contains(*first))?;
    let inside = written.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut text = String::new();
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            },
            other => other,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_lead_to_an_index_are_kept_and_the_others_are_not() {
        let settings = PipSettings::parse(
            "For variant 'global', will try loading '/etc/pip.conf'\n\
             global.cert='/etc/ssl/a b.crt'\n\
             global.user='true'\n\
             :env:.index-url='https://env.example/simple'\n\
             install.target='/tmp/elsewhere'\n\
             :env:.cert=''\n\
             global.index-url='https://global.example/simple'\n\
             install.extra-index-url='\\nhttps://one.example\\nhttps://two.example'\n",
        );
        let kept: Vec<(&str, &str)> = settings
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(
            kept,
            [
                ("cert", "/etc/ssl/a b.crt"),
                (
                    "extra-index-url",
                    "\nhttps://one.example\nhttps://two.example"
                ),
                ("index-url", "https://env.example/simple"),
            ]
        );
    }

    #[test]
    fn an_index_is_not_asked_only_where_the_setting_says_so() {
        for (line, not_asked) in [
            ("global.no-index='true'", true),
            (":env:.no-index='1'", true),
            (":env:.no-index='0'", false),
            ("global.index-url='x'", false),
        ] {
            assert_eq!(
                PipSettings::parse(line).asks_no_index(),
                not_asked,
                "{line}"
            );
        }
    }
}
