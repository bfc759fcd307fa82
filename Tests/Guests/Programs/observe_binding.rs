//! Uses all of the crate observe; compiled by RustBindingTests. Texts hold 1,024 bytes.

use std::time::Duration;

use observe::{instrument, span, Level, Span};

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

struct Order {
    id: u32,
    note: String,
}

impl Order {
    /// A method with attributes, a visibility, generics and a where clause.
    #[instrument(self.id, order.note = self.note)]
    #[inline(never)]
    pub(crate) fn amount<T>(&self, factor: T) -> Result<T, T::Err>
    where
        T: std::str::FromStr + std::ops::Mul<Output = T>,
    {
        let amount: T = self.note.parse()?;
        Ok(amount * factor)
    }
}

#[instrument]
fn r#loop(turns: i32) -> i32 {
    for turn in 0..turns {
        if turn == 3 {
            return turn;
        }
    }
    observe::log(Level::Error, "not reached");
    0
}

#[instrument("another name", text, length = text.len(),)]
fn borrow<'a>(text: &'a str) -> impl Iterator<Item = char> + 'a {
    text.chars()
}

macro_rules! function {
    ($name:ident $body:block) => {
        #[instrument]
        fn $name() -> i32 $body
    };
}

function!(from_a_macro {
    7
});

fn use_macros() {
    let order = Order {
        id: 3,
        note: "x".to_string(),
    };
    println!("{}", order.amount(2).is_err());
    println!("{}", r#loop(9) + from_a_macro());
    println!("{}", borrow("ab").count());
    let _span = span!(
        "tagged",
        order.note,
        order.id,
        http.method = "GET",
        sum = 1 + 1
    );
    {
        let _span = span!("plain");
    }
    let owned = String::from("kept");
    let _inner = Span::enter("inner").with("owned", &owned);
    drop(span!("closed at once", owned,));
    println!("{}", owned);
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
    use_macros();
    cut();
    tag();
    measure();
}
