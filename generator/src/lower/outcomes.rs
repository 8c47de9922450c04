//! What a client and a server make of an operation's documented responses.
//!
//! Responses come in; out go what a success is to a client and to a server's function, and the enums of documented
//! responses that both share. Equal enums with equal documentation are one, under the name that was asked for first.
//! A response is read by its status alone, so that nothing here looks at shapes.

use std::collections::BTreeMap;

use foldhash::HashMap;

use super::{
    names::Name,
    plan::{BodyPlan, CasePlan, ContentPlan, ReplyPlan, ResponsesPlan, SuccessPlan},
    status::status_name,
};
use crate::model::{HttpMethod, Status};

/// A documented response.
#[derive(Debug)]
pub(super) struct ResponsePlan {
    pub(super) status: Status,
    pub(super) docs: Vec<String>,
    /// Its variants in an enum of responses, one for each body, at least one.
    pub(super) variants: Vec<Name>,
    /// One entry for each documented media type; none where it has no body.
    pub(super) bodies: Vec<BodyPlan>,
}

/// What becomes of an operation's responses.
#[derive(Debug)]
pub(super) struct Outcomes {
    pub(super) success: SuccessPlan,
    pub(super) reply: ReplyPlan,
    pub(super) failure: Option<Name>,
    pub(super) accept: Option<String>,
    pub(super) keep_redirects: bool,
}

/// The enums of documented responses of one API, while they are collected.
#[derive(Debug, Default)]
pub(super) struct Enums {
    pub(super) plans: Vec<ResponsesPlan>,
    pub(super) aliases: BTreeMap<Name, Name>,
    known: HashMap<Vec<CasePlan>, usize>,
}

impl Enums {
    /// The enum of that name. Where there is an equal one, the name becomes another name of it.
    fn define(&mut self, name: Name, cases: Vec<CasePlan>) -> Name {
        if let Some(plan) = self.known.get(&cases).and_then(|at| self.plans.get(*at)) {
            self.aliases.insert(name.clone(), plan.name.clone());
            return name;
        }
        self.known.insert(cases.clone(), self.plans.len());
        self.plans.push(ResponsesPlan { name: name.clone(), cases });
        name
    }

    /// What becomes of the responses of an operation. `reserve` makes a type's name.
    pub(super) fn lower_outcomes(
        &mut self,
        method: HttpMethod,
        responses: &[ResponsePlan],
        mut reserve: impl FnMut(&str) -> Name,
    ) -> Outcomes {
        let head = method == HttpMethod::Head;
        let of = |wanted: fn(Status) -> bool| responses.iter().filter(move |r| wanted(r.status));
        let successes: Vec<&ResponsePlan> = of(is_no_error).collect();
        let default = of(|status| status == Status::Default).next();
        let failures: Vec<CasePlan> =
            of(is_error).chain(default).flat_map(|response| cases(response, head)).collect();
        let failure = (!failures.is_empty()).then(|| self.define(reserve("failure"), failures));
        // Where a page documents one response for every status, it is that of a success too.
        let successes = if successes.is_empty() { default.into_iter().collect() } else { successes };
        let variants: Vec<CasePlan> = successes.iter().flat_map(|response| cases(response, head)).collect();
        let contents: Vec<ContentPlan> = successes.iter().map(|response| content(response, head)).collect();
        let differ = contents.iter().any(|content| Some(content) != contents.first());
        let reply = match variants.as_slice() {
            [] => ReplyPlan::Open,
            [one] => ReplyPlan::One(one.status, one.body.clone()),
            _ => ReplyPlan::Enum(self.define(reserve("success"), variants)),
        };
        let content = match (&reply, contents.into_iter().next()) {
            (ReplyPlan::Enum(name), _) if differ => ContentPlan::Enum(name.clone()),
            (_, Some(content)) => content,
            (_, None) => ContentPlan::Raw,
        };
        let statuses = match successes.as_slice() {
            // What is no error by HTTP's own rule (RFC 9110, 15). Where a page documents errors alone, a redirect that
            // leads nowhere is no success.
            [] if failure.is_some() => vec![2],
            [] | [ResponsePlan { status: Status::Default, .. }] => vec![2, 3],
            all => all.iter().map(|response| number(response.status)).collect(),
        };
        let accept = accept(responses, successes.is_empty(), &content, failure.is_some());
        Outcomes {
            success: SuccessPlan { statuses, content },
            reply,
            failure,
            accept,
            keep_redirects: responses.iter().any(|response| is_redirect(response.status)),
        }
    }
}

fn is_no_error(status: Status) -> bool {
    matches!(status, Status::Code(..400) | Status::Class(..4))
}

fn is_error(status: Status) -> bool {
    !is_no_error(status) && status != Status::Default
}

fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(300..=303 | 305..=399) | Status::Class(3))
}

/// A status as the runtime knows it: a class by its first digit.
pub(crate) fn number(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Class(class) => class.into(),
        Status::Default => 0,
    }
}

/// The variants of a response. There is no body in what answers HEAD, whatever the page has.
fn cases(response: &ResponsePlan, head: bool) -> Vec<CasePlan> {
    let docs = if is_told(response) { Vec::new() } else { response.docs.clone() };
    let bodies = if head { &[] } else { response.bodies.as_slice() };
    let case = |(at, variant): (usize, &Name)| CasePlan {
        variant: variant.clone(),
        docs: docs.clone(),
        status: response.status,
        body: bodies.get(at).cloned(),
    };
    response.variants.iter().enumerate().take(bodies.len().max(1)).map(case).collect()
}

/// Whether what a page says of a response is what its status is called: its variant says the same.
pub(super) fn is_told(response: &ResponsePlan) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    match response.docs.as_slice() {
        [] => true,
        [line] => letters(line) == letters(&status_name(response.status)),
        _ => false,
    }
}

/// JSON is read wherever it is documented; other media types are left to the caller.
fn content(response: &ResponsePlan, head: bool) -> ContentPlan {
    match response.bodies.iter().find(|body| body.json) {
        _ if head => ContentPlan::Empty,
        Some(body) => ContentPlan::Json(body.ty.clone()),
        None if response.bodies.is_empty() => ContentPlan::Empty,
        None => ContentPlan::Raw,
    }
}

/// The media types that the client reads, each once, JSON first where a response comes in several. `None` where that
/// is what the runtime asks for.
fn accept(responses: &[ResponsePlan], open: bool, content: &ContentPlan, fails: bool) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for response in responses {
        let json = response.bodies.iter().any(|body| body.json);
        for body in response.bodies.iter().filter(|body| body.json == json) {
            let essence = body.media_type.split(';').next().unwrap_or_default().trim();
            if !types.contains(&essence) {
                types.push(essence);
            }
        }
    }
    let own = match content {
        ContentPlan::Json(_) | ContentPlan::Enum(_) => true,
        ContentPlan::Raw | ContentPlan::Empty => fails,
    };
    // Where no success is documented, it may come in any media type.
    match (types.as_slice(), own) {
        (["application/json"], true) if !open => None,
        ([], false) => None,
        (_, false) if open => None,
        ([], true) => Some("*/*".to_owned()),
        (_, true) if open => Some("*/*".to_owned()),
        (types, _) => Some(types.join(", ")),
    }
}
