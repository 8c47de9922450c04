//! The four documents: that they are the right ones, and what becomes of each.

use std::fs;

use docwright::diagnostic::render::{Format, Renderer};
use docwright_tests::{SEEDS, printed::Reading, seed};
use sha2::{Digest, Sha256};

const HASHES: [&str; 4] = [
    "d83c3a1bea5e87631c8eac4661b24c02eafdd8f97023894ad78a4e9c39dadafb",
    "0807f9d17c8f5a804355f6190257a7cd074f5939ea8ead772088d40807275c6f",
    "9129985a90e54752ec579e11eaa13272d220aeff97ab9f8cee214646b836ffa7",
    "1e6ca61d16474c1511ad18de12ebc6827fc0e957ece3e8e283a69066dc648838",
];

/// Reads a seed under the name that the configuration gives it.
fn read(api: &str, file: &str) -> Reading {
    let text = fs::read_to_string(seed(file)).unwrap();
    Reading::new(api, [(format!("seeds/{file}").as_str(), text.as_str())])
}

#[test]
fn seeds_are_byte_for_byte_what_was_published() {
    for ((_, file), expected) in SEEDS.into_iter().zip(HASHES) {
        let hash = Sha256::digest(fs::read(seed(file)).unwrap());
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, expected, "{file}");
    }
}

#[test]
fn models() {
    for (api, file) in SEEDS {
        insta::assert_snapshot!(format!("{api}_model"), read(api, file).model());
    }
}

#[test]
fn openapi_documents() {
    for (api, file) in SEEDS {
        insta::assert_snapshot!(format!("{api}_openapi"), read(api, file).openapi());
    }
}

#[test]
fn diagnostics() {
    for (api, file) in SEEDS {
        let reading = read(api, file);
        let drawn = |format| {
            let renderer = Renderer { format, styled: false };
            let sources = reading.sources();
            reading.diagnostics().iter().map(|d| renderer.render(d, &sources)).collect::<String>()
        };
        insta::assert_snapshot!(format!("{api}_diagnostics_short"), drawn(Format::Short));
        insta::assert_snapshot!(format!("{api}_diagnostics_full"), drawn(Format::Full));
    }
}

#[test]
fn generated_types() {
    for (api, file) in SEEDS {
        insta::assert_snapshot!(format!("{api}_types"), read(api, file).types());
    }
}

#[test]
fn every_character_of_a_seed_is_claimed() {
    for (api, file) in SEEDS {
        let reading = read(api, file);
        for page in reading.pages() {
            let text = page.source.text();
            let left: Vec<_> = page.claims.unclaimed(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(left, Vec::<&str>::new(), "{file}");
        }
    }
}
