//! `cargo xtask new-listing`

use anyhow::{Result, bail};

use super::Status;
use book_listing::{Id, LONGEST_NAME, Language};
use book_support::files::write_whole;
use book_support::project::Project;

/// Make a new listing with its twins, ready to edit
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The listing's name, for example 03_allocator/caller_owns
    name: String,
    /// The languages to write it in (all three if none is given)
    #[arg(long = "lang", value_name = "LANGUAGE")]
    languages: Vec<Language>,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let Some(id) = Id::parse(&args.name) else {
        bail!(
            "`{}` is no listing's name\n  hint: write for example 03_allocator/caller_owns, in a-z, 0-9 and `_`, \
             at most {LONGEST_NAME} of them",
            args.name
        );
    };
    let folder = project.listings().join(&id.lesson);
    if !folder.is_dir() {
        bail!(
            "there is no lesson `{}`\n  hint: make the folder {} first",
            id.lesson,
            project.relative(&folder).display()
        );
    }
    let languages = if args.languages.is_empty() {
        Language::ALL.to_vec()
    } else {
        args.languages
    };
    let files: Vec<_> = languages
        .iter()
        .map(|&language| {
            (
                folder.join(format!("{}.{}", id.stem, language.extension())),
                template(language),
            )
        })
        .collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
        bail!(
            "{} is there already; nothing was written",
            project.relative(path).display()
        );
    }
    for (path, text) in &files {
        write_whole(path, text.as_bytes())?;
        println!("wrote {}", project.relative(path).display());
    }
    println!(
        "\nnext: edit them, then\n  cargo xtask test-listings {id} --bless\nand show the listing in a chapter:\n  {{{{#listing {id}}}}}"
    );
    Ok(Status::Fine)
}

fn template(language: Language) -> &'static str {
    match language {
        Language::Zig => {
            "//@ run\n//@ title: Say what it shows\n\nconst std = @import(\"std\");\n\npub fn main() void {\n    std.debug.print(\"hello\\n\", .{});\n}\n"
        }
        Language::Rust => "//@ run\n\nfn main() {\n    println!(\"hello\");\n}\n",
        Language::Python => "#@ run\n\nprint(\"hello\")\n",
    }
}
