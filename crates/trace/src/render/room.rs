//! How much room a diagram takes, over all of its steps. Pure.

use super::code::ShownFile;
use super::picture::{Picture, Regions, picture};
use super::sentence;
use crate::Trace;

/// How much room all steps of a trace take at most, so that a figure keeps its form while one steps.
#[derive(Default)]
pub(super) struct Room {
    /// In units.
    pub(super) height: u32,
    /// In characters.
    pub(super) stack: usize,
    pub(super) memory: usize,
    pub(super) code: usize,
    pub(super) lines: usize,
    pub(super) printed: usize,
    /// The steps whose sentences take the most lines where there is little room for them, and where there is much, as
    /// their indices.
    pub(super) longest: [usize; 2],
}

/// Columns are no narrower than this, and no wider, in characters.
const NARROW: usize = 22;
const WIDE: usize = 40;
/// The characters of a line of the sentence that are counted with: in a column of text, and in a wide figure.
const SENTENCE: [usize; 2] = [55, 110];

pub(super) fn room(trace: &Trace, code: &[ShownFile], regions: Regions) -> Room {
    let mut room = Room::default();
    let mut most = [0; 2];
    for (index, step) in trace.steps.iter().enumerate() {
        let (drawn, _): (Picture, _) = picture(step, regions, None, &[]);
        room.height = room.height.max(drawn.height);
        room.stack = room.stack.max(drawn.stack_width);
        room.memory = room.memory.max(drawn.memory_width);
        for (at, characters) in SENTENCE.into_iter().enumerate() {
            let lines = sentence::lines(trace, index, characters);
            if lines > most[at] {
                (most[at], room.longest[at]) = (lines, index);
            }
        }
        let printed = step.gap.iter().map(|gap| gap.output.as_str());
        let printed = printed.chain([step.output.as_str()]);
        room.printed += printed
            .map(|text| text.matches('\n').count())
            .sum::<usize>();
    }
    room.stack = room.stack.clamp(NARROW, WIDE);
    room.memory = room.memory.clamp(NARROW, WIDE);
    for code in code {
        let widths = code.lines.iter().map(|line| line.width);
        room.code = room.code.max(widths.max().unwrap_or(0));
        room.lines = room.lines.max(code.lines.len());
    }
    room
}
