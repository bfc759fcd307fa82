//! `files FOLDER`: uses files and folders as Rust's standard library does, and prints what comes of it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

fn show<T: std::fmt::Debug>(what: &str, result: io::Result<T>) {
    match result {
        Ok(value) => println!("{}: {:?}", what, value),
        Err(error) => println!("{}: {:?}", what, error.kind()),
    }
}

fn list(path: &Path, depth: usize) -> io::Result<()> {
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let kind = entry.file_type()?;
        let mark = if kind.is_dir() {
            "/"
        } else if kind.is_symlink() {
            "@"
        } else {
            ""
        };
        println!("{}{}{}", "  ".repeat(depth), entry.file_name().to_string_lossy(), mark);
        if kind.is_dir() {
            list(&entry.path(), depth + 1)?;
        }
    }
    Ok(())
}

fn use_files(root: &Path) -> io::Result<()> {
    fs::write(root.join("text"), "one\ntwo\nthree\n")?;
    show("read_to_string", fs::read_to_string(root.join("text")));
    show("lines", BufReader::new(File::open(root.join("text"))?).lines().collect::<io::Result<Vec<_>>>());
    show("create_new", OpenOptions::new().write(true).create_new(true).open(root.join("text")).map(|_| ()));

    let mut file = OpenOptions::new().read(true).write(true).open(root.join("text"))?;
    show("seek", file.seek(SeekFrom::End(-6)));
    file.write_all(b"THREE")?;
    file.rewind()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    show("text", Ok(text));
    file.set_len(3)?;
    show("stream_position", file.stream_position());
    show("metadata", file.metadata().map(|data| (data.len(), data.is_file(), data.modified().is_ok())));
    file.sync_all()?;

    OpenOptions::new().append(true).open(root.join("text"))?.write_all(b" and more")?;
    show("appended", fs::read_to_string(root.join("text")));
    show("copy", fs::copy(root.join("text"), root.join("copy")));
    show("missing", File::open(root.join("missing")).map(|_| ()));
    show("write to read-only", File::open(root.join("text"))?.write(b"x"));

    let large: Vec<u8> = (0..300_000u32).map(|i| (i % 251) as u8).collect();
    fs::write(root.join("large"), &large)?;
    show("large", fs::read(root.join("large")).map(|read| read == large));
    Ok(())
}

fn use_folders(root: &Path) -> io::Result<()> {
    fs::create_dir_all(root.join("a/b/c"))?;
    fs::create_dir_all(root.join("a/b/c"))?;
    show("create_dir", fs::create_dir(root.join("a")));
    show("create_dir deeper", fs::create_dir(root.join("x/y")));
    for i in 0..20 {
        fs::write(root.join("a/b").join(i.to_string()), i.to_string())?;
    }
    show("count", fs::read_dir(root.join("a/b")).map(|entries| entries.count()));
    show("remove_dir", fs::remove_dir(root.join("a/b")));
    show("rename", fs::rename(root.join("a/b"), root.join("moved")));
    show("read", fs::read_to_string(root.join("moved/12")));
    for i in 0..20 {
        fs::remove_file(root.join("moved").join(i.to_string()))?;
    }
    show("remove_dir_all", fs::remove_dir_all(root.join("moved")));
    show("exists", Ok(root.join("moved").exists()));
    show("remove_file", fs::remove_file(root.join("a")));
    Ok(())
}

// symbolic links are not in the stable part of the library
fn make_links(root: &Path) -> io::Result<()> {
    fs::hard_link(root.join("text"), root.join("hard"))?;
    show("hard_link", fs::hard_link(root.join("text"), root.join("hard")));
    fs::remove_file(root.join("text"))?;
    show("hard", fs::read_to_string(root.join("hard")));
    show("text", fs::read_to_string(root.join("text")));
    show("symlink_metadata", fs::symlink_metadata(root.join("hard")).map(|data| (data.len(), data.file_type().is_symlink())));
    Ok(())
}

fn main() -> io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| {
        eprintln!("usage: files FOLDER");
        std::process::exit(2)
    });
    let root = Path::new(&folder);
    use_files(root)?;
    use_folders(root)?;
    make_links(root)?;
    list(root, 0)
}
