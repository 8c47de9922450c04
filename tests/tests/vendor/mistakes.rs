//! What is wrong with the made-up vendor's pages.

use crate::write::Dialect::{self, Bump, Mintlify, ReadMe, Redocly};

/// Something that is wrong with a page.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) dialect: Dialect,
    pub(crate) page: &'static str,
    /// What it is.
    pub(crate) what: &'static str,
    /// What a page without it says,
    pub(crate) from: &'static str,
    /// and what it says instead.
    pub(crate) to: &'static str,
}

const fn mistake(
    dialect: Dialect,
    page: &'static str,
    what: &'static str,
    from: &'static str,
    to: &'static str,
) -> Mistake {
    Mistake { dialect, page, what, from, to }
}

pub(crate) const MISTAKES: &[Mistake] = &[
    mistake(Redocly, "create-tank.md", "a type that is none", "`volume` (integer)", "`volume` (litre)"),
    mistake(Redocly, "get-tank.md", "an example of another type", "Example: true", "Example: \"yes\""),
    mistake(
        Redocly,
        "update-tank.md",
        "a field twice",
        "  - `heated`",
        "  - `volume` (string)\n\n  - `heated`",
    ),
    mistake(Redocly, "delete-tank.md", "a status that is none", "Response 204", "Response 2004"),
    mistake(Redocly, "list-fishes.md", "another page's operation", "GET /fishes", "GET /tanks"),
    mistake(Redocly, "get-fish.md", "a parameter spelt in two ways", "/{id}", "/{ids}"),
    mistake(Redocly, "update-fish.md", "an undocumented parameter", "/fishes/{id}", "/{country}/fishes/{id}"),
    mistake(
        Redocly,
        "create-fish.md",
        "a limit in prose",
        "What kind of fish it is.",
        "Must be at most 20 characters.",
    ),
    mistake(Redocly, "delete-fish.md", "no operation", "Endpoint: DELETE /fishes/{id}\n", ""),
    mistake(Redocly, "create-plant.md", "a default in prose", "Whether it swims.", "Defaults to `false`."),
    mistake(Redocly, "get-plant.md", "schemes without their relation", "BearerAuth", "BearerAuth, House"),
    mistake(
        Redocly,
        "list-plants.md",
        "a section that is none",
        "\n## Response",
        "\n## Answer 200\n\n## Response",
    ),
    mistake(
        Redocly,
        "update-plant.md",
        "an enumeration of another field",
        "    Example: \"fern\"",
        "    Enum: same as `kind` (2 values)",
    ),
    mistake(
        Redocly,
        "delete-plant.md",
        "front matter that is none",
        "# Delete",
        "---\ntitle: [\n---\n# Delete",
    ),
    mistake(Bump, "create-tank.md", "a type that is none", "**volume** (integer)", "**volume** (litre)"),
    mistake(Bump, "get-tank.md", "a field twice", "- **heated**", "- **volume** (string)\n- **heated**"),
    mistake(Bump, "delete-tank.md", "a status that is none", "### 204", "### 2004"),
    mistake(Bump, "list-fishes.md", "another page's operation", "GET /fishes", "GET /tanks"),
    mistake(Bump, "get-fish.md", "a server with an open variable", "https://api.", "https://{town}."),
    mistake(Bump, "update-fish.md", "credentials that are not described", "Bearer auth", "House key"),
    mistake(
        Bump,
        "create-fish.md",
        "a limit in prose",
        "What kind of fish it is.",
        "Must be at most 20 characters.",
    ),
    mistake(
        Bump,
        "delete-fish.md",
        "an undocumented parameter",
        "\n### Path parameters\n- **id** (string)\n  Which one it is.\n",
        "",
    ),
    mistake(
        Bump,
        "create-plant.md",
        "an enumeration in prose",
        "What kind of plant it is.",
        "Possible values are `fern` and `moss`.",
    ),
    mistake(
        Bump,
        "list-plants.md",
        "a section that is none",
        "\n## Responses",
        "\n## Answers\nText.\n\n## Responses",
    ),
    mistake(Bump, "update-plant.md", "a method that is none", "**PATCH ", "**MEND "),
    mistake(ReadMe, "create-tank.md", "a type that is none", "| volume | integer", "| volume | litre"),
    mistake(ReadMe, "get-tank.md", "a field twice", "| heated", "| volume | string | Again. |\n| heated"),
    mistake(
        ReadMe,
        "update-tank.md",
        "a link to a page that is not there",
        "supply an object of this structure.",
        "supply a [Tank](doc:tank) resource.",
    ),
    mistake(ReadMe, "list-fishes.md", "another page's operation", "GET /fishes", "GET /tanks"),
    mistake(ReadMe, "get-fish.md", "a parameter spelt in two ways", "/{id}", "/{ids}"),
    mistake(
        ReadMe,
        "update-fish.md",
        "credentials that are not described",
        "Access JSON Web Token (Aquarium)",
        "House key (Aquarium)",
    ),
    mistake(
        ReadMe,
        "create-fish.md",
        "an enumeration in prose",
        "What kind of fish it is.",
        "Available values are Tetra and Guppy.",
    ),
    mistake(ReadMe, "delete-fish.md", "no operation", "DELETE /fishes/{id}", "fishes"),
    mistake(
        ReadMe,
        "create-plant.md",
        "a default in prose",
        "Whether it swims.",
        "Whether it swims (default: false).",
    ),
    mistake(
        ReadMe,
        "get-plant.md",
        "a block that is broken",
        "## Response\n",
        "[block:parameters]\n{\"data\": \n[/block]\n\n## Response\n",
    ),
    mistake(ReadMe, "delete-plant.md", "front matter that is none", "hidden: false", "hidden: [false"),
    mistake(Mintlify, "get-tank.md", "an example of another type", "Example:\n\ntrue", "Example:\n\n\"yes\""),
    mistake(Mintlify, "update-tank.md", "a sample that disagrees", "--request PATCH", "--request PUT"),
    mistake(Mintlify, "list-fishes.md", "another page's operation", "GET\n/\nfishes", "GET\n/\ntanks"),
    mistake(
        Mintlify,
        "get-fish.md",
        "a response without a status",
        "200 - application/json\n\nWhat came of it.",
        "OK",
    ),
    mistake(
        Mintlify,
        "update-fish.md",
        "an undocumented body field in the sample",
        "\"age\": 2\n}\n'",
        "\"age\": 2,\n  \"x\": 1\n}\n'",
    ),
    mistake(
        Mintlify,
        "create-fish.md",
        "a limit in prose",
        "What kind of fish it is.",
        "Must be at most 20 characters.",
    ),
    mistake(
        Mintlify,
        "delete-fish.md",
        "an undocumented parameter",
        "Path Parameters\n\nid\nstring\nrequired\n\nWhich one it is.\n\n",
        "",
    ),
    mistake(
        Mintlify,
        "get-plant.md",
        "an undescribed scheme",
        "Bearer authentication header of the form Bearer <token>, where <token> is your auth token.",
        "The key.",
    ),
    mistake(Mintlify, "delete-plant.md", "no operation", "DELETE\n/\nplants\n/\n{id}\n", ""),
];
