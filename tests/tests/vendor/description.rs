//! What the made-up aquarium offers: six kinds of things, and five operations on each.

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// `tank`, `tanks`.
    pub(crate) thing: (&'static str, &'static str),
    pub(crate) action: Action,
    /// The fields of the thing, but for its id.
    pub(crate) fields: Vec<Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    List,
    Get,
    Create,
    Update,
    Delete,
}

/// A field of a thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// `string`, `integer` or `boolean`.
    pub(crate) ty: &'static str,
    /// A value, as JSON.
    pub(crate) example: &'static str,
    pub(crate) description: &'static str,
}

const fn field(
    name: &'static str,
    ty: &'static str,
    example: &'static str,
    description: &'static str,
) -> Field {
    Field { name, ty, example, description }
}

type Thing = ((&'static str, &'static str), [Field; 2]);

const THINGS: [Thing; 6] = [
    (
        ("tank", "tanks"),
        [
            field("volume", "integer", "400", "How much water it holds, in litres."),
            field("heated", "boolean", "true", "Whether the water is warmed."),
        ],
    ),
    (
        ("fish", "fishes"),
        [
            field("species", "string", "\"tetra\"", "What kind of fish it is."),
            field("age", "integer", "2", "How old it is, in years."),
        ],
    ),
    (
        ("plant", "plants"),
        [
            field("species", "string", "\"fern\"", "What kind of plant it is."),
            field("floating", "boolean", "false", "Whether it swims."),
        ],
    ),
    (
        ("pump", "pumps"),
        [
            field("power", "integer", "15", "What it draws, in watts."),
            field("running", "boolean", "true", "Whether it runs."),
        ],
    ),
    (
        ("lamp", "lamps"),
        [
            field("power", "integer", "15", "What it draws, in watts."),
            field("running", "boolean", "true", "Whether it runs."),
        ],
    ),
    (
        ("visitor", "visitors"),
        [
            field("name", "string", "\"Ada\"", "Who it is."),
            field("age", "integer", "36", "How old, in years."),
        ],
    ),
];

const ACTIONS: [Action; 5] = [Action::List, Action::Get, Action::Create, Action::Update, Action::Delete];

/// Everything on offer.
pub(crate) fn operations() -> Vec<Operation> {
    let operations = THINGS.iter().flat_map(|(thing, fields)| {
        ACTIONS.map(|action| Operation { thing: *thing, action, fields: fields.to_vec() })
    });
    operations.collect()
}

impl Operation {
    pub(crate) fn slug(&self) -> String {
        format!("{}-{}", self.verb().to_lowercase(), self.object())
    }

    pub(crate) fn title(&self) -> String {
        let article = if self.action == Action::List { "all" } else { "a" };
        format!("{} {article} {}", self.verb(), self.object())
    }

    pub(crate) fn description(&self) -> String {
        format!("{}s what the aquarium knows of {}.", self.verb(), self.thing.1)
    }

    pub(crate) fn method(&self) -> &'static str {
        match self.action {
            Action::List | Action::Get => "GET",
            Action::Create => "POST",
            Action::Update => "PATCH",
            Action::Delete => "DELETE",
        }
    }

    pub(crate) fn path(&self) -> String {
        if self.has_id() { format!("/{}/{{id}}", self.thing.1) } else { format!("/{}", self.thing.1) }
    }

    /// Whether it is about one thing that there is.
    pub(crate) fn has_id(&self) -> bool {
        !matches!(self.action, Action::List | Action::Create)
    }

    pub(crate) fn has_request(&self) -> bool {
        matches!(self.action, Action::Create | Action::Update)
    }

    pub(crate) fn has_response(&self) -> bool {
        self.action != Action::Delete
    }

    pub(crate) fn status(&self) -> &'static str {
        match self.action {
            Action::Create => "201",
            Action::Delete => "204",
            Action::List | Action::Get | Action::Update => "200",
        }
    }

    /// The fields as JSON, indented, with the id if it is asked for.
    pub(crate) fn json(&self, id: bool) -> String {
        let id = id.then(|| "  \"id\": \"a1\"".to_owned());
        let fields = self.fields.iter().map(|field| format!("  \"{}\": {}", field.name, field.example));
        format!("{{\n{}\n}}", id.into_iter().chain(fields).collect::<Vec<_>>().join(",\n"))
    }

    fn verb(&self) -> &'static str {
        match self.action {
            Action::List => "List",
            Action::Get => "Get",
            Action::Create => "Create",
            Action::Update => "Update",
            Action::Delete => "Delete",
        }
    }

    fn object(&self) -> &'static str {
        if self.action == Action::List { self.thing.1 } else { self.thing.0 }
    }
}
