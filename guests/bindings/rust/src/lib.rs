//! Spans, tags, logs and metrics from a WebAssembly guest to its host: the Observe API for Rust.
//!
//! ```no_run
//! use observe::{instrument, span, Level};
//!
//! #[instrument(path)] // a span `load` with the tag `path`, for as long as this function runs
//! fn load(path: &str) -> std::io::Result<Vec<u8>> {
//!     let _span = span!("read", attempt = 1); // ends with this block, whichever way it is left
//!     let bytes = std::fs::read(path)?;
//!     observe::log(Level::Info, format_args!("read {} bytes", bytes.len()));
//!     Ok(bytes)
//! }
//! ```
//!
//! A module that calls these functions imports them from `dylibso:observe/api`, so it only runs on
//! a host that offers them. With the feature `disabled`, and on targets other than WebAssembly,
//! every function is a no-op and nothing is imported.
//!
//! Nothing here allocates, apart from the boxed hook of [`log_panics`]. Formatted text is made in
//! 1,024 bytes of the stack; what does not fit is cut off between two characters.

mod host;
mod macros;
mod text;

use std::fmt::Display;
use std::marker::PhantomData;
use std::time::Duration;

pub use observe_instrument::instrument;
use text::Text;

/// How grave a log record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Error = 1,
    Warn = 2,
    Info = 3,
    Debug = 4,
    Trace = 5,
}

/// An open span; dropping it closes the innermost open span.
///
/// Bind it to a name such as `_span`: `let _ = Span::enter(…)` closes it at once. The API closes
/// spans from the inside out, as Rust drops the variables of a scope; a `Span` that is moved out of
/// its scope, or forgotten, leaves the wrong one open. `std::process::exit` and a panic that aborts
/// drop nothing: there the host closes what is open.
#[must_use = "the span is closed when this is dropped: bind it to a name such as `_span`"]
#[derive(Debug)]
pub struct Span {
    /// Open spans are the calling thread's, so a span stays where it was opened.
    not_send: PhantomData<*const ()>,
}

impl Span {
    /// Opens a span inside the innermost open one.
    pub fn enter(name: &str) -> Self {
        host::span_enter(name);
        Self {
            not_send: PhantomData,
        }
    }

    /// Tags the span. Only for one that was just opened: once there is a span inside it, tags go there.
    pub fn with(self, key: &str, value: impl Display) -> Self {
        tag(key, value);
        self
    }
}

impl Drop for Span {
    fn drop(&mut self) {
        host::span_exit();
    }
}

/// Runs `body` inside a span and returns what it returns.
pub fn in_span<T>(name: &str, body: impl FnOnce() -> T) -> T {
    let _span = Span::enter(name);
    body()
}

/// Tags the innermost open span.
///
/// The API joins tags with commas and ends a key at its first colon, so a comma in a value becomes
/// a semicolon, a comma or colon in a key an underscore.
pub fn tag(key: &str, value: impl Display) {
    if host::ENABLED {
        let mut text = Text::new();
        text.push(format_args!("{}", key));
        text.replace(0, b',', b'_');
        text.replace(0, b':', b'_');
        text.push(format_args!(":"));
        let start = text.len();
        text.push(format_args!("{}", value));
        text.replace(start, b',', b';');
        host::span_tags(text.as_str());
    }
}

/// Writes a log record, correlated with the innermost open span.
pub fn log(level: Level, message: impl Display) {
    if host::ENABLED {
        host::log(level, Text::of(format_args!("{}", message)).as_str());
    }
}

/// Logs panics as errors on the span that they happen in, then does what was done before (by
/// default: prints the message on stderr). Call it once, at the start of `main`.
pub fn log_panics() {
    if host::ENABLED {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            log(Level::Error, panic);
            previous(panic);
        }));
    }
}

/// Sends a line of statsd text, for kinds that have no function here.
pub fn metric(statsd: &str) {
    host::metric(statsd);
}

/// Adds to a counter. The name of a metric holds no `:` and no `|`.
pub fn counter(name: &str, delta: i64) {
    if host::ENABLED {
        host::metric(Text::of(format_args!("{}:{}|c", name, delta)).as_str());
    }
}

/// Sets a gauge.
pub fn gauge(name: &str, value: f64) {
    if host::ENABLED {
        host::metric(Text::of(format_args!("{}:{}|g", name, value)).as_str());
    }
}

/// Records a duration, to the microsecond.
pub fn timer(name: &str, duration: Duration) {
    if host::ENABLED {
        let milliseconds = duration.as_secs_f64() * 1e3;
        host::metric(Text::of(format_args!("{}:{:.3}|ms", name, milliseconds)).as_str());
    }
}
