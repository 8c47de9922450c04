//! `docwright.yaml`: which pages make which APIs, and where the code goes.
//!
//! Enter at [`Config::load`], or at [`Config::parse`] with a text. Reading is strict: an unknown key, a
//! wrong type, a name that can't be a module are errors with a place, so that a slip of the pen never
//! silently changes what is generated. Paths are kept as written; [`Config::path`] resolves them.

mod limits;
mod locate;
mod name;
pub mod overrides;
mod schema;
mod type_expression;

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use indexmap::IndexMap;

use self::overrides::Overrides;
use crate::{
    diagnostic::{Diagnostic, codes, render::Renderer},
    limits::Limits,
    pipeline::{RootFile, Settings},
    source::{PageId, Source, Span},
    yaml,
};
pub(crate) use locate::locate;
pub use name::{CrateNameError, FALLBACK_NAME, NameError, check_api_name, check_crate_name, name_after};
pub use type_expression::TypeExpression;

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "docwright.yaml";

/// What a configuration file says.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file, as it was named or found.
    pub file: PathBuf,
    /// The output folder, relative to the file.
    pub out: PathBuf,
    /// The file that declares the modules.
    pub root: RootFile,
    /// How much is read.
    pub limits: Limits,
    /// The APIs by name, in the file's order.
    pub apis: IndexMap<String, ApiConfig>,
}

/// What a configuration file says of one API.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Pages and folders of pages, relative to the file.
    pub pages: Vec<PathBuf>,
    /// How the pages are joined, and what is right where they are wrong.
    pub settings: Settings,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("{} can't be read: {error}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file says something that it can't say.
    #[error("{}", Renderer::default().render(diagnostic, &[text]).trim_end())]
    Invalid {
        /// Its text.
        text: Box<Source>,
        /// What is wrong, and where.
        diagnostic: Box<Diagnostic>,
    },
}

impl Config {
    /// Looks for a configuration file in a folder and those above it.
    #[must_use]
    pub fn find_upwards(folder: &Path) -> Option<PathBuf> {
        folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file())
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// Where it can't be read, or says something that it can't say.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let mut bytes = Vec::new();
        let limit = yaml::MAX_BYTES as u64 + 1;
        fs::File::open(file)
            .and_then(|open| open.take(limit).read_to_end(&mut bytes))
            .map_err(|error| ConfigError::Read { file: file.to_owned(), error })?;
        let (source, mended) = Source::from_bytes(file.display().to_string(), PageId(0), &bytes);
        let parsed = match mended.into_iter().next() {
            // What a page is forgiven would be a path or a name of something else here.
            Some(diagnostic) => Err(Box::new(diagnostic)),
            None => Self::parse(file, &source),
        };
        parsed.map_err(|diagnostic| ConfigError::Invalid { text: Box::new(source), diagnostic })
    }

    /// Reads the text of a configuration file.
    ///
    /// ```
    /// use docwright::{config::Config, source::{PageId, Source}};
    ///
    /// let text = "out: src/api\napis:\n  users:\n    pages: [docs/users.md]\n";
    /// let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), text.as_bytes());
    /// let config = Config::parse("docwright.yaml".as_ref(), &source).unwrap();
    /// assert_eq!(config.apis["users"].pages, ["docs/users.md".as_ref() as &std::path::Path]);
    /// ```
    ///
    /// # Errors
    ///
    /// Where it says something that it can't say: one diagnostic about the first such place.
    pub fn parse(file: &Path, source: &Source) -> Result<Self, Box<Diagnostic>> {
        let written: schema::File =
            yaml::from_str(source.text()).map_err(|error| Box::new(diagnose(&error, source)))?;
        let text = Arc::new(source.clone());
        let api = |(name, api): (String, schema::Api)| {
            let overrides = Overrides {
                servers: api.servers,
                security: api.security,
                security_schemes: api.security_schemes.0,
                operations: api.overrides.0,
            };
            let config = Some(Arc::clone(&text));
            let settings = Settings { duplicates: api.duplicates.into(), overrides, config };
            (name, ApiConfig { pages: api.pages.0, settings })
        };
        Ok(Self {
            file: file.to_owned(),
            out: written.out.0,
            root: written.root.into(),
            limits: written.limits.into(),
            apis: written.apis.0.into_iter().map(api).collect(),
        })
    }

    /// The API of a name; without one, the only API that there is.
    #[must_use]
    pub fn api(&self, name: Option<&str>) -> Option<(&str, &ApiConfig)> {
        let found = match name {
            Some(name) => self.apis.get_key_value(name),
            None => self.apis.first().filter(|_| self.apis.len() == 1),
        };
        found.map(|(name, api)| (name.as_str(), api))
    }

    /// The names of the APIs in the file's order, as messages list them.
    #[must_use]
    pub fn api_names(&self) -> String {
        if self.apis.is_empty() {
            return "it names none".to_owned();
        }
        self.apis.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// A path of the configuration, from the folder that its file lies in.
    #[must_use]
    pub fn path(&self, path: &Path) -> PathBuf {
        match self.file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.join(path),
            _ => path.to_owned(),
        }
    }
}

/// Says what is wrong in the words of a person who edits the file.
fn diagnose(error: &yaml::Error, source: &Source) -> Diagnostic {
    let start = error.offset.unwrap_or(0).min(source.text().len());
    // Of a key that is there twice the library tells where its map begins.
    let start = error
        .message
        .split_once("duplicate field `")
        .and_then(|(_, rest)| rest.split_once('`'))
        .and_then(|(key, _)| second_key(source.text(), start, key))
        .unwrap_or(start);
    let token = source.text().get(start..).unwrap_or_default();
    let length = token.find(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ']' | '}'));
    let span = Span::new(PageId(0), start..start + length.unwrap_or(token.len()));
    let Some((path, rest)) = error.message.split_once("unknown field `") else {
        // What serde calls a field is a key here.
        let message = error.message.replacen("missing field `", "missing key `", 1);
        let message = message.replacen("duplicate field `", "duplicate key `", 1);
        let is_at_top = message.starts_with("missing key `");
        let diagnostic = Diagnostic::new(codes::CONFIG_INVALID, span, message);
        return if is_at_top {
            diagnostic.help("`docwright --help` shows what it takes")
        } else {
            diagnostic
        };
    };
    let (key, expected) = rest.rsplit_once("`, expected ").unwrap_or((rest, ""));
    let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let place = path.trim_end_matches([' ', ':']);
    let place = if place.is_empty() { String::new() } else { format!(" in `{place}`") };
    let diagnostic = Diagnostic::new(codes::CONFIG_UNKNOWN_KEY, span, format!("unknown key `{key}`{place}"));
    match nearest(key, &known) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic.help(format!("known here: {}", known.join(", "))),
    }
}

/// Where a key stands for the second time in the map that begins at `start`: in the column of the first
/// one, or on its line. The text is searched, not parsed; `None` where that finds nothing.
fn second_key(text: &str, start: usize, key: &str) -> Option<usize> {
    let line_start =
        |at: usize| text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let is_key = |at: &usize| {
        let after = text.get(at + key.len()..).unwrap_or_default();
        let after = after.trim_start_matches(['"', '\'']).trim_start_matches(' ');
        let before = text.get(..*at).unwrap_or_default().trim_end_matches(['"', '\'']);
        after.starts_with(':') && (before.is_empty() || before.ends_with([' ', '\n', '{', ',']))
    };
    let mut keys = text.match_indices(key).map(|(at, _)| at).filter(|at| *at >= start).filter(is_key);
    let first = keys.next()?;
    let (line, column) = (line_start(first), first - line_start(first));
    keys.find(|&at| line_start(at) == line || at - line_start(at) == column)
}

/// The known word that a typed one is a slip of, if any is near.
pub(crate) fn nearest<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    let distance = |name: &&&str| strsim::damerau_levenshtein(typed, name);
    let name = known.iter().min_by_key(distance)?;
    (distance(&name) <= name.chars().count().max(3) / 2).then_some(*name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "out: generated/src\nroot: lib.rs\napis:\n  a_1:\n    pages: [one.md, docs]\n";

    fn parse(text: &str) -> Result<Config, String> {
        let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), text.as_bytes());
        Config::parse(Path::new("/x/docwright.yaml"), &source)
            .map_err(|diagnostic| Renderer::default().render(&diagnostic, &[&source]))
    }

    #[test]
    fn a_good_file_is_read_and_paths_start_at_it() {
        let config = parse(GOOD).unwrap();
        assert_eq!(config.root, RootFile::LibRs);
        assert_eq!(config.path(&config.out), Path::new("/x/generated/src"));
        assert_eq!(config.apis["a_1"].pages, [Path::new("one.md"), Path::new("docs")]);
        assert_eq!(parse("out: o\napis: {}\n").unwrap().root, RootFile::ModRs);
    }

    #[test]
    fn limits_that_are_not_written_are_the_usual_ones() {
        let config = parse(&format!("{GOOD}limits:\n  page_bytes: 1000\n  nesting: 7\n")).unwrap();
        assert_eq!(config.limits, Limits { page_bytes: 1000, nesting: 7, ..Limits::default() });
        assert_eq!(parse(GOOD).unwrap().limits, Limits::default());
        let error = parse(&format!("{GOOD}limits:\n  page_byte: 1\n")).unwrap_err();
        assert!(
            error.contains("unknown key `page_byte` in `limits`") && error.contains("`page_bytes`?"),
            "{error}"
        );
    }

    #[test]
    fn an_unknown_key_has_a_place_and_the_nearest_known_one() {
        let expected = "\
error[config-unknown-key]: unknown key `page` in `apis.a_1`
 --> docwright.yaml:5:5
  |
5 |     page: [one.md, docs]
  |     ^^^^
  |
  = help: did you mean `pages`?
";
        assert_eq!(parse(&GOOD.replace("pages", "page")).unwrap_err(), expected);
        let error = parse(&format!("{GOOD}sorted: true\n")).unwrap_err();
        assert!(
            error.contains("docwright.yaml:6:1\n") && error.contains("known here: out, root, limits, apis"),
            "{error}"
        );
    }

    #[test]
    fn what_is_wrong_is_placed() {
        for (from, to, place, message) in [
            ("generated/src", "[a]", ":1:6", "a path"),
            ("generated/src", "''", ":1:6", "empty"),
            ("lib.rs", "main.rs", ":2:7", "`lib.rs` or `mod.rs`"),
            ("a_1", "1a", ":4:3", "start with a letter"),
            ("a_1", "\"../a\"", ":4:3", "`a-z`"),
            ("a_1", "type", ":4:3", "keyword"),
            ("a_1", "lib", ":4:3", "taken"),
            ("a_1", "con", ":4:3", "taken"),
            ("[one.md, docs]", "[]", ":5:12", "at least one"),
            ("[one.md, docs]", "one.md", ":5:12", "sequence"),
            ("[one.md, docs]", "[1, [x]]", ":5:13", "a path"),
            ("[one.md, docs]", "[x]\n  a_1:\n    pages: [y]", ":6:3", "twice"),
            ("root: lib.rs", "limits: { nesting: 0 }", ":2:20", "`nesting` has to be from 1 to 128, not 0"),
            ("root: lib.rs", "limits: { pages: -1 }", ":2:18", "a whole number, 1 or more"),
            ("out: generated/src\n", "", ":1:1", "missing key `out`"),
            ("root: lib.rs", "out: other", ":2:1", "duplicate key `out`"),
            ("lib.rs\n", "mod.rs\napis: {}\n", ":4:1", "duplicate key `apis`"),
            ("docs]\n", "docs]\n    pages: [x]\n", ":6:5", "duplicate key `pages`"),
        ] {
            let error = parse(&GOOD.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(&format!("docwright.yaml{place}\n")), "{to}: {error}");
            assert!(error.lines().next().unwrap().contains(message), "{to}: {error}");
        }
        for text in ["", "]", "out: &a [*a]", "a\n", "- x"] {
            assert!(parse(text).unwrap_err().starts_with("error[config-"), "{text}");
        }
    }

    #[test]
    fn what_belongs_somewhere_is_said_in_words_of_the_file() {
        for text in ["", "apis: {}\n", "out: o\n"] {
            let error = parse(text).unwrap_err();
            assert!(error.contains("missing key `") && error.contains("help: `docwright --help`"), "{error}");
        }
        let api = "out: o\napis:\n  a:\n";
        for (text, expected) in [
            ("- x\n".to_owned(), "expected a map with the keys `out` and `apis`"),
            ("out: o\nlimits: 1\n".to_owned(), "expected a map from limits to numbers"),
            (format!("{api}    - x\n"), "expected a map with the key `pages`"),
            (
                format!("{api}    pages: [x]\n    security_schemes: {{k: 1}}\n"),
                "expected a security scheme, such as `{type: http, scheme: bearer}`",
            ),
            (format!("{api}    overrides: {{x: 1}}\n"), "expected a map of what is right of an operation"),
            (
                format!("{api}    overrides: {{x: {{query: {{y: 1}}}}}}\n"),
                "expected a map of what is right of a field",
            ),
        ] {
            let error = parse(&text).unwrap_err();
            assert!(error.lines().next().unwrap().ends_with(expected), "{error}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_override_is_placed() {
        let good = format!(
            "{GOOD}    duplicates: newest\n    security: [[a, b], {{c: [d]}}]\n    overrides:\n      \
             getUser:\n        request:\n          name: {{type: string, enum: [a]}}\n"
        );
        let config = parse(&good).unwrap();
        let overrides = &config.apis["a_1"].settings.overrides;
        assert_eq!(overrides.operations["getUser"].request.0["name"].ty, Some(TypeExpression::String));
        for (from, to, place, message) in [
            ("newest", "oldest", ":6:17", "`error` or `newest`"),
            ("[[a, b]", "[1", ":7:16", "a security scheme"),
            ("getUser", "getUser: {}\n      getUser", ":10:7", "twice"),
            ("request", "requests", ":10:9", "unknown key `requests`"),
            ("request", "server: users.example\n        request", ":10:17", "starts with `https://`"),
            ("request:", "responses: {20: {}}\n        request:", ":10:21", "`20` is no status"),
            ("type: string", "typ: string", ":11:18", "unknown key `typ`"),
            ("type: string", "type: strin", ":11:24", "`strin` is no type"),
            ("type: string", "type: 1", ":11:24", "a type"),
            ("type: string", "rename: 1a", ":11:26", "a letter first"),
            ("enum: [a]", "enum: a", ":11:38", "sequence"),
        ] {
            let error = parse(&good.replacen(from, to, 1)).unwrap_err();
            assert!(error.contains(&format!("docwright.yaml{place}\n")), "{to}: {error}");
            assert!(error.lines().next().unwrap().contains(message), "{to}: {error}");
        }
    }

    #[test]
    fn a_file_is_found_upwards() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        let file = folder.path().join(FILE_NAME);
        fs::write(&file, GOOD).unwrap();
        assert_eq!(Config::find_upwards(&deep), Some(file.clone()));
        assert_eq!(Config::load(&file).unwrap().file, file);
        fs::write(&file, b"out: \xff\n").unwrap();
        assert!(matches!(Config::load(&file), Err(ConfigError::Invalid { .. })));
        assert!(matches!(Config::load(&deep), Err(ConfigError::Read { .. })));
    }
}
