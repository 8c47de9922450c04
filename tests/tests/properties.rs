//! What holds whatever the page: pages of the literate cases, of the fixtures and of the seeds are cut up,
//! repeated, stirred and laced with hostile text; then the whole pipeline runs over them.
//!
//! `PROPTEST_CASES` says how many; CI runs few. What once failed is kept in
//! `properties.proptest-regressions` and runs first.

use std::{env, fs, ops::Range, sync::LazyLock};

use docwright::{
    diagnostic::Diagnostic,
    input::{Reading, read_apis},
    openapi::openapi,
    pipeline::{Files, Layout, PageInput, generate},
    source::Span,
};
use docwright_tests::{SEEDS, literate::Document, repository, seed};
use proptest::{
    prelude::*,
    sample::{Index, select},
    test_runner::FileFailurePersistence,
};

/// As many cases as take a few seconds without optimisation.
const FEW: u32 = 128;

/// A page longer than this says nothing that a shorter one does not, and takes long.
const LONGEST: usize = 64 << 10;

/// Lines and pieces of lines that some reader, Rust or Markdown takes for something.
const HOSTILE: &[&str] = &[
    "\n",
    "\n\n",
    " ",
    "\t",
    "\u{feff}",
    "\u{202e}\u{2066}",
    "\u{200b}",
    "é\u{301}𝕏\u{1f468}\u{200d}\u{1f469}",
    "\0\u{7}\r",
    "\\",
    "\"",
    "'",
    "#",
    "*/ /*",
    "`",
    "```rust\npanic!()\n```\n",
    "\n    code\n",
    "</script><!--",
    "#[cfg(test)]",
    "{}{:?}",
    "[String]",
    "[x](javascript:alert(1))",
    "r#\"",
    "\n---\n",
    "\n# \n",
    "\n## Response 200 fields\n",
    "\nEndpoint: GET /{a}/{a}/{}\n",
    "\n  - `` (string)\n",
    "\n  - `a.b.c.d.e` (array,null, required)\n",
    "\n  - `a[].b` (object)\n    Enum: \"\", \"a\", \"A\", 1, null\n",
    "\n- **`a`** string\n",
    "[block:parameters]\n{\"data\":{\"h-0\":\"a\"}}\n[/block]",
    "[block:api-header]",
    "\n| a | b |\n|---|---|\n| | \\| |\n",
    "\nAuthorizations\n",
    "\nBody\n\napplication/json\n",
    "\nstring\n\nrequired\n",
    "\ncurl --request PUT \\\n  --url https://a/{b}\n",
    "{\"a\": [{\"b\": 1e999}]}",
    "[[[[[[[[{{{{{{{{",
    "Minimum: 99999999999999999999",
    "Possible values are `a`, `b` and `c`.",
    "\n````yaml openapi.json get /a\n",
    "\n````\n",
    "\n              allOf: [{$ref: '#/components/schemas/User'}, {$ref: '#/components/schemas/Node'}]\n",
    "{$ref: '#/components/schemas/Node'}",
    "&x ",
    "*x",
];

/// Every page that the repository has.
static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut pages = Vec::new();
    for file in files("tests/cases") {
        let document = Document::parse(&file);
        let fences = document.cases.iter().flat_map(|case| &case.fences);
        pages.extend(fences.filter(|fence| fence.info.starts_with("page")).map(|fence| fence.text.clone()));
    }
    pages.extend(files("tests/fixtures"));
    pages.extend(SEEDS.map(|(_, file)| fs::read_to_string(seed(file)).unwrap()));
    assert!(pages.len() > 50, "{} pages are too few", pages.len());
    pages
});

/// The texts of a folder's Markdown files, by path.
fn files(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(repository().join(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// One thing done to a page.
#[derive(Debug, Clone)]
enum Mutation {
    Cut(Stretch),
    Repeat(Stretch, usize),
    Swap(Stretch),
    Insert(Index, &'static str),
    /// A stretch of another page.
    Graft(Index, Index, Stretch),
    Flatten,
}

/// Two places, and whether they are moved to the starts of their lines.
#[derive(Debug, Clone)]
struct Stretch {
    from: Index,
    to: Index,
    lines: bool,
}

impl Stretch {
    fn of(&self, text: &str) -> Range<usize> {
        let (a, b) = (place(text, &self.from, self.lines), place(text, &self.to, self.lines));
        a.min(b)..a.max(b)
    }
}

/// A place between two characters.
fn place(text: &str, index: &Index, lines: bool) -> usize {
    let mut at = index.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if lines { text[..at].rfind('\n').map_or(0, |end| end + 1) } else { at }
}

fn mutate(text: &mut String, mutation: &Mutation) {
    match mutation {
        Mutation::Cut(stretch) => text.replace_range(stretch.of(text), ""),
        Mutation::Repeat(stretch, times) => {
            let range = stretch.of(text);
            let repeated = text[range.clone()].repeat(*times);
            text.insert_str(range.end, &repeated);
        }
        Mutation::Swap(stretch) => {
            let range = stretch.of(text);
            let middle = place(&text[range.clone()], &stretch.to, stretch.lines) + range.start;
            let swapped = format!("{}{}", &text[middle..range.end], &text[range.start..middle]);
            text.replace_range(range, &swapped);
        }
        Mutation::Insert(at, hostile) => text.insert_str(place(text, at, false), hostile),
        Mutation::Graft(at, other, stretch) => {
            let other = other.get(&PAGES);
            text.insert_str(place(text, at, stretch.lines), &other[stretch.of(other)]);
        }
        Mutation::Flatten => *text = text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let stretch =
        || {
            (any::<Index>(), any::<Index>(), prop::bool::weighted(0.7))
                .prop_map(|(from, to, lines)| Stretch { from, to, lines })
        };
    let mutation = prop_oneof![
        3 => stretch().prop_map(Mutation::Cut),
        2 => (stretch(), 1..4_usize).prop_map(|(stretch, times)| Mutation::Repeat(stretch, times)),
        2 => stretch().prop_map(Mutation::Swap),
        5 => (any::<Index>(), select(HOSTILE)).prop_map(|(at, hostile)| Mutation::Insert(at, hostile)),
        2 => (any::<Index>(), any::<Index>(), stretch())
            .prop_map(|(at, other, stretch)| Mutation::Graft(at, other, stretch)),
        1 => Just(Mutation::Flatten),
    ];
    prop::collection::vec(mutation, 0..8)
}

fn pages() -> impl Strategy<Value = Vec<String>> {
    let page = (any::<Index>(), mutations()).prop_map(|(page, mutations)| {
        let mut text = page.get(&PAGES).clone();
        mutations.iter().for_each(|mutation| mutate(&mut text, mutation));
        text
    });
    prop::collection::vec(page, 1..3)
}

/// All that comes of some pages.
struct Run {
    reading: Reading,
    files: Files,
    diagnostics: Vec<Diagnostic>,
    document: String,
}

fn run(pages: &[String]) -> Run {
    let input = |(at, text): (usize, &String)| PageInput::new(format!("{at}.md"), text.as_str());
    let inputs = pages.iter().enumerate().map(input).collect();
    let reading = read_apis(vec![("api".to_owned(), inputs)]);
    let models = reading.models();
    let (files, lowering) = generate(&models, &Layout::default());
    let diagnostics = reading.diagnostics.iter().cloned().chain(lowering).collect();
    let document = models.iter().map(|api| openapi(api).to_string()).collect();
    Run { reading, files, diagnostics, document }
}

fn check_span(reading: &Reading, span: Span, what: &str) -> Result<(), TestCaseError> {
    let page = reading.pages.get(span.page.0 as usize);
    let inside = page.is_some_and(|page| page.source.text().get(span.range()).is_some());
    prop_assert!(inside, "{what}: {span:?} is no stretch of its page");
    Ok(())
}

fn check(pages: &[String]) -> Result<(), TestCaseError> {
    let first = run(pages);
    for diagnostic in &first.diagnostics {
        check_span(&first.reading, diagnostic.span, &diagnostic.message)?;
        for (span, label) in &diagnostic.related {
            check_span(&first.reading, *span, label)?;
        }
    }
    for page in &first.reading.pages {
        for (range, claim) in page.claims.stretches() {
            let inside = page.source.text().get(range.clone()).is_some();
            prop_assert!(inside, "{claim:?}: {range:?} is no stretch of its page");
        }
    }
    for (path, text) in first.files.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "rs")) {
        if let Err(error) = syn::parse_file(text) {
            return Err(TestCaseError::fail(format!("{}: {error}\n{text}", path.display())));
        }
    }
    let second = run(pages);
    prop_assert!(first.files == second.files, "a second run gives other files");
    prop_assert!(first.document == second.document, "a second run gives another document");
    prop_assert!(first.diagnostics == second.diagnostics, "a second run gives other diagnostics");
    Ok(())
}

fn config() -> ProptestConfig {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/properties.proptest-regressions");
    ProptestConfig {
        cases: env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(FEW),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(FILE))),
        max_shrink_iters: 2000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_the_page_the_pipeline_keeps_its_word(pages in pages()) {
        check(&pages)?;
    }
}

#[test]
fn unchanged_pages_keep_it_too() {
    for page in PAGES.iter() {
        check(std::slice::from_ref(page)).unwrap();
    }
}
