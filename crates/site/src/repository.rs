//! Where the book's sources are read and changed on the web: what "Edit this page" and the names of listings lead to.
//! May ask git.

use std::path::Path;

use anyhow::Result;
use mdbook_preprocessor::config::Config;

use book_support::html::{escape, url_path};
use book_support::process::Spec;
use book_support::project::Project;

/// The setting of mdBook that holds the address.
pub(crate) const ADDRESS: &str = "output.html.git-repository-url";
/// That of the address where a page is edited.
const EDIT: &str = "output.html.edit-url-template";

/// The addresses. Without any, pages have no such links.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repository {
    /// Of the repository, without a slash at its end.
    pub address: Option<String>,
    /// Where a file is edited; `{path}` stands for its path in the repository.
    edit: Option<String>,
}

impl Repository {
    /// What `book.toml` or mdBook's environment say holds; where they say nothing, it is the address that the
    /// repository was cloned from, if that is on GitHub.
    ///
    /// # Errors
    ///
    /// When a setting is not text.
    pub(crate) fn find(config: &Config, project: &Project) -> Result<Self> {
        let address = match config.get::<String>(ADDRESS)? {
            Some(address) => Some(address.trim_end_matches('/').to_string()),
            None => origin(project).as_deref().and_then(github),
        };
        let edit = match config.get::<String>(EDIT)? {
            Some(template) => Some(template),
            // `HEAD` is the main branch, whatever its name.
            None => address
                .as_deref()
                .and_then(github)
                .map(|address| format!("{address}/edit/HEAD/{{path}}")),
        };
        Ok(Self { address, edit })
    }

    /// The link that ends a page, as HTML: to edit the file at `path`, which is relative to the repository.
    pub(crate) fn edit_link(&self, path: &Path) -> String {
        self.edit.as_ref().map_or_else(String::new, |edit| {
            let url = edit.replace("{path}", &url_path(&path.to_string_lossy()));
            format!(
                "\n\n<p class=\"edit\"><a rel=\"edit\" href=\"{}\">Edit this page</a></p>\n",
                escape(&url)
            )
        })
    }
}

/// What git calls `origin`; nothing where the book is not a repository of its own.
fn origin(project: &Project) -> Option<String> {
    if !project.root().join(".git").exists() {
        return None;
    }
    let asked = Spec::new("git")
        .args(["remote", "get-url", "origin"])
        .folder(project.root())
        .inherit(&["PATH", "HOME"])
        .run_split()
        .ok()?;
    asked
        .success()
        .then(|| String::from_utf8_lossy(&asked.stdout).trim().to_string())
}

/// The address for people of a repository on GitHub, without any password that the one for git may hold.
fn github(remote: &str) -> Option<String> {
    let rest = match remote.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => {
            let (host, path) = rest.split_once('/')?;
            let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
            let host = host.split_once(':').map_or(host, |(host, _)| host);
            (host == "github.com" || host == "ssh.github.com").then_some(path)?
        }
        Some(_) => return None,
        None => remote.strip_prefix("git@github.com:")?,
    };
    let rest = rest.trim_matches('/');
    let (owner, name) = rest.strip_suffix(".git").unwrap_or(rest).split_once('/')?;
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
    };
    (is_word(owner) && is_word(name)).then(|| format!("https://github.com/{owner}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_clone_from_github_leads_to_one_address() {
        for remote in [
            "https://github.com/someone/the-book",
            "https://github.com/someone/the-book.git",
            "https://someone:secret@github.com/someone/the-book.git/",
            "git@github.com:someone/the-book.git",
            "ssh://git@github.com/someone/the-book.git",
            "ssh://git@ssh.github.com:443/someone/the-book.git",
        ] {
            let address = github(remote);
            assert_eq!(
                address.as_deref(),
                Some("https://github.com/someone/the-book"),
                "{remote}"
            );
        }
    }

    #[test]
    fn other_addresses_lead_nowhere() {
        for remote in [
            "",
            "/srv/git/the-book.git",
            "../the-book",
            "file:///srv/github.com/someone/the-book",
            "https://example.org/someone/the-book",
            "https://github.com.example.org/someone/the-book",
            "https://github.com/someone",
            "https://github.com/someone/the-book/wiki",
            "https://github.com/someone/the\"book",
        ] {
            assert_eq!(github(remote), None, "{remote}");
        }
    }
}
