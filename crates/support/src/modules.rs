//! Joins the modules of the page's scripts into one file: a browser loads no module from a page that was opened as a
//! file, and one request is faster than twenty. Pure; not a bundler for any JavaScript, but for the few forms that
//! `theme/js/` keeps to:
//!
//! - `import './a.js';` and `import { b, c as d } from './a.js';`, on one line
//! - `export` before `function`, `async function`, `const` or `class`
//!
//! Each module becomes a function that is called once, in the order of the imports, and returns what it exports. So
//! every name stays in its module. Lines that are nothing but comment are left out.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail, ensure};

/// What the joined file is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptForm {
    /// A classic script.
    Script,
    /// A module, which exports what the first of its modules does.
    Module,
}

/// Joins the module `entry` and all that it imports. `read` gives the text of a module by its file's name.
///
/// # Errors
///
/// When a module cannot be read, is not in one of the forms above, or imports itself in the end.
pub fn join(
    entry: &str,
    form: ScriptForm,
    read: &dyn Fn(&str) -> Result<String>,
) -> Result<String> {
    let mut joined = Joined {
        read,
        done: Vec::new(),
        open: Vec::new(),
        text: String::new(),
    };
    if form == ScriptForm::Script {
        joined.text.push_str("'use strict';\n");
        joined.add(entry, form, false)?;
    } else {
        joined.add(entry, form, true)?;
    }
    Ok(joined.text)
}

struct Joined<'r> {
    read: &'r dyn Fn(&str) -> Result<String>,
    /// Modules that stand in the text already, each with the names that it exports.
    done: Vec<(String, Vec<String>)>,
    /// Those whose imports are being added.
    open: Vec<String>,
    text: String,
}

impl Joined<'_> {
    /// Adds a module after those that it imports; as it is, if it is to stay a module.
    fn add(&mut self, name: &str, form: ScriptForm, stays: bool) -> Result<()> {
        if self.done.iter().any(|(done, _)| done == name) {
            return Ok(());
        }
        ensure!(
            !self.open.iter().any(|open| open == name),
            "{name} imports itself, by way of {}",
            self.open.join(" and ")
        );
        self.open.push(name.to_string());
        let source = (self.read)(name)?;
        let mut module = ScriptModule::default();
        let mut in_template = false;
        for (number, line) in (1..).zip(source.lines()) {
            if in_template || !module.is_comment(line) {
                let found = if in_template {
                    ScriptLine::Code(line.to_string())
                } else {
                    read_line(line).with_context(|| format!("{name}:{number}"))?
                };
                if let ScriptLine::Import { from, .. } = &found {
                    self.add(from, form, false)
                        .with_context(|| format!("{name}:{number}"))?;
                }
                self.put(&mut module, found, stays)
                    .with_context(|| format!("{name}:{number}"))?;
                in_template ^= line.matches('`').count() % 2 == 1;
            }
        }
        ensure!(!in_template, "{name}: a template that does not end");
        if form == ScriptForm::Script {
            ensure!(
                !module.text.contains("import.meta"),
                "{name}: `import.meta` in a script that is not a module"
            );
        }
        self.open.pop();
        self.write(name, &module, stays);
        self.done.push((name.to_string(), module.exports));
        Ok(())
    }

    fn put(&self, module: &mut ScriptModule, line: ScriptLine, stays: bool) -> Result<()> {
        match line {
            ScriptLine::Code(text) => writeln!(module.text, "{text}")?,
            ScriptLine::Export { name, text } => {
                let export = if stays { "export " } else { "" };
                writeln!(module.text, "{export}{text}")?;
                module.exports.push(name);
            }
            ScriptLine::Import { names, from } => {
                let exports = self.done.iter().find(|(done, _)| *done == from);
                let (_, exports) = exports.context("imports come first")?;
                if names.is_empty() {
                    return Ok(());
                }
                for (exported, _) in &names {
                    ensure!(exports.contains(exported), "{from} exports no {exported}");
                }
                let names: Vec<String> = names
                    .into_iter()
                    .map(|(exported, here)| match here {
                        None => exported,
                        Some(here) => format!("{exported}: {here}"),
                    })
                    .collect();
                writeln!(
                    module.text,
                    "const {{ {} }} = {};",
                    names.join(", "),
                    variable(&from)
                )?;
            }
        }
        Ok(())
    }

    fn write(&mut self, name: &str, module: &ScriptModule, stays: bool) {
        let text = module.text.trim_matches('\n');
        if stays {
            self.text.push_str(text);
            self.text.push('\n');
            return;
        }
        if !module.exports.is_empty() {
            self.text.push_str(&format!("const {} = ", variable(name)));
        }
        self.text.push_str(&format!("(() => {{\n{text}\n"));
        if !module.exports.is_empty() {
            let exports = module.exports.join(", ");
            self.text.push_str(&format!("return {{ {exports} }};\n"));
        }
        self.text.push_str("})();\n");
    }
}

/// What a module exports is in this variable.
fn variable(name: &str) -> String {
    let stem = name.strip_suffix(".js").unwrap_or(name);
    format!("${}", stem.replace(['-', '/', '.'], "_"))
}

#[derive(Default)]
struct ScriptModule {
    text: String,
    exports: Vec<String>,
    in_comment: bool,
}

impl ScriptModule {
    /// Whether a line is nothing but comment. Such a comment begins with its line.
    fn is_comment(&mut self, line: &str) -> bool {
        let line = line.trim();
        let begins = self.in_comment || line.starts_with("/*");
        if begins {
            self.in_comment = !line.ends_with("*/");
        }
        begins || line.starts_with("//")
    }
}

#[derive(Debug, PartialEq, Eq)]
enum ScriptLine {
    Code(String),
    Export {
        name: String,
        text: String,
    },
    Import {
        /// As they are exported, and what they are called here if that is something else.
        names: Vec<(String, Option<String>)>,
        from: String,
    },
}

fn read_line(line: &str) -> Result<ScriptLine> {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.strip_suffix(';').context("an import in one line")?;
        let (names, from) = match rest.strip_prefix('{') {
            None => ("", rest),
            Some(rest) => rest.split_once("} from ").context("an import by names")?,
        };
        let from = from
            .strip_prefix("'./")
            .and_then(|from| from.strip_suffix('\''))
            .context("an import from './…'")?;
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let names = names.map(|name| match name.split_once(" as ") {
            None => (name.to_string(), None),
            Some((exported, here)) => (exported.to_string(), Some(here.to_string())),
        });
        return Ok(ScriptLine::Import {
            names: names.collect(),
            from: from.to_string(),
        });
    }
    let Some(text) = line.strip_prefix("export ") else {
        return Ok(ScriptLine::Code(line.to_string()));
    };
    let declared = ["function ", "async function ", "const ", "class "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
            &rest[..end.unwrap_or(rest.len())]
        });
    match declared {
        Some(name) if !name.is_empty() => Ok(ScriptLine::Export {
            name: name.to_string(),
            text: text.to_string(),
        }),
        _ => bail!("`export` stands before a function, a const or a class with a name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(form: ScriptForm, files: &[(&str, &str)]) -> Result<String> {
        join("main.js", form, &|name| {
            let found = files.iter().find(|(file, _)| *file == name);
            Ok(found.context("no such file")?.1.to_string())
        })
    }

    #[test]
    fn modules_stand_in_the_order_of_imports_each_in_a_scope_of_its_own() {
        let files = [
            (
                "main.js",
                "// Main.\nimport './b.js';\nimport { one as first, two } from './a.js';\n\nfirst(two);\n",
            ),
            ("b.js", "import { two } from './a.js';\nconst x = two;\n"),
            (
                "a.js",
                "/** One.\n * More. */\nexport function one() {}\nexport const two = 2; // why\n",
            ),
        ];
        assert_eq!(
            joined(ScriptForm::Script, &files).unwrap(),
            "'use strict';\n\
             const $a = (() => {\nfunction one() {}\nconst two = 2; // why\nreturn { one, two };\n})();\n\
             (() => {\nconst { two } = $a;\nconst x = two;\n})();\n\
             (() => {\nconst { one: first, two } = $a;\n\nfirst(two);\n})();\n"
        );
        let module = joined(
            ScriptForm::Module,
            &[
                (
                    "main.js",
                    "import { a } from './a.js';\nexport const b = a;\n",
                ),
                ("a.js", "export const a = 1;\n"),
            ],
        );
        assert_eq!(
            module.unwrap(),
            "const $a = (() => {\nconst a = 1;\nreturn { a };\n})();\nconst { a } = $a;\nexport const b = a;\n"
        );
    }

    #[test]
    fn a_template_of_several_lines_is_kept_as_it_is() {
        let text = "const a = `\n// no comment\nimport x\n`;\nconst b = 1;\n";
        let joined = joined(ScriptForm::Script, &[("main.js", text)]).unwrap();
        assert!(
            joined.contains("`\n// no comment\nimport x\n`;\nconst b = 1;"),
            "{joined}"
        );
    }

    #[test]
    fn what_it_cannot_join_is_refused_with_its_place() {
        let a = ("a.js", "export const a = 1;\n");
        for (text, told) in [
            ("import a from './a.js';\n", "main.js:1: an import from"),
            (
                "\nimport {\n    a,\n} from './a.js';\n",
                "main.js:2: an import in one line",
            ),
            (
                "import { b } from './a.js';\n",
                "main.js:1: a.js exports no b",
            ),
            ("import './c.js';\n", "main.js:1: no such file"),
            ("export { a };\n", "main.js:1: `export` stands before"),
            ("export let a = 1;\n", "main.js:1: `export` stands before"),
            ("import './main.js';\n", "main.js:1: main.js imports itself"),
            ("fetch(import.meta.url);\n", "main.js: `import.meta`"),
            ("const a = `;\n", "main.js: a template"),
        ] {
            let error = joined(ScriptForm::Script, &[("main.js", text), a]).unwrap_err();
            let error = format!("{error:#}");
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
