//! A `curl` command comes in, what it sends goes out.
//!
//! Enter at [`curl`]. Commands come over several lines, each but the last ending in a backslash, and
//! collapsed to one line, with ` \ ` where a line ended. Quotes are the shell's; nothing is expanded.

mod words;

use std::ops::Range;

use serde_json::Value;

use crate::model::HttpMethod;
use words::{Word, Words};

/// The longest command that is read, in bytes.
const MAX_COMMAND_BYTES: usize = 1 << 20;

/// What a `curl` command sends.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Command {
    /// The method, where it is given.
    pub(crate) method: Option<String>,
    /// The URL.
    pub(crate) url: Option<String>,
    /// Where the URL stands.
    pub(crate) url_range: Range<usize>,
    /// The headers, in the order they are given.
    pub(crate) headers: Vec<Header>,
    /// The body, as it is written.
    pub(crate) data: Option<String>,
    /// The names of form fields.
    pub(crate) form: Vec<String>,
    /// Whether the form is sent as `a=1&b=2`, and not in parts.
    pub(crate) is_urlencoded: bool,
    /// The command's own text.
    pub(crate) range: Range<usize>,
}

/// A header that a command sends.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Header {
    /// The name, as it is written.
    pub(crate) name: String,
    /// The value.
    pub(crate) value: String,
    /// Where both stand.
    pub(crate) range: Range<usize>,
}

/// The names of the parameters in a URL's query, as they are written; one of no characters where there is no query.
pub(crate) fn query_names(url: &str) -> impl Iterator<Item = &str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split('=').next())
}

impl Command {
    /// The method that is sent, as `curl` chooses it where none is named; the name of one that is not known.
    pub(crate) fn sent_method(&self) -> Result<HttpMethod, &str> {
        match &self.method {
            Some(method) => method.parse().map_err(|()| method.as_str()),
            None if self.has_body() => Ok(HttpMethod::Post),
            None => Ok(HttpMethod::Get),
        }
    }

    /// Whether anything is sent in the body.
    pub(crate) fn has_body(&self) -> bool {
        self.data.is_some() || !self.form.is_empty()
    }

    /// The value of a header; names are compared as HTTP does.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.find_header(name).map(|header| header.value.as_str())
    }

    /// The header of a name, with its place.
    pub(crate) fn find_header(&self, name: &str) -> Option<&Header> {
        self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// The media type of the body, as the command states it.
    pub(crate) fn media_type(&self) -> Option<&str> {
        let named = |c: char| c.is_ascii_alphanumeric() || "/+-._".contains(c);
        let is_media = |media: &&str| media.contains('/') && media.chars().all(named);
        let stated = self.header("Content-Type").and_then(|value| value.split(';').next()).map(str::trim);
        // What `-d a=1` sends, which is no JSON.
        let pairs = self.data.is_some() && self.json().is_none() && !self.members().is_empty();
        let form = match self.is_urlencoded || pairs {
            true => "application/x-www-form-urlencoded",
            false => "multipart/form-data",
        };
        stated.filter(is_media).or_else(|| (pairs || !self.form.is_empty()).then_some(form))
    }

    /// The names of the body's members: of JSON, of a form, of `a=1&b=2`.
    pub(crate) fn members(&self) -> Vec<String> {
        let data = self.data.as_deref().unwrap_or_default().trim();
        match self.json() {
            Some(Value::Object(members)) => members.into_iter().map(|(name, _)| name).collect(),
            Some(Value::Array(items)) => {
                let first = items.into_iter().next().and_then(|item| item.as_object().cloned());
                first.into_iter().flatten().map(|(name, _)| name).collect()
            }
            Some(_) => Vec::new(),
            None if data.contains('=') && !data.contains(['{', '\n', ' ']) => {
                data.split('&').filter_map(|pair| Some(pair.split_once('=')?.0.to_owned())).collect()
            }
            None => self.form.clone(),
        }
    }

    /// The body as JSON, where it is.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_str(self.data.as_deref()?.trim()).ok()
    }
}

/// The first line of the sample in the next language, which pages print right behind the command.
const NEXT_LANGUAGE: &str = "import requests";

/// Reads the command that `text` begins with, and how long it is. `base` is the text's own offset.
pub(crate) fn curl(text: &str, base: usize) -> Option<(Command, usize)> {
    let (command, length) = read(text, base)?;
    match text.get(..length).and_then(|own| own.find(NEXT_LANGUAGE)) {
        Some(next) => read(text.get(..next)?, base),
        None => Some((command, length)),
    }
}

/// How long the command is that `text` begins with, where the line breaks are lost: a line that went on has kept its
/// backslash, so that the command ends before the first word that is neither behind one nor an option or the URL.
pub(crate) fn flat_length(text: &str) -> Option<usize> {
    let body = text.strip_prefix("curl")?;
    if !body.starts_with(char::is_whitespace) {
        return None;
    }
    let mut words = Words { text, at: "curl".len() };
    let (mut end, mut has_url) = (words.at, false);
    while let Some(word) = words.next()? {
        let own = text.get(word.range.clone()).unwrap_or_default();
        if own.starts_with('-') && own.len() > 1 {
            has_url |= own.starts_with("--url");
            if !own.contains('=') && Meaning::of(own).has_value() {
                words.next()?;
            }
        } else if !has_url && (word.value.contains("://") || word.value.starts_with('/')) {
            has_url = true;
        } else {
            break;
        }
        end = words.at;
    }
    let behind = (0..NEXT_LANGUAGE.len()).rev().find_map(|more| text.get(..end + more));
    let next = behind.and_then(|text| text.find(NEXT_LANGUAGE));
    has_url.then_some(next.map_or(end, |next| next.min(end)))
}

/// What an option says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Method,
    Url,
    Header,
    Data,
    Form,
    UrlencodedForm,
    User,
    /// What is sent is not changed by the value.
    Other,
    /// `GET`, without a value.
    Get,
    /// Nothing that matters here, without a value.
    Flag,
}

impl Meaning {
    fn of(option: &str) -> Self {
        match option {
            "--request" | "-X" => Self::Method,
            "--url" => Self::Url,
            "--header" | "-H" => Self::Header,
            "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--json" | "-d" => Self::Data,
            "--form" | "--form-string" | "-F" => Self::Form,
            "--data-urlencode" => Self::UrlencodedForm,
            "--user" | "-u" => Self::User,
            "--output" | "-o" | "--cookie" | "-b" | "--cookie-jar" | "-c" | "--max-time" | "-m"
            | "--user-agent" | "-A" | "--referer" | "-e" | "--proxy" | "-x" | "--write-out" | "-w"
            | "--upload-file" | "-T" | "--cert" | "-E" | "--cacert" | "--key" | "--connect-timeout"
            | "--retry" | "--oauth2-bearer" | "--resolve" | "--limit-rate" => Self::Other,
            "--get" | "-G" => Self::Get,
            _ => Self::Flag,
        }
    }

    fn has_value(self) -> bool {
        !matches!(self, Self::Get | Self::Flag)
    }
}

fn read(text: &str, base: usize) -> Option<(Command, usize)> {
    let body = text.strip_prefix("curl")?;
    if !body.starts_with([' ', '\t', '\n']) {
        return None;
    }
    let mut words = Words { text, at: "curl".len() };
    let mut command = Command::default();
    let mut end = words.at;
    while let Some(word) = words.next()? {
        end = word.range.end;
        take(&mut command, word, &mut words, base, &mut end)?;
        if end > MAX_COMMAND_BYTES {
            return None;
        }
    }
    command.range = base..base + end;
    command.url.as_ref()?;
    Some((command, end))
}

/// Takes one word and, for an option, its value. `None` where the quotes never close.
fn take(
    command: &mut Command,
    word: Word,
    words: &mut Words<'_>,
    base: usize,
    end: &mut usize,
) -> Option<()> {
    let place = |range: &Range<usize>| base + range.start..base + range.end;
    if !word.value.starts_with('-') {
        if command.url.is_none() {
            command.url_range = place(&word.range);
            command.url = Some(word.value.trim().to_owned());
        }
        return Some(());
    }
    let (option, inline) = match word.value.split_once('=') {
        Some((option, value)) if option.starts_with("--") => (option, Some(value)),
        _ => (word.value.as_str(), None),
    };
    let meaning = Meaning::of(option);
    if meaning == Meaning::Get {
        command.method.get_or_insert_with(|| "GET".to_owned());
    }
    if !meaning.has_value() {
        return Some(());
    }
    let value = match inline {
        Some(value) => Word { value: value.to_owned(), range: word.range.clone() },
        None => {
            words.skip_to_quote();
            let Some(value) = words.next()? else { return Some(()) };
            *end = value.range.end;
            value
        }
    };
    set(command, meaning, value.value, place(&value.range));
    Some(())
}

/// Sets what an option says by its value, which stands at `range`.
fn set(command: &mut Command, meaning: Meaning, value: String, range: Range<usize>) {
    match meaning {
        Meaning::Method => command.method = Some(value),
        Meaning::Url => (command.url, command.url_range) = (Some(value.trim().to_owned()), range),
        Meaning::Header => {
            if let Some((name, value)) = value.split_once(':') {
                let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                command.headers.push(Header { name, value, range });
            }
        }
        Meaning::Data => match &mut command.data {
            // Several are sent as one form.
            Some(data) => {
                data.push('&');
                data.push_str(&value);
            }
            None => command.data = Some(value),
        },
        Meaning::Form | Meaning::UrlencodedForm => {
            if let Some((name, _)) = value.split_once('=') {
                command.form.push(name.to_owned());
                command.is_urlencoded |= meaning == Meaning::UrlencodedForm;
            }
        }
        Meaning::User => {
            let (name, value) = ("Authorization".to_owned(), "Basic".to_owned());
            command.headers.push(Header { name, value, range });
        }
        Meaning::Other | Meaning::Get | Meaning::Flag => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_options_are_read() {
        let text =
            "curl -X POST \"https://a.test/x\" \\\n  -H \"K: v\" \\\n  -d '{\"a\": \"it'\\''s\"}'\nNext";
        let (command, length) = curl(text, 10).unwrap();
        assert_eq!(command.method.as_deref(), Some("POST"));
        assert_eq!(command.url.as_deref(), Some("https://a.test/x"));
        assert_eq!(command.header("k"), Some("v"));
        let header = command.find_header("K").unwrap();
        assert_eq!(&text[header.range.start - 10..header.range.end - 10], "\"K: v\"");
        assert_eq!(command.json(), Some(serde_json::json!({"a": "it's"})));
        assert_eq!(&text[length..], "\nNext");
    }

    #[test]
    fn blanks_behind_a_backslash_do_not_end_a_command() {
        let text = "curl -X PUT \\ \t\n  https://a.test/x \\ \n-H 'K: v'\nNext";
        let (command, length) = curl(text, 0).unwrap();
        assert_eq!(command.method.as_deref(), Some("PUT"));
        assert_eq!(command.url.as_deref(), Some("https://a.test/x"));
        assert_eq!((command.header("k"), &text[length..]), (Some("v"), "\nNext"));
    }

    #[test]
    fn the_value_of_an_option_is_not_the_url() {
        for option in ["-A 'x'", "--cacert f", "--oauth2-bearer x", "-w '%{http_code}'", "--retry 3"] {
            let text = format!("curl {option} https://a.test/x");
            assert_eq!(curl(&text, 0).unwrap().0.url.as_deref(), Some("https://a.test/x"), "{option}");
            assert_eq!(flat_length(&format!("{text} Next")), Some(text.len()), "{option}");
        }
    }

    #[test]
    fn lines_that_have_lost_their_backslash_belong_to_the_command() {
        let text = "curl -X PUT\n\n \t--url\n'https://a.test/x'\n-H 'K: v'\nNext";
        let (command, length) = curl(text, 0).unwrap();
        assert_eq!((command.url.as_deref(), command.header("k")), (Some("https://a.test/x"), Some("v")));
        assert_eq!(&text[length..], "\nNext");
    }

    #[test]
    fn collapsed_commands_are_read() {
        let text = "curl --request PUT \\ --url {schemes}://a.test/{id} \\ --form 'file[]=@x' \\ --form a=b";
        let (command, length) = curl(text, 0).unwrap();
        assert_eq!(command.url.as_deref(), Some("{schemes}://a.test/{id}"));
        assert_eq!(command.form, ["file[]", "a"]);
        assert_eq!(length, text.len());
    }

    #[test]
    fn a_command_without_line_breaks_ends_before_prose() {
        for (command, rest) in [
            (
                "curl --request PUT \\ --url https://a.test/{id} \\ --data ' { \"a\": 1 } '",
                " { \"b\": 2 } Sets it.",
            ),
            ("curl -X GET \"https://a.test/x\" \\ -H \"K: v\"", " Response 200"),
            ("curl https://a.test/x", " - the first"),
            ("curl --max-time 30 --get https://a.test/x", " Lists them."),
        ] {
            let text = format!("{command}{rest}");
            assert_eq!(flat_length(&text).and_then(|length| text.get(..length)), Some(command));
        }
        assert_eq!(flat_length("curl is a command"), None);
    }

    #[test]
    fn the_next_language_ends_the_command() {
        let text = "curl --url https://a.test/ximport requests\nurl = 1";
        let (command, length) = curl(text, 0).unwrap();
        assert_eq!(command.url.as_deref(), Some("https://a.test/x"));
        assert_eq!(&text[length..], "import requests\nurl = 1");
        let text = "curl --url https://a.test/x --data '{}'import requests";
        assert_eq!(curl(text, 0).unwrap().0.data.as_deref(), Some("{}"));
    }

    #[test]
    fn what_is_no_command_is_left() {
        assert!(curl("curly brackets", 0).is_none());
        assert!(curl("curl 'never closed", 0).is_none());
        assert!(curl("curl --version", 0).is_none());
    }
}
