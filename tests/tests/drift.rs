//! What is committed is what the pages give.

use docwright::{
    config::Config,
    input::{read_apis, read_path},
    limits::Limits,
    output::Plan,
    pipeline::{Layout, generate},
};
use docwright_tests::repository;

#[test]
fn generated_code_agrees_with_the_seeds() {
    let config = Config::load(&repository().join("docwright.yaml")).unwrap();
    let apis = config.apis.iter().map(|(name, api)| {
        let pages =
            api.pages.iter().flat_map(|page| read_path(&config.path(page), page, config.limits).unwrap());
        (name.clone(), pages.collect())
    });
    let reading = read_apis(apis.collect());
    let layout = Layout { root: config.root, package: None };
    let (files, _) = generate(&reading.models(), &layout);
    let plan = Plan::new(&config.path(&config.out), &files).unwrap();
    let diff = plan.diff(&config.out);
    assert!(diff.is_empty(), "mend it with `cargo run -- generate`\n\n{diff}");
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let read = || {
        let seeds = repository().join("seeds");
        let pages = read_path(&seeds, "seeds".as_ref(), Limits::default()).unwrap();
        let pages = pages.into_iter().filter(|page| page.name.ends_with(".txt")).collect();
        let reading = read_apis(vec![("all".into(), pages)]);
        generate(&reading.models(), &Layout::default()).0
    };
    assert_eq!(read(), read());
}
