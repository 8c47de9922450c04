//! A value becomes a form: what each of its [fields](super::field) is, written out.

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;
use serde::{Serialize, ser::Error as _};
use serde_json::Error;
use url::form_urlencoded;

use super::{
    field::{Field, field},
    is_multipart,
};

/// Writes a value as a form: its content type, and the body.
///
/// # Errors
///
/// Where the value is no object or has a tuple for a member, or a media type of a file cannot be sent.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T, media_type: &str) -> Result<(String, Bytes), Error> {
    let Field::Members(members) = field(value)? else {
        return Err(Error::custom("a form is an object"));
    };
    if is_multipart(media_type) { multipart(members) } else { Ok(urlencoded(members, media_type)) }
}

fn urlencoded(members: Vec<(String, Field)>, media_type: &str) -> (String, Bytes) {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for (name, field) in flat(members) {
        match field {
            Field::Text(text) => drop(pairs.append_pair(&name, &text)),
            Field::Json(value) => drop(pairs.append_pair(&name, &value.to_string())),
            Field::Bytes(bytes) => drop(pairs.append_pair(&name, &String::from_utf8_lossy(&bytes))),
            Field::File(file) => drop(pairs.append_pair(&name, &String::from_utf8_lossy(&content(&file)))),
            Field::Nothing | Field::Many(_) | Field::Members(_) => {}
        }
    }
    (media_type.to_owned(), pairs.finish().into())
}

fn multipart(members: Vec<(String, Field)>) -> Result<(String, Bytes), Error> {
    // Random, so that no content can hold it on purpose.
    let random = || RandomState::new().build_hasher().finish();
    let boundary = format!("{:016x}{:016x}", random(), random());
    let mut body = Vec::new();
    for (name, field) in flat(members) {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&name));
        let bytes = match field {
            Field::Text(text) => text.into_bytes(),
            Field::Json(value) => {
                head.push_str("\r\nContent-Type: application/json");
                value.to_string().into_bytes()
            }
            Field::Bytes(bytes) => bytes,
            Field::File(file) => {
                let text = |wanted: &str| match file.iter().find(|(name, _)| name == wanted) {
                    Some((_, Field::Text(text))) => Some(text.as_str()),
                    _ => None,
                };
                // A part without a file name would be taken for text.
                head.push_str(&format!("; filename=\"{}\"", quoted(text("name").unwrap_or(&name))));
                let content_type = text("content_type").unwrap_or("application/octet-stream");
                if !content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                    return Err(Error::custom("a media type that cannot be sent"));
                }
                head.push_str(&format!("\r\nContent-Type: {content_type}"));
                content(&file)
            }
            Field::Nothing | Field::Many(_) | Field::Members(_) => continue,
        };
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((format!("multipart/form-data; boundary={boundary}"), body.into()))
}

/// The fields, one for each item of an array.
fn flat(members: Vec<(String, Field)>) -> impl Iterator<Item = (String, Field)> {
    members.into_iter().flat_map(|(name, field)| match field {
        Field::Many(items) => items.into_iter().map(|item| (name.clone(), item)).collect(),
        field => vec![(name, field)],
    })
}

fn content(file: &[(String, Field)]) -> Vec<u8> {
    file.iter()
        .find_map(|(_, field)| match field {
            Field::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

/// A name in quotes, as browsers write it (HTML, “multipart/form-data”).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::File;

    #[derive(Serialize)]
    struct Upload {
        title: &'static str,
        count: i64,
        tags: Vec<&'static str>,
        about: Value,
        gone: Option<i64>,
        files: Vec<File>,
    }

    fn upload() -> Upload {
        Upload {
            title: "a b&c",
            count: 2,
            tags: vec!["x", "y"],
            about: json!({ "deep": [1] }),
            gone: None,
            files: vec![
                File::new("a\".txt", "text/plain", "one"),
                File { bytes: "two".into(), ..File::default() },
            ],
        }
    }

    #[test]
    fn a_multipart_form_has_a_part_for_each_value() {
        let (content_type, body) = encode(&upload(), "multipart/form-data").unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap().replace(boundary, "B").replace("\r\n", "\n");
        let part =
            |head: &str, body: &str| format!("--B\nContent-Disposition: form-data; {head}\n\n{body}\n");
        let expected = [
            part("name=\"title\"", "a b&c"),
            part("name=\"count\"", "2"),
            part("name=\"tags\"", "x"),
            part("name=\"tags\"", "y"),
            part("name=\"about\"\nContent-Type: application/json", "{\"deep\":[1]}"),
            part("name=\"files\"; filename=\"a%22.txt\"\nContent-Type: text/plain", "one"),
            part("name=\"files\"; filename=\"files\"\nContent-Type: application/octet-stream", "two"),
            "--B--\n".to_owned(),
        ];
        assert_eq!(body, expected.concat());
    }

    #[test]
    fn an_urlencoded_form_has_a_pair_for_each_value() {
        let (content_type, body) = encode(&upload(), "application/x-www-form-urlencoded").unwrap();
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        let expected =
            "title=a+b%26c&count=2&tags=x&tags=y&about=%7B%22deep%22%3A%5B1%5D%7D&files=one&files=two";
        assert_eq!(body, expected);
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        let file = File::new("a", "text/plain\r\nX: y", "");
        assert!(encode(&json!({}), "multipart/form-data").is_ok());
        assert!(encode(&std::collections::BTreeMap::from([("a", file)]), "multipart/form-data").is_err());
        assert!(encode(&[1][..], "multipart/form-data").is_err());
        assert!(encode(&std::collections::BTreeMap::from([("a", (1, 2))]), "multipart/form-data").is_err());
    }
}
