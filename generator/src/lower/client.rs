//! What a client needs besides its operations: credentials by kind, and its documentation.

use super::{
    docs,
    plan::{BodyPlan, OperationPlan, Plan, SchemeKindPlan, SchemePlan},
};

/// The body that a client sends and a server reads: JSON where it is documented, otherwise a form.
pub(crate) fn request_body(operation: &OperationPlan) -> Option<&BodyPlan> {
    let bodies = &operation.request.as_ref()?.bodies;
    bodies.iter().find(|body| body.json).or(bodies.iter().find(|body| body.form)).or(bodies.first())
}

/// The content type of a body: the documented one, unless that is a range.
pub(crate) fn content_type(body: &BodyPlan) -> &str {
    match (body.media_type.contains('*'), body.json) {
        (false, _) => &body.media_type,
        (true, true) => "application/json",
        (true, false) => "application/octet-stream",
    }
}

/// The documentation of an API's client.
pub(crate) fn client_docs(plan: &Plan) -> Vec<String> {
    let server = match &plan.server {
        Some(server) => format!("Its pages name the server {}.", docs::code(&server.url)),
        None => "Its pages name no server: a base URL must be set.".to_owned(),
    };
    vec![format!("A client of the API {}. {server}", docs::code(&plan.name))]
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
