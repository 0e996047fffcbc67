//! The steps of an execution that are kept: the first, and of one that takes very many, the last. Pure.

use std::collections::VecDeque;

use book_trace::model::{Gap, Step};

/// Of a hundred steps that are kept, how many are the last.
const LAST: usize = 20;

pub(super) struct KeptSteps {
    first: Vec<Step>,
    last: VecDeque<Step>,
    most_first: usize,
    most_last: usize,
    left_out: usize,
    /// What was printed in steps that are left out.
    output: String,
}

impl KeptSteps {
    /// Keeps this many steps.
    pub(super) fn new(most: usize) -> KeptSteps {
        let most_last = most * LAST / 100;
        KeptSteps {
            first: Vec::new(),
            last: VecDeque::new(),
            most_first: most - most_last,
            most_last,
            left_out: 0,
            output: String::new(),
        }
    }

    pub(super) fn push(&mut self, step: Step) {
        if self.first.len() < self.most_first {
            self.first.push(step);
            return;
        }
        self.last.push_back(step);
        if self.last.len() > self.most_last
            && let Some(step) = self.last.pop_front()
        {
            self.left_out += 1;
            self.output.push_str(&step.output);
        }
    }

    /// The steps that there were.
    pub(super) fn seen(&self) -> usize {
        self.first.len() + self.left_out + self.last.len()
    }

    /// The steps that are kept. The first after those that are not says how many these are.
    pub(super) fn into_steps(mut self) -> Vec<Step> {
        if self.left_out > 0
            && let Some(step) = self.last.front_mut()
        {
            step.gap = Some(Gap {
                steps: self.left_out as u32,
                output: self.output,
            });
        }
        self.first.extend(self.last);
        self.first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of so many steps, each of which prints its number, what the kept ones say: what each prints, and how many are
    /// left out before it.
    fn kept(count: usize) -> Vec<(String, u32)> {
        let mut kept = KeptSteps::new(10);
        for number in 0..count {
            kept.push(Step {
                output: format!("{number} "),
                ..Step::default()
            });
        }
        assert_eq!(kept.seen(), count);
        let steps = kept.into_steps().into_iter();
        let printed: String = (0..count).map(|number| format!("{number} ")).collect();
        let (mut told, mut all) = (Vec::new(), String::new());
        for step in steps {
            let gap = step.gap.unwrap_or(Gap {
                steps: 0,
                output: String::new(),
            });
            all += &gap.output;
            all += &step.output;
            told.push((step.output, gap.steps));
        }
        assert_eq!(all, printed, "nothing that was printed is lost");
        told
    }

    #[test]
    fn the_first_steps_and_the_last_are_kept_and_the_others_are_counted() {
        let plain = |range: std::ops::Range<usize>| range.map(|number| (format!("{number} "), 0));
        assert_eq!(kept(10), plain(0..10).collect::<Vec<_>>());
        let mut long: Vec<_> = plain(0..8).chain(plain(98..100)).collect();
        long[8].1 = 90;
        assert_eq!(kept(100), long);
    }
}
