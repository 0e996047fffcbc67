use exercise::{Sample, best, class_name, clip, swap};

fn sample(id: u32, score: f32) -> Sample {
    Sample { id, score }
}

#[test]
fn swap_exchanges_the_values_behind_the_references() {
    let (mut first, mut second) = (0.5, -2.0);
    swap(&mut first, &mut second);
    assert!(
        (first, second) != (0.5, -2.0),
        "hint: the caller's variables did not change: what was exchanged?"
    );
    assert!(
        (first, second) == (-2.0, 0.5),
        "hint: is the old value of `a` kept until it is needed? got {first} and {second}"
    );
}

#[test]
fn swapping_keeps_values_of_very_different_size() {
    let (mut large, mut small) = (1e20, 1.0);
    swap(&mut large, &mut small);
    assert!(
        (large, small) == (1.0, 1e20),
        "hint: adding and subtracting floats loses digits, got {large} and {small}"
    );
}

#[test]
fn clip_changes_the_gradients_in_place() {
    let mut gradients = [0.5, 3.0, -0.5, -4.0];
    clip(&mut gradients, 1.0);
    assert!(
        gradients[1] != 3.0,
        "hint: the array did not change: is the loop variable a copy?"
    );
    assert!(
        gradients == [0.5, 1.0, -0.5, -1.0],
        "hint: there is a limit on both sides of zero, got {gradients:?}"
    );
}

#[test]
fn clip_counts_only_the_gradients_that_it_changed() {
    let mut gradients = [1.0, 3.0, -1.0, -4.0, 0.0];
    let changed = clip(&mut gradients, 1.0);
    assert!(
        changed == 2,
        "hint: a gradient that is exactly at the limit is not changed, got {changed}"
    );
    assert!(
        clip(&mut gradients, 1.0) == 0,
        "hint: after the first call nothing is left to change"
    );
    assert_eq!(clip(&mut [], 1.0), 0);
}

#[test]
fn best_refers_into_the_data_so_that_a_change_through_it_stays() {
    let mut samples = [sample(10, 0.1), sample(11, 0.9), sample(12, 0.4)];
    let winner = best(&mut samples).expect("hint: there are three samples");
    assert_eq!(winner.id, 11);
    winner.score = 0.0;
    assert!(
        samples[1].score == 0.0,
        "hint: the result does not refer into the samples: what does it refer to?"
    );
}

#[test]
fn the_best_of_only_negative_scores_is_one_of_them() {
    let mut samples = [sample(1, -3.0), sample(2, -1.0)];
    let winner = best(&mut samples).expect("hint: log probabilities are all negative");
    assert!(
        winner.id == 2,
        "hint: with what is the first score compared?"
    );
}

#[test]
fn the_first_of_equal_scores_is_the_best() {
    let mut samples = [sample(1, 0.2), sample(2, 0.7), sample(3, 0.7)];
    let winner = best(&mut samples).expect("hint: there are three samples");
    assert!(
        winner.id == 2,
        "hint: look at the comparison: which of two equals wins?"
    );
}

#[test]
fn without_samples_there_is_no_best_one() {
    assert!(best(&mut []).is_none());
}

#[test]
fn a_class_name_ends_before_the_zero_byte() {
    let name = class_name(c"cat");
    assert!(
        name == b"cat",
        "hint: the zero byte marks the end and is not part of the name, got {name:?}"
    );
    assert!(class_name(c"").is_empty());
}

#[test]
fn a_class_name_is_a_view_of_the_memory_it_was_given() {
    let text = c"airplane";
    assert!(
        class_name(text).as_ptr() == text.as_ptr().cast(),
        "hint: the name is somewhere else: was it copied?"
    );
}
