//! What servers are called: the words that tell a server from the other URLs of a page.
//!
//! A label comes in, whether it is that of a server goes out ([`is_environment`]). Words that are not known are those of
//! a status page, a callback or a picture as well as those of a server, so that they tell nothing.

/// What servers are called by.
const WORDS: [&str; 98] = [
    // What they are for.
    "production",
    "productive",
    "prod",
    "live",
    "sandbox",
    "staging",
    "stage",
    "test",
    "testing",
    "tests",
    "trial",
    "demo",
    "development",
    "developer",
    "dev",
    "preview",
    "preproduction",
    "preprod",
    "pre",
    "qa",
    "uat",
    "beta",
    "alpha",
    "canary",
    "integration",
    "acceptance",
    "simulation",
    "simulator",
    "mock",
    "local",
    "localhost",
    "main",
    "primary",
    "secondary",
    "backup",
    "fallback",
    "default",
    "public",
    "private",
    "internal",
    "legacy",
    // The same in other languages.
    "producción",
    "produção",
    "produktion",
    "pruebas",
    "prueba",
    "teste",
    "testes",
    "homologação",
    "本番",
    "测试",
    "生产",
    "沙箱",
    "沙盒",
    "生产环境",
    "测试环境",
    "正式环境",
    "沙箱环境",
    // Where they are.
    "us",
    "usa",
    "eu",
    "europe",
    "uk",
    "asia",
    "apac",
    "ap",
    "emea",
    "australia",
    "au",
    "canada",
    "ca",
    "india",
    "japan",
    "jp",
    "singapore",
    "sg",
    "brazil",
    "br",
    "latam",
    "america",
    "americas",
    "north",
    "south",
    "east",
    "west",
    "central",
    "global",
    "international",
    // What they are.
    "base",
    "url",
    "urls",
    "uri",
    "api",
    "server",
    "servers",
    "host",
    "endpoint",
    "environment",
];
/// What stands between them.
const JOINTS: [&str; 6] = ["the", "for", "of", "and", "or", "in"];

/// Whether a label is that of a server: `Sandbox`, `Production (EU)`, `Base URL`.
pub(super) fn is_environment(label: &str) -> bool {
    let mut any = false;
    let lower = label.to_lowercase();
    let known = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let number = word.trim_start_matches('v').bytes().all(|byte| byte.is_ascii_digit());
        let named = WORDS.contains(&word);
        any |= named;
        named || number || JOINTS.contains(&word)
    });
    any && known
}

/// Whether the head of a column is that of what servers are called.
pub(super) fn heads_environments(head: &str) -> bool {
    let lower = head.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| {
        matches!(
            word,
            "environment"
                | "environments"
                | "env"
                | "server"
                | "servers"
                | "region"
                | "regions"
                | "stage"
                | "host"
        )
    })
}

/// Whether the head of a column is that of the URLs of servers.
pub(super) fn heads_urls(head: &str) -> bool {
    let lower = head.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_none()
        || words.any(|word| {
            matches!(
                word,
                "url"
                    | "urls"
                    | "uri"
                    | "base"
                    | "host"
                    | "hostname"
                    | "server"
                    | "endpoint"
                    | "address"
                    | "domain"
                    | "value"
            )
        })
}

/// Whether prose speaks of servers, so that they can come behind it.
pub(super) fn speaks_of_servers(prose: &str) -> bool {
    let lower = prose.to_lowercase();
    ["environment", "server", "base url", "base uri", "base path", "host"]
        .iter()
        .any(|word| lower.contains(word))
        && !lower.contains("://")
}

/// Whether a URL leads to a file, which no server is.
pub(super) fn is_file(url: &str) -> bool {
    const KINDS: [&str; 20] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "html", "htm", "pdf", "json", "yaml",
        "yml", "xml", "zip", "txt", "md", "csv",
    ];
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    let last = path.and_then(|(_, path)| path.rsplit('/').next());
    let kind = last.and_then(|last| last.rsplit_once('.')).map(|(_, kind)| kind.to_ascii_lowercase());
    kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_called_by_their_environments() {
        for label in
            ["Sandbox", "Production (EU)", "Base URL", "Test environment", "API v2", "US-East 1", "测试环境"]
        {
            assert!(is_environment(label), "{label}");
        }
        for label in
            ["See", "Docs", "Test dashboard", "Status", "Note", "Our status page", "Support", "", "2"]
        {
            assert!(!is_environment(label), "{label}");
        }
    }

    #[test]
    fn files_are_no_servers() {
        assert!(is_file("https://cdn.example/logo.png"));
        assert!(!is_file("https://lamps.example/v1.2"));
        assert!(!is_file("https://lamps.md"));
    }
}
