//! Tables of HTML, and of ReadMe's `<Table>`, whose cells hold Markdown.
//!
//! The text of an element comes in, a [`Table`] goes out ([`from_markup`]). HTML in a cell becomes the Markdown that says
//! the same, so that a cell is read in one way, whoever wrote it.
//!
//! Invariant: one pass over the text; a tag that never ends is text.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use super::tables::{Cell, Row, Table};

/// The table of an element.
pub(super) fn from_markup(text: &str, element: Range<usize>) -> Table {
    let mut table = Table { range: element.clone(), ..Table::default() };
    let mut row: Option<Row> = None;
    // The open cell's content begins after its tag.
    let mut open: Option<Tag<'_>> = None;
    let mut spans = Spans::default();
    // Whether all cells of the row are heads.
    let mut heads = true;
    for tag in tags(text, element.clone()) {
        let cell = matches!(tag.name, "td" | "th");
        let ends_row = matches!(tag.name, "tr" | "thead" | "tbody" | "tfoot" | "table");
        if (cell || ends_row)
            && let Some(opened) = open.take()
        {
            heads &= opened.name == "th";
            let cells = row.get_or_insert_default();
            let range = trimmed(text, opened.range.end..tag.range.start);
            let content = markdown(text.get(range.clone()).unwrap_or_default());
            let own = text.get(opened.range).unwrap_or_default();
            spans.place(cells, Cell::new(content, range), own);
        }
        if ends_row && let Some(mut done) = row.take() {
            let columns = spans.end_row(&mut done);
            match <[_; 1]>::try_from(done) {
                Ok([(_, title)]) if columns > 1 => table.titles.push(title),
                Ok(done) => table.take_row(done.into(), heads),
                Err(done) => table.take_row(done, heads),
            }
            heads = true;
        }
        if cell && !tag.closing {
            open = Some(tag);
        }
    }
    table.with_head()
}

/// Which columns the cells of a row are in.
#[derive(Default)]
struct Spans {
    /// The column of the next cell.
    column: usize,
    /// By their column, the cells that take rows below theirs, and how many.
    below: BTreeMap<usize, (Cell, usize)>,
}

impl Spans {
    /// Adds a cell with its own tag to a row.
    fn place(&mut self, row: &mut Row, cell: Cell, tag: &str) {
        /// A longer text is not repeated in each row that it takes, nor is a cell beside so many.
        const LONGEST: usize = 128;
        const MOST: usize = 8;
        self.fill(row);
        let taken = taken(tag, ["rowspan=", "rowSpan="]);
        if taken > 1 && self.below.len() < MOST {
            let text = if cell.text.len() <= LONGEST { cell.text.clone() } else { String::new() };
            let again = Cell { text, range: cell.range.clone(), again: true };
            self.below.insert(self.column, (again, taken));
        }
        row.push((self.column, cell));
        self.column += taken_columns(tag);
    }

    /// Adds what stands in the next columns from the rows above.
    fn fill(&mut self, row: &mut Row) {
        while let Some((again, _)) = self.below.get(&self.column) {
            row.push((self.column, again.clone()));
            self.column += 1;
        }
    }

    /// Ends a row; gives how many columns it takes.
    fn end_row(&mut self, row: &mut Row) -> usize {
        self.fill(row);
        self.below.retain(|_, (_, rows)| {
            *rows -= 1;
            *rows > 0
        });
        std::mem::take(&mut self.column)
    }
}

impl Table {
    /// Takes a row, which is the head where it comes first and has nothing but heads.
    fn take_row(&mut self, row: Row, heads: bool) {
        if heads && self.head.is_empty() && self.rows.is_empty() {
            self.head = row;
        } else {
            self.rows.push(row);
        }
    }
}

/// How many columns a cell takes.
fn taken_columns(tag: &str) -> usize {
    taken(tag, ["colspan=", "colSpan="])
}

/// How many columns or rows a cell takes, as its tag says under one of two spellings.
fn taken(tag: &str, names: [&str; 2]) -> usize {
    const MOST: usize = 64;
    let of = |name: &str| {
        tag.match_indices(name).find_map(|(at, name)| {
            // Attributes that end like it are others: `data-colspan`.
            let (before, value) = tag.split_at_checked(at)?;
            before
                .ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
                .then(|| value.get(name.len()..))?
        })
    };
    let value = names.into_iter().find_map(of);
    let digits = value.map(|value| value.trim_start_matches(['"', '\'', '{']));
    let digits = digits.map(|value| value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, MOST)
}

/// The tables of HTML that a page holds as a string, which stands at `place`: so do all of their cells. With them, the
/// text around them, as Markdown.
pub(super) fn tables_within(html: &str, place: &Range<usize>) -> (Vec<Table>, Vec<String>) {
    const END: &str = "</table>";
    let html = &*shown(html);
    let mut found = Vec::new();
    let mut around = Vec::new();
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find("<table")).map(|start| at + start) {
        let rest = html.get(start..).unwrap_or_default();
        let end = start + rest.find(END).map_or(rest.len(), |end| end + END.len());
        let mut table = from_markup(html, start..end);
        table.range = place.clone();
        let cells = table.head.iter_mut().chain(table.rows.iter_mut().flatten()).map(|(_, cell)| cell);
        for cell in cells.chain(&mut table.titles) {
            cell.range = place.clone();
        }
        found.push(table);
        around.push(at..start);
        at = end;
    }
    around.push(at..html.len());
    let around = around.into_iter().map(|range| prose(html.get(range).unwrap_or_default()));
    (found, around.filter(|text| !text.is_empty()).collect())
}

/// HTML without what no reader of the page sees: comments, scripts, styles and templates. One that never ends is text.
fn shown(html: &str) -> Cow<'_, str> {
    const HIDDEN: [(&str, &str); 4] =
        [("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<template", "</template")];
    if !html.contains('<') {
        return Cow::Borrowed(html);
    }
    // In ASCII, letters of both cases have one length: offsets hold for both texts.
    let lower = html.to_ascii_lowercase();
    let mut endless = [false; HIDDEN.len()];
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(start) = lower.get(at..).and_then(|rest| rest.find('<')).map(|start| at + start) {
        at = start + 1;
        let rest = lower.get(start..).unwrap_or_default();
        for ((open, close), endless) in HIDDEN.iter().zip(&mut endless) {
            let Some(inner) = rest.strip_prefix(open) else { continue };
            let whole = *open == "<!--" || !inner.starts_with(|c: char| c.is_ascii_alphanumeric());
            if !whole || *endless {
                continue;
            }
            match inner.find(close) {
                Some(end) => {
                    out.push_str(html.get(kept..start).unwrap_or_default());
                    // The words beside it stay apart.
                    out.push(' ');
                    at = start + open.len() + end + close.len();
                    if *open != "<!--" {
                        at = lower
                            .get(at..)
                            .and_then(|rest| rest.find('>'))
                            .map_or(html.len(), |end| at + end + 1);
                    }
                    kept = at;
                }
                None => *endless = true,
            }
        }
    }
    out.push_str(html.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// HTML as prose in Markdown; tags that have no like there are left out.
fn prose(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut at = 0;
    for tag in tags(html, 0..html.len()) {
        const KEPT: [&str; 13] =
            ["b", "strong", "i", "em", "code", "tt", "br", "p", "div", "ul", "ol", "li", "a"];
        if KEPT.contains(&tag.name) {
            continue;
        }
        plain.push_str(html.get(at..tag.range.start).unwrap_or_default());
        if matches!(tag.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            plain.push_str("\n\n");
        }
        at = tag.range.end;
    }
    plain.push_str(html.get(at..).unwrap_or_default());
    let text = markdown(&plain.replace("&nbsp;", " "));
    if text.chars().any(char::is_alphanumeric) { text.trim().to_owned() } else { String::new() }
}

/// A tag of HTML.
struct Tag<'t> {
    /// Its name, lower case as HTML's are written.
    name: &'t str,
    closing: bool,
    range: Range<usize>,
}

/// The tags of a stretch, in order.
fn tags(text: &str, range: Range<usize>) -> impl Iterator<Item = Tag<'_>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..range.end)?;
            let start = at + rest.find('<')?;
            let after = text.get(start + 1..range.end)?;
            let closing = after.starts_with('/');
            let named = after.strip_prefix('/').unwrap_or(after);
            let length = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
            at = start + 1;
            if length == 0 || length > MAX_NAME {
                continue;
            }
            // A `<` before the `>` begins another tag.
            let reach = named.find(['<', '>'])?;
            if named.as_bytes().get(reach) == Some(&b'<') {
                continue;
            }
            let end = start + 1 + usize::from(closing) + reach + 1;
            at = end;
            let name = named.get(..length)?;
            let name = if name == "Table" { "table" } else { name };
            return Some(Tag { name, closing, range: start..end });
        }
    })
}

/// The longest name of a tag.
const MAX_NAME: usize = 10;

/// A cell's content as Markdown.
fn markdown(content: &str) -> String {
    let content = crate::dialect::dedent(content);
    if !content.contains('<') {
        return content;
    }
    let mut out = String::with_capacity(content.len());
    let mut links: Vec<String> = Vec::new();
    let mut at = 0;
    for tag in tags(&content, 0..content.len()) {
        let own = content.get(tag.range.clone()).unwrap_or_default();
        let written = match (tag.name, tag.closing) {
            ("b" | "strong", _) => "**".to_owned(),
            ("i" | "em", _) => "*".to_owned(),
            ("code" | "tt", _) => "`".to_owned(),
            ("span" | "font" | "small" | "u" | "sup" | "sub", _) => String::new(),
            ("br", _) => "<br>".to_owned(),
            ("p" | "div" | "ul" | "ol" | "pre", _) | ("li", true) => "\n".to_owned(),
            ("li", false) => "\n- ".to_owned(),
            ("a", false) => {
                links.push(target(own).to_owned());
                "[".to_owned()
            }
            ("a", true) => links.pop().map_or_else(String::new, |target| format!("]({target})")),
            _ => continue,
        };
        out.push_str(content.get(at..tag.range.start).unwrap_or_default());
        out.push_str(&written);
        at = tag.range.end;
    }
    out.push_str(content.get(at..).unwrap_or_default());
    out.trim().to_owned()
}

/// What a link leads to.
fn target(tag: &str) -> &str {
    let value = tag.split_once("href=").map_or("", |(_, value)| value);
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => value.get(1..).and_then(|value| value.split(quote).next()).unwrap_or_default(),
        None => value.split([' ', '>']).next().unwrap_or_default(),
    }
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    crate::dialect::trim(text, range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let table = from_markup(text, 0..text.len());
        let row = |row: &Row| row.iter().map(|(_, cell)| cell.text.clone()).collect::<Vec<_>>().join(" | ");
        let shown: Vec<String> = std::iter::once(&table.head).chain(&table.rows).map(row).collect();
        assert_eq!(shown.join(" // "), expected);
    }

    #[test]
    fn rows_and_cells_with_and_without_closing_tags() {
        check("<table><tr><th>A<th>B<tr><td>a<td>b</table>", "A | B // a | b");
        check("<table><tr><td>A</td></tr><tr><td>a</td></tr></table>", "A // a");
        check(
            "<Table align={[\"left\"]}>\n<thead>\n<tr>\n<th style={{ textAlign: \"left\" }}>\nA\n</th>\n</tr>\n</thead>\n\n\
             <tbody>\n<tr>\n<td>\n  `a`  \n  more\n</td>\n</tr>\n</tbody>\n</Table>",
            "A // `a`\nmore",
        );
        check("<table><tr><th>A</th></tr><tr><th>a</th><td>b</td></tr></table>", "A // a | b");
        check(
            "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>a<td>b<td rowSpan={2}>c<tr><td>d<tr><td>e</table>",
            "A | B | C // a | b | c // a | d | c // e",
        );
    }

    #[test]
    fn cells_become_markdown() {
        let cell = |content: &str, expected: &str| {
            check(&format!("<table><tr><th>A<tr><td>{content}</table>"), &format!("A // {expected}"));
        };
        cell("<b>a</b><br/><code>b</code>", "**a**<br>`b`");
        cell("<a href=\"#x\">X</a> or <a href='y'>Y</a>", "[X](#x) or [Y](y)");
        cell("of:<ul><li>a</li><li>b</li></ul>", "of:\n\n- a\n\n- b");
        cell("`Array<string>` a < b", "`Array<string>` a < b");
        cell("</a>x", "x");
    }

    #[test]
    fn what_a_page_does_not_show_is_left_out() {
        let check = |html: &str, expected: &str| assert_eq!(shown(html), expected, "{html}");
        check("a<!-- <b> -->b<SCRIPT a>x < y</Script >c", "a b c");
        check("<style>a</style><template><p></template>d", "  d");
        check("a <!-- b <scripts> c", "a <!-- b <scripts> c");
    }

    #[test]
    fn text_around_tables_is_prose() {
        let (tables, prose) = tables_within(
            "<center><p>In <b>m</b>.</p></center><table><tr><th>A</th></tr></table>&nbsp;<hr><h2>End</h2>of it",
            &(0..0),
        );
        assert_eq!(tables.len(), 1);
        assert_eq!(prose, ["In **m**.", "End\n\nof it"]);
    }

    #[test]
    fn broken_markup_stays_linear() {
        for text in [
            "<td ".repeat(200_000),
            "<td>".repeat(200_000),
            "<".repeat(400_000),
            "</".repeat(200_000),
            "<td ".repeat(200_000) + ">",
            "<td rowspan=64>".repeat(100_000) + &"<tr>".repeat(100_000),
        ] {
            from_markup(&text, 0..text.len());
        }
        for part in ["<!--", "<script", "<script>", "<table>", "<!-- --", "<style></", "<p><template "] {
            let text = part.repeat(50_000);
            tables_within(&text, &(0..text.len()));
        }
    }
}
