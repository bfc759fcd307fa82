//! Uses all of the crate observe; compiled by RustBindingTests. Texts hold 1,024 bytes.

use std::time::Duration;

use observe::{Level, Span};

fn leave_early(number: &str) -> Result<i32, std::num::ParseIntError> {
    let _span = Span::enter("question mark");
    let number = number.parse()?;
    observe::log(Level::Error, "not reached");
    Ok(number)
}

fn leave_loop() {
    loop {
        let _span = Span::enter("turn");
        break;
    }
    observe::log(Level::Debug, "left");
}

fn nest() -> i32 {
    observe::in_span("outer", || {
        observe::in_span("inner", || observe::log(Level::Trace, "two are open"));
        7
    })
}

/// A text of `length` bytes and then `end`.
fn long(length: usize, end: &str) -> String {
    "x".repeat(length) + end
}

fn cut() {
    observe::log(Level::Info, long(1024, ""));
    observe::log(Level::Info, long(1024, "y"));
    observe::log(Level::Info, long(1022, "é"));
    observe::log(Level::Info, long(1023, "é"));
    observe::log(Level::Info, long(1021, "😀"));
    // what follows a piece that did not fit is left out, however short it is
    observe::log(Level::Info, format_args!("{}{}", long(1023, "é"), "z"));
    observe::log(Level::Warn, "");
}

fn tag() {
    let _span = Span::enter("tags");
    observe::tag("key", "value");
    observe::tag("key", "");
    observe::tag("a:b,c", "x,y:z");
    observe::tag("number", 42);
}

fn measure() {
    observe::counter("c", -3);
    observe::gauge("g", 0.1);
    observe::timer("t", Duration::from_micros(1500));
    observe::metric("set:one|s");
}

fn main() {
    println!("{}", leave_early("none").is_err());
    leave_loop();
    println!("{}", nest());
    cut();
    tag();
    measure();
}
