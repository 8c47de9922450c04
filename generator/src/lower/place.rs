//! Where a schema stands, and what its type would be called.

use super::scalars::item_name;

/// Where a schema stands, which decides the name and the treatment of its type.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// What the type is called if it needs a name.
    pub(crate) name: Called<'a>,
    /// The name of the field or parameter; empty for a body.
    pub(crate) field: &'a str,
    /// Whether a request's body holds it.
    pub(crate) in_request: bool,
    /// Whether it is a parameter.
    pub(crate) parameter: bool,
}

/// What a type is called. Most schemas need no name, so that it is put together only where one is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called<'a> {
    /// By words.
    Words(&'a str),
    /// As what holds it, with words of its own behind.
    Part(&'a Called<'a>, &'a str),
    /// As an item of the list that the field of that name holds.
    Item(&'a Called<'a>, &'a str),
    /// As the struct around it, with this behind, blanks included.
    Within(&'a Called<'a>, &'a str),
    /// As this, which is a struct around what is called after it.
    Owner(&'a Called<'a>),
}

impl Called<'_> {
    /// The words.
    pub(crate) fn words(&self) -> String {
        let mut words = String::new();
        self.write(&mut words, false);
        words
    }

    /// The words behind those of the nearest struct around it, and whether they are all: whether what it is called
    /// does not depend on that struct.
    pub(super) fn own_words(&self) -> (String, bool) {
        let mut words = String::new();
        let whole = self.write(&mut words, true);
        (words, whole)
    }

    /// Whether the words are all, where those of a struct around are left out. Recursion is bounded by the nesting of
    /// schemas.
    fn write(&self, words: &mut String, own: bool) -> bool {
        match *self {
            Self::Words(all) => {
                words.push_str(all);
                true
            }
            Self::Part(of, part) => {
                let whole = of.write(words, own);
                words.push(' ');
                words.push_str(part);
                whole
            }
            Self::Item(of, field) => {
                let whole = of.write(words, own);
                *words = item_name(words, field);
                whole
            }
            Self::Within(of, rest) => {
                let whole = of.write(words, own);
                words.push_str(rest);
                whole
            }
            Self::Owner(_) if own => false,
            Self::Owner(owner) => owner.write(words, own),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Called;

    #[test]
    fn words_are_those_of_all_around_or_those_within_a_struct() {
        let (body, resource) = (Called::Words("list users response"), Called::Words("User"));
        let owner = Called::Owner(&body);
        let part = Called::Part(&owner, "entries");
        let item = Called::Item(&part, "entries");
        assert_eq!(item.words(), "list users response entry");
        assert_eq!(item.own_words(), (" entry".to_owned(), false));
        assert_eq!(Called::Within(&resource, " entry").words(), "User entry");
        let apart = Called::Part(&resource, "links");
        assert_eq!(apart.own_words(), ("User links".to_owned(), true));
    }
}
