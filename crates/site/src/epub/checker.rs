//! Finds epubcheck, which says whether an EPUB is one.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use book_support::process::on_path;

/// How epubcheck is called, without the EPUB: a program and its first arguments. Nothing where it, or the Java that
/// it runs on, is not installed.
pub fn command() -> Option<Vec<OsString>> {
    let program = on_path("epubcheck")?;
    if !is_archive(&program) {
        return Some(vec![program.into()]);
    }
    // Debian's is an archive that not every system can start by itself.
    let java = on_path("java")?;
    Some(vec![java.into(), "-jar".into(), program.into()])
}

fn is_archive(path: &Path) -> bool {
    let mut start = [0; 2];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut start))
        .is_ok_and(|()| &start == b"PK")
}
