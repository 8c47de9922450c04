//! The plan: what will be written, with nothing left to decide.
//!
//! Lowering makes it, emission prints it. Original names stand beside safe ones; collections are
//! ordered; the values are plain data, so that equal types can be recognised by comparing them.

mod operations;
mod types;

use std::collections::BTreeMap;

use super::names::Name;

pub(crate) use operations::*;
pub(crate) use types::*;

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
    /// Serde's derive of `Serialize`.
    pub(crate) serialize: bool,
    /// The runtime's derive of `Deserialize`.
    pub(crate) deserialize: bool,
    /// The runtime's treatment of a field that may be absent and may be null.
    pub(crate) double_option: bool,
    /// The runtime's treatment of a field that may be null and not absent.
    pub(crate) nullable: bool,
    /// The runtime's treatment of a field of any type that may be absent.
    pub(crate) present: bool,
    /// The runtime's `Secret`.
    pub(crate) secret: bool,
    /// The runtime's `Checker` and `Validate`.
    pub(crate) validate: bool,
}
