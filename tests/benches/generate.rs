//! What generating costs, from the bytes of pages to formatted text, on one core.
//!
//! `cargo bench -p docwright-tests --bench generate` prints pages per second for 10, 100 and 1,000 pages; a page documents
//! one operation, so that these are operations per second too. `floor` is what cannot be saved: pulldown-cmark over
//! the same bytes, and syn and prettyplease over the same tokens, file by file. `stage` parts a hundred pages' time into
//! reading and generating, in each dialect.

use std::{hint::black_box, str::FromStr};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use docwright::{
    dialect::Dialect,
    input::{Reading, read_apis},
    pipeline::{Files, Layout, PageInput, generate},
};
use docwright_tests::pages::pages;
use proc_macro2::TokenStream;
use pulldown_cmark::Parser;
use rayon::ThreadPoolBuilder;

const COUNTS: [usize; 3] = [10, 100, 1000];
const DIALECTS: [Dialect; 4] = [Dialect::Bump, Dialect::Mintlify, Dialect::ReadMe, Dialect::Redocly];

fn read(inputs: Vec<PageInput>) -> Reading {
    read_apis(vec![("api".to_owned(), inputs)])
}

fn files(reading: &Reading) -> Files {
    generate(&reading.models(), &Layout::default()).0
}

/// What several cores save is another question.
fn use_one_core() {
    // It fails where it was said before.
    let _ = ThreadPoolBuilder::new().num_threads(1).build_global();
}

fn whole(criterion: &mut Criterion) {
    use_one_core();
    let mut group = criterion.benchmark_group("pages");
    group.sample_size(10);
    for count in COUNTS {
        let inputs = pages(Dialect::Redocly, count);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::new("generate", count), &inputs, |bencher, inputs| {
            bencher.iter_with_setup(|| inputs.clone(), |inputs| black_box(files(&read(inputs))));
        });
        let tokens: Vec<TokenStream> = files(&read(inputs.clone()))
            .values()
            .filter_map(|text| TokenStream::from_str(text).ok())
            .collect();
        group.bench_with_input(BenchmarkId::new("floor", count), &inputs, |bencher, inputs| {
            bencher.iter_with_setup(
                || tokens.clone(),
                |tokens| {
                    for page in inputs {
                        let text = String::from_utf8_lossy(&page.bytes);
                        Parser::new(&text).for_each(|event| drop(black_box(event)));
                    }
                    for file in tokens {
                        let Ok(file) = syn::parse2(file) else { panic!("generated code is no file") };
                        black_box(prettyplease::unparse(&file));
                    }
                },
            );
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    use_one_core();
    let mut group = criterion.benchmark_group("stage");
    group.sample_size(10).throughput(Throughput::Elements(100));
    for dialect in DIALECTS {
        let inputs = pages(dialect, 100);
        group.bench_function(BenchmarkId::new("read", dialect), |bencher| {
            bencher.iter_with_setup(|| inputs.clone(), |inputs| black_box(read(inputs)));
        });
        let reading = read(inputs);
        group.bench_function(BenchmarkId::new("generate", dialect), |bencher| {
            bencher.iter(|| black_box(files(&reading)));
        });
    }
    group.finish();
}

criterion_group!(benches, whole, stages);
criterion_main!(benches);
