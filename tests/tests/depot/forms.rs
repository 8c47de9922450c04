//! Forms over HTTP: from the generated client to the generated server, and requests by hand.

use docwright_runtime::{
    File,
    client::{Error, RequestError},
};
use docwright_tests::fixtures::depot::types::{
    PackLoadRequest, PackLoadRequestBagged, PackLoadRequestBaggedKind, PackLoadRequestBoxed,
    PackLoadRequestBoxedKind, SearchRequest, SearchRequestKind, Sender, UploadPapersRequest,
    UploadPapersRequestKind,
};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use crate::service::Depot;

fn papers() -> UploadPapersRequest {
    UploadPapersRequest {
        title: "Löad \"1\"".to_owned(),
        pages: Some(-3),
        kind: Some(UploadPapersRequestKind::Photo),
        signed: Some(true),
        on: Some("2026-02-03".parse().unwrap()),
        tags: Some(vec!["a=b&c".to_owned(), "\r\n--".to_owned()]),
        about: Some(Sender { name: "Ada".to_owned(), floor: Some(2) }),
        cover: None,
        papers: vec![
            File::new("ünü.bin", "image/png", vec![0, 13, 10, 255]),
            File { bytes: "text".into(), ..File::default() },
        ],
    }
}

#[tokio::test]
async fn a_multipart_form_arrives_as_it_was_sent() {
    let depot = Depot::default();
    depot.client().await.upload_papers("a/b", &papers()).await.unwrap();
    let mut expected = papers();
    // A file always has a name and a media type on the wire.
    expected.papers[1].name = Some("papers".to_owned());
    expected.papers[1].content_type = Some("application/octet-stream".to_owned());
    assert_eq!(depot.kept().papers, Some(expected));
}

#[tokio::test]
async fn an_urlencoded_form_arrives_as_it_was_sent() {
    let depot = Depot::default();
    let search = SearchRequest {
        text: "a=b&c d+ü".to_owned(),
        limit: Some(5),
        kinds: Some(vec![SearchRequestKind::Box, SearchRequestKind::Unknown("gas".to_owned())]),
        owner: Some("Ada".to_owned()),
        rows: vec![1, 2],
        any: json!("x"),
    };
    assert_eq!(depot.client().await.search(&search).await.unwrap().into_body(), 7);
    assert_eq!(depot.kept().search, Some(search));
}

#[tokio::test]
async fn a_form_of_one_of_several_objects_arrives_as_it_was_sent() {
    let photo = File::new("a", "image/png", vec![0, 255]);
    let boxed =
        PackLoadRequestBoxed { sizes: vec![1, 2], photo: Some(photo), kind: PackLoadRequestBoxedKind::Crate };
    let bagged = PackLoadRequestBagged { weight: Some(0.5), kind: PackLoadRequestBaggedKind::Bag };
    for packing in [
        PackLoadRequest::Boxed(boxed),
        PackLoadRequest::Bagged(bagged),
        PackLoadRequest::Unknown(json!({ "kind": "none", "weight": "1" })),
    ] {
        let depot = Depot::default();
        depot.client().await.pack_load(&packing).await.unwrap();
        assert_eq!(depot.kept().packing, Some(packing));
    }
}

#[tokio::test]
async fn a_number_that_is_not_finite_is_not_sent() {
    let depot = Depot::default();
    let kind = PackLoadRequestBaggedKind::Bag;
    let bagged = PackLoadRequestBagged { weight: Some(f64::INFINITY), kind };
    let error = depot.client().await.pack_load(&PackLoadRequest::Bagged(bagged)).await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Body)), "{error:?}");
    assert_eq!(depot.kept().packing, None);
}

#[tokio::test]
async fn a_form_of_one_of_several_objects_is_refused_with_its_place() {
    let form = "multipart/form-data; boundary=B";
    let parts = |parts: [(&str, &str); 2]| {
        let parts = parts.map(|(name, text)| {
            format!("--B\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        });
        parts.concat() + "--B--\r\n"
    };
    for (sent, pointer) in [
        ([("weight", "51"), ("kind", "bag")], "/weight"),
        ([("weight", "x"), ("kind", "bag")], "/weight"),
        ([("sizes", "x"), ("kind", "box")], "/sizes/0"),
    ] {
        let (status, problem) = answer("packings", form, parts(sent)).await;
        assert_eq!((status, &problem["pointer"]), (422, &json!(pointer)), "{sent:?}: {problem}");
    }
}

#[tokio::test]
async fn null_and_an_empty_array_are_left_out_and_read_from_nothing() {
    let depot = Depot::default();
    let (owner, any) = (None, Value::Null);
    let search = SearchRequest { text: String::new(), limit: None, kinds: None, owner, rows: vec![], any };
    depot.client().await.search(&search).await.unwrap();
    assert_eq!(depot.kept().search, Some(search));
    let form = "application/x-www-form-urlencoded";
    // Nothing is no text.
    let (status, problem) = answer("searches", form, "owner=x").await;
    assert_eq!((status, &problem["pointer"]), (422, &json!("")));
    assert_eq!(problem["detail"], json!("the member `text` is missing"));
    // An empty text is there, and is no integer.
    let (status, problem) = answer("searches", form, "text=a&rows=").await;
    assert_eq!((status, &problem["pointer"]), (422, &json!("/rows/0")));
}

#[tokio::test]
async fn a_file_whose_media_type_cannot_be_sent_is_refused_before_anything_is_sent() {
    let depot = Depot::default();
    let mut papers = papers();
    papers.papers[0].content_type = Some("text/plain\r\nx: y".to_owned());
    let error = depot.client().await.upload_papers("a/b", &papers).await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Body)), "{error:?}");
    assert_eq!(depot.kept().papers, None);
}

/// The status and the problem of what the server refuses; null where it does not.
async fn answer(path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> (u16, Value) {
    answer_of(&Depot::default(), path, content_type, body).await
}

async fn answer_of(depot: &Depot, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> (u16, Value) {
    let url = depot.start().await;
    let request = reqwest::Client::new().post(format!("{url}/{path}")).header(CONTENT_TYPE, content_type);
    let response = request.body(body.into()).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

/// What the server makes of parts, each given by its head and its content.
async fn upload(parts: &[(&str, &str)]) -> (u16, Value, Value) {
    upload_to(&Depot::default(), parts).await
}

async fn upload_to(depot: &Depot, parts: &[(&str, &str)]) -> (u16, Value, Value) {
    let parts = parts
        .iter()
        .map(|(head, content)| format!("--B\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n"));
    let body = parts.chain(["--B--\r\n".to_owned()]).collect::<String>();
    let (status, problem) =
        answer_of(depot, "loads/a%2Fb/papers", "multipart/form-data; boundary=B", body).await;
    (status, problem["pointer"].clone(), problem["detail"].clone())
}

const PAPER: (&str, &str) = ("name=\"papers\"; filename=\"a\"", "x");
const TITLE: (&str, &str) = ("name=\"title\"", "Load");

#[tokio::test]
async fn parts_that_are_not_documented_are_left_alone() {
    assert_eq!(upload(&[("name=\"other\"", "x"), TITLE, PAPER]).await.0, 204);
}

#[tokio::test]
async fn an_enumeration_is_read_from_a_part_of_text_or_json() {
    for (head, content) in [
        ("name=\"kind\"", "bill"),
        ("name=\"kind\"\r\nContent-Type: text/plain", "bill"),
        ("name=\"kind\"\r\nContent-Type: application/json", "\"bill\""),
    ] {
        let depot = Depot::default();
        assert_eq!(upload_to(&depot, &[TITLE, (head, content), PAPER]).await.0, 204, "{head}");
        let kind = depot.kept().papers.and_then(|papers| papers.kind);
        assert_eq!(kind, Some(UploadPapersRequestKind::Bill), "{head}");
    }
}

#[tokio::test]
async fn parts_that_do_not_fit_are_refused_with_their_place() {
    let refused = |pointer: &str, detail: &str| (422, json!(pointer), json!(detail));
    assert_eq!(upload(&[PAPER]).await, refused("", "the member `title` is missing"));
    assert_eq!(
        upload(&[TITLE, ("name=\"pages\"", "three"), PAPER]).await,
        refused("/pages", "must be an integer")
    );
    assert_eq!(
        upload(&[TITLE, ("name=\"signed\"", "yes"), PAPER]).await,
        refused("/signed", "must be a boolean")
    );
    assert_eq!(upload(&[TITLE, TITLE, PAPER]).await, refused("/title", "must be a string"));
    let kind = ("name=\"kind\"\r\nContent-Type: application/json", "7");
    assert_eq!(upload(&[TITLE, kind, PAPER]).await, refused("/kind", "must be a string"));
    let kind = ("name=\"kind\"", "bill");
    assert_eq!(upload(&[TITLE, kind, kind, PAPER]).await, refused("/kind", "must be a string"));
    let about = ("name=\"about\"\r\nContent-Type: application/json", "{\"name\": 1}");
    assert_eq!(upload(&[TITLE, about, PAPER]).await, refused("/about/name", "must be a string"));
    let long = ("name=\"title\"", "more than ten");
    assert_eq!(upload(&[long, PAPER]).await, refused("/title", "must have at most 10 characters"));
}

#[tokio::test]
async fn what_is_no_form_is_refused() {
    let path = "loads/a%2Fb/papers";
    assert_eq!(answer(path, "application/json", "{}").await.0, 415);
    assert_eq!(answer(path, "multipart/form-data", "--B--\r\n").await.0, 400);
    assert_eq!(answer(path, "multipart/form-data; boundary=B", "--B\r\n").await.0, 400);
    assert_eq!(answer(path, "multipart/form-data; boundary=B", "").await.0, 400);
    assert_eq!(answer(path, "multipart/form-data; boundary=B", vec![b'x'; 3_000_000]).await.0, 413);
    assert_eq!(answer("searches", "application/x-www-form-urlencoded", "a=1&".repeat(1_001)).await.0, 413);
    assert_eq!(answer("searches", "multipart/form-data; boundary=B", "--B--\r\n").await.0, 415);
}

#[tokio::test]
async fn limits_of_an_urlencoded_form_are_checked() {
    let (status, problem) = answer("searches", "application/x-www-form-urlencoded", "text=a&limit=51").await;
    assert_eq!((status, &problem["pointer"]), (422, &json!("/limit")));
    let form = "text=a&kinds=box&kinds=tank&kinds=box";
    let (status, problem) = answer("searches", "application/x-www-form-urlencoded", form).await;
    assert_eq!((status, &problem["pointer"]), (422, &json!("/kinds")));
    // The page does not say that there must be a body.
    assert_eq!(answer("searches", "application/x-www-form-urlencoded", "").await.0, 200);
}
