//! `cargo xtask trace`

use anyhow::{Result, bail};

use super::Status;
use crate::diagnostic::render_all;
use crate::listing::{Id, Language, Listing, discover};
use crate::project::Project;
use crate::toolchain;
use crate::trace::{self, render};

/// Run a listing statement by statement, and print what is in memory at each
///
/// The listing runs as a 32-bit WebAssembly program in an interpreter: addresses and sizes of pointers are of
/// that run.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The listing, for example `03_allocator/caller_owns`; it need not declare `trace`
    listing: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Print this step alone, counted from 1
    #[arg(long, value_name = "N")]
    step: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// The trace itself; `xtask/src/trace/snapshot.rs` documents it
    Json,
}

pub fn run(args: Args) -> Result<Status> {
    let project = Project::current()?;
    let (catalog, _) = discover::load(&project)?;
    let name = args.listing.trim_end_matches(".zig");
    let name = name.strip_prefix("listings/").unwrap_or(name);
    let listing: &Listing = match Id::parse(name).and_then(|id| catalog.get(&id, Language::Zig)) {
        Some(listing) => listing,
        None => {
            let similar = catalog.similar(name);
            let hint = if similar.is_empty() {
                format!("the lessons are {}", catalog.lessons().join(", "))
            } else {
                format!("did you mean {}?", similar.join(" or "))
            };
            bail!("there is no Zig listing `{name}`\n  hint: {hint}");
        }
    };
    let zig = toolchain::zig::find_or_install(&project)?;
    let recorded = trace::record_all(&project, &zig.path, &[listing])?;
    if !recorded.problems.is_empty() {
        eprintln!("{}", render_all(&recorded.problems));
        return Ok(Status::Wrong);
    }
    let Some(recorded) = recorded.traces.get(&listing.id) else {
        bail!("there is no trace of `{name}`");
    };
    if let Some(step) = args.step
        && (step == 0 || step > recorded.steps.len())
    {
        bail!("there are steps 1 to {}, not {step}", recorded.steps.len());
    }
    match args.format {
        Format::Human => print!(
            "{}",
            render::terminal::render(recorded, &trace::sources(listing), args.step)
        ),
        Format::Json => print!("{}", trace::snapshot::write(recorded)),
    }
    Ok(Status::Fine)
}
