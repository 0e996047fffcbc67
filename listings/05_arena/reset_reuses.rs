//@ run
use bumpalo::Bump;

fn main() {
    let mut arena = Bump::new();

    let mut first = None;
    for text in ["CAT", "DOG", "OWL"] {
        let lower = arena.alloc_str(text);
        lower.make_ascii_lowercase();
        let same = *first.get_or_insert(lower.as_ptr()) == lower.as_ptr();
        println!("{lower} same place: {same}");
        arena.reset();
    }
}
