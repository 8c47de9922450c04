//! The sections of a flat page: where the lines of what they hold begin.
//!
//! Enter at [`write`]. A body or a response begins with its media type, statuses and prose; fields follow, each with a
//! description and labels. What is no construct of the product's stays one line.

use std::{collections::HashSet, ops::Range};

use super::{
    Breaks,
    fields::Before,
    head::buttons,
    labels::Values,
    lexer::{Flat, Kind},
    sections::{Heading, has_described_head},
    types::{Field, is_bar},
};
use crate::{
    dialect::mintlify::{
        is_media_type,
        labels::{self, Constraint, Section},
        seams,
        shapes::closes_sentence,
        types::is_separator,
        words::OF_TYPE,
    },
    model::ParameterLocation,
};

/// How many words `• Option 1` has.
const OPTION_WORDS: usize = 3;
/// The most bytes of a variant's name in a list.
const MAX_VARIANT: usize = 80;

/// Writes a section; `end` is the word behind it.
pub(super) fn write(flat: &Flat<'_>, breaks: &mut Breaks, heading: &Heading, end: usize) {
    breaks.paragraph(flat.start(heading.start));
    breaks.paragraph(flat.start(heading.end));
    let mut writer = Writer {
        flat,
        breaks,
        end,
        current: None,
        before: Before::Head,
        sentence: None,
        names: HashSet::new(),
        listed: false,
    };
    let mut at = heading.end;
    if has_described_head(heading.section) {
        at = writer.head(at, heading.section);
    }
    let foot = (at..end).find(|&at| flat.foot(at) > 0).unwrap_or(end);
    let aside = (at..foot).find(|&at| flat.aside(at) > 0).unwrap_or(foot);
    writer.end = aside;
    while at < aside {
        at = writer.word(at, heading.section).max(at + 1);
    }
    asides(flat, breaks, aside..foot);
    if foot < end {
        breaks.paragraph(flat.start(foot));
        breaks.paragraph(flat.start(foot + flat.foot(foot)));
    }
}

/// Writes what stands below a heading of the vendor's own: further headings, and samples.
fn asides(flat: &Flat<'_>, breaks: &mut Breaks, words: Range<usize>) {
    for at in words {
        let length = flat.aside(at);
        if length > 0 {
            breaks.paragraph(flat.start(at));
            breaks.paragraph(flat.start(at + length));
        }
        if flat.is_code(at) {
            code(flat, breaks, at);
        }
    }
}

/// The field that labels belong to.
struct Current {
    /// Its type, as it is printed; empty where it was lost.
    ty: String,
    /// The word that its description begins with.
    description: usize,
    /// The constraints that it has.
    constraints: Vec<Constraint>,
}

impl Current {
    fn new(ty: String, description: usize) -> Self {
        Self { ty, description, constraints: Vec::new() }
    }
}

struct Writer<'a, 't> {
    flat: &'a Flat<'t>,
    breaks: &'a mut Breaks,
    end: usize,
    current: Option<Current>,
    before: Before,
    /// Where the last sentence of the prose begins.
    sentence: Option<usize>,
    /// The names of the fields above.
    names: HashSet<&'t str>,
    /// Whether a list of variants has begun.
    listed: bool,
}

impl Writer<'_, '_> {
    /// The media type, the statuses, and the type of the whole.
    fn head(&mut self, mut at: usize, section: Section) -> usize {
        let flat = self.flat;
        // To a media type in capitals, prose is glued: it comes off where it is read.
        let is_media_type = |word: &str| is_media_type(word) && !word.contains(char::is_uppercase);
        while at < self.end {
            let word = flat.plain(at);
            let next = if section == Section::Response && flat.is_status(at) {
                // `200 - application/json`
                match flat.plain(at + 1) == "-" {
                    true if is_media_type(flat.plain(at + 2)) => at + 3,
                    true => break,
                    false => at + 1,
                }
            } else if is_media_type(word.trim_end_matches(';')) {
                let typed = (flat.plain(at + 1).chars().count() <= 3 && !flat.plain(at + 1).is_ascii())
                    .then(|| flat.typed(at + 2))
                    .flatten();
                typed.map_or(at + 1, |field| field.end)
            } else if let Some(end) =
                (at + 1..=at + 2).rev().find(|&end| labels::status_of_reason(flat.between(at, end)).is_some())
                && section == Section::Response
                && (flat.field(end, Before::Head).is_some() || flat.bounds(end))
            {
                end
            } else {
                break;
            };
            self.breaks.line(flat.start(at));
            self.breaks.paragraph(flat.start(next));
            at = next;
        }
        at
    }

    /// What begins at a word; gives the word behind it.
    fn word(&mut self, at: usize, section: Section) -> usize {
        let flat = self.flat;
        match flat.kind(at) {
            Some(Kind::Anchor(id)) => return self.anchored(at, id),
            Some(Kind::Fence(_) | Kind::Command | Kind::Program) => return self.sample(at),
            Some(Kind::Json)
                if section == Section::Response
                    && (self.current.is_none()
                        || (self.before == Before::Sentence && flat.aside(at + 1) > 0)) =>
            {
                return self.sample(at);
            }
            Some(Kind::Link) if flat.is_menu(at) => {
                let end = (at..self.end).find(|&next| !flat.is(next, &Kind::Link)).unwrap_or(self.end);
                self.apart(at, end);
                return end;
            }
            Some(Kind::Text) => {}
            _ => return self.prose(at),
        }
        if let Some(values) = flat.values(at) {
            return self.labelled(at, &values);
        }
        if flat.is_option(at) && (self.current.is_some() || has_described_head(section)) {
            self.breaks.line(flat.start(at));
            self.breaks.paragraph(flat.start(at + OPTION_WORDS));
            self.before = Before::Value;
            return at + OPTION_WORDS;
        }
        if !flat.anchored
            && let Some(end) = self.unmarked(at, section)
        {
            return end;
        }
        let furniture = flat.furniture(at);
        if furniture > 0 {
            self.apart(at, at + furniture);
            return at + furniture;
        }
        // The status of a sample, and of one that follows.
        if section == Section::Response
            && self.current.is_none()
            && flat.is_status(at)
            && flat.is_code(at + 1)
        {
            self.apart(at, at + 1);
            return at + 1;
        }
        let of_type = OF_TYPE.iter().map(|words| flat.phrase(at, words)).max();
        if let Some(words) = of_type.filter(|&words| words > 0) {
            let end = flat.typed(at + words).map_or(at + words + 1, |field| field.end);
            let end = if flat.plain(end) == "." { end + 1 } else { end };
            self.apart(at, end);
            return end;
        }
        self.prose(at)
    }

    /// The field that begins at a word with no mark before it, whole or with its type or its name lost; gives the word behind it.
    fn unmarked(&mut self, at: usize, section: Section) -> Option<usize> {
        let flat = self.flat;
        let mentioned = || flat.mentioned(at).filter(|_| !self.names.contains(flat.plain(at)));
        let headers = section == Section::Parameters(ParameterLocation::Header);
        let header = || flat.header(at, self.before).filter(|_| headers);
        if let Some(field) = flat.field(at, self.before).or_else(header).or_else(mentioned) {
            return Some(self.field(at, &field));
        }
        if self.current.is_some() && flat.stands_alone(at, self.before) {
            self.apart(at, at + 1);
            self.current = Some(Current::new(String::new(), at + 1));
            self.before = Before::Type;
            return Some(at + 1);
        }
        let field = flat.lost_field(at, self.before)?;
        self.breaks.paragraph(flat.start(at));
        Some(self.typed(&field))
    }

    fn prose(&mut self, at: usize) -> usize {
        let flat = self.flat;
        if self.before == Before::Sentence {
            self.sentence = Some(at);
        }
        if matches!(flat.plain(at), "*" | "-") && self.current.is_none() && self.is_variant(at) {
            self.listed = true;
            self.breaks.line(flat.start(at));
        }
        let word = flat.word(at);
        self.before = match closes_sentence(word) || word.ends_with([')', '"', '`']) {
            true => Before::Sentence,
            false => Before::Prose,
        };
        at + 1
    }

    /// Whether a bullet is one of those that name variants, up to the first field's mark.
    fn is_variant(&self, at: usize) -> bool {
        let flat = self.flat;
        let mark = (at..self.end).take(64).find(|&next| matches!(flat.kind(next), Some(Kind::Anchor(_))));
        let Some(mark) = mark else { return false };
        let varies = matches!(flat.kind(mark), Some(Kind::Anchor(id)) if id.contains("one-of-") || id.contains("any-of-"));
        let items = flat.between(at, mark);
        let mark = if items.starts_with('*') { "* " } else { "- " };
        // One alone goes on with a sentence.
        let listed = self.listed || items.matches(mark).count() > 1;
        varies && listed && items.split(mark).all(|item| item.len() <= MAX_VARIANT)
    }

    fn sample(&mut self, at: usize) -> usize {
        code(self.flat, self.breaks, at);
        buttons(self.flat, self.breaks, at);
        self.before = Before::Head;
        at + 1
    }

    /// Gives some words a line of their own.
    fn apart(&mut self, at: usize, end: usize) {
        self.breaks.paragraph(self.flat.start(at));
        self.breaks.paragraph(self.flat.start(end));
    }

    /// A field whose name stands at a word.
    fn field(&mut self, at: usize, field: &Field) -> usize {
        self.breaks.paragraph(self.flat.start(at));
        self.breaks.line(self.flat.start(field.ty));
        self.names.insert(self.flat.plain(at));
        self.typed(field)
    }

    /// A field from its type on.
    fn typed(&mut self, field: &Field) -> usize {
        for &marker in &field.markers {
            self.breaks.line(self.flat.start(marker));
        }
        self.breaks.paragraph(self.flat.start(field.end));
        let ty = self.flat.between(field.ty, field.markers.first().copied().unwrap_or(field.end));
        self.current = Some(Current::new(ty.to_owned(), field.end));
        self.before = Before::Type;
        self.sentence = None;
        field.end
    }

    /// A field with its mark: what follows the mark is its name, or what it has kept.
    fn anchored(&mut self, at: usize, id: &str) -> usize {
        let flat = self.flat;
        let mark = flat.words.get(at).map_or(0, |word| word.range.end);
        self.breaks.paragraph(flat.start(at));
        self.before = Before::Type;
        self.sentence = None;
        self.current = Some(Current::new(String::new(), at + 1));
        let name = at + 1;
        let zero_width = id.is_empty();
        if flat.start(name) == mark && !zero_width {
            // The lines of the whole page are run together: what the field's mark is glued to goes on where its type does.
            let mut end = name + 1;
            while is_bar(flat.plain(end)) || is_separator(flat.plain(end)) {
                end += 2;
            }
            if !seams::is_field(flat.between(name, end), id) {
                return name;
            }
            self.breaks.paragraph(flat.start(end));
            return end;
        }
        self.breaks.line(flat.start(name));
        if flat.plain(name).is_empty() {
            return name;
        }
        if let Some(field) = flat.labelled(name + 1) {
            self.breaks.line(flat.start(field.ty));
            return self.typed(&field);
        }
        let untitled = |ty: usize| flat.typed(ty).filter(|_| !flat.plain(ty).starts_with(char::is_uppercase));
        if let Some(field) = flat.typed(name + 1) {
            self.breaks.line(flat.start(field.ty));
            return self.typed(&field);
        }
        if let Some(field) = untitled(name) {
            return self.typed(&field);
        }
        // A name without a type; a mark without an identifier can be that of anything.
        let own = |c: &char| c.is_alphanumeric();
        let plain = |text: &str| text.chars().filter(own).flat_map(char::to_lowercase).collect::<String>();
        let word = plain(flat.plain(name));
        if !word.is_empty() && plain(id).ends_with(&word) {
            let mut end = name + 1;
            while let Some(next) = flat.marker_end(end) {
                self.breaks.line(flat.start(end));
                end = next;
            }
            self.breaks.paragraph(flat.start(end));
            return end;
        }
        name
    }

    /// A label with its values.
    fn labelled(&mut self, at: usize, values: &Values) -> usize {
        let flat = self.flat;
        let current = self.current.get_or_insert_with(|| Current::new(String::new(), at));
        if let Some(sentence) = self
            .sentence
            .filter(|&sentence| sentence > current.description && !fits(current, values.constraint))
        {
            // The last sentence is that of a field which has lost its name and type.
            self.breaks.paragraph(flat.start(sentence));
            *current = Current::new(String::new(), sentence);
        }
        current.constraints.push(values.constraint);
        self.breaks.paragraph(flat.start(at));
        for (nth, &start) in values.starts.iter().enumerate() {
            let marked = flat.is(start, &Kind::Json) || nth > 0;
            if matches!(flat.kind(start), Some(Kind::Fence(_))) {
                code(flat, self.breaks, start);
            } else if marked || matches!(values.constraint, Constraint::Options | Constraint::Examples) {
                self.breaks.line(flat.start(start));
            }
        }
        self.breaks.paragraph(flat.start(values.end));
        self.before = Before::Value;
        self.sentence = None;
        values.end
    }
}

/// Whether a label can belong to a field.
fn fits(current: &Current, constraint: Constraint) -> bool {
    let is = |words: &[&str]| current.ty.is_empty() || words.iter().any(|word| current.ty.contains(word));
    let new = !current.constraints.contains(&constraint);
    new && match constraint {
        Constraint::Options => is(&["enum"]),
        Constraint::Range | Constraint::MultipleOf => is(&["integer", "number", "any"]),
        Constraint::StringLength | Constraint::MaxLength | Constraint::MinLength | Constraint::Pattern => {
            is(&["string", "file", "any"])
        }
        _ => true,
    }
}

/// Gives a sample lines of its own, with those of its fence.
pub(super) fn code(flat: &Flat<'_>, breaks: &mut Breaks, at: usize) {
    breaks.paragraph(flat.start(at));
    if let (Some(Kind::Fence(inner)), Some(word)) = (flat.kind(at), flat.words.get(at)) {
        breaks.line(inner.start);
        breaks.line(inner.end.min(word.range.end));
    }
    if let Some(word) = flat.words.get(at) {
        breaks.paragraph(word.range.end);
    }
}
