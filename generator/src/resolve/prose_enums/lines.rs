//! Values one a line: labelled numbers, and below a line that announces them, text values.

use serde_json::Value;

use super::{Labelled, MAX_VALUES, announcement::announcement, labelled, token};
use crate::{model::Type, resolve::prose::without_bullet};

/// `0: Administrator role` one a line. Lines between two values go on with the label before; text values
/// are read only below a line that announces them.
pub(super) fn labelled_lines(name: Option<&str>, lines: &[String], ty: &Type) -> Option<Vec<Labelled>> {
    let announced = lines.iter().position(|line| {
        announcement(name, line)
            .is_some_and(|rest| matches!(rest.trim(), "" | ":" | "the following:" | "the following values:"))
    });
    let start = announced.map_or(0, |at| at + 1);
    let lines = lines.iter().skip(start).take(4 * MAX_VALUES);
    match ty {
        Type::Integer => numbered_lines(lines),
        _ if announced.is_some() => bulleted_lines(lines),
        _ => None,
    }
}

fn numbered_lines<'l>(lines: impl Iterator<Item = &'l String>) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut pending = String::new();
    for line in lines {
        match (labelled(without_bullet(line), &Type::Integer), found.last_mut()) {
            (Some(value), last) => {
                if let Some((_, Some(label))) = last {
                    label.push_str(&pending);
                }
                pending.clear();
                found.push(value);
            }
            // A label goes on only if another value follows.
            (None, Some(_)) => {
                pending.push(' ');
                pending.push_str(line);
            }
            (None, None) => {}
        }
    }
    (found.len() >= 2).then_some(found)
}

/// Text values, all with a bullet or none; the list ends at the first line that is no value.
fn bulleted_lines<'l>(lines: impl Iterator<Item = &'l String>) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut bullets = None;
    for line in lines {
        let bare = without_bullet(line);
        let bulleted = bare != line.trim_start();
        if *bullets.get_or_insert(bulleted) != bulleted {
            break;
        }
        let word = || token(bare).filter(|_| bulleted).map(|word| (Value::String(word.to_owned()), None));
        match labelled(bare, &Type::String).or_else(word) {
            Some(value) => found.push(value),
            None => break,
        }
    }
    (found.len() >= 2).then_some(found)
}
