//! What pages have of the lab: Edit buttons, the place of the lab's own page, and a button in the boxes *Change it*. Only
//! pages that are rendered for the server that can build what readers write have any of it; what it loads is made by
//! [`crate::wasm`]. Pure.

use super::directive::{Directive, check_options};
use super::{Context, DirectiveProblem, Page};
use crate::wasm::Offers;
use book_listing::{Language, Listing};
use book_support::html::escape;

/// Where the server says what the reader has solved, relative to the site's root.
pub(crate) const SOLVED: &str = "lab/progress";

/// The title of the boxes with a task.
const TASK: &str = "Change it";

/// The button that makes an editor of a Zig program, or says where one in another language can be changed. Nothing
/// where there is no lab.
pub(crate) fn button(listing: &Listing, offers: &Offers) -> String {
    let Some(script) = &offers.lab else {
        return String::new();
    };
    let elsewhere = match listing.language {
        // What is offered beside a listing is not the program that a task below is about.
        Language::Zig if listing.declaration.variant.is_some() => " data-variant".to_string(),
        Language::Zig => String::new(),
        _ => format!(
            " data-where=\"{}\"",
            escape(&listing.path.display().to_string())
        ),
    };
    format!(
        "<button type=\"button\" class=\"copy\" aria-label=\"Edit {}\" data-script=\"{script}\" \
         data-does=\"change programs\" data-edit=\"{}\"{elsewhere}>Edit</button>",
        listing.id.stem, listing.id
    )
}

/// `{{#lab}}`: an editor for a program of the reader's own, which opens by itself.
pub(crate) fn render(directive: &Directive, context: &Context) -> Result<String, DirectiveProblem> {
    check_options(directive, &[])?;
    if !directive.arguments.is_empty() {
        return Err(DirectiveProblem::new("`{{#lab}}` takes no arguments"));
    }
    Ok(match &context.offers.lab {
        Some(script) => format!(
            "<p class=\"late wide\"><button type=\"button\" class=\"go\" data-script=\"{script}\" \
             data-does=\"change programs\" data-lab data-starts>Open the editor</button></p>"
        ),
        None => "<p><strong>These pages come without the lab.</strong> What you write is compiled on your own machine: \
                 start <code>cargo xtask serve --open</code> in a checkout of the book, and the editor stands here.</p>"
            .to_string(),
    })
}

/// The button that makes an editor of the reader's file of an exercise. Nothing where there is no lab.
pub(crate) fn exercise(name: &str, offers: &Offers) -> String {
    let Some(script) = &offers.lab else {
        return String::new();
    };
    format!(
        "<p>Or do it in Zig on this page, with the same file, tests and report:</p>\
         <p class=\"late wide\"><button type=\"button\" class=\"go\" data-script=\"{script}\" \
         data-does=\"change programs\" data-exercise-here=\"{name}\">Work on it here</button></p>"
    )
}

/// Adds a button to the boxes with a task: it opens the editor of the program above. Nothing where there is no lab.
pub(crate) fn offer_tasks(page: &mut Page, offers: &Offers) {
    let Some(script) = &offers.lab else { return };
    const BOX: &str = " class=\"admonition admonish-example\"";
    let mut from = 0;
    while let Some(start) = page.content[from..].find(BOX).map(|at| from + at) {
        from = start + BOX.len();
        let Some((inside, end)) = text_of_box(&page.content, from) else {
            return;
        };
        if !page.content[from..inside].contains(TASK) {
            continue;
        }
        let Some(listing) = program_above(&page.content[..start]) else {
            continue;
        };
        let button = format!(
            "\n<p><button type=\"button\" class=\"copy\" data-script=\"{script}\" data-does=\"change programs\" \
             data-edit=\"{listing}\">Try it here</button></p>\n\n"
        );
        page.content.insert_str(end, &button);
        from = end + button.len();
    }
}

/// Where the text of a box that begins before `from` begins and ends: it is the box's last element.
fn text_of_box(content: &str, from: usize) -> Option<(usize, usize)> {
    let inside = from + content[from..].find("<div>")?;
    let mut at = inside;
    loop {
        let end = at + content[at..].find("</div>")?;
        at = end + "</div>".len();
        if content[at..].trim_start().starts_with("</div>") {
            return Some((inside, end));
        }
    }
}

/// The listing of the last Zig program before a place.
fn program_above(content: &str) -> Option<&str> {
    const EDIT: &str = "data-edit=\"";
    let mut parts = content.rsplit(EDIT);
    // What comes before the first mark is not a listing's name.
    let count = content.matches(EDIT).count();
    parts.by_ref().take(count).find_map(|part| {
        let (name, rest) = part.split_once('"')?;
        rest.starts_with('>').then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preprocess::testing;

    fn offers() -> Offers {
        Offers {
            lab: Some("generated/lab-1.js".into()),
            ..Offers::default()
        }
    }

    #[test]
    fn a_zig_program_is_edited_and_others_say_where() {
        let zig = testing::listing("03_allocator/a.zig", "//@ run\n", Some("1\n"));
        let rust = testing::listing("03_allocator/a.rs", "//@ run\n", Some("1\n"));
        assert_eq!(button(&zig, &Offers::default()), "");
        let html = button(&zig, &offers());
        assert!(html.contains("data-edit=\"03_allocator/a\">Edit"), "{html}");
        let html = button(&rust, &offers());
        assert!(
            html.contains("data-where=\"listings/03_allocator/a.rs\">"),
            "{html}"
        );
        let variant = "//@ run\n//@ variant: What if it is another?\n";
        let variant = testing::listing("03_allocator/a__b.zig", variant, Some("1\n"));
        let html = button(&variant, &offers());
        assert!(
            html.contains("\"03_allocator/a__b\" data-variant>"),
            "{html}"
        );
    }

    #[test]
    fn a_task_is_about_the_zig_program_above_it() {
        let edit = |name: &str, more: &str| {
            format!("<b data-edit=\"03_allocator/{name}\"{more}>Edit</b>\n\n")
        };
        let task =
            |title: &str| format!("```admonish example title=\"{title}\"\nWrite it.\n```\n\n");
        let text = [
            task("Change it"),
            edit("a", ""),
            edit("a__b", " data-variant"),
            edit("a", " data-where=\"x.rs\""),
            task("Change it"),
            edit("b", ""),
            task("Look at it"),
            task("Change it"),
        ]
        .concat();
        let mut page = Page::new("a.md", &text);
        super::super::admonish::run(&mut page).unwrap();
        let without = page.content.clone();
        offer_tasks(&mut page, &Offers::default());
        assert_eq!(page.content, without);
        offer_tasks(&mut page, &offers());
        let tried: Vec<&str> = page
            .content
            .lines()
            .filter(|line| line.contains("Try it here"))
            .collect();
        assert_eq!(tried.len(), 2, "{}", page.content);
        assert!(tried[0].contains("data-edit=\"03_allocator/a\""));
        assert!(tried[1].contains("data-edit=\"03_allocator/b\""));
        let [before, after] = [&without, &page.content].map(|text| text.matches("div>").count());
        assert_eq!(before, after);
    }
}
