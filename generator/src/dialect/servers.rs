//! Servers: a URL template, with what its braces leave open.

use indexmap::IndexMap;

use super::Context;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Server, ServerVariable, Text},
};

/// The server of a URL. Each variable in braces is reported once; its values are left open.
pub(crate) fn read_server(cx: &mut Context<'_>, url: Text, description: Option<Text>) -> Server {
    read_server_with(cx, url, description, IndexMap::new())
}

/// The server of a URL of which some variables are known.
pub(crate) fn read_server_with(
    cx: &mut Context<'_>,
    url: Text,
    description: Option<Text>,
    mut variables: IndexMap<String, ServerVariable>,
) -> Server {
    let mut rest = url.value.as_str();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        rest = after;
        if name.is_empty() || variables.contains_key(name) {
            continue;
        }
        cx.report(
            Diagnostic::new(
                codes::OPEN_SERVER_VARIABLE,
                url.span,
                format!("server variable `{name}` left open"),
            )
            .label("the page does not give its values")
            .help("override the server in docwright.yaml"),
        );
        let variable = ServerVariable { default: String::new(), values: Vec::new(), inferred: true };
        variables.insert(name.to_owned(), variable);
    }
    Server { url, description, variables }
}
