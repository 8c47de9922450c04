//! What tools that save pages put before them: where they have a page from, and when.

use std::ops::Range;

/// What stands before a page.
#[derive(Debug, Default)]
pub(super) struct Saved {
    /// All of it, piece by piece.
    pub(super) ranges: Vec<Range<usize>>,
    /// The title that the tool has found, which can have the site's name behind it.
    pub(super) title: Option<Range<usize>>,
}

impl Saved {
    /// What stands at an offset of a text.
    pub(super) fn find(text: &str, at: usize) -> Self {
        let mut saved = Self::default();
        let mut end = at;
        loop {
            let found = comment(text, end).or_else(|| source_line(text, end));
            let found = found.map(|range| (range, None)).or_else(|| reader_head(text, end));
            let Some((range, title)) = found else { return saved };
            end = range.end;
            saved.title = saved.title.or(title);
            saved.ranges.push(range);
        }
    }

    /// Where it ends, if it begins at an offset.
    pub(super) fn end(&self, at: usize) -> usize {
        self.ranges.last().map_or(at, |range| range.end)
    }
}

/// Where the next thing begins that is no white space.
fn next(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    Some(at + rest.len() - rest.trim_start().len())
}

fn source_line(text: &str, at: usize) -> Option<Range<usize>> {
    let start = next(text, at)?;
    let line = text.get(start..)?.lines().next()?;
    is_source_line(line).then_some(start..start + line.len())
}

/// Whether a line says where the page was saved from, with or without the mark of a heading: `# Source: https://…`.
pub(super) fn is_source_line(line: &str) -> bool {
    names_origin(line.strip_prefix("# ").unwrap_or(line))
}

/// Whether a line is no more than where a page was saved from: `Source: https://…`, `Source URL: https://…`.
pub(super) fn names_origin(line: &str) -> bool {
    let source =
        ["Source: ", "Source URL: "].into_iter().find_map(|key| line.strip_prefix(key)).map(str::trim);
    let is_url = |source: &str| source.starts_with("https://") || source.starts_with("http://");
    source.is_some_and(|source| is_url(source) && !source.contains(char::is_whitespace))
}

/// The lines that Jina Reader puts before the Markdown that it makes of a page: `Title: …`, `URL Source: …`, at times
/// more of that kind, and `Markdown Content:`. With them goes the title.
fn reader_head(text: &str, at: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    const MOST: usize = 16;
    let start = next(text, at)?;
    let mut end = start;
    let mut source = false;
    let mut title = None;
    for line in text.get(start..)?.split_inclusive('\n').take(MOST) {
        let first = end == start;
        let line_end = end + line.trim_end().len();
        end += line.len();
        match line.split_once(':').map(|(key, value)| (key, value.trim())) {
            Some(("Markdown Content", "")) if source => return Some((start..end, title)),
            Some(("Title", value)) if first => {
                title = Some(line_end - value.len()..line_end).filter(|range| !range.is_empty());
            }
            Some(("URL Source", _)) => source = true,
            Some(_) if !first => {}
            None if line.trim().is_empty() => {}
            _ => return None,
        }
    }
    None
}

/// The comment of HTML that comes next in a text, if one does.
fn comment(text: &str, at: usize) -> Option<Range<usize>> {
    let start = next(text, at)?;
    let inner = text.get(start..)?.strip_prefix("<!--")?;
    let end = inner.find("-->")? + "<!---->".len();
    Some(start..start + end)
}
