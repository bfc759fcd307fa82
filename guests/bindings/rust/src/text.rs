//! Text of bounded length on the stack.

use std::fmt::{self, Write};

const CAPACITY: usize = 1024;

pub struct Text {
    bytes: [u8; CAPACITY],
    length: usize,
    /// Set by the first piece that did not fit, so that no later, shorter one follows the gap.
    full: bool,
}

impl Text {
    pub fn new() -> Self {
        Self {
            bytes: [0; CAPACITY],
            length: 0,
            full: false,
        }
    }

    pub fn of(arguments: fmt::Arguments) -> Self {
        let mut text = Self::new();
        text.push(arguments);
        text
    }

    pub fn len(&self) -> usize {
        self.length
    }

    /// Appends what fits, up to the end of a character.
    pub fn push(&mut self, arguments: fmt::Arguments) {
        // An error here is the text being full, or a Display of the caller's that gave up:
        // in both cases what there is so far is worth more than nothing.
        let _ = self.write_fmt(arguments);
    }

    /// Replaces one ASCII character by another from `start` on.
    pub fn replace(&mut self, start: usize, old: u8, replacement: u8) {
        debug_assert!(old.is_ascii() && replacement.is_ascii());
        for byte in &mut self.bytes[start..self.length] {
            if *byte == old {
                *byte = replacement;
            }
        }
    }

    pub fn as_str(&self) -> &str {
        // whole characters went in, and ASCII was replaced by ASCII
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

impl Write for Text {
    fn write_str(&mut self, added: &str) -> fmt::Result {
        if self.full {
            return Err(fmt::Error);
        }
        let room = CAPACITY - self.length;
        let mut length = added.len();
        if length > room {
            self.full = true;
            length = (0..=room)
                .rev()
                .find(|&end| added.is_char_boundary(end))
                .unwrap_or(0);
        }
        self.bytes[self.length..self.length + length].copy_from_slice(&added.as_bytes()[..length]);
        self.length += length;
        if self.full {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}
