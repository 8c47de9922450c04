//! What the four pages do not have: queries, headers, cookies, API keys, alternatives of credentials, bodies
//! that are not JSON, responses that are redirects. The client is written here as it would be generated.

use docwright_runtime::{
    Secret,
    client::{
        Api, ApiKeys, Bearer, Builder, Bytes, Call, Core, Error, Key, KeyPlace, Outcome, RawBody,
        RequestError, Server, Undocumented,
    },
};
use docwright_tests::wire::Wire;

#[derive(Debug)]
struct Client(Core);

impl Api for Client {
    const SERVER: Option<Server> = Some(Server { url: "http://{host}/v1", variables: &[("host", "")] });

    fn new(core: Core) -> Self {
        Self(core)
    }
}

impl Bearer for Client {
    const SCHEMES: &'static [&'static str] = &["token"];
}

impl ApiKeys for Client {
    const KEYS: &'static [Key] = &[
        Key { scheme: "app", place: KeyPlace::Header("X-App") },
        Key { scheme: "key", place: KeyPlace::Query("api key") },
        Key { scheme: "session", place: KeyPlace::Cookie("sid") },
    ];
}

#[derive(Default)]
struct Params {
    limit: Option<i64>,
    tags: Vec<String>,
    trace: Option<String>,
    theme: Option<String>,
    otp: Option<Secret>,
}

docwright_runtime::parameters! {
    Params {
        query limit,
        query tags as "tag[]",
        header trace as "X-Trace",
        header otp as "X-Otp",
        cookie theme,
    }
}

impl Client {
    async fn search(&self, q: &str, ids: &[i64], params: &Params) -> Outcome<RawBody, Undocumented> {
        Call::new(&self.0, "GET /items/{ids}")
            .path("ids", ids)
            .query("q", [q])
            .params(params)
            .security(&[&["app", "key", "session"], &["token"]])
            .raw(&[200])
            .await
    }

    async fn upload(&self, body: impl Into<Bytes>) -> Result<u16, Error<Undocumented>> {
        let call = Call::new(&self.0, "POST /files").keep_redirects().raw_body("text/csv", Some(body));
        Ok(call.raw(&[2, 3]).await?.status().as_u16())
    }
}

impl Client {
    async fn search_by(&self, body: Option<&str>) -> Result<u16, Error<Undocumented>> {
        let call = Call::new(&self.0, "POST /searches").body(body.as_ref());
        Ok(call.raw(&[2]).await?.status().as_u16())
    }

    async fn replace(&self, body: Option<Bytes>) -> Result<u16, Error<Undocumented>> {
        let call = Call::new(&self.0, "PUT /files").raw_body("text/csv", body);
        Ok(call.raw(&[2]).await?.status().as_u16())
    }
}

async fn server() -> (Wire, Builder<Client>) {
    let server = Wire::always("200 OK", "").await;
    let host = server.url().replace("http://", "");
    (server, Builder::new().server_variable("host", host))
}

#[tokio::test]
async fn parameters_are_sent_as_they_are_documented() {
    let (server, builder) = server().await;
    let params = Params {
        limit: Some(10),
        tags: vec!["a&b".to_owned(), String::new(), "größe".to_owned()],
        trace: Some("t 1".to_owned()),
        theme: Some("dark".to_owned()),
        otp: None,
    };
    builder.build().unwrap().search("x y+z", &[1, 2], &params).await.unwrap();
    assert_eq!(
        server.request().await,
        "GET /v1/items/1,2?q=x%20y%2Bz&limit=10&tag%5B%5D=a%26b&tag%5B%5D=&tag%5B%5D=gr%C3%B6%C3%9Fe HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         x-trace: t 1\n\
         cookie: theme=dark\n\
         accept: */*\n\
         host: HOST\n\
         \n"
    );
}

#[tokio::test]
async fn the_first_alternative_that_is_complete_is_sent() {
    let (server, builder) = server().await;
    let both = builder
        .bearer("TOKEN")
        .api_key_for("app", "A")
        .api_key_for("key", "K/=")
        .api_key_for("session", "S=1");
    let params = Params { theme: Some("dark".to_owned()), ..Params::default() };
    both.build().unwrap().search("q", &[1], &params).await.unwrap();
    assert_eq!(
        server.request().await,
        "GET /v1/items/1?q=q&api%20key=K%2F%3D HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         x-app: A\n\
         cookie: theme=dark; sid=S=1\n\
         accept: */*\n\
         host: HOST\n\
         \n"
    );
    let (server, builder) = self::server().await;
    let part = builder.bearer("TOKEN").api_key_for("app", "A");
    part.build().unwrap().search("q", &[1], &Params::default()).await.unwrap();
    let request = server.request().await;
    assert!(request.contains("\nauthorization: Bearer TOKEN\n") && !request.contains("x-app"), "{request}");
}

#[tokio::test]
async fn values_that_http_cannot_carry_are_refused_before_sending() {
    let (server, builder) = server().await;
    let client = builder.build().unwrap();
    let refused = async |ids: &[i64], params: Params| match client.search("q", ids, &params).await {
        Err(Error::Request(error)) => error,
        other => panic!("{other:?}"),
    };
    let none = Params::default;
    assert_eq!(refused(&[], none()).await, RequestError::Path { name: "ids" });
    let params = Params { trace: Some("a\r\nb: c".to_owned()), ..none() };
    assert_eq!(refused(&[1], params).await, RequestError::Header { name: "X-Trace" });
    let params = Params { theme: Some("a; b=c".to_owned()), ..none() };
    assert_eq!(refused(&[1], params).await, RequestError::Cookie { name: "theme" });
    assert!(server.requests().await.is_empty());
}

#[tokio::test]
async fn keys_and_secret_headers_do_not_follow_to_another_host() {
    let other = Wire::always("200 OK", "").await;
    let head = format!("302 Found\nlocation: {}/x", other.url());
    let server = Wire::always(&head, "").await;
    let host = server.url().replace("http://", "");
    let client = Builder::<Client>::new()
        .server_variable("host", host)
        .api_key_for("app", "A")
        .api_key_for("key", "K")
        .api_key_for("session", "S");
    let params = Params { otp: Some("123456".into()), trace: Some("t".to_owned()), ..Params::default() };
    client.build().unwrap().search("q", &[1], &params).await.unwrap();
    let first = server.request().await;
    assert!(first.contains("x-otp: 123456") && first.contains("x-app: A"), "{first}");
    assert!(first.contains("sid=S") && first.contains("api%20key=K"), "{first}");
    let second = other.request().await;
    assert_eq!(
        second,
        "GET /x HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         x-trace: t\n\
         accept: */*\n\
         host: HOST\n\
         \n"
    );
}

#[tokio::test]
async fn a_documented_redirect_is_a_response_and_a_raw_body_is_sent_as_it_is() {
    let server = Wire::always("302 Found\nlocation: /elsewhere", "").await;
    let client: Client = Builder::new().base_url(server.url()).build().unwrap();
    assert_eq!(client.upload("a;b\n").await.unwrap(), 302);
    assert_eq!(
        server.request().await,
        "POST /files HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         content-type: text/csv\n\
         accept: */*\n\
         host: HOST\n\
         content-length: 4\n\
         \n\
         a;b\n"
    );
}

/// What an own HTTP client does by itself is not in our hands: this is why it is better built to do nothing.
#[tokio::test]
async fn an_own_http_client_that_follows_redirects_takes_keys_and_bodies_along() {
    let other = Wire::always("200 OK", "").await;
    let server = Wire::always(&format!("307 Temporary Redirect\nlocation: {}/u", other.url()), "").await;
    let host = server.url().replace("http://", "");
    let builder = || Builder::<Client>::new().server_variable("host", &host);
    let keys = |builder: Builder<Client>| {
        let builder = builder.api_key_for("app", "hunter2").api_key_for("key", "hunter3");
        builder.api_key_for("session", "hunter4").build().unwrap()
    };
    let params = Params::default();

    let following = || reqwest::Client::new();
    keys(builder().http_client(following())).search("q", &[1], &params).await.unwrap();
    let bearer = builder().bearer("hunter5").http_client(following()).build().unwrap();
    bearer.search("q", &[1], &params).await.unwrap();
    builder().http_client(following()).build().unwrap().upload("hunter6").await.unwrap();
    let [by_keys, by_bearer, upload] = <[String; 3]>::try_from(other.requests().await).unwrap();
    assert!(by_keys.contains("\nx-app: hunter2\n"), "{by_keys}");
    assert!(by_keys.contains("referer: ") && by_keys.contains("hunter3"), "{by_keys}");
    assert!(!by_keys.contains("hunter4"), "{by_keys}");
    assert!(!by_bearer.contains("hunter5"), "{by_bearer}");
    assert!(upload.ends_with("\n\nhunter6"), "{upload}");

    let policy = reqwest::redirect::Policy::none();
    let keeping = reqwest::Client::builder().redirect(policy).build().unwrap();
    let built = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(3));
    for safe in [builder().http_client(keeping), builder().http_builder(built)] {
        keys(safe).search("q", &[1], &params).await.unwrap();
        let last = other.requests().await.pop().unwrap();
        assert!(!last.contains("hunter"), "{last}");
    }
    assert_eq!(other.requests().await.len(), 5);
}

#[test]
fn what_the_api_does_not_have_cannot_be_set() {
    let error = Builder::<Client>::new().api_key_for("hunter2", "app").build().unwrap_err();
    assert_eq!(error.to_string(), "the API has no credential of that name; it has app, key, session");
    let error = Builder::<Client>::new().build().unwrap_err();
    assert_eq!(error.to_string(), "the variable `host` of the server's URL has no value");
}

#[tokio::test]
async fn a_body_that_is_left_out_leaves_nothing_behind() {
    let server = Wire::always("200 OK", "").await;
    let client: Client = Builder::new().base_url(server.url()).build().unwrap();
    client.search_by(None).await.unwrap();
    client.search_by(Some("ada")).await.unwrap();
    client.replace(None).await.unwrap();
    client.replace(Some("a;b".into())).await.unwrap();
    let [nothing, json, no_file, file] = <[String; 4]>::try_from(server.requests().await).unwrap();
    assert_eq!(
        nothing,
        "POST /searches HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: */*\n\
         host: HOST\n\
         \n"
    );
    assert!(json.ends_with("content-length: 5\n\n\"ada\""), "{json}");
    assert!(!no_file.contains("content-type"), "{no_file}");
    assert!(file.contains("content-type: text/csv\n") && file.ends_with("\n\na;b"), "{file}");
}
