//! `cargo xtask preprocess`

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{MDBOOK_VERSION, Preprocessor, PreprocessorContext};

use super::{Status, refused};
use book_site::preprocess::chain::ChapterChain;

/// Check the book and expand its directives, for mdBook's own `build` and `serve`
///
/// Reads the book from standard input and writes it to standard output, as mdBook's preprocessors do.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: Args) -> Result<Status> {
    // From a string: reading JSON byte by byte from a pipe takes several times as long.
    let input = io::read_to_string(io::stdin().lock())
        .context("this command is run by mdBook, which gives it the book")?;
    let read = serde_json::from_str::<(PreprocessorContext, Book)>(&input);
    let version = match &read {
        Ok((context, _)) => Some(context.mdbook_version.clone()),
        // The book of an older or newer mdBook may look otherwise; where the version stands is the same.
        Err(_) => serde_json::from_str::<serde_json::Value>(&input)
            .ok()
            .and_then(|input| Some(input[0]["mdbook_version"].as_str()?.to_string())),
    };
    if let Some(version) = version
        && version != MDBOOK_VERSION
    {
        bail!(
            "this is mdBook {version}, and the book's pages are made for mdBook {MDBOOK_VERSION}\n  \
             hint: cargo install mdbook --version {MDBOOK_VERSION} --locked; or use `cargo xtask serve`, which needs none"
        );
    }
    let (context, book) = read.context("this command is run by mdBook, which gives it the book")?;
    match ChapterChain::default().run(&context, book) {
        Ok(book) => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            serde_json::to_writer(&mut out, &book)?;
            out.flush()?;
            Ok(Status::Fine)
        }
        Err(error) => refused(error),
    }
}
