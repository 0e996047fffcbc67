//@ run
use bumpalo::Bump;

fn main() {
    let mut scratch = Bump::new();
    let mut first = None;
    for request in 1..4 {
        let hidden = scratch.alloc_slice_fill_copy(2, request as f32);
        hidden[1] = hidden[0] * hidden[0];
        let same = *first.get_or_insert(hidden.as_ptr()) == hidden.as_ptr();
        println!("{} {} same memory: {same}", hidden[0], hidden[1]);
        scratch.reset();
    }
}
