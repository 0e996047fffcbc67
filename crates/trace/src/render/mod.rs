//! Shows recorded executions: in a terminal, and in a page. Pure.
//!
//! | module | what |
//! |---|---|
//! | [`terminal`] | a trace as text |
//! | [`change`], [`sentence`] | what a step changed, and that in words |
//! | [`question`] | answers to what a step will change, right and wrong |
//! | [`picture`], [`labels`], `extents`, [`arrows`] | a step, laid out and drawn |
//! | [`life`], [`over`] | the lives of blocks, and where one goes who steps over a loop |
//! | [`blank`] | a step with values left out, for questions |
//! | [`vocabulary`] | the classes of all that, each with what it is on |
//! | [`page`], `room`, [`code`] | the figure of a page, and the data of its other steps |
//! | [`document`] | a page for one diagram alone |

pub mod arrows;
pub mod blank;
pub mod change;
pub mod code;
pub mod document;
mod extents;
pub mod labels;
pub mod life;
pub mod over;
pub mod page;
pub mod picture;
pub mod question;
mod room;
pub mod sentence;
pub mod terminal;
#[cfg(test)]
mod untouched_tests;
pub mod vocabulary;

use crate::Trace;
use book_support::html;

/// Escapes text for an element or a quoted attribute, in HTML that must be one line.
pub fn escape(text: &str) -> String {
    html::escape(text).replace('\n', "&#10;")
}

/// A page of its own that shows a trace, opened at a step counted from 1. `code` is in the order of [`Trace::files`].
pub fn standalone(
    trace: &Trace,
    code: &[code::ShownFile],
    title: &str,
    step: Option<usize>,
) -> String {
    let figure = page::figure(&page::DiagramFigure {
        trace,
        code,
        id: "trace",
        caption: &escape(title),
        step: step.unwrap_or(1),
        predict: None,
        wrong: &[],
        fold: None,
        data: "",
    });
    document::standalone(&figure, &page::data(trace), title)
}
