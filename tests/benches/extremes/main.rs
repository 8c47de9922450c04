//! Extreme pages, and how time and memory grow when they grow by ten.
//!
//! `cargo bench -p docwright-tests --bench extremes [-- WORDS…]` runs every case whose name has all the words, at growing
//! sizes, from the bytes to the files, the OpenAPI document and the drawn diagnostics. Ten times the input may take
//! ten times as long; a case that takes far longer than that is marked, and the bench fails.

mod fillings;
mod measure;
mod structures;

use self::measure::{Measured, ONE, measured, run_one};

/// A page, or several, of a size.
type Make = Box<dyn Fn(usize) -> Vec<String>>;

/// Its name, its sizes and its pages.
type Case = (String, Vec<usize>, Make);

/// What ten times the input may take: sorting and caches make it more than ten.
const MOST_GROWTH: f64 = 25.0;
/// Below this, growth is noise.
const SHORTEST: f64 = 0.05;
/// No case is grown further once it has taken so many seconds.
const LONGEST: f64 = 20.0;
/// How many seconds a case may take, whatever it is.
const MOST_TIME: f64 = 60.0;
/// How many KiB a case may take.
const MOST_MEMORY: usize = 4 << 20;

fn cases() -> impl Iterator<Item = Case> {
    fillings::cases().into_iter().chain(structures::cases())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == ONE) {
        run_one(&arguments[at + 1..]);
        return;
    }
    let words: Vec<&String> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let mut failed = Vec::new();
    println!("{:<58} {:>10} {:>10} {:>8} {:>9}", "case", "bytes", "time", "growth", "memory");
    for (name, sizes, _) in cases() {
        if !words.iter().all(|word| name.contains(word.as_str())) {
            continue;
        }
        let mut before: Option<f64> = None;
        for size in sizes {
            let slow =
                |time: f64| before.is_some_and(|before| time > before * MOST_GROWTH) && time > SHORTEST;
            // The machine may have been busy: the best of three counts.
            let best = (0..3).try_fold(None, |best: Option<Measured>, _| match best {
                Some(best) if !slow(best.1) => Some(Some(best)),
                _ => {
                    let again = measured(&name, size)?;
                    Some(best.filter(|best| best.1 < again.1).or(Some(again)))
                }
            });
            let Some((bytes, time, memory)) = best.flatten() else {
                println!("{name:<58} {size:>10} ended by itself <==");
                failed.push(name.clone());
                break;
            };
            let growth = before.map(|before| time / before);
            let mark = if slow(time) || time > MOST_TIME || memory > MOST_MEMORY { " <==" } else { "" };
            let growth = growth.map_or(String::new(), |growth| format!("{growth:.1}"));
            println!("{name:<58} {bytes:>10} {:>8.1}ms {growth:>8} {:>7} M{mark}", time * 1e3, memory >> 10);
            if !mark.is_empty() {
                failed.push(name.clone());
            }
            before = Some(time);
            if time > LONGEST {
                break;
            }
        }
    }
    if !failed.is_empty() {
        eprintln!("too much time or memory: {}", failed.join("; "));
        std::process::exit(1);
    }
}
