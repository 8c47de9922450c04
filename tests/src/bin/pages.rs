//! Writes pages of an API that does not exist into a folder, to measure with.

use std::{fs, io, path::PathBuf};

use clap::{Parser, ValueEnum};
use docwright::dialect::Dialect;
use docwright_tests::pages::page;

/// Writes pages of an API that does not exist into a folder
#[derive(Debug, Parser)]
struct Args {
    /// How the pages are written
    dialect: Written,
    /// How many there are
    count: usize,
    /// Where they go
    folder: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Written {
    Bump,
    Mintlify,
    Readme,
    Redocly,
}

fn main() -> io::Result<()> {
    let args = Args::parse();
    let dialect = match args.dialect {
        Written::Bump => Dialect::Bump,
        Written::Mintlify => Dialect::Mintlify,
        Written::Readme => Dialect::ReadMe,
        Written::Redocly => Dialect::Redocly,
    };
    for number in 0..args.count {
        let page = page(dialect, number);
        let file = args.folder.join(page.name);
        fs::create_dir_all(file.parent().unwrap_or(&args.folder))?;
        fs::write(file, page.bytes)?;
    }
    Ok(())
}
