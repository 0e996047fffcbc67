//! Finds the browsers in which tests look at the pages.

use std::path::PathBuf;

use book_support::process::on_path;

/// A browser that tests drive.
#[derive(Debug)]
pub struct Browser {
    /// As people call it.
    pub name: &'static str,
    /// The environment variable that names its program, where it is not on PATH.
    variable: &'static str,
    programs: &'static [&'static str],
    /// The package of Debian that installs it.
    pub package: &'static str,
}

/// For most tests of the pages.
pub const CHROMIUM: Browser = Browser {
    name: "Chromium",
    variable: "CHROMIUM",
    programs: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};

/// For what another engine may do otherwise.
pub const FIREFOX: Browser = Browser {
    name: "Firefox",
    variable: "FIREFOX",
    programs: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

/// Every browser that tests drive.
pub const ALL: [Browser; 2] = [CHROMIUM, FIREFOX];

impl Browser {
    /// The program that its variable names, or else the first on PATH.
    pub fn find(&self) -> Option<PathBuf> {
        if let Some(path) = std::env::var_os(self.variable) {
            return Some(PathBuf::from(path)).filter(|path| path.is_file());
        }
        self.programs.iter().find_map(|name| on_path(name))
    }
}
