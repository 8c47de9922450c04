//! What the columns of a table hold.
//!
//! A table comes in, the role of each of its columns goes out ([`roles`]), by the words of its head, in
//! any order. A column whose head is missing is told by what its cells hold.

use std::collections::BTreeMap;

use super::{
    place::is_location,
    requirement::requirement_cell,
    tables::{Row, Table},
    types::is_type_name,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The name of a field.
    Name,
    /// The name of a member of the field above, in a column of its own.
    Member,
    /// Whether the field must be there.
    Required,
    /// Whether the field may be left out.
    Optional,
    /// Its type.
    Type,
    /// Its format.
    Format,
    /// Prose about it.
    Description,
    /// Whether it can be null.
    Nullable,
    /// Its default.
    Default,
    /// An example of it.
    Example,
    /// Its possible values.
    Values,
    /// Where a parameter is sent.
    Location,
    /// A status code.
    Status,
    /// The method of an operation, as resource pages list them.
    Method,
    /// The path of an operation.
    Uri,
    /// The credentials of an operation.
    Authorization,
    /// Something else, which goes to the description under its head.
    Other,
}

/// How many rows are looked at to tell a column without head.
const SAMPLE: usize = 32;

/// The role that a head announces; `None` where it is none that is known.
pub(super) fn role(head: &str) -> Option<Role> {
    // `Description (max. 200)`, `Type(length)`: what stands in parentheses says more of the same.
    let bare = || role_of(head.split_once('(').filter(|(before, _)| !before.trim().is_empty())?.0);
    // `Description & Example` describes, whatever else it holds; the cells of `Name / Type` tell themselves apart. Of any
    // other two, a cell could be either.
    let joined = || {
        let (first, second) = [" & ", " and ", " / "].iter().find_map(|joint| head.split_once(joint))?;
        let roles = [role_of(first)?, role_of(second)?];
        match roles {
            [Role::Name, _] => Some(Role::Name),
            _ => roles.contains(&Role::Description).then_some(Role::Description),
        }
    };
    role_of(head).or_else(bare).or_else(joined)
}

fn role_of(head: &str) -> Option<Role> {
    let head = head.trim().trim_matches(['*', ':', '?', '.', ' ']).to_lowercase();
    let words: Vec<&str> = head
        .split(|c: char| c.is_whitespace() || "_-/".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    Some(match words.join(" ").as_str() {
        "required" | "mandatory" | "is required" | "is mandatory" | "mandatory optional"
        | "required type" | "requirement type" | "require optional" | "required optional"
        | "optional required" | "optional mandatory" | "m o" | "presence" | "req" | "obligatory"
        | "requirement" | "requirements" | "requerido" | "obligatorio" | "obrigatório" | "requis"
        | "obligatoire" | "pflicht" | "pflichtfeld" | "erforderlich" | "必填" | "是否必填" | "必选"
        | "是否必须" | "必須" | "필수" => Role::Required,
        "optional" | "is optional" => Role::Optional,
        "type" | "types" | "data type" | "data types" | "datatype" | "value type" | "field type"
        | "property type" | "json type" | "attribute type" | "type format" | "tipo" | "tipo de dato"
        | "typ" | "datentyp" | "类型" | "数据类型" | "类型 约束" | "型" | "タイプ" | "타입" => {
            Role::Type
        }
        "format" => Role::Format,
        "nullable" | "is nullable" | "null" | "can be null" => Role::Nullable,
        "description" | "descriptions" | "desc" | "details" | "notes" | "note" | "comment" | "comments"
        | "meaning" | "explanation" | "definition" | "remarks" | "remark" | "purpose" | "usage" | "info"
        | "information" | "summary" | "descripción" | "descripcion" | "descrição" | "beschreibung"
        | "描述" | "说明" | "備考" | "説明" | "설명" => Role::Description,
        "default" | "default value" | "defaults" | "默认值" | "デフォルト" => Role::Default,
        "example" | "examples" | "sample" | "example value" | "sample value" | "example values"
        | "ejemplo" | "exemple" | "exemplo" | "beispiel" | "示例" | "例" => Role::Example,
        "values" | "possible values" | "possible value" | "allowed values" | "accepted values"
        | "valid values" | "enum" | "enum values" | "available values" | "options" | "valores" => {
            Role::Values
        }
        "in" | "location" | "located in" | "parameter location" | "sent in" | "位置" | "参数位置" => {
            Role::Location
        }
        "status"
        | "code"
        | "status code"
        | "http status"
        | "http code"
        | "http status code"
        | "error code"
        | "response code"
        | "código"
        | "codigo"
        | "código http"
        | "código de estado"
        | "código de status"
        | "código de error"
        | "código de erro"
        | "statuscode"
        | "状态码"
        | "错误码"
        | "ステータスコード"
        | "상태 코드" => Role::Status,
        "method" => Role::Method,
        "uri" | "url" | "path" | "endpoint" => Role::Uri,
        "authorization" => Role::Authorization,
        // A place in some tables, a type in others: `roles` looks at the cells.
        "parameter type" | "param type" => Role::Type,
        "nombre" | "parámetro" | "parametro" | "campo" | "atributo" | "nom" | "paramètre" | "champ"
        | "nome" | "parâmetro" | "feld" | "参数" | "参数名" | "参数名称" | "字段" | "字段名" | "名称"
        | "パラメータ" | "パラメーター" | "名前" | "項目" | "이름" | "파라미터" | "변수명" | "필드"
        | "필드명" => Role::Name,
        _ if names_fields(&words) => Role::Name,
        _ => return None,
    })
}

/// Whether a head is that of names: `name`, `Property Name`, `Body Parameters`.
fn names_fields(words: &[&str]) -> bool {
    const OWNERS: [&str; 13] = [
        "query", "path", "body", "url", "uri", "header", "form", "request", "response", "json", "input",
        "output", "api",
    ];
    let field = |word: &&str| {
        matches!(
            word.strip_suffix('s').unwrap_or(word),
            "parameter"
                | "param"
                | "property"
                | "propertie"
                | "field"
                | "attribute"
                | "argument"
                | "variable"
                | "element"
        )
    };
    match words {
        ["name" | "key" | "keys" | "header" | "headers" | "fieldname"] => true,
        [of, "name" | "names" | "key"] => field(of) || matches!(*of, "key" | "header") || OWNERS.contains(of),
        [of] => field(of),
        [owner, of] => OWNERS.contains(owner) && field(of),
        _ => false,
    }
}

/// The role of each column, with the text of its head. No role but [`Role::Other`] occurs twice.
pub(super) fn roles(table: &Table) -> BTreeMap<usize, (Role, String)> {
    let mut found: BTreeMap<usize, (Role, String)> = BTreeMap::new();
    let taken = |found: &BTreeMap<usize, (Role, String)>, role: Role| found.values().any(|(r, _)| *r == role);
    for (column, cell) in &table.head {
        let head = cell.plain();
        if head.trim().is_empty() {
            continue;
        }
        let role = match role(&head) {
            None | Some(Role::Type) if holds_locations(&table.rows, *column) => Some(Role::Location),
            Some(Role::Name) if names_members(&table.rows, &found, *column) => Some(Role::Member),
            role => role,
        };
        let role = role.filter(|role| found.len() < 64 && !taken(&found, *role)).unwrap_or(Role::Other);
        found.insert(*column, (role, head.trim().to_owned()));
    }
    let headless: Vec<usize> = table
        .rows
        .iter()
        .take(SAMPLE)
        .flat_map(|row| row.iter().take(SAMPLE).map(|(column, _)| *column))
        .filter(|column| !found.contains_key(column))
        .collect();
    for column in headless {
        if found.contains_key(&column) {
            continue;
        }
        let guess = guess(&table.rows, column);
        let free = |role: &Role| !taken(&found, *role);
        let role = guess.into_iter().find(free).unwrap_or(Role::Other);
        found.insert(column, (role, String::new()));
    }
    found
}

/// Whether a column says where parameters are sent, although its head could mean their types.
fn holds_locations(rows: &[Row], column: usize) -> bool {
    let cells = rows.iter().take(SAMPLE).filter_map(|row| row.iter().find(|(c, _)| *c == column));
    let mut cells = cells.map(|(_, cell)| cell.words()).filter(|text| !text.trim().is_empty()).peekable();
    cells.peek().is_some() && cells.all(|text| is_location(&text))
}

/// Whether a second column of names has them where the first one has none, and never beside it.
fn names_members(rows: &[Row], found: &BTreeMap<usize, (Role, String)>, column: usize) -> bool {
    let Some(first) = found.iter().find(|(_, (role, _))| *role == Role::Name).map(|(first, _)| *first) else {
        return false;
    };
    let filled = |row: &Row, wanted: usize| {
        row.iter().any(|(column, cell)| *column == wanted && !cell.text.trim().is_empty())
    };
    let sample = || rows.iter().take(SAMPLE).map(|row| (filled(row, first), filled(row, column)));
    sample().all(|row| row != (true, true)) && sample().any(|row| row == (false, true))
}

/// What a column without head may hold, the likeliest first.
fn guess(rows: &[Row], column: usize) -> Vec<Role> {
    let cells: Vec<_> = rows
        .iter()
        .take(SAMPLE)
        .filter_map(|row| row.iter().find(|(c, _)| *c == column).map(|(_, cell)| cell.plain()))
        .filter(|text| !text.trim().is_empty())
        .collect();
    let all = |test: &dyn Fn(&str) -> bool| !cells.is_empty() && cells.iter().all(|text| test(text.trim()));
    if all(&|text| requirement_cell(text).is_some()) {
        vec![Role::Required]
    } else if all(&is_type_name) {
        vec![Role::Type]
    } else if column == 0 && all(&|text| !text.contains(char::is_whitespace)) {
        vec![Role::Name, Role::Description]
    } else {
        vec![Role::Description]
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tables::from_lines, *};

    fn check(lines: &str, expected: &[Role]) {
        let mut start = 0;
        let ranges: Vec<_> = lines
            .split('\n')
            .map(|line| {
                let range = start..start + line.len();
                start = range.end + 1;
                range
            })
            .collect();
        let found: Vec<Role> =
            roles(&from_lines(lines, &ranges)).into_values().map(|(role, _)| role).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn heads_name_roles_in_any_order() {
        check(
            "Type\tProperty Name\tRequired?\tdescription\tSince",
            &[Role::Type, Role::Name, Role::Required, Role::Description, Role::Other],
        );
        check(
            "Body Parameter\tParameter Type\tData type\tOptional\na\tquery\tint\tyes",
            &[Role::Name, Role::Location, Role::Type, Role::Optional],
        );
        check(
            "Campo\tTipo\tObligatorio\tDescripción",
            &[Role::Name, Role::Type, Role::Required, Role::Description],
        );
        check("Name (id)\tType(length)\t(unit)", &[Role::Name, Role::Type, Role::Other]);
        check("Parameter\tField\na\t\n\tb", &[Role::Name, Role::Member]);
        check("Parameter\tField\na\tA\nb\tB", &[Role::Name, Role::Other]);
        check("Limit\tHTTP Status\tPrice parameters", &[Role::Other, Role::Status, Role::Other]);
    }

    #[test]
    fn columns_without_head_are_told_by_their_cells() {
        check(
            "\t\tType\t\nid\tYes\tinteger\tThe number.",
            &[Role::Name, Role::Required, Role::Type, Role::Description],
        );
    }
}
