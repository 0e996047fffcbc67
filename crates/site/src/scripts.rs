//! The scripts of the pages: reads the modules in `theme/js/` and joins them into what a browser loads. Most of them
//! become `theme/book.js`, from where mdBook takes it when it renders; git ignores that file.

use anyhow::{Context, Result};

use book_support::files::write_whole;
use book_support::modules::{ScriptForm, join};
use book_support::project::Project;

/// The module that imports all that a page loads at first.
const MAIN: &str = "main.js";

/// The file in `theme/` that mdBook puts on every page.
pub(crate) const BOOK: &str = "book.js";

/// Writes the script of every page, unless it is there as it must be.
///
/// # Errors
///
/// When a module cannot be read or joined, or the script cannot be written.
pub(crate) fn install(project: &Project) -> Result<()> {
    let script = joined(project, MAIN, ScriptForm::Script)?;
    let script = format!("// Made of theme/js/ by the tool.\n{script}");
    let place = project.root().join("theme").join(BOOK);
    if std::fs::read(&place).is_ok_and(|there| there == script.as_bytes()) {
        // `serve` renders again when a file of the theme is written.
        return Ok(());
    }
    write_whole(&place, script.as_bytes())
}

/// A script that a page loads when it is used: a module, with what it imports in it.
///
/// # Errors
///
/// When a module cannot be read or joined.
pub(crate) fn late(project: &Project, name: &str) -> Result<String> {
    joined(project, name, ScriptForm::Module)
}

fn joined(project: &Project, entry: &str, form: ScriptForm) -> Result<String> {
    join(entry, form, &|name| {
        let path = project.root().join("theme/js").join(name);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    })
}
