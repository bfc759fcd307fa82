//! Counts the vowels of its standard input, and shows how it does so: spans, tags, a log, metrics.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use observe::{Level, Span};

const CHUNK_SIZE: usize = 256 * 1024;

#[derive(Default)]
struct Totals {
    bytes: u64,
    vowels: u64,
}

/// Fills the chunk as far as the input reaches: a length below its size is the input's end.
fn read_chunk(input: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let _span = Span::enter("read");
    let mut length = 0;
    while length < chunk.len() {
        match input.read(&mut chunk[length..]) {
            Ok(0) => break,
            Ok(got) => length += got,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                observe::log(Level::Error, format_args!("cannot read stdin: {}", error));
                return Err(error);
            }
        }
    }
    observe::tag("bytes", length);
    Ok(length)
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u')
}

fn count_chunk(chunk: &[u8], totals: &mut Totals) {
    let _span = Span::enter("count");
    let vowels = chunk.iter().filter(|&&byte| is_vowel(byte)).count();
    totals.bytes += chunk.len() as u64;
    totals.vowels += vowels as u64;
    observe::tag("vowels", vowels);
    if chunk.len() < CHUNK_SIZE {
        observe::log(
            Level::Info,
            format_args!("counted {} vowels in {} bytes", totals.vowels, totals.bytes),
        );
    }
}

fn count_vowels(input: &mut impl Read) -> io::Result<Totals> {
    observe::in_span("count_vowels", || {
        let mut totals = Totals::default();
        let mut chunk = vec![0; CHUNK_SIZE];
        loop {
            let length = read_chunk(input, &mut chunk)?;
            count_chunk(&chunk[..length], &mut totals);
            if length < CHUNK_SIZE {
                break;
            }
        }
        observe::tag("bytes", totals.bytes);
        observe::tag("vowels", totals.vowels);
        observe::counter("vowels", totals.vowels as i64);
        observe::gauge("input_bytes", totals.bytes as f64);
        Ok(totals)
    })
}

fn main() -> ExitCode {
    let result = count_vowels(&mut io::stdin().lock())
        .and_then(|totals| writeln!(io::stdout(), "{}", totals.vowels));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("count_vowels: {}", error);
            ExitCode::FAILURE
        }
    }
}
