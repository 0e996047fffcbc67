//! Runs the stages over mdBook's book: reads the listings, passes the gate, and hands the pages through. The only
//! part of the preprocessors that touches files; [`stages`] is pure.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use anyhow::Result;
use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};

use super::allowed::TextKind;
use super::directive::{self, Directive};
use super::exercise::Exercises;
use super::figures::Figures;
use super::predict::Folds;
use super::quiz::Quizzes;
use super::stamp::{Day, Stamp};
use super::{
    Context, Page, admonish, asked, before, draw, expand_page, guard, lab, laboratory, links,
    mermaid, messages, search, spoiler, trace,
};
use crate::generated::{GeneratedFolder, with_names};
use crate::highlight::Sources;
use crate::installable;
use crate::moment;
use crate::offline;
use crate::repository::Repository;
use crate::scripts;
use crate::summary;
use crate::wasm::Offers;
use crate::wasm::lesson::ModuleQuality;
use crate::wasm::publish::{self, WantedModules, publish};
use book_check::{self as check, progress::Progress};
use book_exercise as exercise;
use book_listing::{Catalog, discover};
use book_quiz::{self as quiz, Quiz};
use book_support::diagnostic::{Diagnostic, render_all};
use book_support::files::{with_line_feeds, without_mark};
use book_support::parallel::{ended, in_parallel};
use book_support::project::Project;
use book_support::written::Written;
use book_toolchain as toolchain;

/// The name under which `book.toml` knows the chain.
pub const NAME: &str = "listings";

/// The setting by which pages get what their server needs to build what readers write. Nobody writes it into `book.toml`.
pub const LAB: &str = "preprocessor.listings.lab";

/// The chain as mdBook sees it. In process it takes the place of the command of the same name.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChapterChain {
    /// What the author wants of it.
    pub options: ChapterOptions,
}

/// What an author wants otherwise than readers do.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChapterOptions {
    /// Render although chapters do not show every listing: for an author in the middle of a lesson.
    pub draft: bool,
}

/// The book is not rendered, and why. What went wrong with the tool itself is another error.
#[derive(Debug)]
pub struct BookRefused(pub Vec<Diagnostic>);

impl fmt::Display for BookRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        let noun = if count == 1 { "thing is" } else { "things are" };
        write!(
            f,
            "{}\n\n{count} {noun} wrong: the book is not rendered, the last good one stays",
            render_all(&self.0)
        )
    }
}

impl std::error::Error for BookRefused {}

impl Preprocessor for ChapterChain {
    fn name(&self) -> &str {
        NAME
    }

    /// # Errors
    ///
    /// [`BookRefused`] when something in the book is wrong.
    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let project = Project::find(&context.root)?;
        let repository = Repository::find(&context.config, &project)?;
        eprint!("{}", project.leftovers());
        let problems = before::check(&project, context, &book);
        if !problems.is_empty() {
            return Err(BookRefused(problems).into());
        }
        toolchain::python::look_ahead();
        let (catalog, problems) = discover::load(&project)?;
        let pages = pages(&project, &book);
        let wanted = wanted(context, &pages)?;
        let progress = Progress::for_person();
        let (mut diagnostics, sources, exercises) = std::thread::scope(|scope| {
            // What the pages run and the colors of their code are made beside what the gate asks for.
            scope.spawn(|| publish::ahead(&project, &catalog, wanted));
            let sources = scope.spawn(|| Sources::load(&project, &catalog));
            let exercises = scope.spawn(|| exercise::gate(&project, &progress));
            let mut diagnostics = check::gate(&project, &catalog, problems, &progress)?;
            let (exercises, problems) = ended(exercises)?;
            diagnostics.extend(problems);
            anyhow::Ok((diagnostics, ended(sources)?, exercises))
        })?;
        let (quizzes, problems) = quiz::load_all(&project, &catalog)?;
        diagnostics.extend(problems);
        let exercises = Exercises::load(&project, exercises)?;
        // The stock mdBook has read them by now; what it does not mind would make dead links.
        diagnostics.extend(summary::check(&project)?);
        let mut folder = GeneratedFolder::new(&project);
        let offers = offers(
            &project,
            wanted,
            &catalog,
            &pages,
            &mut folder,
            &mut diagnostics,
        )?;
        let input = ChainInput {
            project: &project,
            catalog: &catalog,
            sources: &sources,
            quizzes: &quizzes,
            exercises: &exercises,
            offers: &offers,
            repository: repository.address.as_deref(),
            options: self.options,
        };
        let chapters = project.chapters();
        let beside = walkdir::WalkDir::new(&chapters).into_iter().flatten();
        let beside = beside
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| project.relative(entry.path()));
        diagnostics.extend(guard::strays(beside));
        let mut pages = stages(&input, pages, &mut diagnostics, |path| {
            chapters.join(path).is_file()
        });
        if !diagnostics.is_empty() {
            diagnostics.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
            diagnostics.dedup();
            return Err(BookRefused(diagnostics).into());
        }
        mermaid::install(&project, &mut pages, &mut folder)?;
        trace::install(&project, &catalog, &pages, &mut folder)?;
        let solved = offers.lab.as_ref().map(|_| lab::SOLVED);
        let stamp = Stamp {
            solved,
            ..stamp(&project, &catalog, &pages, &mut folder)?
        };
        let stamp = stamp.html();
        scripts::install(&project)?;
        if !is_live(context) {
            let book = &context.config.book;
            let described = installable::BookDescription {
                title: book.title.as_deref().unwrap_or_default(),
                description: book.description.as_deref().unwrap_or_default(),
                language: book.language.as_deref().unwrap_or("en"),
            };
            installable::install(&project, described, &mut folder)?;
        }
        let generated = folder.finish()?;
        if !is_live(context) {
            let made = offline::VersionInputs {
                pages: &pages,
                generated: &generated,
                mdbook: &context.mdbook_version,
                print: context
                    .config
                    .html_config()
                    .is_none_or(|html| html.print.enable),
            };
            offline::install(&project, made)?;
        }
        let mut pages = pages.into_iter();
        book.for_each_chapter_mut(|chapter| {
            let page = pages.next().expect("a page for each chapter");
            chapter.content = page.content + &stamp + &repository.edit_link(&page.source);
        });
        Ok(book)
    }
}

/// Whether the pages are served to an author, and load again when they change.
fn is_live(context: &PreprocessorContext) -> bool {
    let html = context.config.html_config();
    html.is_some_and(|html| html.live_reload_endpoint.is_some())
}

/// Whether one of the pages has this mark.
fn holds(pages: &[Page], mark: &str) -> bool {
    pages.iter().any(|page| page.content.contains(mark))
}

/// What the pages and `book.toml` ask for.
fn wanted(context: &PreprocessorContext, pages: &[Page]) -> Result<WantedModules> {
    let asks = |key: &str| anyhow::Ok(context.config.get(key)?.unwrap_or(false));
    Ok(WantedModules {
        draw: holds(pages, draw::MARK),
        laboratory: holds(pages, laboratory::MARK),
        run: asks("preprocessor.listings.run")?,
        lab: asks(LAB)?,
        care: if is_live(context) {
            ModuleQuality::Quick
        } else {
            ModuleQuality::Published
        },
    })
}

/// What the pages can offer to run.
fn offers(
    project: &Project,
    wanted: WantedModules,
    catalog: &Catalog,
    pages: &[Page],
    folder: &mut GeneratedFolder,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Offers> {
    // What is wrong anyway is not worth a build.
    if !diagnostics.is_empty() {
        return Ok(Offers::default());
    }
    let (mut offers, problems) = publish(project, catalog, wanted, folder)?;
    diagnostics.extend(problems);
    if holds(pages, "{{#exercise ") {
        let script = scripts::late(project, "spot.js")?;
        offers.spot = Some(folder.put("spot.js", script.as_bytes())?);
    }
    Ok(offers)
}

/// What stands at the foot of every page. Puts the search where the pages find it.
fn stamp(
    project: &Project,
    catalog: &Catalog,
    pages: &[Page],
    folder: &mut GeneratedFolder,
) -> Result<Stamp> {
    let index = folder.put("search.json", search::index(pages).as_bytes())?;
    let script = scripts::late(project, "search.js")?;
    let script = with_names(&script, &[("search.json", index)]);
    Ok(Stamp {
        day: Day::of(moment::now()?),
        zig: toolchain::zig::VERSION.to_string(),
        rust: toolchain::rust::pinned(project)?,
        python: toolchain::python::interpreter()?.version,
        listings: catalog.iter().count(),
        search: folder.put("search.js", script.as_bytes())?,
        solved: None,
    })
}

/// The chapters as pages, in the order of `for_each_chapter_mut`.
pub fn pages(project: &Project, book: &Book) -> Vec<Page> {
    let mut book = book.clone();
    let mut pages = Vec::new();
    book.for_each_chapter_mut(|chapter| {
        let path = chapter.path.clone().unwrap_or_default();
        let mut page = Page::new(&path, &with_line_feeds(chapter.content.clone()));
        let file = project
            .chapters()
            .join(chapter.source_path.as_ref().unwrap_or(&path));
        page.source = project.relative(&file);
        if let Ok(text) = std::fs::read_to_string(&file) {
            page.raw = without_mark(with_line_feeds(text));
        }
        pages.push(page);
    });
    pages
}

/// What the stages read besides the pages.
pub struct ChainInput<'a> {
    /// Where the repository is.
    pub project: &'a Project,
    /// All listings.
    pub catalog: &'a Catalog,
    /// Their highlighted tokens.
    pub sources: &'a Sources,
    /// Those of the lessons, by lesson.
    pub quizzes: &'a BTreeMap<String, Quiz>,
    /// All exercises.
    pub exercises: &'a Exercises,
    /// What buttons in the pages can load.
    pub offers: &'a Offers,
    /// The repository's address on GitHub, where one is known.
    pub repository: Option<&'a str>,
    /// What the author wants of the chain.
    pub options: ChapterOptions,
}

/// Runs every stage over the pages, in the book's order. Adds all that is wrong to `diagnostics`; the pages are
/// then of no use. `is_file` says whether a path relative to `src/` is a file.
pub fn stages(
    input: &ChainInput,
    mut pages: Vec<Page>,
    diagnostics: &mut Vec<Diagnostic>,
    is_file: impl Fn(&Path) -> bool,
) -> Vec<Page> {
    let before = diagnostics.len();
    let directives: Vec<Vec<Directive>> = pages
        .iter()
        .map(|page| directive::find(&page.content))
        .collect();
    let figures = Figures::collect(pages.iter().zip(directives.iter().map(Vec::as_slice)));
    let quizzes = Quizzes::collect(
        input.quizzes,
        pages.iter().zip(directives.iter().map(Vec::as_slice)),
    );
    diagnostics.extend(quizzes.problems(input.options.draft));
    diagnostics.extend(asked::check(&pages, &directives, &quizzes));
    diagnostics.extend(messages::check(&pages, input.catalog));
    diagnostics.extend(spoiler::variants(input.catalog, input.sources));
    let quizzed = input.quizzes.values().flat_map(|quiz| quiz.texts.clone());
    let mut texts: Vec<Written> = quizzed.collect();
    diagnostics.extend(guard::written(&texts, TextKind::Quiz));
    let exercised = input.exercises.texts();
    diagnostics.extend(guard::written(&exercised, TextKind::Exercise));
    texts.extend(exercised);
    let turns = pages.iter().zip(&directives).collect();
    let results = in_parallel(turns, |(page, directives): (&Page, &Vec<Directive>)| {
        let mut problems = Vec::new();
        guard::source(page, directives, &mut problems);
        let (folds, misplaced) = Folds::read(page, directives);
        problems.extend(misplaced);
        problems.extend(spoiler::check(
            page,
            directives,
            &folds,
            input.catalog,
            input.sources,
            &quizzes,
        ));
        let context = Context {
            project: input.project,
            catalog: input.catalog,
            sources: input.sources,
            figures: &figures,
            quizzes: &quizzes,
            exercises: input.exercises,
            directives,
            folds: &folds,
            offers: input.offers,
            repository: input.repository,
            page,
            shown: RefCell::default(),
            beside: RefCell::default(),
        };
        let content = expand_page(directives, &context, &mut problems);
        let (shown, beside) = (context.shown.into_inner(), context.beside.into_inner());
        (content, beside, shown, problems)
    });
    let mut shown = BTreeSet::new();
    for (page, (content, beside, seen, problems)) in pages.iter_mut().zip(results) {
        page.content = content;
        page.beside = beside;
        shown.extend(seen);
        diagnostics.extend(problems);
    }
    if !input.options.draft {
        diagnostics.extend(guard::not_shown(input.catalog, &shown));
    }
    // What could not be expanded is reported already.
    let expanded = diagnostics.len() == before;
    let results = in_parallel(pages, |mut page| {
        let problems = finish(&mut page, input.offers, expanded);
        (page, problems)
    });
    let mut pages = Vec::with_capacity(results.len());
    for (page, problems) in results {
        pages.push(page);
        diagnostics.extend(problems);
    }
    diagnostics.extend(links::check(&pages, &texts, expanded, is_file));
    pages
}

/// Callouts, diagrams, and a last look at a page whose directives are expanded, if all of them are.
fn finish(page: &mut Page, offers: &Offers, expanded: bool) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Err(problem) = admonish::run(page) {
        problems.push(problem);
    }
    lab::offer_tasks(page, offers);
    if let Err(error) = mermaid::run(page) {
        let problem = Diagnostic::new(&page.source, "a mermaid diagram cannot be read");
        problems.push(problem.detail(format!("{error:#}")));
    }
    if expanded {
        guard::rendered(page, &mut problems);
    }
    guard::unescape(page);
    problems
}

#[cfg(test)]
#[path = "chain_tests.rs"]
pub mod tests;
