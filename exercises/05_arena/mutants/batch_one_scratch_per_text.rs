//@ killed-by: a_hundred_texts_use_the_scratch_memory_of_one
// Makes a `Scratch` for every text, which is correct and uses no memory again.

//! Exercise 5: a batch with two kinds of memory.
//!
//! What is only needed while one text is worked on is scratch memory, what the caller gets is
//! result memory. The standard library has no arena; scratch memory is a buffer that is cleared
//! and used again.

use std::str::SplitAsciiWhitespace;

/// Memory for one text at a time. It grows with the largest text and is freed when dropped.
#[derive(Debug, Default)]
pub struct Scratch {
    lower: String,
}

impl Scratch {
    /// Forgets the text before, and returns the words of `text` in lower case.
    /// They are views of the scratch memory, which cannot be used again while one of them lives.
    pub fn words(&mut self, text: &str) -> SplitAsciiWhitespace<'_> {
        self.lower.clear();
        self.lower.push_str(text);
        self.lower.make_ascii_lowercase();
        self.lower.split_ascii_whitespace()
    }
}

/// Returns the longest word of `text` in lower case, the first one if several are as long, and ""
/// if there is no word. Allocates the result, and scratch memory only if there is too little.
pub fn keyword(scratch: &mut Scratch, text: &str) -> String {
    let mut longest = "";
    for word in scratch.words(text) {
        if word.len() > longest.len() {
            longest = word;
        }
    }
    longest.to_owned()
}

/// Returns the keyword of each text. Scratch memory is used again for each text and freed at
/// the end; only the results stay allocated.
pub fn keywords(texts: &[&str]) -> Vec<String> {
    texts
        .iter()
        .map(|text| keyword(&mut Scratch::default(), text))
        .collect()
}
