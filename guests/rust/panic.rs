//! Panics inside two nested spans: the message goes to stderr and, as an error, to the host; then
//! the module traps.

use observe::Span;

#[inline(never)]
fn element(numbers: &[i32], index: usize) -> i32 {
    let _span = Span::enter("inner");
    observe::tag("index", index);
    numbers[index]
}

#[inline(never)]
fn last_but(numbers: &[i32], count: usize) -> i32 {
    let _span = Span::enter("outer");
    observe::tag("length", numbers.len());
    element(numbers, numbers.len() + count)
}

fn main() {
    observe::log_panics();
    let numbers: Vec<i32> = (0..3).collect();
    println!("{}", last_but(&numbers, std::env::args().count()));
}
