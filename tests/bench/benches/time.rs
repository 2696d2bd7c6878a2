//! How long the checks and a call take: `cargo bench --bench time`, everything side by side in one run.

use cognito_op_bench::call::InMemory;
use cognito_op_bench::{Case, Requests};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;

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

fn short() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1))
}

criterion_group! { name = all; config = short(); targets = patterns, requests, calls }
criterion_main!(all);
