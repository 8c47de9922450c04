//! What a body or a response says before its first field: media type, type, prose, names of variants.
//!
//! Pieces come in one by one ([`Intro::take`]); the schema of the body ([`Intro::schema`]) and its media type
//! ([`Intro::media_type`]) go out.

use std::ops::Range;

use super::{
    constraints::build,
    fields::Draft,
    lines::{Kind, Piece},
    nesting,
    sections::sample,
    shapes::closes_sentence,
    types::{is_separator, read_type},
    words::OF_TYPE,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, assemble},
    model::{MediaType, Operation, Schema, Text, Type},
    source::Span,
};

/// What stands between a section's heading and its first field.
#[derive(Debug, Default)]
pub(super) struct Intro {
    /// The media type.
    pub(super) media: Option<Text>,
    /// The type of the whole body.
    root: Option<Schema>,
    /// Prose, as pieces.
    pub(super) prose: Vec<usize>,
    /// The names of variants, of which the page shows the first.
    variants: Vec<Range<usize>>,
}

impl Intro {
    /// Takes a piece.
    pub(super) fn take(
        &mut self,
        cx: &mut Context<'_>,
        pieces: &[Piece],
        at: usize,
        operation: &mut Operation,
    ) {
        let Some(piece) = pieces.get(at) else { return };
        let text = cx.slice(piece.range.clone());
        let span = cx.span(piece.range.clone());
        if !piece.is_text() {
            match piece.kind {
                Kind::Code => self.prose.push(at),
                _ => sample(cx, pieces, at, None, operation),
            }
            return;
        }
        if let Some((media, root)) = media_line(text, span).filter(|_| self.media.is_none()) {
            cx.claim(piece.range.clone(), Claim::Fact);
            self.media = Some(media);
            self.root = root;
        } else if let Some(first) = media_choice(text) {
            // The page shows the fields of the one chosen only.
            cx.claim(piece.range.clone(), Claim::Fact);
            self.media.get_or_insert_with(|| Text::new(first, span));
            cx.report(
                Diagnostic::new(codes::VARIANT_NOT_SHOWN, span, "body in several media types")
                    .label("the page shows the first only")
                    .help("what the body is in the others is left out"),
            );
        } else if let Some(root) = is_of_type(text, span) {
            cx.claim(piece.range.clone(), Claim::Fact);
            self.root = self.root.take().or(root);
        } else if let Some(root) = titled_type(text, span).filter(|_| self.is_empty()) {
            cx.claim(piece.range.clone(), Claim::Fact);
            self.root = Some(root);
        } else if matches!(text, ".") {
            cx.claim(piece.range.clone(), Claim::Furniture);
        } else if is_option(text) || is_variant(pieces, at, text) {
            cx.claim(piece.range.clone(), Claim::Fact);
            self.variants.push(piece.range.clone());
        } else {
            self.prose.push(at);
        }
    }

    /// Whether nothing but a media type has been taken.
    fn is_empty(&self) -> bool {
        self.root.is_none() && self.prose.is_empty() && self.variants.is_empty()
    }

    /// Says that the page shows one variant of several.
    pub(super) fn report_variants(&self, cx: &mut Context<'_>) {
        if let (Some(first), Some(last)) = (self.variants.first(), self.variants.last()) {
            let span = cx.span(first.start..last.end);
            cx.report(
                Diagnostic::new(codes::VARIANT_NOT_SHOWN, span, "body with several variants")
                    .label("the page shows the fields of the first only")
                    .help("the fields that follow are read as those of every variant"),
            );
        }
    }

    /// The body, in its media type; where the page names none, in JSON, and a file as bytes.
    pub(super) fn media_type(self, schema: Schema, span: Span) -> MediaType {
        let inferred = self.media.is_none();
        let usual = match schema.ty {
            Type::File => "application/octet-stream",
            _ => "application/json",
        };
        let name = self.media.unwrap_or_else(|| Text::new(usual, span));
        MediaType { name, inferred, schema }
    }

    /// Whether the page states a type of the whole body, which can be any.
    pub(super) fn states_type(&self) -> bool {
        self.root.is_some()
    }

    /// Whether the page says nothing of the type of the whole body, in JSON, and names no variants of it.
    pub(super) fn leaves_type_open(&self) -> bool {
        self.root.is_none()
            && self.variants.is_empty()
            && self.media.as_ref().is_some_and(|media| media.value.contains("json"))
    }

    /// The body's schema.
    pub(super) fn schema(
        &self,
        cx: &mut Context<'_>,
        pieces: &[Piece],
        drafts: &[Draft],
        span: Span,
    ) -> Schema {
        if drafts.is_empty() {
            return self.root.clone().unwrap_or_else(|| Schema::new(Type::Any, span));
        }
        let items = drafts.iter().any(|draft| is_of_items(cx, draft));
        let mut fields: Vec<Field> = drafts.iter().map(|draft| build(cx, pieces, draft)).collect();
        nesting::qualify(drafts, &mut fields);
        let object = Schema::new(Type::Object(assemble(cx, fields)), span);
        let nullable = self.root.as_ref().is_some_and(|root| root.nullable);
        let is_array = self.root.as_ref().is_some_and(|root| matches!(root.ty, Type::Array(_)));
        let mut whole = match items || is_array {
            true => Schema::new(Type::Array(Box::new(object)), span),
            false => object,
        };
        whole.nullable = nullable;
        whole
    }
}

/// Whether an anchor says that its field belongs to the items of a root array.
fn is_of_items(cx: &Context<'_>, draft: &Draft) -> bool {
    let rest = ["body-items-", "response-items-"].iter().find_map(|prefix| draft.anchor.strip_prefix(prefix));
    let name = draft.name.clone().map_or("", |name| cx.slice(name));
    rest.is_some() && !name.starts_with("items")
}

/// Whether a line names a media type, alone or with the type of the body.
pub(super) fn is_media_line(text: &str) -> bool {
    media_line(text, Span::default()).is_some()
}

/// The first of several media types that a copy has run together, as it does with what can be chosen from.
fn media_choice(text: &str) -> Option<&str> {
    let mut cuts = text.match_indices('/').skip(1).filter_map(|(slash, _)| {
        let before = text.get(..slash)?;
        super::MEDIA_TYPES.iter().find_map(|top| before.strip_suffix(top.strip_suffix('/')?)).map(str::len)
    });
    let first = text.get(..cuts.next()?)?;
    let mut rest = text.get(first.len()..)?;
    for cut in cuts {
        let (media, behind) = rest.split_at_checked(cut.checked_sub(text.len() - rest.len())?)?;
        rest = super::is_media_type(media).then_some(behind)?;
    }
    (super::is_media_type(first) && super::is_media_type(rest)).then_some(first)
}

/// `application/json`, `application/json · object[]`.
fn media_line(text: &str, span: Span) -> Option<(Text, Option<Schema>)> {
    let (media, rest) = match text.split_once(' ') {
        Some((media, rest)) => (media, rest.trim()),
        None => (text, ""),
    };
    let media = media.trim_end_matches(';');
    if !super::is_media_type(media) {
        return None;
    }
    let root = match rest {
        "" => None,
        rest if rest.starts_with("charset=") => None,
        rest => {
            // The separator before the type may be mangled.
            let (mark, ty) = rest.split_once(' ')?;
            if !mark.chars().all(|c| !c.is_ascii()) {
                return None;
            }
            Some(read_type(ty, span)?.schema)
        }
    };
    Some((Text::new(media, span), root))
}

/// `Berth · object | null`: the type of the whole, with the title of its schema. Without one, a word is prose.
fn titled_type(text: &str, span: Span) -> Option<Schema> {
    let titled = text.split(' ').skip(1).any(is_separator);
    titled.then(|| read_type(text, span)).flatten().map(|printed| printed.schema)
}

/// `The response is of type object.`, whose full stop may stand on a line of its own.
fn is_of_type(text: &str, span: Span) -> Option<Option<Schema>> {
    let rest = OF_TYPE.iter().find_map(|words| text.strip_prefix(words)?.strip_prefix(' '))?;
    Some(read_type(rest.trim_end_matches('.').trim_matches('`'), span).map(|printed| printed.schema))
}

/// Whether a line is what the product calls a variant that has no title, in a list or alone.
pub(super) fn is_option(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '-', '•', ' ']);
    text.strip_prefix("Option ").is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Whether a line is one of a list of variants: a short item right before the first field's anchor.
fn is_variant(pieces: &[Piece], at: usize, text: &str) -> bool {
    let item = text.strip_prefix("* ").or_else(|| text.strip_prefix("- "));
    if item.is_none_or(|item| item.len() > 80 || closes_sentence(item)) {
        return false;
    }
    let after = pieces.iter().skip(at + 1).take(32).find_map(|piece| match &piece.kind {
        Kind::Anchor(id) => Some(id.contains("one-of-") || id.contains("any-of-")),
        Kind::Text => None,
        _ => Some(false),
    });
    after == Some(true)
}
