//! Callbacks: what an operation makes the vendor call.
//!
//! A callback's requests come out as operations of their own, webhooks that know their operation. Until resolving names them
//! (`resolve/callbacks.rs`), their paths are what tells them apart.

use super::{Reader, operation::METHODS};
use crate::{
    model::{Callback, Operation, Text},
    yaml::{Member, Node},
};

/// What is noted where nothing is to be received.
const EMPTY: &str = "callbacks (without a request)";

impl<'n> Reader<'_, '_, 'n> {
    /// The callbacks of an operation.
    pub(super) fn callbacks(&mut self, node: &'n Node, of: &Operation) -> Vec<Operation> {
        let mut found = Vec::new();
        for (name, member) in node.get("callbacks").and_then(Node::members).into_iter().flatten() {
            if name.starts_with("x-") {
                self.leave_out(name, &member.key);
                continue;
            }
            let Some(callback) = self.resolved(&member.node) else { continue };
            let mut nth = 0;
            for (url, member) in callback.members().into_iter().flatten() {
                if url.starts_with("x-") || url == "$ref" {
                    self.leave_out(url, &member.key);
                    continue;
                }
                let callback = Callback { name: name.clone(), url: url.clone(), nth, of: of.key() };
                self.callback(member, &callback, &mut found);
                nth += 1;
            }
            if nth == 0 {
                self.leave_out(EMPTY, &member.key);
            }
        }
        found
    }

    fn callback(&mut self, url: &'n Member, callback: &Callback, found: &mut Vec<Operation>) {
        // References can lead to one callback from anywhere.
        let Some(item) = self.resolved(&url.node).filter(|item| self.spend(1, item)) else { return };
        let (_, method, path) = &callback.of;
        let before = found.len();
        for (key, verb) in METHODS {
            let Some(member) = item.members().and_then(|members| members.get(key)) else { continue };
            let span = self.span(&member.key);
            let name = format!("{method} {path} {} {}", callback.name, callback.nth);
            let mut operation = Operation::new(verb, Text::new(name, span), span);
            operation.webhook = true;
            operation.callback = Some(Box::new(callback.clone()));
            self.operation(&member.node, item, &mut operation);
            // What a receiver's answer leads to is nobody's to receive.
            if let Some(inner) = member.node.members().and_then(|members| members.get("callbacks")) {
                self.leave_out("callbacks (of a callback)", &inner.key);
            }
            found.push(operation);
        }
        if found.len() == before {
            self.leave_out(EMPTY, &url.key);
        }
        self.unknown_of_item(item);
    }
}
