//! What a client makes of an operation's responses: which statuses are success, with what body, and what the
//! others are.
//!
//! An operation's plan comes in, an [`Outcomes`] goes out. A response is read by its status alone, so that the
//! arms are in order: codes, then classes, then what a page documents for all others.

use super::{
    docs,
    module_docs::indented,
    names::Name,
    plan::{BodyPlan, OperationPlan, Plan, ResponsePlan, RustType, SchemeKindPlan, SchemePlan},
};
use crate::model::{HttpMethod, Status};

/// How a client reads an operation's responses.
#[derive(Debug)]
pub(crate) struct Outcomes<'p> {
    /// What a success holds.
    pub(crate) success: SuccessPlan<'p>,
    /// The documented errors; none where nothing but success is documented.
    pub(crate) failures: Vec<Outcome<'p>>,
    /// What follows from which status, in the order in which it is tried.
    pub(crate) arms: Vec<Arm<'p>>,
    /// The media types to ask for.
    pub(crate) accept: Option<String>,
    /// Whether a redirect is a documented response, not an order to follow.
    pub(crate) redirects: bool,
}

impl Outcomes<'_> {
    /// Whether a response is given as it is.
    pub(crate) fn holds_raw(&self) -> bool {
        let is_raw = |outcome: &Outcome<'_>| outcome.content == ContentPlan::Raw;
        let success = match &self.success {
            SuccessPlan::One(content) => *content == ContentPlan::Raw,
            SuccessPlan::Several(_, several) => several.iter().any(is_raw),
        };
        success || self.failures.iter().any(is_raw)
    }
}

/// What a success holds.
#[derive(Debug)]
pub(crate) enum SuccessPlan<'p> {
    /// The same in every case.
    One(ContentPlan<'p>),
    /// Something else for each status: an enum of that name.
    Several(&'p Name, Vec<Outcome<'p>>),
}

/// A documented response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome<'p> {
    pub(crate) response: &'p ResponsePlan,
    pub(crate) content: ContentPlan<'p>,
}

/// What a client reads of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContentPlan<'p> {
    /// A type, from JSON.
    Json(&'p RustType),
    /// The bytes.
    Raw,
    /// Nothing.
    Empty,
}

/// Statuses, and what follows.
#[derive(Debug)]
pub(crate) struct Arm<'p> {
    pub(crate) pattern: Pattern,
    pub(crate) result: ArmResult<'p>,
}

/// Statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    Code(u16),
    Class(u8),
    /// Every status that is no error by HTTP's own rule (RFC 9110, 15).
    BelowErrors,
    /// Those of success (RFC 9110, 15.3).
    Success,
    Any,
}

/// What follows from a status.
#[derive(Debug)]
pub(crate) enum ArmResult<'p> {
    /// A success; its variant where successes differ.
    Success(ContentPlan<'p>, Option<&'p Name>),
    /// A documented error.
    Failure(Outcome<'p>),
    Undocumented,
}

/// How a client reads the responses of an operation.
pub(crate) fn lower_outcomes(operation: &OperationPlan) -> Outcomes<'_> {
    let all = operation.responses.iter().map(|response| Outcome {
        response,
        content: if operation.method == HttpMethod::Head { ContentPlan::Empty } else { content(response) },
    });
    let (default, stated): (Vec<_>, Vec<_>) = all.partition(|it| it.response.status == Status::Default);
    let default = default.first().copied();
    let (successes, mut failures): (Vec<_>, Vec<_>) =
        stated.into_iter().partition(|it| is_no_error(it.response.status));
    failures.extend(default);
    let success = lower_success(operation, &successes, default);
    let arms = lower_arms(&success, &successes, &failures, default);
    Outcomes {
        // Where no success is documented, it may come in any media type.
        accept: accept(operation).filter(|_| !successes.is_empty() || default.is_some()),
        redirects: operation.responses.iter().any(|response| is_redirect(response.status)),
        success,
        failures,
        arms,
    }
}

fn is_no_error(status: Status) -> bool {
    matches!(status, Status::Code(..400) | Status::Class(..4))
}

fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(300..=303 | 305..=399) | Status::Class(3))
}

/// JSON is read wherever it is documented; other media types are left to the caller.
fn content(response: &ResponsePlan) -> ContentPlan<'_> {
    match response.bodies.iter().find(|body| body.json) {
        Some(body) => ContentPlan::Json(&body.ty),
        None if response.bodies.is_empty() => ContentPlan::Empty,
        None => ContentPlan::Raw,
    }
}

fn lower_success<'p>(
    operation: &'p OperationPlan,
    successes: &[Outcome<'p>],
    default: Option<Outcome<'p>>,
) -> SuccessPlan<'p> {
    match (successes, default) {
        ([], Some(default)) => SuccessPlan::One(default.content),
        ([], None) => SuccessPlan::One(ContentPlan::Raw),
        ([first, rest @ ..], _) if rest.iter().all(|it| it.content == first.content) => {
            SuccessPlan::One(first.content)
        }
        _ => SuccessPlan::Several(&operation.success, successes.to_vec()),
    }
}

fn lower_arms<'p>(
    success: &SuccessPlan<'p>,
    successes: &[Outcome<'p>],
    failures: &[Outcome<'p>],
    default: Option<Outcome<'p>>,
) -> Vec<Arm<'p>> {
    let differ = matches!(success, SuccessPlan::Several(..));
    let succeed = successes.iter().map(|it| {
        let variant = differ.then_some(&it.response.variant);
        (it.response.status, ArmResult::Success(it.content, variant))
    });
    let fail = failures.iter().map(|it| (it.response.status, ArmResult::Failure(*it)));
    let mut arms: Vec<Arm<'p>> = succeed
        .chain(fail)
        .filter_map(|(status, result)| {
            let pattern = match status {
                Status::Code(code) => Pattern::Code(code),
                Status::Class(class) => Pattern::Class(class),
                Status::Default => return None,
            };
            Some(Arm { pattern, result })
        })
        .collect();
    arms.sort_by_key(|arm| matches!(arm.pattern, Pattern::Class(_)));
    if let (true, SuccessPlan::One(content)) = (successes.is_empty(), success) {
        // Where a page documents errors alone, a redirect that leads nowhere is no success.
        let pattern =
            if failures.is_empty() || default.is_some() { Pattern::BelowErrors } else { Pattern::Success };
        arms.push(Arm { pattern, result: ArmResult::Success(*content, None) });
    }
    let others = default.map_or(ArmResult::Undocumented, ArmResult::Failure);
    arms.push(Arm { pattern: Pattern::Any, result: others });
    arms
}

/// The media types that the client reads, each once, JSON first where a response comes in several.
fn accept(operation: &OperationPlan) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for response in &operation.responses {
        let json = response.bodies.iter().any(|body| body.json);
        for body in response.bodies.iter().filter(|body| body.json == json) {
            let essence = body.media_type.split(';').next().unwrap_or_default().trim();
            if !types.contains(&essence) {
                types.push(essence);
            }
        }
    }
    (!types.is_empty()).then(|| types.join(", "))
}

/// The body that a client sends: JSON where it is documented.
pub(crate) fn request_body(operation: &OperationPlan) -> Option<&BodyPlan> {
    let bodies = &operation.request.as_ref()?.bodies;
    bodies.iter().find(|body| body.json).or(bodies.first())
}

/// The content type of a body: the documented one, unless that is a range.
pub(crate) fn content_type(body: &BodyPlan) -> &str {
    match (body.media_type.contains('*'), body.json) {
        (false, _) => &body.media_type,
        (true, true) => "application/json",
        (true, false) => "application/octet-stream",
    }
}

/// The documentation of an operation's method.
pub(crate) fn method_docs(operation: &OperationPlan) -> Vec<String> {
    let title = format!("{} {}", operation.method, operation.path);
    let mut lines = operation.docs.clone();
    docs::separate(&mut lines);
    lines.push(docs::code(&title));
    docs::separate(&mut lines);
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let name = docs::code(&parameter.wire);
        // Only a paragraph can go on behind the name: of a fence, the end would be taken for the start.
        let is_paragraph = parameter.docs.iter().all(|line| !line.is_empty() && !line.contains("```"));
        match parameter.docs.split_first() {
            Some((first, below)) if is_paragraph => {
                lines.push(format!("- {name}: {first}"));
                lines.extend(below.iter().map(|line| format!("  {line}")));
            }
            _ => lines.extend(indented(format!("- {name}:"), &parameter.docs)),
        }
    }
    if let Some(body) = request_body(operation).filter(|body| !body.json) {
        lines.push(format!("- body: as it is sent, in {}", docs::code(content_type(body))));
    }
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines.truncate(end);
    lines
}

/// The documentation of a documented response.
pub(crate) fn response_docs(response: &ResponsePlan) -> Vec<String> {
    match response.status {
        _ if !response.docs.is_empty() => response.docs.clone(),
        Status::Default => vec!["Any other status.".to_owned()],
        status => vec![format!("Status {status}.")],
    }
}

/// The documentation of an API's client.
pub(crate) fn client_docs(plan: &Plan) -> Vec<String> {
    let mut lines = vec![format!("A client of the API {}.", docs::code(&plan.name)), String::new()];
    lines.push(match &plan.server {
        Some(server) => format!("Its pages name the server {}.", docs::code(&server.url)),
        None => "Its pages name no server: a base URL must be set.".to_owned(),
    });
    lines
}

/// Whether the client's file names a generated type.
pub(crate) fn uses_types(operations: &[&OperationPlan]) -> bool {
    operations.iter().any(|operation| {
        operation.params.is_some()
            || request_body(operation).is_some_and(|body| body.json)
            || operation.parameters.iter().any(|it| it.required && matches!(it.ty, RustType::Named(_)))
            || (operation.method != HttpMethod::Head
                && operation.responses.iter().any(|it| it.bodies.iter().any(|body| body.json)))
    })
}

/// An API's credentials by kind.
#[derive(Debug, Default)]
pub(crate) struct Credentials<'p> {
    pub(crate) basic: Vec<&'p SchemePlan>,
    pub(crate) bearer: Vec<&'p SchemePlan>,
    pub(crate) keys: Vec<&'p SchemePlan>,
}

/// Sorts credentials by kind.
pub(crate) fn lower_credentials(schemes: &[SchemePlan]) -> Credentials<'_> {
    let mut credentials = Credentials::default();
    for scheme in schemes {
        match scheme.kind {
            SchemeKindPlan::Basic => credentials.basic.push(scheme),
            SchemeKindPlan::Bearer => credentials.bearer.push(scheme),
            // The user sets the headers for it.
            SchemeKindPlan::Undescribed => {}
            SchemeKindPlan::Header(_) | SchemeKindPlan::Query(_) | SchemeKindPlan::Cookie(_) => {
                credentials.keys.push(scheme);
            }
        }
    }
    credentials
}
