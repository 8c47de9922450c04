//! What the samples of an operation say where its page does not.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    curl,
    dialect::Field,
    model::{Sample, Status, Text},
    source::Span,
};

/// Where a sample sends a body with at least half of the fields.
pub(super) fn sent_members(samples: &[Sample], fields: &[&Field]) -> Option<Span> {
    let holds = |sent: HashSet<String>| {
        let top = |field: &&&Field| {
            let name = field.name.as_ref().map_or("", |name| name.value.as_str());
            sent.contains(name) || name.split(['.', '[']).next().is_some_and(|first| sent.contains(first))
        };
        let known = fields.iter().filter(top).count();
        if known > 0 && 2 * known >= fields.len() {
            return true;
        }
        // A sample that leaves out what is optional shows it, too, if all that it sends is documented.
        let names: HashSet<&str> =
            fields.iter().filter_map(|field| Some(field.name.as_ref()?.value.as_str())).collect();
        known > 0 && sent.iter().all(|name| names.contains(name.as_str()))
    };
    let members = |json: &Value| -> HashSet<String> {
        let object = match json {
            Value::Array(items) => items.first().and_then(Value::as_object),
            json => json.as_object(),
        };
        object.into_iter().flat_map(|object| object.keys().cloned()).collect()
    };
    samples.iter().find_map(|sample| match sample {
        Sample::Request { json, span } => holds(members(json)).then_some(*span),
        Sample::Curl { text } => {
            let (command, _) = curl::curl(&text.value, 0)?;
            holds(command.members().into_iter().collect()).then_some(text.span)
        }
        Sample::Response { .. } => None,
    })
}

/// The status of the samples that show a success, where they have one and the same.
pub(super) fn only_success(samples: &[Sample]) -> Option<Status> {
    let mut statuses = samples.iter().filter_map(|sample| match sample {
        Sample::Response { status: Some(status @ Status::Code(200..=299)), .. } => Some(*status),
        _ => None,
    });
    let first = statuses.next()?;
    statuses.all(|status| status == first).then_some(first)
}

/// The names of the headers that samples send, in small letters, and where.
pub(super) fn sent_headers(samples: &[Sample]) -> HashMap<String, Span> {
    let mut sent = HashMap::new();
    for sample in samples {
        let Sample::Curl { text } = sample else { continue };
        let Some((command, _)) = curl::curl(&text.value, 0) else { continue };
        for header in command.headers {
            sent.entry(header.name.to_ascii_lowercase()).or_insert(text.span);
        }
    }
    sent
}

/// Where a sample sends JSON.
pub(super) fn sent_json(samples: &[Sample]) -> Option<Span> {
    samples.iter().find_map(|sample| match sample {
        Sample::Request { span, .. } => Some(*span),
        Sample::Curl { text } => curl::curl(&text.value, 0)?.0.json().map(|_| text.span),
        Sample::Response { .. } => None,
    })
}

/// The media type in which a sample sends a body.
pub(super) fn sent_media_type(samples: &[Sample]) -> Option<Text> {
    samples.iter().find_map(|sample| match sample {
        Sample::Curl { text } => {
            let (command, _) = curl::curl(&text.value, 0)?;
            Some(Text::new(command.media_type()?, text.span))
        }
        _ => None,
    })
}

/// Where a sample states that its body is a form. JSON is stated by many a command that has no body.
pub(super) fn sent_form(samples: &[Sample]) -> Option<Span> {
    sent_media_type(samples)
        .filter(|media| {
            matches!(media.value.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data")
        })
        .map(|media| media.span)
}

/// Where the response of each status is sampled first, in the order of the samples.
pub(super) fn sampled_responses(samples: &[Sample]) -> IndexMap<Option<Status>, Span> {
    let mut sampled = IndexMap::new();
    for sample in samples {
        if let Sample::Response { status, span, .. } = sample {
            sampled.entry(*status).or_insert(*span);
        }
    }
    sampled
}
