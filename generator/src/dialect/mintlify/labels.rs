//! The words that Mintlify itself puts on pages, in the languages that it speaks.
//!
//! Sections, constraint labels, markers beside a type, and furniture: what the product prints on every
//! page and no vendor writes. English is the original; translations follow each word.

use super::lines::is_blank;
use crate::model::ParameterLocation;

/// The sections of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Credentials.
    Authorizations,
    /// Parameters of one place.
    Parameters(ParameterLocation),
    /// The request's body.
    Body,
    /// A response.
    Response,
}

const SECTIONS: &[(Section, &[&str])] = &[
    (
        Section::Authorizations,
        &[
            "Authorizations",
            "授权",
            "认证",
            "授權",
            "認證",
            "認可",
            "인증",
            "Autorizaciones",
            "Autorisations",
            "Autorizações",
            "Autorisierungen",
            "Autorisierung",
            "Авторизация",
            "Autorizzazioni",
        ],
    ),
    (
        Section::Parameters(ParameterLocation::Header),
        &[
            "Headers",
            "Header Parameters",
            "请求头",
            "請求標頭",
            "标头",
            "標頭",
            "ヘッダー",
            "헤더",
            "Encabezados",
            "En-têtes",
            "Cabeçalhos",
            "Header-Parameter",
            "Заголовки",
            "Intestazioni",
        ],
    ),
    (
        Section::Parameters(ParameterLocation::Path),
        &[
            "Path Parameters",
            "Path Params",
            "路径参数",
            "路徑參數",
            "パスパラメータ",
            "パスパラメーター",
            "경로 매개변수",
            "Parámetros de ruta",
            "Paramètres de chemin",
            "Parâmetros de caminho",
            "Pfadparameter",
            "Параметры пути",
            "Parametri di percorso",
        ],
    ),
    (
        Section::Parameters(ParameterLocation::Query),
        &[
            "Query Parameters",
            "Query Params",
            "查询参数",
            "查詢參數",
            "クエリパラメータ",
            "クエリパラメーター",
            "쿼리 매개변수",
            "Parámetros de consulta",
            "Paramètres de requête",
            "Parâmetros de consulta",
            "Abfrageparameter",
            "Query-Parameter",
            "Параметры запроса",
            "Parametri di query",
        ],
    ),
    (
        Section::Parameters(ParameterLocation::Cookie),
        &["Cookies", "Cookie Parameters", "Cookie 参数", "クッキー", "쿠키"],
    ),
    (
        Section::Body,
        &[
            "Body",
            "Request Body",
            "Body Parameters",
            "Body Params",
            "请求体",
            "請求體",
            "请求正文",
            "请求主体",
            "主体",
            "ボディ",
            "リクエストボディ",
            "본문",
            "요청 본문",
            "Cuerpo",
            "Corps",
            "Corpo",
            "Anfragetext",
            "Тело запроса",
            "Тело",
        ],
    ),
    (
        Section::Response,
        &[
            "Response",
            "Responses",
            "响应",
            "回應",
            "响应结果",
            "レスポンス",
            "응답",
            "Respuesta",
            "Réponse",
            "Resposta",
            "Antwort",
            "Ответ",
            "Risposta",
        ],
    ),
];

/// The section that a heading opens.
pub(super) fn section(heading: &str) -> Option<Section> {
    let heading = heading.trim_matches(|c: char| is_blank(c) || c == '*' || c == ':');
    SECTIONS.iter().find(|(_, words)| words.contains(&heading)).map(|(section, _)| *section)
}

/// What a field's constraint lines say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    /// The values of an enumeration.
    Options,
    /// The only value.
    AllowedValue,
    /// `1 <= x <= 100`.
    Range,
    /// `1 - 255`, `2`.
    StringLength,
    /// The longest string.
    MaxLength,
    /// The shortest string.
    MinLength,
    /// `1 - 10 elements`.
    ArrayLength,
    /// The most items.
    MaxItems,
    /// The fewest items.
    MinItems,
    /// The most members.
    MaxProperties,
    /// The fewest members.
    MinProperties,
    /// A regular expression.
    Pattern,
    /// A divisor.
    MultipleOf,
    /// One example.
    Example,
    /// Several.
    Examples,
}

const CONSTRAINTS: &[(Constraint, &[&str])] = &[
    (
        Constraint::Options,
        &[
            "Available options",
            "Allowed values",
            "可用选项",
            "可用選項",
            "利用可能なオプション",
            "사용 가능한 옵션",
            "Opciones disponibles",
            "Options disponibles",
            "Opções disponíveis",
            "Verfügbare Optionen",
            "Доступные варианты",
            "Opzioni disponibili",
        ],
    ),
    (
        Constraint::AllowedValue,
        &[
            "Allowed value",
            "允许值",
            "允许的值",
            "允許值",
            "許可される値",
            "허용 값",
            "Valor permitido",
            "Valeur autorisée",
            "Zulässiger Wert",
            "Допустимое значение",
        ],
    ),
    (
        Constraint::Range,
        &[
            "Required range",
            "必填范围",
            "必需范围",
            "要求范围",
            "必填範圍",
            "必須範囲",
            "필수 범위",
            "Rango requerido",
            "Plage requise",
            "Intervalo obrigatório",
            "Erforderlicher Bereich",
            "Требуемый диапазон",
        ],
    ),
    (
        Constraint::StringLength,
        &[
            "Required string length",
            "必填字符串长度",
            "必需字符串长度",
            "要求字符串长度",
            "必須文字列長",
            "필수 문자열 길이",
            "Longitud de cadena requerida",
            "Longueur de chaîne requise",
            "Comprimento obrigatório da string",
        ],
    ),
    (
        Constraint::MaxLength,
        &[
            "Maximum string length",
            "最大字符串长度",
            "最大文字列長",
            "Longitud máxima de cadena",
            "Longueur maximale de la chaîne",
        ],
    ),
    (
        Constraint::MinLength,
        &[
            "Minimum string length",
            "最小字符串长度",
            "最小文字列長",
            "Longitud mínima de cadena",
            "Longueur minimale de la chaîne",
        ],
    ),
    (Constraint::ArrayLength, &["Required array length", "必填数组长度", "必需数组长度", "要求数组长度"]),
    (Constraint::MaxItems, &["Maximum array length", "最大数组长度"]),
    (Constraint::MinItems, &["Minimum array length", "最小数组长度"]),
    (Constraint::MaxProperties, &["Maximum object properties", "Maximum properties"]),
    (Constraint::MinProperties, &["Minimum object properties", "Minimum properties"]),
    (Constraint::Pattern, &["Pattern", "模式", "パターン", "패턴", "Patrón", "Motif", "Padrão"]),
    (Constraint::MultipleOf, &["Must be a multiple of", "Multiple of"]),
    (
        Constraint::Examples,
        &["Examples", "示例列表", "Ejemplos", "Exemples", "Exemplos", "Beispiele", "Примеры"],
    ),
    (
        Constraint::Example,
        &[
            "Example",
            "示例",
            "範例",
            "例",
            "예시",
            "예",
            "Ejemplo",
            "Exemple",
            "Exemplo",
            "Beispiel",
            "Пример",
            "Esempio",
        ],
    ),
];

/// The constraint that a line begins with, and how long its label is, the colon included.
pub(super) fn constraint(line: &str) -> Option<(Constraint, usize)> {
    CONSTRAINTS.iter().find_map(|(constraint, words)| {
        words.iter().find_map(|word| {
            let rest = line.strip_prefix(word)?.trim_start();
            let colon = [':', '：'].into_iter().find(|&colon| rest.starts_with(colon))?;
            Some((*constraint, line.len() - rest.len() + colon.len_utf8()))
        })
    })
}

/// A word beside a field's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker<'a> {
    /// Sent as a header.
    Header,
    /// Sent in the query.
    Query,
    /// Sent as a cookie.
    Cookie,
    /// Part of the path, or of the body: said again.
    Elsewhere,
    /// Always there.
    Required,
    /// Said by hand-written pages; the same as nothing.
    Optional,
    /// Not to be used any more.
    Deprecated,
    /// Only in responses, or only in requests.
    Direction,
    /// The default, as it is written.
    Default(&'a str),
}

const MARKERS: &[(&str, Marker<'static>)] = &[
    ("header", Marker::Header),
    ("query", Marker::Query),
    ("cookie", Marker::Cookie),
    ("path", Marker::Elsewhere),
    ("body", Marker::Elsewhere),
    ("required", Marker::Required),
    ("必需", Marker::Required),
    ("必填", Marker::Required),
    ("必須", Marker::Required),
    ("필수", Marker::Required),
    ("requerido", Marker::Required),
    ("obligatorio", Marker::Required),
    ("requis", Marker::Required),
    ("obligatoire", Marker::Required),
    ("obrigatório", Marker::Required),
    ("erforderlich", Marker::Required),
    ("обязательно", Marker::Required),
    ("obbligatorio", Marker::Required),
    ("optional", Marker::Optional),
    ("可选", Marker::Optional),
    ("deprecated", Marker::Deprecated),
    ("已弃用", Marker::Deprecated),
    ("非推奨", Marker::Deprecated),
    ("obsoleto", Marker::Deprecated),
    ("obsolète", Marker::Deprecated),
    ("read-only", Marker::Direction),
    ("write-only", Marker::Direction),
    ("只读", Marker::Direction),
    ("只写", Marker::Direction),
];

const DEFAULTS: &[&str] = &[
    "default",
    "默认值",
    "預設值",
    "デフォルト",
    "기본값",
    "predeterminado",
    "valor predeterminado",
    "par défaut",
    "défaut",
    "padrão",
    "Standard",
    "по умолчанию",
];

/// The marker that `text` begins with, and its length. A default reaches to the end of the text, or to
/// the marker glued behind it.
pub(super) fn leading_marker(text: &str) -> Option<(Marker<'_>, usize)> {
    if let Some((word, marker)) = MARKERS.iter().find(|(word, _)| text.starts_with(word)) {
        return Some((*marker, word.len()));
    }
    DEFAULTS.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?.trim_start();
        let colon = [':', '：'].into_iter().find(|&colon| rest.starts_with(colon))?;
        let value = rest.get(colon.len_utf8()..)?;
        let glued =
            MARKERS.iter().find_map(|(word, _)| value.strip_suffix(word).filter(|v| !v.trim().is_empty()));
        let value = glued.unwrap_or(value);
        let start = text.len() - rest.len() + colon.len_utf8();
        Some((Marker::Default(value.trim()), start + value.len()))
    })
}

/// Whether a line can end in markers: most lines of prose cannot, and need no closer look.
pub(super) fn may_end_in_markers(line: &str) -> bool {
    MARKERS.iter().any(|(word, _)| line.ends_with(word))
        || DEFAULTS.iter().any(|word| line.find(word).is_some_and(|at| at > 0))
}

/// The marker that a line is, wholly.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    leading_marker(line).filter(|(_, length)| *length == line.len()).map(|(marker, _)| marker)
}

/// Lines that are furniture wherever they stand.
const FURNITURE: &[&str] = &[
    "Skip to main content",
    "Try it",
    "Copy",
    "Copy page",
    "Ask AI",
    "⌘I",
    "⌘K",
    "Ctrl+I",
    "Ctrl K",
    "Search...",
    "Search…",
    "Open in ChatGPT",
    "Open in Claude",
    "Show child attributes",
    "Hide child attributes",
    "Show all",
    "View all",
    "Show more",
    "Expand all",
    "Collapse all",
    "Was this page helpful?",
    "Suggest edits",
    "Raise issue",
    "On this page",
    "Powered by Mintlify",
    "Powered by",
    "cURL",
    "curl",
    "cURL Request",
    "Python",
    "JavaScript",
    "PHP",
    "Go",
    "Java",
    "Ruby",
    "Node.js",
    "C#",
    "Documentation Index",
    "Previous",
    "Next",
    "Navigation",
    "Assistant",
    "Send",
    "A valid request URL is required to generate request examples",
    "Use this file to discover all available pages before exploring further.",
    "Responses are generated using AI and may contain mistakes.",
    "Assistant Responses are generated using AI and may contain mistakes.",
    // Translated.
    "跳转到主要内容",
    "复制页面",
    "複製頁面",
    "复制",
    "尝试",
    "试一试",
    "显示子属性",
    "隐藏子属性",
    "显示 子属性",
    "此页面对您有帮助吗？",
    "ページをコピー",
    "試す",
    "コピー",
    "子属性を表示",
    "페이지 복사",
    "Copiar página",
    "Copiar",
    "Pruébalo",
    "Mostrar atributos secundarios",
    "Mostrar atributos hijos",
    "Copier la page",
    "Copier",
    "Essayer",
    "Afficher les attributs enfants",
    "Experimentar",
    "Mostrar atributos filhos",
    "Seite kopieren",
    "Kopieren",
    "Ausprobieren",
];

const FURNITURE_STARTS: &[&str] = &[
    "Last modified on ",
    "Fetch the complete documentation index at:",
    "Last updated on ",
    "最后修改于",
    "Show child attributes for ",
];

/// Whether a line is what the product puts on pages: menus, buttons, footers.
pub(super) fn is_furniture(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ']).trim_start_matches('#').trim();
    FURNITURE.contains(&line)
        || FURNITURE_STARTS.iter().any(|start| line.starts_with(start))
        || is_links(line)
}

/// Whether a line opens the page's foot: nothing after it belongs to the operation.
pub(super) fn opens_foot(line: &str) -> bool {
    matches!(
        line,
        "⌘I" | "Ctrl+I" | "Was this page helpful?" | "此页面对您有帮助吗？" | "Powered by Mintlify"
    ) || line.starts_with("Last modified on ")
        || line.starts_with("最后修改于")
}

/// Whether a line is nothing but links: the neighbouring pages, the vendor's accounts, a side menu.
fn is_links(line: &str) -> bool {
    let mut rest = line.trim_start_matches(['*', '-', '+', ' ']);
    let mut links = 0;
    while let Some(after) = rest.strip_prefix('[') {
        let Some((label, target)) = after.split_once("](") else { return false };
        let Some((_, next)) = target.split_once(')') else { return false };
        if label.contains('\n') || label.is_empty() {
            return false;
        }
        links += 1;
        rest = next.trim_start();
    }
    links > 0 && rest.is_empty()
}

/// Whether an anchor's identifier is that of a field.
pub(super) fn is_field_anchor(id: &str) -> bool {
    const STARTS: [&str; 7] =
        ["body-", "response-", "parameter-", "authorization-", "header-", "param-", "query-"];
    STARTS.iter().any(|start| id.starts_with(start))
}

/// The reason phrases of RFC 9110 for success: a response that is described by nothing else has the code.
const REASONS: &[(&str, u16)] = &[
    ("OK", 200),
    ("Created", 201),
    ("Accepted", 202),
    ("Non-Authoritative Information", 203),
    ("No Content", 204),
    ("Reset Content", 205),
    ("Partial Content", 206),
];

/// The status whose reason phrase a description is.
pub(super) fn status_of_reason(description: &str) -> Option<u16> {
    let phrase = description.trim().trim_end_matches('.');
    REASONS.iter().find(|(reason, _)| *reason == phrase).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_other_languages() {
        assert_eq!(section("请求体"), Some(Section::Body));
        assert_eq!(section("Body"), Some(Section::Body));
        assert_eq!(section("Bodybuilding"), None);
        assert_eq!(constraint("可用选项:").map(|(c, _)| c), Some(Constraint::Options));
        assert_eq!(marker("默认值:0"), Some(Marker::Default("0")));
        assert_eq!(marker("必需"), Some(Marker::Required));
    }

    #[test]
    fn labels_end_in_a_colon() {
        assert_eq!(constraint("Example: 5"), Some((Constraint::Example, 8)));
        assert_eq!(constraint("Examples:"), Some((Constraint::Examples, 9)));
        assert_eq!(constraint("Example code"), None);
    }

    #[test]
    fn links_alone_are_furniture() {
        assert!(is_furniture("[Get a](/a)[Delete b](/b)"));
        assert!(is_furniture("> Use this file to discover all available pages before exploring further."));
        assert!(!is_furniture("See [a](/a)"));
        assert!(!is_furniture("The page"));
    }
}
