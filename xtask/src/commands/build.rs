//! `cargo xtask build`

use anyhow::Result;

use super::{Status, refused};
use book_site::book::{self, BookSettings};
use book_site::preprocess::chain::ChapterOptions;
use book_support::project::Project;

/// Check the book and render it into `book/`
///
/// Exit status: 0 when the book is rendered, 1 when something in it is wrong, 3 when it could not be checked.
/// Whatever is wrong, the last good book stays.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Render although chapters do not show every listing yet
    #[arg(long)]
    draft: bool,
    /// Make an EPUB for e-readers too: `book.epub`, with code, output, diagrams, and the quizzes' answers at the end
    /// of each page
    #[arg(long)]
    epub: bool,
}

pub fn run(args: Args) -> Result<Status> {
    book::show_log();
    let project = Project::current()?;
    let settings = BookSettings {
        options: ChapterOptions { draft: args.draft },
        epub: args.epub,
        ..BookSettings::default()
    };
    match book::build(&project, &settings) {
        Ok(place) => {
            println!("the book is in {}", project.relative(&place).display());
            if args.epub {
                let epub = project.relative(&book::epub_place(&place));
                println!("the EPUB is {}", epub.display());
            }
            Ok(Status::Fine)
        }
        Err(error) => refused(error),
    }
}
