//! Types as they will be written: structs, enums, their fields, and the limits on values.

use serde_json::Number;

use crate::lower::names::Name;

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
    /// The name to give to serde, where a keyword of a union is not called as it is written.
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
    UniqueItems,
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
