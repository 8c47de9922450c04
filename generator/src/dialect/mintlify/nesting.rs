//! Whose member a field is that is printed by its own name alone: its anchor has the names of all that it stands in.
//!
//! Enter at [`qualify`]. Below `slots`, the field `pier_id` with the anchor `body-slots-pier-id` is `slots.pier_id`. How the
//! product spells a name in an anchor differs, so names are compared without what stands between their words.

use std::collections::HashMap;

use super::fields::Draft;
use crate::dialect::{Field, can_have_members};

/// The longest anchor that is looked into, in bytes.
const MAX_ANCHOR: usize = 512;

/// Gives fields the names of what they stand in, where only their anchors have them.
pub(super) fn qualify(drafts: &[Draft], fields: &mut [Field]) {
    // What can have members, by its anchor without the section, and by that without what stands for items and variants.
    let mut containers: HashMap<String, String> = HashMap::new();
    for (draft, field) in drafts.iter().zip(fields) {
        let (Some(name), Some(path)) = (&mut field.name, path(&draft.anchor)) else { continue };
        if !name.value.contains('.')
            && let Some(above) = above(path, &name.value)
            && let Some(container) = containers.get(above).or_else(|| containers.get(&plain(above)))
        {
            name.value = format!("{container}.{}", name.value);
        }
        if can_have_members(&field.schema) {
            containers.entry(plain(path)).or_insert_with(|| name.value.clone());
            containers.entry(path.to_owned()).or_insert_with(|| name.value.clone());
        }
    }
}

/// What an anchor says behind the section.
fn path(anchor: &str) -> Option<&str> {
    let path = ["body-", "response-"].iter().find_map(|section| anchor.strip_prefix(section))?;
    (path.len() <= MAX_ANCHOR).then_some(path)
}

/// The part of a path that stands before a name; `None` where the name is all of it.
fn above<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let mut letters = name.bytes().filter(u8::is_ascii_alphanumeric).rev().peekable();
    letters.peek()?;
    let path = own(path);
    for (at, byte) in path.bytes().enumerate().rev() {
        match letters.peek() {
            None if byte == b'-' => return path.get(..at),
            None => return None,
            Some(letter) if byte.eq_ignore_ascii_case(letter) => {
                letters.next();
            }
            Some(_) if byte == b'-' => {}
            Some(_) => return None,
        }
    }
    None
}

/// A path without the variant that its last name is: `slots-one-of-0`.
fn own(path: &str) -> &str {
    ["-one-of-", "-any-of-", "-all-of-"]
        .iter()
        .find_map(|mark| {
            let (before, number) = path.rsplit_once(mark)?;
            (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(before)
        })
        .unwrap_or(path)
}

/// A path without variants, and without what stands for the items of arrays.
fn plain(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for word in path.split('-') {
        let variant = word.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(out.as_slice(), [.., "one" | "any" | "all", "of"]);
        match variant {
            true => out.truncate(out.len() - 2),
            false if word == "items" => {}
            false => out.push(word),
        }
    }
    out.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_a_name_is_found_in_any_spelling() {
        assert_eq!(above("slots-pier-id", "pier_id"), Some("slots"));
        assert_eq!(above("slots-items-pier-id", "pierId"), Some("slots-items"));
        assert_eq!(above("pier-id", "pierId"), None);
        assert_eq!(above("pier-id-one-of-0", "pier_id"), None);
        assert_eq!(above("slots-pier-id", "depth"), None);
    }

    #[test]
    fn items_and_variants_are_no_names() {
        assert_eq!(plain("slots-items-pier"), "slots-pier");
        assert_eq!(plain("one-of-0-slots"), "slots");
        assert_eq!(plain("pier-one-of-12"), "pier");
    }
}
