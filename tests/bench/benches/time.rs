//! Compares the time of validation, calls and signatures with other implementations: `cargo bench --bench time`.

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use cognito_op_bench::call::InMemory;
use cognito_op_bench::signing::{ID, SECRET, Signing, TOKEN};
use cognito_op_bench::{Case, Requests};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use http::HeaderMap;
use std::hint::black_box;
use std::time::{Duration, SystemTime};

fn patterns(criterion: &mut Criterion) {
    for case in Case::keys().into_iter().map(Case::new) {
        let mut group = criterion.benchmark_group(case.name());
        let bytes = case.value.len();
        group.throughput(Throughput::Bytes(bytes as u64));
        for (engine, is_match) in
            [("cognito-op", Case::ours as fn(&Case) -> bool), ("regex", Case::regex), ("by hand", Case::by_hand)]
        {
            group
                .bench_function(BenchmarkId::new(engine, bytes), |bencher| bencher.iter(|| is_match(black_box(&case))));
        }
    }
}

fn requests(criterion: &mut Criterion) {
    let requests = Requests::new();
    let mut group = criterion.benchmark_group("ResendConfirmationCode");
    for (engine, is_valid) in [
        ("cognito-op", Requests::ours as fn(&Requests) -> bool),
        ("by hand", Requests::by_hand),
        ("validator", Requests::validator),
        ("garde", Requests::garde),
    ] {
        group.bench_function(engine, |bencher| bencher.iter(|| is_valid(black_box(&requests))));
    }
}

fn calls(criterion: &mut Criterion) {
    let calls = InMemory::new();
    for (name, ours, by_hand) in [
        ("call", InMemory::ours as fn(&InMemory) -> bool, InMemory::by_hand as fn(&InMemory) -> bool),
        ("blocking call", InMemory::ours_blocking, InMemory::by_hand_blocking),
    ] {
        let mut group = criterion.benchmark_group(name);
        for (engine, call) in [("cognito-op", ours), ("by hand", by_hand)] {
            group.bench_function(engine, |bencher| bencher.iter(|| call(black_box(&calls))));
        }
    }
}

/// Measures a signed call, a call whose signer does nothing, and the signature alone.
fn signatures(criterion: &mut Criterion) {
    let signing = Signing::new();
    let mut group = criterion.benchmark_group("signed call");
    group.bench_function("signed", |bencher| bencher.iter(|| black_box(&signing).call()));
    group.bench_function("not signed", |bencher| bencher.iter(|| black_box(&signing).unsigned_call()));
    group.finish();
    let mut group = criterion.benchmark_group("signature");
    group.bench_function("cognito-op", |bencher| bencher.iter(|| black_box(&signing).ours()));
    group.bench_function("aws-sigv4", |bencher| bencher.iter(|| aws_sigv4(black_box(&signing))));
}

/// Returns the headers of a request that `aws-sigv4` has signed.
fn aws_sigv4(signing: &Signing) -> HeaderMap {
    let identity = aws_credential_types::Credentials::new(ID, SECRET, Some(TOKEN.to_owned()), None, "bench").into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-1")
        .name("cognito-idp")
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()
        .expect("parameters")
        .into();
    let mut request = signing.request.clone();
    let headers = request.headers().iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
    let body = SignableBody::Bytes(request.body().as_bytes());
    let signable = SignableRequest::new("POST", request.uri().to_string(), headers, body).expect("a request");
    let (signature, _) = sign(signable, &parameters).expect("a signature").into_parts();
    signature.apply_to_request_http1x(&mut request);
    std::mem::take(request.headers_mut())
}

fn short() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1))
}

criterion_group! { name = all; config = short(); targets = patterns, requests, calls, signatures }
criterion_main!(all);
