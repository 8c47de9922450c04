//! The plan: what will be written, with nothing left to decide.
//!
//! Lowering makes it, emission prints it. Original names stand beside safe ones; collections are
//! ordered; the values are plain data, so that equal types can be recognised by comparing them.

use std::collections::BTreeMap;

use serde_json::Number;

use super::names::Name;
use crate::model::{Delimiter, HttpMethod, ParameterLocation, Status};

/// Everything that is written for one API.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The API's name.
    pub(crate) name: String,
    /// The API's module.
    pub(crate) module: Name,
    /// The module's documentation, one entry a line.
    pub(crate) docs: Vec<String>,
    /// The types by their number.
    pub(crate) types: Vec<TypePlan>,
    /// The order in which the types are written: what holds comes before what is held.
    pub(crate) order: Vec<TypeId>,
    /// Other names of types: of operations that document what another one does.
    pub(crate) aliases: BTreeMap<Name, Name>,
    /// What the types' file imports.
    pub(crate) imports: Imports,
    /// The server that the pages name.
    pub(crate) server: Option<ServerPlan>,
    /// The credentials that operations ask for.
    pub(crate) schemes: Vec<SchemePlan>,
    /// The operations, for the client and the server.
    pub(crate) operations: Vec<OperationPlan>,
    /// The enums of documented responses, in the types' module.
    pub(crate) responses: Vec<ResponsesPlan>,
    /// The alternatives of credentials that most operations ask for, by the numbers of their schemes.
    pub(crate) security: Vec<Vec<usize>>,
}

/// Names that generated types use bare. No generated type may have one of them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Imports {
    /// serde's derives.
    pub(crate) serde: bool,
    /// The runtime's treatment of a field that may be absent and may be null.
    pub(crate) double_option: bool,
    /// The runtime's treatment of a field that may be null and not absent.
    pub(crate) nullable: bool,
    /// The runtime's treatment of a field of any type that may be absent.
    pub(crate) present: bool,
    /// The runtime's `Responses`.
    pub(crate) responses: bool,
    /// The runtime's `Secret`.
    pub(crate) secret: bool,
    /// The runtime's `Checker` and `Validate`.
    pub(crate) validate: bool,
}

/// How a field is there, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `T`.
    Required,
    /// `Option<T>`, where null is a value and absence an error.
    Nullable,
    /// `Option<T>`; null is read as absent from a response, and refused in a request.
    Optional,
    /// `Option<T>` of a type that has null itself, which is kept.
    Present,
    /// `Option<Option<T>>`: absent and null are told apart.
    DoubleOption,
}

impl Presence {
    /// Whether `None` is not written.
    pub(crate) fn is_skipped(self) -> bool {
        matches!(self, Self::Optional | Self::Present | Self::DoubleOption)
    }
}

/// The number of a type within its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

/// A named type.
#[derive(Debug)]
pub(crate) struct TypePlan {
    /// Its name.
    pub(crate) name: Name,
    /// Its documentation.
    pub(crate) docs: Vec<String>,
    /// What it is.
    pub(crate) body: TypeBody,
    /// Whether some request's body holds it, so that absent and null are told apart.
    pub(crate) in_request: bool,
    /// Whether some response's body holds it.
    pub(crate) in_response: bool,
    /// Whether `Default` can be derived.
    pub(crate) default: bool,
    /// Whether it is a parameter's type, so that it has a text form.
    pub(crate) in_parameter: bool,
    /// Whether a limit is documented in it, or in a type that it holds.
    pub(crate) validate: bool,
}

/// The kinds of named types.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TypeBody {
    /// A struct.
    Struct(StructPlan),
    /// An enumeration of strings or integers, open: it keeps values that are not documented.
    Enum(EnumPlan),
    /// One of several types.
    Union(UnionPlan),
    /// Another name for a type.
    Alias(RustType, Vec<Check>),
}

/// A struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct StructPlan {
    /// The rule that gives the wire names of most fields; the others carry their own.
    pub(crate) rename_all: Option<RenameRule>,
    /// The fields.
    pub(crate) fields: Vec<FieldPlan>,
    /// All other members, kept in a map.
    pub(crate) extra: Option<ExtraPlan>,
}

/// The members of an object that have no names of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ExtraPlan {
    /// The field that keeps them.
    pub(crate) name: Name,
    /// The type of each.
    pub(crate) ty: RustType,
    /// Documented limits of each.
    pub(crate) checks: Vec<Check>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FieldPlan {
    /// Its name.
    pub(crate) name: Name,
    /// Its name on the wire.
    pub(crate) wire: String,
    /// The name to give to serde, where `rename_all` does not give it.
    pub(crate) rename: Option<String>,
    /// Its documentation.
    pub(crate) docs: Vec<String>,
    /// Its type, without `Option`.
    pub(crate) ty: RustType,
    /// Whether it must be there.
    pub(crate) required: bool,
    /// Whether it may be null.
    pub(crate) nullable: bool,
    /// In which direction it is sent.
    pub(crate) access: Access,
    /// Documented limits.
    pub(crate) checks: Vec<Check>,
}

/// In which direction a member is sent. It cannot be required where it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    Both,
    /// In responses alone.
    ReadOnly,
    /// In requests alone.
    WriteOnly,
}

impl FieldPlan {
    /// How the field is there, in a type that a request's body holds or does not.
    pub(crate) fn presence(&self, in_request: bool) -> Presence {
        let ty = match &self.ty {
            RustType::Secret(inner) => inner,
            ty => ty,
        };
        let holds_null = matches!(ty, RustType::Value | RustType::Unit);
        match (self.required, self.nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, _) if holds_null => Presence::Present,
            (false, true) if in_request => Presence::DoubleOption,
            (false, _) => Presence::Optional,
        }
    }
}

/// The recasing rules of serde.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RenameRule {
    Camel,
    Kebab,
    Pascal,
    ScreamingSnake,
    Snake,
    Lower,
    Upper,
    ScreamingKebab,
}

/// An enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct EnumPlan {
    /// How the wire names follow from the variants' names; the others carry their own.
    pub(crate) rename_all: Option<RenameRule>,
    /// The documented values.
    pub(crate) variants: Vec<VariantPlan>,
    /// The variant that keeps any other value.
    pub(crate) unknown: Name,
    /// Whether the values are integers.
    pub(crate) integer: bool,
}

/// A documented value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct VariantPlan {
    /// Its name.
    pub(crate) name: Name,
    /// The value.
    pub(crate) wire: WireValue,
    /// The name to give to serde, where `rename_all` does not give it.
    pub(crate) rename: Option<String>,
    /// Its documentation.
    pub(crate) docs: Vec<String>,
}

/// A value of an enumeration on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum WireValue {
    Text(String),
    Integer(i64),
}

/// One of several types. Serde tries the keywords first, then the others in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct UnionPlan {
    /// Strings with a meaning of their own.
    pub(crate) keywords: Vec<VariantPlan>,
    /// Variants that hold a value.
    pub(crate) variants: Vec<UnionVariant>,
    /// What tells the variants apart where all are objects; `None` where their kinds do.
    pub(crate) marks: Option<MarksPlan>,
}

/// What tells objects apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct MarksPlan {
    /// The member whose value tells; `None` where members tell by being there.
    pub(crate) member: Option<String>,
    /// The values or members, and the variant of which they tell.
    pub(crate) told: Vec<(Vec<String>, Name)>,
    /// The same, for types that do not have the member themselves.
    pub(crate) untold: Vec<(String, Name)>,
    /// The variant of all other objects.
    pub(crate) rest: Name,
}

/// A variant that holds a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct UnionVariant {
    pub(crate) name: Name,
    pub(crate) docs: Vec<String>,
    pub(crate) ty: RustType,
    /// Documented limits.
    pub(crate) checks: Vec<Check>,
}

/// A type expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum RustType {
    Unit,
    Bool,
    I32,
    I64,
    F32,
    F64,
    String,
    /// A value that must not appear in logs.
    Secret(Box<RustType>),
    Timestamp,
    Date,
    Uuid,
    /// The bytes of a body.
    Bytes,
    /// A file in a form.
    File,
    /// Any JSON value.
    Value,
    /// An object whose members the page leaves open.
    FreeForm,
    Vec(Box<RustType>),
    /// String keys to values.
    Map(Box<RustType>),
    /// `Option`, inside of arrays and maps.
    Option(Box<RustType>),
    /// `Box`, around a type that holds itself.
    Boxed(Box<RustType>),
    Named(TypeId),
}

/// A documented limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Check {
    MinLength(u64),
    MaxLength(u64),
    Minimum(Number),
    Maximum(Number),
    ExclusiveMinimum(Number),
    ExclusiveMaximum(Number),
    MultipleOf(Number),
    MinItems(u64),
    MaxItems(u64),
    MinProperties(u64),
    MaxProperties(u64),
    MaxKeyLength(u64),
    /// The value has limits of its own.
    Nested,
    /// Each item of an array, or value of a map, in which each may be null.
    Each(Vec<Check>),
    /// The value, unless it is null.
    Present(Vec<Check>),
}

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
#[derive(Debug)]
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

/// A parameter. Its type has a text form: `Display` and `FromStr`, or it is a `Secret`.
#[derive(Debug)]
pub(crate) struct ParameterPlan {
    pub(crate) name: Name,
    pub(crate) wire: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    /// Whether it may be sent several times: `ty` is the type of one value.
    pub(crate) repeated: bool,
    /// What stands between the values, where they are written as one.
    pub(crate) delimiter: Option<Delimiter>,
    pub(crate) ty: RustType,
    pub(crate) checks: Vec<Check>,
    pub(crate) docs: Vec<String>,
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
