//! Operations as they will be written: servers, credentials, parameters, bodies and responses.

use super::types::{Check, RustType};
use crate::{
    lower::names::Name,
    model::{HttpMethod, ParameterLocation, QueryStyle, Status},
};

/// A server's URL template.
#[derive(Debug)]
pub(crate) struct ServerPlan {
    /// The template, verbatim.
    pub(crate) url: String,
    /// Its variables and their defaults; a default is empty where the page leaves it open.
    pub(crate) variables: Vec<(String, String)>,
}

/// Credentials.
#[derive(Debug)]
pub(crate) struct SchemePlan {
    /// The name of the server's constant.
    pub(crate) constant: Name,
    /// The name that pages use.
    pub(crate) wire: String,
    /// What they are.
    pub(crate) kind: SchemeKindPlan,
}

/// The kinds of credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SchemeKindPlan {
    /// User and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A key in a header of that name.
    Header(String),
    /// A key in a query parameter of that name.
    Query(String),
    /// A key in a cookie of that name.
    Cookie(String),
    /// Credentials that the page names without saying what they are.
    Undescribed,
}

/// One scheme that a request must carry.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct RequirementPlan {
    /// Its number in [`Plan::schemes`].
    pub(crate) scheme: usize,
    /// The permissions that the page asks for.
    pub(crate) permissions: Vec<String>,
}

/// An operation, as the client and the server need it.
#[derive(Debug)]
pub(crate) struct OperationPlan {
    /// The function's name.
    pub(crate) name: Name,
    /// The function's name in the server's trait, which has functions of its own.
    pub(crate) handler: Name,
    /// What the documentation of the functions says: the rest stands in that of the API's module.
    pub(crate) summary: String,
    /// The struct of optional parameters, in the types' module; `None` where there are none.
    pub(crate) params: Option<ParamsPlan>,
    pub(crate) method: HttpMethod,
    /// The path template, verbatim.
    pub(crate) path: String,
    /// The path parameters in the order of the template: their numbers in `parameters`.
    pub(crate) placeholders: Vec<usize>,
    pub(crate) webhook: bool,
    /// The parameters, those of the path first.
    pub(crate) parameters: Vec<ParameterPlan>,
    pub(crate) request: Option<RequestPlan>,
    /// What a client makes of a success.
    pub(crate) success: SuccessPlan,
    /// What a server's function gives where all goes well.
    pub(crate) reply: ReplyPlan,
    /// Whether the page documents headers of responses.
    pub(crate) headers: bool,
    /// The enum of documented errors; `None` where there are none.
    pub(crate) failure: Option<Name>,
    /// The media types to ask for, where they are not the runtime's own choice.
    pub(crate) accept: Option<String>,
    /// Whether a redirect is a documented response, not an order to follow.
    pub(crate) keep_redirects: bool,
    /// The alternatives of credentials, each with all that it needs; `None` where none are asked for.
    pub(crate) security: Option<Vec<Vec<RequirementPlan>>>,
}

/// A documented success, as a client has it.
#[derive(Debug)]
pub(crate) struct SuccessPlan {
    /// Its statuses: codes, and the first digits of classes.
    pub(crate) statuses: Vec<u16>,
    pub(crate) content: ContentPlan,
}

/// What a client has of a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentPlan {
    /// A type, from JSON.
    Json(RustType),
    /// The bytes.
    Raw,
    /// Nothing.
    Empty,
    /// Something else for each status: an enum of that name.
    Enum(Name),
}

/// What a server's function gives where all goes well.
#[derive(Debug)]
pub(crate) enum ReplyPlan {
    /// The only documented success.
    One(Status, Option<BodyPlan>),
    /// One of several: an enum of that name.
    Enum(Name),
    /// Any response: the page documents no success.
    Open,
}

/// An enum of documented responses.
#[derive(Debug)]
pub(crate) struct ResponsesPlan {
    pub(crate) name: Name,
    pub(crate) cases: Vec<CasePlan>,
}

/// A documented response in one media type: a variant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CasePlan {
    pub(crate) variant: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) status: Status,
    pub(crate) body: Option<BodyPlan>,
}

/// A struct of optional parameters.
#[derive(Debug)]
pub(crate) struct ParamsPlan {
    pub(crate) name: Name,
    /// Whether the struct is another operation's, so that the name is another name of it.
    pub(crate) shared: bool,
}

/// A parameter. Its type has a text form: `Display` and `FromStr`, or it is a `Secret`; or else it is an object, or JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ParameterPlan {
    pub(crate) name: Name,
    pub(crate) wire: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    /// Whether it may be sent several times: `ty` is the type of one value.
    pub(crate) repeated: bool,
    /// How several values are written, where that is not a pair for each, and how an object is, or whatever is JSON.
    pub(crate) style: Option<QueryStyle>,
    pub(crate) ty: RustType,
    /// The limits of the argument: of all values, where it may be sent several times.
    pub(crate) checks: Vec<Check>,
    pub(crate) docs: Vec<String>,
}

impl ParameterPlan {
    /// Whether it is an object, whose members are scalars, or JSON.
    pub(crate) fn is_object(&self) -> bool {
        self.style.is_some() && !self.repeated
    }
}

/// A request's body.
#[derive(Debug)]
pub(crate) struct RequestPlan {
    /// Whether the page says that it must be sent: a server then asks for it.
    pub(crate) required: bool,
    /// Whether the page says that it can be left out: a client then lets it. Most pages say neither.
    pub(crate) optional: bool,
    /// One entry for each documented media type, at least one.
    pub(crate) bodies: Vec<BodyPlan>,
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct BodyPlan {
    pub(crate) media_type: String,
    /// Whether the media type is JSON.
    pub(crate) json: bool,
    /// Whether it is a request's form, whose fields are the type's members.
    pub(crate) form: bool,
    pub(crate) ty: RustType,
}

impl BodyPlan {
    /// Whether it is read as its type. Any other is bytes.
    pub(crate) fn is_typed(&self) -> bool {
        self.json || self.form
    }
}
