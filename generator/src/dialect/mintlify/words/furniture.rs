//! What a page has around its content: each word once, by what it is for.

/// Buttons that choose the language of the sample below them.
pub(in crate::dialect::mintlify) const LANGUAGES: &[&str] =
    &[CURL, "curl", "Python", "JavaScript", "TypeScript", "PHP", "Go", "Java", "Ruby", "Node.js", "C#"];

/// The first of the languages.
pub(in crate::dialect::mintlify) const CURL: &str = "cURL";

/// The button that copies a sample.
pub(in crate::dialect::mintlify) const COPY: &[&str] =
    &["Copy", "复制", "コピー", "Copiar", "Copier", "Kopieren"];

/// The button beside a page's title.
pub(in crate::dialect::mintlify) const COPY_PAGE: &[&str] = &[
    "Copy page",
    "复制页面",
    "複製頁面",
    "ページをコピー",
    "페이지 복사",
    "Copiar página",
    "Copier la page",
    "Seite kopieren",
];

/// The button beside a sample, behind the one that copies it.
pub(in crate::dialect::mintlify) const ASK: &str = "Ask AI";

/// The button behind a path.
pub(in crate::dialect::mintlify) const TRY: &[&str] =
    &["Try it", "尝试", "试一试", "試す", "Pruébalo", "Essayer", "Experimentar", "Ausprobieren"];

/// The box to search in, above the menus.
pub(in crate::dialect::mintlify) const SEARCH: &[&str] = &["Search...", "Search…"];

/// What stands between a page's title and the site's name.
pub(in crate::dialect::mintlify) const SITE_MARKS: [&str; 4] = [" - ", " | ", " – ", " — "];

/// The button for the menus, on a small screen.
pub(in crate::dialect::mintlify) const NAVIGATION: &str = "Navigation";

/// Lines that open a page's foot: nothing after them belongs to the operation.
pub(in crate::dialect::mintlify) const FOOT: &[&str] =
    &["⌘I", "Ctrl+I", "Ctrl +I", "Was this page helpful?", "此页面对您有帮助吗？", "Powered by Mintlify"];

/// Lines that open a page's foot, too: buttons to report the page, whose words sentences hold.
pub(in crate::dialect::mintlify) const REPORT: &[&str] = &["Suggest edits", "Raise issue"];

/// How other lines begin that open a page's foot.
pub(in crate::dialect::mintlify) const FOOT_STARTS: &[&str] = &["Last modified on ", "最后修改于"];

/// Buttons whose words sentences hold, too.
pub(in crate::dialect::mintlify) const AS_IN_PROSE: &[&str] =
    &["Show all", "View all", "Show more", "Expand all", "Collapse all", "On this page"];

/// Other lines that are furniture wherever they stand.
pub(in crate::dialect::mintlify) const OTHERS: &[&str] = &[
    "Skip to main content",
    "⌘K",
    "Ctrl K",
    "Open in ChatGPT",
    "Open in Claude",
    "Show child attributes",
    "Hide child attributes",
    "Showchild attributes",
    "Hidechild attributes",
    "YesNo",
    "Yes No",
    "Powered by",
    "cURL Request",
    "Documentation Index",
    "Previous",
    "Next",
    NAVIGATION,
    "Assistant",
    "Send",
    "A valid request URL is required to generate request examples",
    "This response does not have an example.",
    "This response has no body data.",
    "Build docs developers (and LLMs) love",
    "Use this file to discover all available pages before exploring further.",
    "Responses are generated using AI and may contain mistakes.",
    "Assistant Responses are generated using AI and may contain mistakes.",
    // Translated.
    "跳转到主要内容",
    "显示子属性",
    "隐藏子属性",
    "显示 子属性",
    "子属性を表示",
    "Mostrar atributos secundarios",
    "Mostrar atributos hijos",
    "Afficher les attributs enfants",
    "Mostrar atributos filhos",
];

/// How other furniture begins.
pub(in crate::dialect::mintlify) const STARTS: &[&str] =
    &["Fetch the complete documentation index at:", "Last updated on ", "Show child attributes for "];
