//! The samples of a flat page: commands, JSON, fences, each one word. The names that they show are collected.

use serde_json::Value;

use super::lexer::{Kind, Lexer, bounded};
use crate::{
    curl,
    dialect::mintlify::lines::{
        CODE_CLOSES, CODE_OPENS, opens_program, program, unescaped_json, without_hard_breaks,
    },
};

/// How many texts that begin like JSON or a command, but are none, are tried.
const MAX_FAILED: usize = 64;
/// How many bytes a text that is no JSON may take to be found out, without being counted.
const MAX_TRIED: usize = 64;
/// How deep members are looked for in samples.
const MAX_DEPTH: usize = 8;

/// The longest JSON with hard breaks among its words, in bytes.
const MAX_BROKEN: usize = 1 << 16;

/// What was looked for in vain.
#[derive(Default)]
pub(super) struct Failed {
    /// How many texts have failed to be the JSON or the command that they begin like.
    openings: usize,
    /// No fence closes from here on.
    unclosed_fence: bool,
    /// No `[code]` closes from here on.
    unclosed_code: bool,
}

/// The JSON that a text begins with, and its length.
fn first_value(text: &str) -> Option<serde_json::Result<(Value, usize)>> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let value = values.next()?;
    Some(value.map(|value| (value, values.byte_offset())))
}

impl Lexer<'_> {
    /// Code between `[code]` and `[/code]`.
    pub(super) fn code(&mut self, rest: &str) -> Option<(Kind, usize)> {
        let inner = rest.strip_prefix(CODE_OPENS).filter(|_| !self.failed.unclosed_code)?;
        let Some(close) = inner.find(CODE_CLOSES) else {
            self.failed.unclosed_code = true;
            return None;
        };
        Some(self.sample(rest, CODE_OPENS.len(), CODE_OPENS.len() + close, CODE_CLOSES.len()))
    }

    pub(super) fn fence(&mut self, rest: &str) -> Option<(Kind, usize)> {
        if self.failed.unclosed_fence {
            return None;
        }
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let inner = rest.get(ticks..)?;
        let Some(close) = inner.find(rest.get(..ticks)?) else {
            self.failed.unclosed_fence = true;
            return None;
        };
        Some(self.sample(rest, ticks, ticks + close, ticks))
    }

    /// A sample between marks: what stands before its code on the opening mark's line is its info string.
    fn sample(&mut self, rest: &str, open: usize, close: usize, mark: usize) -> (Kind, usize) {
        const OPENINGS: [&str; 4] = ["curl ", "{", "[", "`"];
        let inner = rest.get(open..close).unwrap_or_default();
        let info =
            inner.find(char::is_whitespace).filter(|_| !inner.starts_with(char::is_whitespace)).unwrap_or(0);
        let code = inner.get(info..).unwrap_or_default();
        let mut at = info + (code.len() - code.trim_start().len());
        // The name of a tab can stand there too.
        let begins = |at: usize| {
            let code = inner.get(at..).unwrap_or_default();
            OPENINGS.iter().any(|opening| code.starts_with(opening))
        };
        if !begins(at) {
            let words = bounded(inner.get(at..).unwrap_or_default(), 80)
                .match_indices(' ')
                .map(|(blank, _)| at + blank + 1);
            at = words.take(6).find(|&at| begins(at)).unwrap_or(at);
        }
        let code = inner.get(at..).unwrap_or_default().trim();
        let code = code.strip_prefix('`').and_then(|code| code.strip_suffix('`')).unwrap_or(code).trim();
        if code.starts_with("curl ") {
            if let Some((command, _)) = curl::curl(code, 0) {
                self.learn_command(command);
            }
        } else if let Ok(value) = serde_json::from_str::<Value>(&unescaped_json(code)) {
            self.learn(&value, 0);
        }
        let start = self.at + open + at;
        let end = self.at + open + inner.trim_end().len();
        (Kind::Fence(start..end.max(start)), close + mark)
    }

    pub(super) fn command(&mut self, rest: &str) -> Option<(Kind, usize)> {
        if self.failed.openings >= MAX_FAILED || !rest.starts_with("curl ") {
            return None;
        }
        let command = curl::flat_length(rest).and_then(|length| curl::curl(rest.get(..length)?, 0));
        let Some((command, length)) = command else {
            self.failed.openings += 1;
            return None;
        };
        self.learn_command(command);
        Some((Kind::Command, length))
    }

    pub(super) fn program(&mut self, rest: &str) -> Option<(Kind, usize)> {
        if self.failed.openings >= MAX_FAILED || !opens_program(rest) {
            return None;
        }
        let length = program(rest);
        self.failed.openings += usize::from(length.is_none());
        Some((Kind::Program, length?))
    }

    pub(super) fn json(&mut self, rest: &str) -> Option<(Kind, usize)> {
        if self.failed.openings >= MAX_FAILED || !rest.starts_with(['{', '[']) {
            return None;
        }
        let (value, length) = match first_value(rest)? {
            Ok(found) => found,
            Err(error) => {
                // What ends too early has been read to the end.
                self.failed.openings += usize::from(error.is_eof() || error.column() > MAX_TRIED);
                let breaks =
                    rest.get(1..).is_some_and(|rest| rest.starts_with("\\ ") || rest.starts_with(" \""));
                let whole = without_hard_breaks(bounded(rest, MAX_BROKEN)).filter(|_| breaks)?;
                self.failed.openings += 1;
                first_value(&whole)?.ok()?
            }
        };
        let ends =
            rest.get(length..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace));
        // A footnote's mark is no array.
        let sample = match &value {
            Value::Array(items) => ends && items.first().is_some_and(|item| !item.is_number()),
            Value::Object(members) => ends || !members.is_empty(),
            _ => false,
        };
        if !sample {
            return None;
        }
        self.learn(&value, 0);
        Some((Kind::Json, length))
    }

    fn learn_command(&mut self, command: curl::Command) {
        match command.json() {
            Some(json) => self.learn(&json, 0),
            None => self.flat.known.extend(command.members()),
        }
        let headers = || command.headers.iter().map(|header| &header.name);
        // Pages write the names of headers in small letters, too; one word would be any.
        let small = headers().filter(|name| name.contains('-')).map(|name| name.to_ascii_lowercase());
        self.flat.known.extend(headers().cloned().chain(small));
        let url = command.url.as_deref().unwrap_or_default();
        let braced = url.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let names = curl::query_names(url).chain(braced).filter(|name| !name.is_empty());
        self.flat.known.extend(names.map(str::to_owned));
        self.flat.url.get_or_insert(command.url.unwrap_or_default());
    }

    fn learn(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Object(members) if depth < MAX_DEPTH => {
                for (name, value) in members {
                    if !self.flat.known.contains(name) {
                        self.flat.known.insert(name.clone());
                    }
                    self.learn(value, depth + 1);
                }
            }
            Value::String(string) if string.contains(' ') => {
                self.flat.shown.insert(string.clone());
            }
            Value::Array(items) if depth < MAX_DEPTH => {
                items.iter().take(16).for_each(|item| self.learn(item, depth + 1));
            }
            _ => {}
        }
    }
}
