//! The operations of a definition: paths, webhooks, and what stands beside their methods.

use super::{Reader, Wanted};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{HttpMethod, Operation, Text},
    source::Span,
    yaml::{Member, Node},
};

/// What of a definition's root is read, here and in the other files.
const ROOT: &[&str] = &["openapi", "info", "servers", "security", "paths", "webhooks", "components"];
const COMPONENTS: &[&str] = &[
    "callbacks",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "links",
    "securitySchemes",
    "examples",
    "pathItems",
];
const OPERATION: &[&str] = &[
    "callbacks",
    "deprecated",
    "description",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "security",
    "servers",
];

/// The methods of a path item, which are its own members.
pub(super) const METHODS: [(&str, HttpMethod); 8] = [
    ("get", HttpMethod::Get),
    ("put", HttpMethod::Put),
    ("post", HttpMethod::Post),
    ("delete", HttpMethod::Delete),
    ("options", HttpMethod::Options),
    ("head", HttpMethod::Head),
    ("patch", HttpMethod::Patch),
    ("trace", HttpMethod::Trace),
];

impl<'n> Reader<'_, '_, 'n> {
    /// All operations, or the one that is wanted.
    pub(super) fn operations(&mut self, wanted: Option<&Wanted>) -> Vec<Operation> {
        let root = self.root;
        self.unknown_members(root, ROOT);
        if let Some(components) = root.get("components") {
            self.unknown_members(components, COMPONENTS);
        }
        let mut operations = Vec::new();
        for (key, webhook) in [("paths", false), ("webhooks", true)] {
            for (path, member) in root.get(key).and_then(Node::members).into_iter().flatten() {
                if path.starts_with("x-") {
                    self.leave_out(path, &member.key);
                    continue;
                }
                self.path_item(path, member, webhook, wanted, &mut operations);
            }
        }
        operations
    }

    fn path_item(
        &mut self,
        path: &str,
        member: &'n Member,
        webhook: bool,
        wanted: Option<&Wanted>,
        out: &mut Vec<Operation>,
    ) {
        let is_wanted = |method: HttpMethod| match wanted {
            None => true,
            Some(Wanted::Path(verb, template)) => !webhook && *verb == method && template == path,
            Some(Wanted::Webhook(name)) => webhook && name == path,
        };
        let Some(item) = self.resolved(&member.node) else { return };
        let name = Text::new(path, self.span(&member.key));
        let mut others = 0;
        for (key, method) in METHODS {
            let Some(node) = item.members().and_then(|members| members.get(key)) else { continue };
            if !is_wanted(method) {
                others += 1;
                continue;
            }
            let span = self.span(&node.key);
            let mut operation = Operation::new(method, name.clone(), span);
            operation.webhook = webhook;
            self.operation(&node.node, item, &mut operation);
            let mut callbacks = self.callbacks(&node.node, &operation);
            out.push(operation);
            out.append(&mut callbacks);
        }
        if others == 0 {
            self.unknown_of_item(item);
        }
    }

    /// Notes the members of a path item that say nothing that is read.
    pub(super) fn unknown_of_item(&mut self, item: &'n Node) {
        let mut known: Vec<&str> = METHODS.iter().map(|(key, _)| *key).collect();
        known.extend(["parameters", "servers", "description", "$ref"]);
        self.unknown_members(item, &known);
    }

    /// Reads an operation. What the definition says of all operations is not said of callbacks: servers and credentials
    /// are those of who receives them.
    pub(super) fn operation(&mut self, node: &'n Node, item: &'n Node, operation: &mut Operation) {
        self.unknown_members(node, OPERATION);
        operation.title = self.member_text(node, "summary").or_else(|| self.member_text(item, "summary"));
        operation.description = self.member_text(node, "description");
        match (&mut operation.description, self.member_text(item, "description")) {
            (Some(own), Some(shared)) if own.value != shared.value => {
                own.value = format!("{}\n\n{}", own.value, shared.value);
            }
            (own @ None, shared) => *own = shared,
            _ => {}
        }
        if let Some(id) = self.member_text(node, "operationId") {
            operation.id = id.value;
        }
        operation.deprecated = node.get("deprecated").and_then(Node::as_bool) == Some(true);
        let whole = Some(self.root).filter(|_| operation.callback.is_none());
        let servers = [Some(node), Some(item), whole].into_iter().flatten().find_map(|it| it.get("servers"));
        operation.servers = servers.map(|servers| self.servers(servers)).unwrap_or_default();
        let security = node.get("security").or_else(|| whole?.get("security"));
        operation.security = security.map(|security| self.requirements(security));
        self.parameters(item, operation);
        self.parameters(node, operation);
        if let Some(body) = node.get("requestBody") {
            operation.request_body = self.request_body(body, operation);
        }
        self.responses(node, operation);
    }
}

/// Says that a definition lacks the operation that its page is about.
pub(crate) fn report_missing(cx: &mut Context<'_>, wanted: &Wanted, span: Span) {
    let what = match wanted {
        Wanted::Path(method, path) => format!("`{method} {path}`"),
        Wanted::Webhook(name) => format!("the webhook `{name}`"),
    };
    cx.report(
        Diagnostic::new(codes::DEFINITION_WITHOUT_OPERATION, span, format!("definition without {what}"))
            .label("this names an operation that is not in the definition below")
            .help("put the vendor's own definition in its place"),
    );
}
