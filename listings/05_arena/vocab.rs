//@ run
struct Vocab {
    words: Vec<String>, // each word is a block of its own
}

impl Vocab {
    fn new(text: &str) -> Vocab {
        Vocab {
            words: text.split_ascii_whitespace().map(str::to_owned).collect(),
        }
    }
}

fn main() {
    let vocab = Vocab::new("a cat sat");
    println!(
        "{} words, the last is {}",
        vocab.words.len(),
        vocab.words[2]
    );
} // frees each word, then the list
