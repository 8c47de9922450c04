//! APIs, pages, operations, parameters, bodies and responses.

use indexmap::IndexMap;
use serde::Serialize;

use super::{
    Callback, HttpMethod, Link, Parameter, ResourceLink, Schema, SecurityRequirement, SecurityScheme, Server,
    Status, Text, is_false,
};
use crate::{dialect::Dialect, source::Span};

/// What several pages of one vendor add up to.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Api {
    /// The API's name as the configuration or the command line gives it.
    pub name: String,
    /// The title of the API's overview page, or else the one that its definitions have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What the overview page says about the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The documented version of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// Security schemes by the name that pages use.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// The schemas that [`super::Type::Ref`] names.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub schemas: IndexMap<String, Schema>,
    /// Which of the schemas are resources that pages of their own describe, and how those are written. The others
    /// are those of OpenAPI definitions.
    #[serde(skip)]
    pub resources: IndexMap<String, Dialect>,
    /// The operations, in page order.
    pub operations: Vec<Operation>,
}

impl Api {
    /// The schema that a reference stands for, at the end of a chain of references; `None` where the schema is
    /// none, or the chain ends nowhere.
    #[must_use]
    pub fn referenced(&self, schema: &Schema) -> Option<&Schema> {
        super::referenced(&self.schemas, schema)
    }
}

/// What one page says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// How the page is written.
    pub dialect: Dialect,
    /// The page's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// The name that other pages link to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<Text>,
    /// What a definition on the page calls its API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_title: Option<Text>,
    /// What the page says about its API as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The version that the page gives for its API as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// Servers that the page gives for all operations of its API.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// Security schemes that the page describes or names.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// When the page was last changed, as its front matter says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Text>,
    /// The resource that the page describes, if it is a resource's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// The schemas that [`super::Type::Ref`] names, on this page.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub schemas: IndexMap<String, Schema>,
    /// The operations that the page documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

impl Page {
    /// An empty page.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            title: None,
            slug: None,
            api_title: None,
            description: None,
            version: None,
            servers: Vec::new(),
            security_schemes: IndexMap::new(),
            modified: None,
            resource: None,
            schemas: IndexMap::new(),
            operations: Vec::new(),
        }
    }
}

/// A resource that a page of its own describes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resource {
    /// The resource's name.
    pub name: Text,
    /// Its representation.
    pub schema: Schema,
}

/// One documented operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Operation {
    /// A name that is unique within the API: OpenAPI's `operationId`, as the page states it, or lower camel
    /// case. Empty until resolving has derived it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// How its page is written; set when pages are joined.
    #[serde(skip)]
    pub dialect: Option<Dialect>,
    /// The method.
    pub method: HttpMethod,
    /// The path template as the page has it, parameters in braces; a webhook's name for a webhook, and for a callback
    /// the id of its operation with the callback's name.
    pub path: Text,
    /// Whether the vendor calls this one, instead of being called.
    #[serde(skip_serializing_if = "is_false")]
    pub webhook: bool,
    /// Which callback of another operation it is. A callback is a webhook too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<Box<Callback>>,
    /// The page's title for it: what OpenAPI calls the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The page's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<Text>,
    /// The API version that the page gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<Text>,
    /// Servers that the page gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// The alternatives of credentials; `None` where the page says nothing, empty where it says none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Vec<SecurityRequirement>>,
    /// Path, query, header and cookie parameters, in page order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// The request's body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<RequestBody>,
    /// Documented responses, in page order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
    /// Code samples that the page shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
    /// Whether the page calls it deprecated.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether an OpenAPI definition on the page gives it. That has a notation for everything, so that nothing
    /// is inferred.
    #[serde(skip)]
    pub defined: bool,
    /// Whether the configuration says something of it that the page says otherwise, or does not say.
    #[serde(skip_serializing_if = "is_false")]
    pub overridden: bool,
    /// The line that names method and path.
    pub span: Span,
}

impl Operation {
    /// An operation of which only method and path are known yet.
    #[must_use]
    pub fn new(method: HttpMethod, path: Text, span: Span) -> Self {
        Self {
            id: String::new(),
            dialect: None,
            method,
            path,
            webhook: false,
            callback: None,
            title: None,
            description: None,
            slug: None,
            version: None,
            servers: Vec::new(),
            security: None,
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            samples: Vec::new(),
            deprecated: false,
            defined: false,
            overridden: false,
            span,
        }
    }

    /// The schemas that no other holds: those of parameters, bodies and the headers of responses, in page order.
    pub fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.named_schemas().map(|(_, schema)| schema)
    }

    /// [`Operation::schemas`], to be changed.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        self.named_schemas_mut().map(|(_, schema)| schema)
    }

    /// [`Operation::schemas`], each with the name of its parameter or header.
    pub(crate) fn named_schemas(&self) -> impl Iterator<Item = (Option<&str>, &Schema)> {
        let parameters = self.parameters.iter().map(|it| (Some(it.name.value.as_str()), &it.schema));
        let body = self.request_body.iter().flat_map(|body| &body.content);
        let responses = self.responses.iter().flat_map(|response| {
            let headers = response.headers.iter().map(|it| (Some(it.name.value.as_str()), &it.schema));
            headers.chain(response.content.iter().map(|media| (None, &media.schema)))
        });
        parameters.chain(body.map(|media| (None, &media.schema))).chain(responses)
    }

    /// [`Operation::named_schemas`], to be changed.
    pub(crate) fn named_schemas_mut(
        &mut self,
    ) -> impl DoubleEndedIterator<Item = (Option<&str>, &mut Schema)> {
        let parameters = self.parameters.iter_mut().map(|it| (Some(it.name.value.as_str()), &mut it.schema));
        let body = self.request_body.iter_mut().flat_map(|body| &mut body.content);
        let responses = self.responses.iter_mut().flat_map(|response| {
            let headers = response.headers.iter_mut();
            let headers = headers.map(|it| (Some(it.name.value.as_str()), &mut it.schema));
            headers.chain(response.content.iter_mut().map(|media| (None, &mut media.schema)))
        });
        parameters.chain(body.map(|media| (None, &mut media.schema))).chain(responses)
    }
}

/// A request's body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestBody {
    /// Whether it must be sent; `None` where the page does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// One entry for each documented media type.
    pub content: Vec<MediaType>,
    /// Where it is documented.
    pub span: Span,
}

impl RequestBody {
    /// The resource that names the body's type, if a page links to one.
    #[must_use]
    pub fn resource(&self) -> Option<&ResourceLink> {
        self.content.iter().find_map(|media| media.schema.resource.as_deref())
    }
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MediaType {
    /// The media type, such as `application/json`.
    pub name: Text,
    /// Whether the page does not name the media type, so that it was inferred.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// The body.
    pub schema: Schema,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// Whether the page does not state the status.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Documented headers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<Parameter>,
    /// One entry for each documented media type; none where the response has no body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<MediaType>,
    /// Operations that can be called with what the response holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Where it is documented.
    pub span: Span,
}

impl Response {
    /// A response of which only the status is known yet.
    #[must_use]
    pub fn new(status: Status, span: Span) -> Self {
        Self {
            status,
            inferred: false,
            description: None,
            headers: Vec::new(),
            content: Vec::new(),
            links: Vec::new(),
            span,
        }
    }
}

/// A code sample or example body that a page shows.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Sample {
    /// A `curl` command.
    Curl {
        /// The command.
        text: Text,
    },
    /// The JSON of a request's body, outside of a command.
    Request {
        /// The body.
        json: serde_json::Value,
        /// Where it stands.
        span: Span,
    },
    /// The JSON of a response's body.
    Response {
        /// The status that the page puts over it, if any.
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<Status>,
        /// The body.
        json: serde_json::Value,
        /// Where it stands.
        span: Span,
    },
}
