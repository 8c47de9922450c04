//! Running text: escaped, and wrapped into lines.
//!
//! Text, code spans, emphasis and links are pushed in document order; [`Running::take_lines`] gives the
//! paragraph. Text is kept until something else comes, because the parser cuts it at every character that
//! could be markup, and a URL must be seen whole.

/// The width that lines are wrapped at, their container's prefix included.
pub(super) const WIDTH: usize = 96;
/// How deep emphasis nests before it is dropped.
const MAX_EMPHASIS: usize = 3;

/// The paragraph that is being written.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// The words, one behind the other; the last is not finished yet.
    text: String,
    /// Where the finished words end.
    ends: Vec<usize>,
    /// Text that has not been escaped yet.
    pending: String,
    /// The open emphasis markers; `None` for one that is not written.
    open: Vec<Option<&'static str>>,
    /// The open links, with the URL of those that stay links and where their text began.
    links: Vec<Option<Link>>,
}

#[derive(Debug)]
struct Link {
    url: String,
    start: (usize, usize),
    /// Whether the text is the URL, so that it is not written.
    auto: bool,
}

impl Running {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.pending.trim().is_empty()
    }

    pub(super) fn in_link(&self) -> bool {
        self.links.iter().any(Option::is_some)
    }

    pub(super) fn text(&mut self, text: &str) {
        self.pending.push_str(text);
    }

    pub(super) fn code(&mut self, code: &str, in_table: bool) {
        self.flush();
        let code: String = code.replace(['\t', '\n'], " ");
        let ticks = "`".repeat(if code.contains('`') { longest_run(&code) + 1 } else { 1 });
        let blank = code.trim().is_empty();
        let padded = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && !blank);
        let pad = if padded { " " } else { "" };
        let code = if in_table { code.replace('|', "\\|") } else { code };
        self.text.push_str(&format!("{ticks}{pad}{code}{pad}{ticks}"));
    }

    /// Opens emphasis. The same emphasis inside itself says nothing more.
    pub(super) fn open(&mut self, marker: &'static str) {
        self.flush();
        let written = self.open.len() < MAX_EMPHASIS && !self.open.contains(&Some(marker));
        self.open.push(written.then_some(marker));
        if written {
            self.text.push_str(marker);
        }
    }

    pub(super) fn close(&mut self, marker: &'static str) {
        self.flush();
        if self.open.pop().flatten().is_some() {
            self.text.push_str(marker);
        }
    }

    /// Closes all emphasis, and gives it in the order to open it again.
    pub(super) fn close_all(&mut self) -> Vec<&'static str> {
        self.flush();
        let open: Vec<&'static str> = std::mem::take(&mut self.open).into_iter().flatten().collect();
        for marker in open.iter().rev() {
            self.text.push_str(marker);
        }
        open
    }

    pub(super) fn open_link(&mut self, url: &str, auto: bool) {
        self.flush();
        if !leads_to_the_web(url) || self.in_link() {
            self.links.push(None);
            return;
        }
        let start = (self.ends.len(), self.text.len());
        if !auto {
            self.text.push('[');
        }
        self.links.push(Some(Link { url: destination(url), start, auto }));
    }

    pub(super) fn close_link(&mut self) {
        if self.links.last().is_some_and(|link| link.as_ref().is_some_and(|link| link.auto)) {
            self.pending.clear();
        }
        self.flush();
        let Some(Some(link)) = self.links.pop() else { return };
        let (words, length) = link.start;
        let empty = self.ends.len() == words && self.text.len() == length + 1;
        if link.auto || empty {
            self.text.truncate(length);
            self.text.push_str(&format!("<{}>", link.url));
        } else {
            self.text.push_str(&format!("](<{}>)", link.url));
        }
    }

    /// The text as a table's cell.
    pub(super) fn take_cell(&mut self) -> String {
        self.flush();
        let cell = self.words().collect::<Vec<_>>().join(" ");
        self.clear();
        // A pipe in a code span has its backslash already.
        let mut out = String::with_capacity(cell.len());
        let mut before = ' ';
        for c in cell.chars() {
            if c == '|' && before != '\\' {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
        out
    }

    /// The text as lines, wrapped such that each has room for a prefix of `prefix` characters.
    pub(super) fn take_lines(&mut self, prefix: usize) -> Vec<String> {
        self.flush();
        let lines = wrap(self.words(), self.text.len() + self.ends.len(), WIDTH.saturating_sub(prefix));
        self.clear();
        lines
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        let ends = self.ends.iter().copied().chain([self.text.len()]);
        let words = ends.scan(0, |start, end| self.text.get(std::mem::replace(start, end)..end));
        words.filter(|word| !word.is_empty())
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn end_word(&mut self) {
        if self.text.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.text.len());
        }
    }

    /// Escapes the pending text into words.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_str();
        let in_link = self.in_link();
        while !rest.is_empty() {
            let url = if in_link { None } else { find_url(rest) };
            let (before, after) = rest.split_at(url.as_ref().map_or(rest.len(), |url| url.start));
            self.escape(before);
            let length = url.map_or(0, |url| url.len());
            let (url, after) = after.split_at(length);
            if !url.is_empty() {
                self.text.push_str(&format!("<{url}>"));
            }
            rest = after;
        }
    }

    fn escape(&mut self, text: &str) {
        let mut before = ' ';
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // What is never escaped, at once.
            let plain = |c: char| {
                c.is_ascii_alphanumeric() || matches!(c, ',' | '.' | '-' | '\'' | '"' | '(' | ')' | ':' | '/')
            };
            let length = rest.bytes().take_while(|byte| plain(char::from(*byte))).count();
            if let Some((run, behind)) = rest.split_at_checked(length).filter(|_| length > 0) {
                self.text.push_str(run);
                before = run.chars().next_back().unwrap_or(' ');
                rest = behind;
                continue;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            if c.is_whitespace() {
                self.end_word();
                before = c;
                continue;
            }
            let after = rest.chars().next().unwrap_or(' ');
            let escaped = match c {
                '`' | '*' | '[' | '<' | '~' | '|' => true,
                ']' => self.in_link(),
                '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
                '&' => is_entity(rest),
                // A backslash at a line's end would part lines.
                '\\' if after.is_whitespace() => {
                    self.text.push_str("&#92;");
                    before = c;
                    continue;
                }
                '\\' => true,
                _ => false,
            };
            if escaped {
                self.text.push('\\');
            }
            self.text.push(c);
            before = c;
        }
    }
}

/// The lines of words that take `length` bytes or fewer, with a blank between each two.
pub(super) fn wrap<'w>(words: impl Iterator<Item = &'w str>, length: usize, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut left = length;
    let mut room = 0;
    for word in words {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length < room || is_block_marker(word) => {
                line.push(' ');
                line.push_str(word);
                room = room.saturating_sub(length + 1);
            }
            last => {
                let mut line = String::with_capacity(left.min(width).max(word.len() + 1));
                if last.is_none() {
                    push_first(&mut line, word);
                } else {
                    line.push_str(word);
                }
                lines.push(line);
                room = (width + 1).saturating_sub(length);
            }
        }
        left = left.saturating_sub(word.len() + 1);
    }
    lines
}

/// Whether a line that begins with the word could begin a block of its own.
fn is_block_marker(word: &str) -> bool {
    word.starts_with(['-', '+', '=', '>', '#', ':', '|']) || number_marker(word).is_some()
}

/// Where the delimiter stands of a word such as `1.`.
fn number_marker(word: &str) -> Option<usize> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = word.get(digits..)?;
    (digits > 0 && matches!(rest, "." | ")")).then_some(digits)
}

/// The first word of a block, which it begins.
fn push_first(line: &mut String, word: &str) {
    let at = number_marker(word).or_else(|| is_block_marker(word).then_some(0));
    let (before, after) = at.and_then(|at| word.split_at_checked(at)).unwrap_or((word, ""));
    line.push_str(before);
    if at.is_some() {
        line.push('\\');
    }
    line.push_str(after);
}

/// The longest run of back-ticks.
pub(crate) fn longest_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// Whether a link may stay one.
pub(super) fn leads_to_the_web(url: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// The range of the first bare URL, without the punctuation of the sentence around it.
fn find_url(text: &str) -> Option<std::ops::Range<usize>> {
    // Colons are rarer than the letters of a scheme.
    let start = text.match_indices(':').find_map(|(colon, _)| {
        let (before, _) = text.split_at_checked(colon).filter(|(_, behind)| behind.starts_with("://"))?;
        let scheme = ["http", "https"].into_iter().find(|scheme| before.ends_with(scheme))?;
        Some(colon - scheme.len())
    })?;
    let rest = text.get(start..)?;
    let in_url = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\' | '|' | '^');
    let end = rest.find(|c| !in_url(c)).unwrap_or(rest.len());
    let url = rest.get(..end)?;
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '}', '*', '_']);
    // A scheme alone is cut at its colon; it is text up to there.
    let length = url.len().max(rest.find("//").map_or(0, |at| at + 2));
    Some(start..start + length)
}

/// A URL that can stand between angle brackets.
fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '`' => out.push_str("%60"),
            c if c.is_whitespace() || c.is_control() => out.push_str("%20"),
            '&' if url.get(at + 1..).is_some_and(is_entity) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether `&` before this would be read as a character reference.
fn is_entity(rest: &str) -> bool {
    let name: usize =
        rest.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    name > 0 && rest.as_bytes().get(name) == Some(&b';')
}
