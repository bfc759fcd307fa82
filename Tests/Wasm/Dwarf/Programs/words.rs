//! Iterators and the standard library, in one module with its many units.

use std::collections::BTreeMap;

fn count(text: &str) -> BTreeMap<&str, usize> {
    let mut words = BTreeMap::new();
    for word in text.split_whitespace() {
        *words.entry(word).or_insert(0) += 1;
    }
    words
}

fn main() {
    let text = std::env::args().collect::<Vec<_>>().join(" ");
    for (word, times) in count(&text) {
        println!("{word} {times}");
    }
}
