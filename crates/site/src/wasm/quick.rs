//! Modules for an author who waits: a lesson's as it was built last, and each program that was changed since by itself.
//! Building a lesson's module takes as long as its many programs; one program takes the time of one.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::build::{MODULE, modules};
use super::lesson::{LeftOut, LessonModule, ModuleGroup, ModuleQuality};
use book_listing::Listing;
use book_support::kept;
use book_support::parallel::in_parallel;
use book_support::project::Project;
use book_toolchain::SOURCE_HASH;

/// How many changed programs are built each by itself. With more, the lesson's module is built anew.
const FEW: usize = 3;

/// What a lesson's module was built of when it was built last.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Base {
    /// The key under which the module is kept.
    module: String,
    left_out: LeftOut,
    /// The keys of its listings, each built by itself, by their stems.
    listings: BTreeMap<String, String>,
}

/// The key of a listing built by itself.
fn alone<'a>(project: &Project, group: &ModuleGroup<'a>, listing: &'a Listing) -> String {
    let nothing = LeftOut::default();
    group
        .of(vec![listing])
        .key(project, &nothing, ModuleQuality::Quick)
}

/// Where it is kept what a group was built of last.
fn place(project: &Project, group: &ModuleGroup<'_>) -> (PathBuf, String) {
    let name = group.file();
    let key = kept::key([name.as_bytes(), SOURCE_HASH.as_bytes()]);
    (modules(project).join(format!("{name}.base")), key)
}

impl Base {
    fn of(project: &Project, group: &ModuleGroup<'_>, built: &LessonModule) -> Self {
        let listings = group.listings.iter();
        Self {
            module: group.key(project, &built.left_out, ModuleQuality::Quick),
            left_out: built.left_out.clone(),
            listings: listings
                .map(|listing| (listing.id.stem.clone(), alone(project, group, listing)))
                .collect(),
        }
    }

    fn read(project: &Project, group: &ModuleGroup<'_>) -> Option<Self> {
        let (path, key) = place(project, group);
        serde_json::from_slice(&kept::read(&path, &key)?).ok()
    }

    /// Keeps it, unless it is what is kept.
    fn keep(&self, project: &Project, group: &ModuleGroup<'_>) -> Result<()> {
        if Self::read(project, group).as_ref() == Some(self) {
            return Ok(());
        }
        let (path, key) = place(project, group);
        kept::write(&path, &key, &serde_json::to_vec(self)?)
    }

    /// The module, with only what nobody has changed said to be in it.
    fn module(self, project: &Project) -> Option<LessonModule> {
        let path = modules(project).join(format!("{}.{MODULE}", self.module));
        Some(LessonModule {
            module: kept::read(&path, &self.module)?,
            left_out: self.left_out,
        })
    }
}

/// The modules of a group, each with the listings that are found in it.
///
/// # Errors
///
/// When Zig cannot be started or breaks down itself.
pub(super) fn compile<'a>(
    project: &Project,
    group: ModuleGroup<'a>,
) -> Result<Vec<(ModuleGroup<'a>, LessonModule)>> {
    let known = group.known(project, ModuleQuality::Quick);
    if known.is_none()
        && let Some(base) = Base::read(project, &group)
    {
        let is_same = |listing: &&&Listing| {
            base.listings.get(&listing.id.stem) == Some(&alone(project, &group, listing))
        };
        let (same, changed): (Vec<&Listing>, Vec<&Listing>) =
            group.listings.iter().partition(|listing| is_same(listing));
        if changed.len() <= FEW
            && let Some(module) = base.module(project)
        {
            let mut made = vec![(group.of(same), module)];
            let single = changed.into_iter().map(|listing| group.of(vec![listing]));
            for built in in_parallel(single.collect(), |single: ModuleGroup<'a>| {
                let module = single.compile(project, ModuleQuality::Quick)?;
                anyhow::Ok((single, module))
            }) {
                made.push(built?);
            }
            return Ok(made);
        }
    }
    let module = match known {
        Some(module) => module,
        None => group.compile(project, ModuleQuality::Quick)?,
    };
    Base::of(project, &group, &module).keep(project, &group)?;
    Ok(vec![(group, module)])
}
