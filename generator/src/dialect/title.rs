//! Where the title ends, on a page whose title and description run together.
//!
//! `# Update a User Update a User with new tags.` has lost the line break after the first `User`. Enter
//! at [`title_length`]. It is cautious: where nothing tells, a short text is all title, and a long one
//! all description; whatever it decides, the reader says that it was inferred.

/// The longest text that is taken as a title where nothing tells its end, in characters.
const SHORT: usize = 80;
/// The longest title, in words.
const MAX_WORDS: usize = 24;

/// Words that begin a description's sentence when the word after them is lower case.
const OPENERS: &[&str] = &[
    "Adds",
    "Allows",
    "Cancels",
    "Changes",
    "Creates",
    "Deletes",
    "Disables",
    "Downloads",
    "Enables",
    "Endpoint",
    "Fetch",
    "Fetches",
    "Gets",
    "Initiate",
    "Initiates",
    "Invoke",
    "Lists",
    "Note",
    "Performs",
    "Provides",
    "Removes",
    "Reports",
    "Retrieve",
    "Retrieves",
    "Returns",
    "Searches",
    "Sends",
    "Submits",
    "The",
    "These",
    "This",
    "Triggered",
    "Triggers",
    "Updates",
    "Uploads",
    "Use",
    "Used",
    "Uses",
    "Validates",
    "When",
    "With",
    "You",
];

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
    for (start, before, word, after) in starts {
        let ended = before.ends_with(['.', '!', '?']);
        if repeats(first, word) || opens(word, after) || (ended && begins_sentence(word, before)) {
            return text.get(..start).map_or(0, |title| title.trim_end().len());
        }
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

fn opens(word: &str, after: &str) -> bool {
    let lower = after.starts_with(|c: char| c.is_lowercase() || c == '`' || c == '[');
    lower && OPENERS.contains(&word.trim_end_matches(':'))
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
    }

    #[test]
    fn without_a_sign_a_short_text_is_all_title() {
        let all = |text: &str| title_length(text) == text.len();
        assert!(all("Get an order by its ID"));
        assert!(all("Remove an order."));
        assert!(all(""));
        assert_eq!(
            title_length("Orders come e.g. from shops, and go to whoever has asked for them, or not"),
            73
        );
        assert_eq!(title_length(&"Order lists are what the shops send us and ".repeat(4)), 0);
    }
}
