//! `cargo xtask times`

use anyhow::Result;

use super::Status;
use book_listing::{Catalog, Listing, discover};
use book_quiz as quiz;
use book_site::book;
use book_site::preprocess::directive;
use book_site::preprocess::time::{self, Costs, ReadingKind};
use book_support::diagnostic::render_all;
use book_support::project::Project;

/// Show how long each page takes to read, and what takes the time
///
/// Counts as `{{#time}}` in a chapter does, and checks nothing else. Exit status: 0, or 1 when a page takes longer than
/// its `{{#time max=…}}` allows.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only pages whose path contains one of these
    filter: Vec<String>,
}

/// How many variants each lesson has.
fn variants(catalog: &Catalog) -> String {
    let count = |lesson: &str| {
        let of = |listing: &&Listing| listing.id.lesson == lesson && listing.id.varies().is_some();
        catalog.iter().filter(of).count()
    };
    let lessons = catalog.lessons().iter();
    let counts: Vec<String> = lessons
        .map(|lesson| format!("{lesson} {}", count(lesson)))
        .collect();
    format!("variants: {}", counts.join(", "))
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let (catalog, problems) = discover::load(&project)?;
    // They are the check's to judge, but what they hide is missing in the counts.
    if !problems.is_empty() {
        eprintln!("{}", render_all(&problems));
    }
    let (quizzes, _) = quiz::load_all(&project, &catalog)?;
    let mut status = Status::Fine;
    print!("minutes     most");
    for kind in ReadingKind::ALL {
        print!("  {}", kind.noun());
    }
    println!("  page");
    for page in book::pages(&project)? {
        let path = page.path.display().to_string();
        if !args.filter.is_empty() && !args.filter.iter().any(|part| path.contains(part)) {
            continue;
        }
        let directives = directive::find(&page.content);
        let costs = Costs::of(&page.content, &directives, &catalog, &quizzes);
        let limit = directives
            .iter()
            .filter(|directive| directive.name == "time" && !directive.literal)
            .find_map(|directive| time::limit(directive).ok().flatten());
        let minutes = costs.minutes();
        let mark = match limit {
            Some(limit) if minutes > limit => {
                status = Status::Wrong;
                "over"
            }
            _ => "",
        };
        let most = limit.map_or(String::new(), |limit| limit.to_string());
        print!("{minutes:>7} {mark:>4} {most:>3}");
        for kind in ReadingKind::ALL {
            print!("  {:>width$}", costs.count(kind), width = kind.noun().len());
        }
        println!("  {path}");
    }
    println!("\n{}", variants(&catalog));
    Ok(status)
}
