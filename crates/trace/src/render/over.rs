//! Where one goes who has seen enough of a loop or a call: to the next line of the same call that has not run yet. Pure.

use std::collections::HashSet;

use crate::model::Trace;

/// For each step the one, by its index, that stands before a line of the same call that no earlier step of the call stood
/// before: behind the loop that goes round, behind the calls that are made. Where the call has returned, what it
/// returned to. The last step where there is none.
pub fn targets(trace: &Trace) -> Vec<usize> {
    let last = trace.steps.len().saturating_sub(1);
    // Of each step the call that runs, and whether its line is new to that call.
    let mut seen: HashSet<(u32, usize, u32)> = HashSet::new();
    let news: Vec<(Option<u32>, bool)> = (trace.steps.iter())
        .map(|step| {
            let frame = step.frames.last().map(|frame| frame.id);
            let at = frame.zip(step.next);
            let is_new = at.is_some_and(|(id, next)| seen.insert((id, next.file, next.line)));
            (frame, is_new)
        })
        .collect();
    (0..trace.steps.len())
        .map(|index| {
            let Some(frame) = news[index].0 else {
                return (index + 1).min(last);
            };
            (index + 1..trace.steps.len())
                .find(|&later| {
                    let (running, is_new) = news[later];
                    let returned =
                        || !(trace.steps[later].frames.iter()).any(|other| other.id == frame);
                    running == Some(frame) && is_new || running != Some(frame) && returned()
                })
                .unwrap_or(last)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{End, Frame, Statement, Step};

    /// A trace of steps, each with its calls, the one that runs last, and the line that is next.
    fn trace(steps: &[(&[u32], u32)]) -> Trace {
        let place = |line: u32| Statement {
            file: 0,
            line,
            deferred: None,
        };
        let steps = steps.iter().map(|(calls, line)| Step {
            next: (*line > 0).then(|| place(*line)),
            frames: (calls.iter())
                .map(|&id| Frame {
                    id,
                    function: "f".into(),
                    at: place(*line),
                    variables: Vec::new(),
                })
                .collect(),
            ..Step::default()
        });
        Trace {
            name: "l/a".into(),
            files: Vec::new(),
            steps: steps.collect(),
            end: End::Returned,
        }
    }

    #[test]
    fn loops_and_calls_are_stepped_over() {
        let trace = trace(&[
            (&[1], 1),
            // A loop of two lines, three times round.
            (&[1], 2),
            (&[1], 3),
            (&[1], 2),
            (&[1], 3),
            (&[1], 2),
            // Behind it a call of two lines.
            (&[1], 4),
            (&[1, 2], 8),
            (&[1, 2], 9),
            (&[1], 4),
            (&[1], 5),
            (&[], 0),
        ]);
        assert_eq!(targets(&trace), [1, 2, 6, 6, 6, 6, 10, 8, 9, 10, 11, 11]);
    }
}
