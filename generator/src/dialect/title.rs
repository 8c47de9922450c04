//! Where the title ends, on a page whose title and description run together.
//!
//! `# Update a User Update a User with new tags.` has lost the line break after the first `User`. Enter
//! at [`title_length`]. It is cautious: where nothing tells, a short text is all title, and a long one
//! all description; whatever it decides, the reader says that it was inferred.

/// The longest text that is taken as a title where nothing tells its end, in characters.
const SHORT: usize = 80;
/// The longest title, in words.
const MAX_WORDS: usize = 24;

/// Words that begin a description's sentence when the word after them is lower case. In a title they would
/// stand first, or after a word such as `and`.
const OPENERS: &[&str] = &[
    "Add",
    "Adds",
    "Allow",
    "Allows",
    "Assign",
    "Cancel",
    "Cancels",
    "Change",
    "Changes",
    "Check",
    "Checks",
    "Configure",
    "Create",
    "Creates",
    "Delete",
    "Deletes",
    "Disable",
    "Disables",
    "Download",
    "Downloads",
    "Enable",
    "Enables",
    "Fetch",
    "Fetches",
    "Find",
    "Finds",
    "Generate",
    "Generates",
    "Get",
    "Gets",
    "If",
    "Initiate",
    "Initiates",
    "Invoke",
    "Invokes",
    "List",
    "Lists",
    "Partially",
    "Perform",
    "Performs",
    "Provide",
    "Provides",
    "Register",
    "Registers",
    "Remove",
    "Removes",
    "Report",
    "Reports",
    "Retrieve",
    "Retrieves",
    "Return",
    "Returns",
    "Search",
    "Searches",
    "Send",
    "Sends",
    "Set",
    "Sets",
    "Submit",
    "Submits",
    "Triggered",
    "Triggers",
    "Update",
    "Updates",
    "Upload",
    "Uploads",
    "Use",
    "Used",
    "Uses",
    "Validate",
    "Validates",
    "When",
    "With",
    "You",
    "Your",
];
/// Words after which a title goes on.
const CONNECTIVES: &[&str] =
    &["a", "an", "and", "by", "for", "in", "of", "on", "or", "the", "to", "via", "with", "&", "-"];

/// The length of the title at the beginning of a text that holds title and description; 0 where all of
/// it is description.
pub(crate) fn title_length(text: &str) -> usize {
    let text = text.trim_end();
    let words: Vec<(usize, &str)> = words(text).take(MAX_WORDS + 2).collect();
    let Some(&(_, first)) = words.first() else { return 0 };
    let starts = words.windows(3).take(MAX_WORDS).filter_map(|window| match *window {
        [(_, before), (start, word), (_, after)] => Some((start, before, word, after)),
        _ => None,
    });
    let mut doubtful = false;
    for (start, before, word, after) in starts {
        let begins = !CONNECTIVES.contains(&before) && (repeats(first, word) || opens(before, word, after));
        let ended = before.ends_with(['.', '!', '?']) && begins_sentence(word, before);
        if begins || (ended && !doubtful) {
            return text.get(..start).map_or(0, |title| title.trim_end().len());
        }
        if ended {
            return 0;
        }
        // A name, or the description's first word: then the sentence that ends later is not the title's.
        doubtful |= is_capitalized(word) && after.starts_with(char::is_lowercase);
    }
    let inner = text.strip_suffix('.').unwrap_or(text);
    let sentence = inner.contains(". ") || inner.contains("! ") || inner.contains("? ");
    if text.chars().count() <= SHORT && !sentence { text.len() } else { 0 }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - base, word))
}

/// Whether a word is the title's first word again, or its third person: `Update`, then `Updates`.
fn repeats(first: &str, word: &str) -> bool {
    let capital = |word: &str| word.starts_with(|c: char| c.is_uppercase());
    if first.chars().count() < 3 || !capital(first) || !capital(word) {
        return false;
    }
    let stem = |word: &str| {
        let word = word.to_lowercase();
        let stem = word.strip_suffix("es").or_else(|| word.strip_suffix('s')).unwrap_or(&word);
        stem.strip_suffix('e').unwrap_or(stem).to_owned()
    };
    first == word || (stem(first) == stem(word) && word.chars().skip(1).all(char::is_lowercase))
}

/// Whether a description's sentence, heading or remark begins with a word.
fn opens(before: &str, word: &str, after: &str) -> bool {
    let lower = after.starts_with(|c: char| c.is_lowercase() || c == '`' || c == '[');
    match word {
        "This" | "These" => true,
        "A" | "An" | "The" => lower && before.starts_with(char::is_lowercase),
        _ if word.starts_with("##") && word.bytes().all(|b| b == b'#') => true,
        _ => match word.strip_suffix(':') {
            Some(remark) => ["note", "deprecated", "important", "warning", "required"]
                .into_iter()
                .any(|known| remark.trim_matches(['*', '_']).eq_ignore_ascii_case(known)),
            None => lower && OPENERS.contains(&word),
        },
    }
}

/// Whether a word looks like `Word`, and not like an acronym.
fn is_capitalized(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

/// Whether a word begins a sentence after a word that ends in a full stop: `e.g.` and `v1.` do not end one.
fn begins_sentence(word: &str, before: &str) -> bool {
    let stem = before.trim_end_matches(['.', '!', '?']);
    stem.len() > 2
        && !stem.contains('.')
        && word.starts_with(|c: char| c.is_uppercase() || "`[*#(".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, description: &str) {
        let text = format!("{title} {description}");
        assert_eq!(&text[..title_length(&text)], title, "{text}");
    }

    #[test]
    fn the_title_s_first_word_again_begins_the_description() {
        check("Update a User", "Update a User with new tags or disable the User.");
        check("Create an account", "Creates an account.");
        check("List all users", "List users. Compliant with the standard.");
    }

    #[test]
    fn a_sentence_opener_begins_the_description() {
        check("Order history", "Returns the orders of a customer.");
        check("Order history", "This endpoint gives the orders.");
        check("Remove an order.", "It cannot be restored.");
        check("Remove an order (deprecated)", "Note: It cannot be restored.");
        check("Order history", "### Purpose For shops.");
        check("Approve or Deny the order", "Partially update an order.");
        check("Send an order by mail", "A letter is sent.");
    }

    #[test]
    fn without_a_sign_a_short_text_is_all_title() {
        let all = |text: &str| title_length(text) == text.len();
        assert!(all("Get an order by its ID"));
        assert!(all("Remove an order."));
        assert!(all(""));
        assert!(all("Orders come e.g.from shops"));
        // Whether `Shops` is a name or the first word of the description, nobody can tell.
        assert_eq!(title_length("Order lists Shops send them. More below."), 0);
        assert_eq!(title_length(&"Order lists are what the shops send us and ".repeat(4)), 0);
    }
}
