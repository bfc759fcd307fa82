//! Prints a checksum of each file that its arguments name, instrumented by attribute and macro.

use std::io;
use std::process::ExitCode;

use observe::{instrument, span, Level};

#[instrument]
fn adler32(bytes: &[u8]) -> u32 {
    let (low, high) = bytes.iter().fold((1, 0), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    high << 16 | low
}

#[instrument("checksum of a file", path)]
fn checksum(path: &str) -> io::Result<u32> {
    // the question mark leaves both spans
    let bytes = {
        let _span = span!("read", file.path = path);
        std::fs::read(path)?
    };
    observe::tag("bytes", bytes.len());
    Ok(adler32(&bytes))
}

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for path in std::env::args().skip(1) {
        match checksum(&path) {
            Ok(sum) => println!("{:08x} {}", sum, path),
            Err(error) => {
                observe::log(Level::Error, format_args!("{}: {}", path, error));
                eprintln!("checksums: {}: {}", path, error);
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}
