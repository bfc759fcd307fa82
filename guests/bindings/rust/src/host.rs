//! The host's functions: safe wrappers of the imports, or no-ops where there are none.

pub use api::*;

#[cfg(all(target_arch = "wasm32", not(feature = "disabled")))]
mod api {
    use crate::Level;

    pub const ENABLED: bool = true;

    /// The host's number for text in the statsd format.
    const STATSD: i32 = 1;

    mod import {
        #[link(wasm_import_module = "dylibso:observe/api")]
        extern "C" {
            #[link_name = "span-enter"]
            pub fn span_enter(name: *const u8, length: usize);
            #[link_name = "span-exit"]
            pub fn span_exit();
            #[link_name = "span-tags"]
            pub fn span_tags(tags: *const u8, length: usize);
            #[link_name = "log"]
            pub fn log(level: i32, text: *const u8, length: usize);
            #[link_name = "metric"]
            pub fn metric(format: i32, text: *const u8, length: usize);
        }
    }

    // Safety, for all of them: the host reads `length` bytes of a live `str` before it returns,
    // keeps no pointer and writes nothing.

    pub fn span_enter(name: &str) {
        unsafe { import::span_enter(name.as_ptr(), name.len()) }
    }

    pub fn span_exit() {
        unsafe { import::span_exit() }
    }

    pub fn span_tags(tags: &str) {
        unsafe { import::span_tags(tags.as_ptr(), tags.len()) }
    }

    pub fn log(level: Level, text: &str) {
        unsafe { import::log(level as i32, text.as_ptr(), text.len()) }
    }

    pub fn metric(text: &str) {
        unsafe { import::metric(STATSD, text.as_ptr(), text.len()) }
    }
}

#[cfg(not(all(target_arch = "wasm32", not(feature = "disabled"))))]
mod api {
    use crate::Level;

    pub const ENABLED: bool = false;

    pub fn span_enter(_name: &str) {}

    pub fn span_exit() {}

    pub fn span_tags(_tags: &str) {}

    pub fn log(_level: Level, _text: &str) {}

    pub fn metric(_text: &str) {}
}
