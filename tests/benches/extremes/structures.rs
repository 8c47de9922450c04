//! Pages of many parts, and many pages.

use crate::Case;

/// The cases. A size is a number of parts.
pub fn cases() -> Vec<Case> {
    const COUNTS: [usize; 3] = [200, 2_000, 20_000];
    let mut cases: Vec<Case> = Vec::new();
    let mut add = |name: &str, counts: &[usize], make: fn(usize) -> Vec<String>| {
        cases.push((name.to_owned(), counts.to_vec(), Box::new(make)));
    };
    add("many: redocly fields", &COUNTS, |n| {
        vec![redocly_page((0..n).map(|at| format!("  - `field{at}` (string)\n    Text {at}.\n\n")))]
    });
    add("many: redocly fields of one name", &COUNTS, |n| {
        vec![redocly_page((0..n).map(|_| "  - `field` (string)\n    Text.\n\n".to_owned()))]
    });
    add("many: redocly names that meet", &COUNTS, |n| {
        vec![redocly_page((0..n).map(|at| {
            format!("  - `field{}` (string)\n    Text.\n\n", "-".repeat(at % 500) + &at.to_string())
        }))]
    });
    add("many: redocly names of no letters", &COUNTS, |n| {
        vec![redocly_page((0..n).map(|at| {
            format!(
                "  - `{}` (string)\n\n",
                at.to_string()
                    .chars()
                    .map(|c| ['!', '?', '+', '-', '*', '/', '=', '<', '>', '~'][c as usize - 48])
                    .collect::<String>()
            )
        }))]
    });
    add("many: redocly objects", &COUNTS, |n| {
        vec![redocly_page(
            (0..n / 2).map(|at| format!("  - `o{at}` (object)\n\n  - `o{at}.x{at}` (string)\n    Text.\n\n")),
        )]
    });
    add("many: redocly equal objects", &COUNTS, |n| {
        vec![redocly_page(
            (0..n / 2).map(|at| format!("  - `o{at}` (object)\n\n  - `o{at}.x` (string)\n    Text.\n\n")),
        )]
    });
    add("many: redocly enumerations", &COUNTS, |n| {
        vec![redocly_page(
            (0..n).map(|at| format!("  - `e{at}` (string)\n    Text.\n    Enum: \"a{at}\", \"b\"\n\n")),
        )]
    });
    add("many: redocly values", &COUNTS, |n| {
        let values: Vec<String> = (0..n).map(|at| format!("\"v{at}\"")).collect();
        vec![redocly_page([format!("  - `e` (string)\n    Enum: {}\n\n", values.join(", "))].into_iter())]
    });
    add("many: redocly values that meet", &COUNTS, |n| {
        let values: Vec<String> =
            (0..n).map(|at| format!("\"{}\"", "-".repeat(at % 300) + &"x".repeat(at / 300))).collect();
        vec![redocly_page([format!("  - `e` (string)\n    Enum: {}\n\n", values.join(", "))].into_iter())]
    });
    add("many: redocly deep names", &COUNTS, |n| {
        vec![redocly_page(
            (0..n).map(|at| {
                format!("  - `{}` (object)\n\n", vec!["a"; at % 300 + 1].join(".") + &at.to_string())
            }),
        )]
    });
    add("many: redocly references of enumerations", &COUNTS, |n| {
        vec![redocly_page(
            (0..n).map(|at| format!("  - `e{at}` (string)\n    Enum: same as `e0` (2 values)\n\n")),
        )]
    });
    add("many: redocly unions", &COUNTS, |n| {
        vec![redocly_page(
            [format!("  - `e` ({})\n\n", vec!["string,null,integer"; n].join(","))].into_iter(),
        )]
    });
    add("many: redocly sections", &COUNTS, |n| {
        vec![redocly_page((0..n).map(|at| {
            format!(
                "## Response {} fields (application/json):\n\n  - `a` (string)\n    Text.\n\n",
                200 + at % 300
            )
        }))]
    });
    add("many: redocly operations on a page", &[20, 200, 2_000], |n| {
        vec![(0..n).map(|at| format!("# Operation {at}\n\nEndpoint: PUT /a/{at}/{{id}}\nVersion: 1\nSecurity: bearer\n\n## Path parameters:\n\n  - `id` (string, required)\n    Text.\n\n")).collect()]
    });
    add("many: redocly operations of one path", &[20, 200, 2_000], |n| {
        vec![(0..n).map(|_| "# Operation\n\nEndpoint: PUT /a/{id}\n\n## Path parameters:\n\n  - `id` (string, required)\n    Text.\n\n".to_owned()).collect()]
    });
    add("many: redocly path parameters", &COUNTS, |n| {
        let path: String = (0..n).map(|at| format!("/{{p{at}}}")).collect();
        vec![format!(
            "# A\n\nEndpoint: PUT {path}\nVersion: 1\n\n## Path parameters:\n\n{}",
            (0..n).map(|at| format!("  - `p{at}` (string, required)\n    Text.\n\n")).collect::<String>()
        )]
    });
    add("many: pieces in a long link", &COUNTS, |n| {
        let link = format!("[{}](<https://a.example/{}>)", "`a` b ".repeat(n), "a".repeat(6 * n));
        vec![format!("# A\n\n```\na\n```\n\n{link}\n\nEndpoint: PUT /a\n\n## Response 204 fields\n")]
    });
    add("many: links to operations", &COUNTS, |n| {
        let links = |at| format!("## Operation {at}\n\n - [GET /a/{at}](a{at}.md): Gets {at}.\n\n");
        vec![format!("# A\n\nAll.\n\n{}", (0..n).map(links).collect::<String>())]
    });
    add("many: bump fields", &COUNTS, |n| {
        let fields: String = (0..n).map(|at| format!("- **f{at}** (string)\n  Text {at}.\n")).collect();
        vec![format!(
            "# A\n\n**POST /a**\n\n## Parameters\n\n### Body: application/json (object)\n{fields}\n## Responses\n### 200\nOK\n\n[Powered by Bump.sh](https://bump.sh)\n"
        )]
    });
    add("many: bump nested array types", &COUNTS, |n| {
        vec![format!(
            "# A\n\n**POST /a**\n\n## Parameters\n\n### Body: application/json (object)\n- **a** ({}string{})\n\n## Responses\n### 200\nOK\n",
            "array[".repeat(n),
            "]".repeat(n)
        )]
    });
    add("many: bump headers", &COUNTS, |n| {
        let fields: String = (0..n).map(|at| format!("- **X-H{at}** (string)\n  Text {at}.\n")).collect();
        vec![format!(
            "# A\n\n**POST /a**\n\n## Parameters\n\n### Headers\n{fields}\n## Responses\n### 200\nOK\n\n[Powered by Bump.sh](https://bump.sh)\n"
        )]
    });
    add("many: bump media types", &COUNTS, |n| {
        let bodies: String =
            (0..n).map(|at| format!("### Body: application/x{at} (object)\n- **a** (string)\n\n")).collect();
        vec![format!("# A\n\n**POST /a**\n\n## Parameters\n\n{bodies}## Responses\n### 200\nOK\n")]
    });
    add("many: bump credentials", &COUNTS, |n| {
        let schemes: String = (0..n).map(|at| format!("- Key {at}\n")).collect();
        vec![format!(
            "# A\n\n**POST /a**\n\n## Authentication methods\n{schemes}\n## Parameters\n\n## Responses\n### 200\nOK\n"
        )]
    });
    add("many: redocly credentials", &COUNTS, |n| {
        let schemes: Vec<String> = (0..n).map(|at| format!("Key{at}")).collect();
        vec![format!("# A\n\nEndpoint: POST /a\nVersion: 1\nSecurity: {}\n", schemes.join(", "))]
    });
    add("many: readme table rows", &COUNTS, |n| {
        vec![readme_page(&format!(
            "| Parameter Name | Required | Type | Description |\n|---|---|---|---|\n{}",
            (0..n).map(|at| format!("| a{at} | Yes | string | Text {at}. |\n")).collect::<String>()
        ))]
    });
    add("many: readme table columns", &COUNTS, |n| {
        vec![readme_page(&format!("|{}\n|{}\n|{}\n", " a |".repeat(n), "---|".repeat(n), " b |".repeat(n)))]
    });
    add("many: readme table cells", &[1_000, 10_000, 100_000, 1_000_000], |n| {
        let side = (n as f64).sqrt() as usize;
        vec![readme_page(&format!(
            "|{}\n|{}\n{}",
            " a |".repeat(side),
            "---|".repeat(side),
            format!("|{}\n", " b |".repeat(side)).repeat(side)
        ))]
    });
    add("many: readme block cells", &[1_000, 10_000, 100_000, 1_000_000], |n| {
        let cells: Vec<String> = (0..n / 4)
            .flat_map(|row| (0..4).map(move |column| format!("\"{row}-{column}\":\"a{row}\"")))
            .collect();
        vec![readme_page(&format!(
            "[block:parameters]\n{{\"data\":{{\"h-0\":\"Property Name\",\"h-1\":\"Required\",\"h-2\":\"Type\",\"h-3\":\"Description\",{}}},\"cols\":4,\"rows\":{}}}\n[/block]\n",
            cells.join(","),
            n / 4
        ))]
    });
    add("many: readme block of a claimed size", &[1_000, 10_000, 100_000, 1_000_000], |n| {
        vec![readme_page(&format!(
            "[block:parameters]\n{{\"data\":{{\"h-0\":\"Property Name\",\"{n}-0\":\"a\"}},\"cols\":{n},\"rows\":{n}000}}\n[/block]\n"
        ))]
    });
    add("many: readme nested dashes", &COUNTS, |n| {
        vec![readme_page(&format!(
            "| Parameter Name | Required | Type | Description |\n|---|---|---|---|\n{}",
            (0..n)
                .map(|at| format!("| {}a{at} | Yes | object | Text. |\n", "-".repeat(at % 200)))
                .collect::<String>()
        ))]
    });
    add("many: readme JSON depth", &[1_000, 10_000, 100_000], |n| {
        vec![readme_page(&format!(
            "[block:parameters]\n{}{}\n[/block]\n",
            "{\"data\":".repeat(n),
            "}".repeat(n)
        ))]
    });
    add("many: redocly JSON depth", &[1_000, 10_000, 100_000], |n| {
        vec![redocly_page(
            [format!("  - `a` (object)\n    Example: {}{}\n\n", "[".repeat(n), "]".repeat(n))].into_iter(),
        )]
    });
    add("many: mintlify JSON depth", &[1_000, 10_000, 100_000], |n| {
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{}{}\n\nBody\n\napplication/json\na\nstring\nrequired\n\nA.\n\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n",
            "{\"a\":\n".repeat(n),
            "}\n".repeat(n)
        )]
    });
    add("many: mintlify line ends in a command", &[2_000, 20_000, 200_000], |n| {
        let line_ends = "\n".repeat(n);
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT{line_ends}--url https://a.example/a\n\nBody\n\napplication/json\na\nstring\nrequired\n\nA.\n\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n",
        )]
    });
    add("many: mintlify JSON members", &COUNTS, |n| {
        let members: Vec<String> = (0..n).map(|at| format!("  \"a{at}\": {at}")).collect();
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{{\n{}\n}}\n\nBody\n\napplication/json\na\nstring\nrequired\n\nA.\n\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n",
            members.join(",\n")
        )]
    });
    add("many: mintlify fields", &COUNTS, |n| {
        let fields: String = (0..n).map(|at| format!("f{at}\nstring\nrequired\n\nText {at}.\n\n")).collect();
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{{\n  \"a\": 1\n}}\n\nBody\n\napplication/json\n{fields}\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n"
        )]
    });
    add("many: mintlify lost names", &COUNTS, |n| {
        let fields: String = (0..n).map(|_| "string\nrequired\n\nText.\n\n".to_owned()).collect();
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{{\n  \"a\": 1\n}}\n\nBody\n\napplication/json\na\n{fields}\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n"
        )]
    });
    add("many: mintlify unions", &COUNTS, |n| {
        vec![format!(
            "PUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{{\n  \"a\": 1\n}}\n\nBody\n\napplication/json\na\n{}\nrequired\n\nText.\n\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n",
            vec!["string | integer"; n].join(" | ")
        )]
    });
    // The library's time is that of their square: so many take a tenth of a second, and more are refused.
    add("many: YAML front matter, brackets", &[10_000, 100_000], |n| {
        vec![format!("---\ntitle: {}\n---\n{}", "[".repeat(n), redocly_page(std::iter::empty()))]
    });
    add("many: YAML front matter, keys", &[100, 1_000, 5_000], |n| {
        vec![format!(
            "---\n{}---\n{}",
            (0..n).map(|at| format!("k{at}: v\n")).collect::<String>(),
            redocly_page(std::iter::empty())
        )]
    });
    add("many: YAML front matter, aliases of aliases", &[5, 50, 500], |n| {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..n {
            bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
        }
        vec![format!("---\n{bomb}---\n{}", redocly_page(std::iter::empty()))]
    });
    add("many: definition, schemas", &COUNTS, |n| {
        let schemas: Vec<String> = (0..n)
            .map(|at| format!("\"S{at}\":{{\"type\":\"object\",\"properties\":{{\"a{at}\":{{\"$ref\":\"#/components/schemas/S{}\"}}}}}}", (at + 1) % n))
            .collect();
        vec![definition_page(&schemas.join(","))]
    });
    add("many: definition, members", &COUNTS, |n| {
        let members: Vec<String> = (0..n).map(|at| format!("\"m{at}\":{{\"type\":\"string\"}}")).collect();
        vec![definition_page(&format!(
            "\"S0\":{{\"type\":\"object\",\"properties\":{{{}}}}}",
            members.join(",")
        ))]
    });
    add("many: definition, values of which none holds for both", &COUNTS, |n| {
        let values = |from: usize| (from..from + n).map(|at| at.to_string()).collect::<Vec<_>>().join(",");
        let part = |from| format!("{{\"type\":\"integer\",\"enum\":[{}]}}", values(from));
        vec![definition_page(&format!("\"S0\":{{\"allOf\":[{},{}]}}", part(0), part(n)))]
    });
    add("many: definition, compositions that double", &[4, 16, 64, 256], |n| {
        let schemas: Vec<String> = (0..n)
            .map(|at| {
                let next = format!("{{\"$ref\":\"#/components/schemas/S{}\"}}", at + 1);
                format!("\"S{at}\":{{\"allOf\":[{next},{next}],\"properties\":{{\"a{at}\":{next},\"b{at}\":{next}}}}}")
            })
            .collect();
        vec![definition_page(&schemas.join(","))]
    });
    add("many: definition, depth", &[1_000, 10_000, 100_000], |n| {
        vec![definition_page(&format!(
            "\"S0\":{}{}",
            "{\"type\":\"array\",\"items\":".repeat(n),
            "}".repeat(n)
        ))]
    });
    add("many: pages", &[10, 100, 1_000, 10_000], |n| {
        (0..n).map(|at| format!("# Update item {at}\n\nText.\n\nEndpoint: PUT /a{at}/{{id}}\nVersion: 1.0.0\nSecurity: bearer\n\n## Path parameters:\n\n  - `id` (string, required)\n    Text.\n\n## Request fields (application/json):\n\n  - `f{}` (string)\n    Text.\n\n## Response 200 fields (application/json):\n\n  - `g{at}` (integer)\n    Text.\n\n", at % 7)).collect()
    });
    add("many: pages of one title", &[10, 100, 1_000, 10_000], |n| {
        (0..n).map(|at| format!("# Update\n\nEndpoint: PUT /a/{at}\nVersion: 1.0.0\n\n## Request fields (application/json):\n\n  - `f` (string)\n    Text {at}.\n\n")).collect()
    });
    add("many: pages of one operation", &[10, 100, 1_000, 10_000], |n| {
        (0..n).map(|_| "# Update\n\nEndpoint: PUT /a\nVersion: 1.0.0\n\n## Request fields (application/json):\n\n  - `f` (string)\n    Text.\n\n".to_owned()).collect()
    });
    add("many: readme pages that link", &[10, 100, 1_000, 10_000], |n| {
        (0..n).map(|at| format!("---\ntitle: op{at}\nslug: op{at}\n---\nText.\n\n## Request\n\n**HTTP Request**\n\n```text\nPUT /a/{at}\n```\n\n**Request Body**\n\nIn the request body, supply a [User](doc:op{}) resource.\n\n## Response\n\nIf successful, this method returns a [User](doc:op{}) resource in the response body.\n", at / 2, at / 3)).collect()
    });
    cases
}

fn redocly_page(fields: impl Iterator<Item = String>) -> String {
    format!(
        "# A\n\nText.\n\nEndpoint: PUT /a\nVersion: 1.0.0\n\n## Request fields (application/json):\n\n{}",
        fields.collect::<String>()
    )
}

fn readme_page(parameters: &str) -> String {
    format!(
        "---\ntitle: a\nslug: a\n---\nText.\n\n## Request\n\n**HTTP Request**\n\n```text\nPUT /a\n```\n\n**Parameters**\n\n{parameters}\n\n## Response\n\nIf successful, this method returns an empty response body.\n"
    )
}

fn definition_page(schemas: &str) -> String {
    format!(
        "# A\n\n> Text.\n\n````yaml openapi.json put /a\n{{\"openapi\":\"3.1.0\",\"paths\":{{\"/a\":{{\"put\":{{\"responses\":{{\"200\":\
         {{\"description\":\"OK\",\"content\":{{\"application/json\":{{\"schema\":{{\"$ref\":\"#/components/schemas/S0\"}}}}}}}}}}}}}}}},\
         \"components\":{{\"schemas\":{{{schemas}}}}}}}\n````\n"
    )
}
