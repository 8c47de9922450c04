//! The service under test: it keeps what arrives.

use std::sync::{Arc, Mutex};

use docwright_runtime::{
    Secret,
    server::{Reply, ReplyWithHeaders, Undocumented, WithHeaders},
};
use docwright_tests::fixtures::depot::{
    client::Client,
    server::{Service, router},
    types::{
        AdjustLoadError, AdjustLoadFailure, AdjustLoadParams, AdjustLoadRequest, AdjustLoadResponse,
        FillRowResponse, FindLoadsParams, FindLoadsResponse, KeepPlacesError, KeepPlacesFailure,
        KeepPlacesRequest, LabelLoadsParams, LabelLoadsResponse, Load, MeasureLoadParams, MeasureLoadRequest,
        MeasureLoadResponse, MeasureLoadScale, PackLoadRequest, Range, SearchRequest, SearchResponse,
        StoreLoadResponse, UploadPapersRequest, WeighLoadsParams, WeighLoadsResponse, Where,
    },
};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use tokio::net::TcpListener;

/// A service, and what arrived last of each kind.
#[derive(Debug, Clone, Default)]
pub struct Depot(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
pub struct Kept {
    pub adjusted: Option<Adjusted>,
    pub load: Option<Load>,
    pub papers: Option<UploadPapersRequest>,
    pub search: Option<SearchRequest>,
    pub found: Option<(Range, FindLoadsParams)>,
    pub packing: Option<PackLoadRequest>,
    pub labels: Option<(Vec<String>, Where, Option<i64>, LabelLoadsParams)>,
}

/// An adjusted load, as it arrives.
#[derive(Debug, PartialEq)]
pub struct Adjusted {
    pub load: i64,
    pub tag: Vec<String>,
    pub pipes: Vec<String>,
    pub x_attempt: i64,
    pub params: AdjustLoadParams,
    pub body: AdjustLoadRequest,
}

impl Depot {
    /// What arrived.
    pub fn kept(&self) -> Kept {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    fn keep(&self, keep: impl FnOnce(&mut Kept)) {
        keep(&mut self.0.lock().unwrap());
    }

    /// Serves it on a port of its own, and gives its URL.
    pub async fn start(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = router(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    }

    /// A client of a service.
    pub async fn client(&self) -> Client {
        Client::builder().base_url(self.start().await).build().unwrap()
    }
}

impl Service for Depot {
    async fn adjust_load(
        &self,
        load: i64,
        tag: Vec<String>,
        pipes: Vec<String>,
        x_attempt: i64,
        params: AdjustLoadParams,
        body: AdjustLoadRequest,
    ) -> Reply<AdjustLoadResponse, AdjustLoadFailure> {
        if load == 404 {
            let problem = AdjustLoadError { title: "No such load".to_owned() };
            return Err(AdjustLoadFailure::Default(404, problem).into());
        }
        self.keep(|kept| kept.adjusted = Some(Adjusted { load, tag, pipes, x_attempt, params, body }));
        Ok(AdjustLoadResponse { id: load })
    }

    async fn fill_row(
        &self,
        row: i64,
        cell_1: i64,
        cell_2: i64,
        cell_3: i64,
        cell_4: i64,
        cell_5: i64,
        cell_6: i64,
        cell_7: i64,
        cell_8: i64,
        cell_9: i64,
        cell_10: i64,
        cell_11: i64,
        cell_12: i64,
        cell_13: i64,
        cell_14: i64,
        cell_15: i64,
    ) -> Reply<FillRowResponse, Undocumented> {
        Ok(vec![
            row, cell_1, cell_2, cell_3, cell_4, cell_5, cell_6, cell_7, cell_8, cell_9, cell_10, cell_11,
            cell_12, cell_13, cell_14, cell_15,
        ])
    }

    async fn measure_load(
        &self,
        load: i64,
        side_1: i64,
        side_2: i64,
        side_3: i64,
        side_4: i64,
        side_5: i64,
        side_6: i64,
        side_7: i64,
        side_8: i64,
        side_9: i64,
        side_10: i64,
        side_11: i64,
        side_12: i64,
        side_13: i64,
        marks: Vec<String>,
        scale: MeasureLoadScale,
        params: MeasureLoadParams,
        body: MeasureLoadRequest,
    ) -> Reply<MeasureLoadResponse, Undocumented> {
        let sides = [side_1, side_2, side_3, side_4, side_5, side_6, side_7, side_8, side_9, side_10];
        let lengths = (marks.len() + params.unit.map_or(0, |unit| unit.len())) as i64;
        let others = [side_11, side_12, side_13, load, lengths, body.weight.unwrap_or_default()];
        let sum: i64 = sides.iter().chain(&others).chain(&params.levels).sum();
        Ok(MeasureLoadResponse { sum: sum * scale.factor })
    }

    async fn find_loads(
        &self,
        range: Range,
        params: FindLoadsParams,
    ) -> Reply<FindLoadsResponse, Undocumented> {
        self.keep(|kept| kept.found = Some((range, params)));
        Ok(3)
    }

    async fn keep_places(&self, body: KeepPlacesRequest) -> ReplyWithHeaders<(), KeepPlacesFailure> {
        let rate = HeaderName::from_static("x-rate");
        if body.len() > 2 {
            let problem = KeepPlacesFailure::TooManyRequests(KeepPlacesError { title: None });
            return Err(WithHeaders::new(problem.into()).header(rate, 0_u64));
        }
        let location = HeaderValue::from_static("/places/7");
        Ok(WithHeaders::new(())
            .header(LOCATION, location)
            .header(rate, 9 - body.len())
            .header(CONTENT_LENGTH, 100)
            .header(SET_COOKIE, HeaderValue::from_static("a=1"))
            .header(SET_COOKIE, HeaderValue::from_static("b=2")))
    }

    async fn label_loads(
        &self,
        names: Vec<String>,
        r#where: Where,
        floor: Option<i64>,
        params: LabelLoadsParams,
    ) -> ReplyWithHeaders<LabelLoadsResponse, Undocumented> {
        self.keep(|kept| kept.labels = Some((names, r#where, floor, params)));
        Ok(3.into())
    }

    async fn look_at_papers(&self) -> ReplyWithHeaders<(), Undocumented> {
        let reply = WithHeaders::new(()).header(CONTENT_LENGTH, 12);
        Ok(reply.header(CONTENT_TYPE, HeaderValue::from_static("text/csv")))
    }

    async fn pack_load(&self, body: PackLoadRequest) -> Reply<(), Undocumented> {
        self.keep(|kept| kept.packing = Some(body));
        Ok(())
    }

    async fn store_load(&self, body: Load) -> Reply<StoreLoadResponse, Undocumented> {
        self.keep(|kept| kept.load = Some(body.clone()));
        Ok(StoreLoadResponse { load: Some(body), ..StoreLoadResponse::default() })
    }

    async fn upload_papers(&self, load: String, body: UploadPapersRequest) -> Reply<(), Undocumented> {
        assert_eq!(load, "a/b");
        self.keep(|kept| kept.papers = Some(body));
        Ok(())
    }

    async fn weigh_loads(
        &self,
        loads: Vec<i64>,
        _x_password: Secret,
        _params: WeighLoadsParams,
    ) -> Reply<WeighLoadsResponse, Undocumented> {
        Ok(loads.into_iter().sum())
    }

    async fn search(&self, body: Option<SearchRequest>) -> Reply<SearchResponse, Undocumented> {
        self.keep(|kept| kept.search = body);
        Ok(7)
    }
}
