//! Counts the instructions of validation, of a call and of the verification of a token, and the allocations of a call,
//! with valgrind: `cargo bench --bench instructions`. Unlike times, the counts do not depend on the load of the
//! machine.

use cognito_op_bench::call::InMemory;
use cognito_op_bench::tokens::{Tokens, Use, Verification};
use cognito_op_bench::{Case, Kind, Requests, fresh, warm};
use gungraun::{Dhat, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main};
use std::hint::black_box;

/// Leaks the case, so that the counted instructions include neither a move nor a drop.
fn case(key: (Kind, bool, usize)) -> &'static Case {
    Box::leak(Box::new(Case::new(key)))
}

fn requests() -> &'static Requests {
    Box::leak(Box::new(Requests::new()))
}

#[library_benchmark]
#[benches::case(iter = Case::keys(), setup = case)]
fn cognito_op(case: &'static Case) -> bool {
    black_box(case).ours()
}

#[library_benchmark]
#[benches::case(iter = Case::keys(), setup = case)]
fn regex(case: &'static Case) -> bool {
    black_box(case).regex()
}

#[library_benchmark]
#[benches::case(iter = Case::keys(), setup = case)]
fn by_hand(case: &'static Case) -> bool {
    black_box(case).by_hand()
}

#[library_benchmark]
#[bench::word(fresh(Kind::Word))]
#[bench::visible(fresh(Kind::Visible))]
#[bench::pool(fresh(Kind::Pool))]
#[bench::address(fresh(Kind::Address))]
fn first_call(case: &'static Case) -> bool {
    black_box(case).ours()
}

#[library_benchmark]
#[bench::word(warm(Kind::Word))]
#[bench::visible(warm(Kind::Visible))]
#[bench::pool(warm(Kind::Pool))]
#[bench::address(warm(Kind::Address))]
fn thousandth_call(case: &'static Case) -> bool {
    black_box(case).ours()
}

#[library_benchmark]
#[bench::it(requests())]
fn request_cognito_op(requests: &'static Requests) -> bool {
    black_box(requests).ours()
}

#[library_benchmark]
#[bench::it(requests())]
fn request_by_hand(requests: &'static Requests) -> bool {
    black_box(requests).by_hand()
}

#[library_benchmark]
#[bench::it(requests())]
fn request_validator(requests: &'static Requests) -> bool {
    black_box(requests).validator()
}

#[library_benchmark]
#[bench::it(requests())]
fn request_garde(requests: &'static Requests) -> bool {
    black_box(requests).garde()
}

fn calls() -> &'static InMemory {
    Box::leak(Box::new(InMemory::new()))
}

#[library_benchmark]
#[bench::it(calls())]
fn call_cognito_op(calls: &'static InMemory) -> bool {
    black_box(calls).ours()
}

#[library_benchmark]
#[bench::it(calls())]
fn call_by_hand(calls: &'static InMemory) -> bool {
    black_box(calls).by_hand()
}

#[library_benchmark]
#[bench::it(calls())]
fn blocking_call_cognito_op(calls: &'static InMemory) -> bool {
    black_box(calls).ours_blocking()
}

#[library_benchmark]
#[bench::it(calls())]
fn blocking_call_by_hand(calls: &'static InMemory) -> bool {
    black_box(calls).by_hand_blocking()
}

fn verification(usage: Use) -> &'static Verification {
    Box::leak(Box::new(Verification::new(usage, &Tokens::new())))
}

#[library_benchmark]
#[bench::access(verification(Use::Access))]
#[bench::id(verification(Use::Id))]
fn verify_cognito_op(verification: &'static Verification) -> bool {
    black_box(verification).ours()
}

#[library_benchmark]
#[bench::access(verification(Use::Access))]
#[bench::id(verification(Use::Id))]
fn verify_ring(verification: &'static Verification) -> bool {
    black_box(verification).ring()
}

library_benchmark_group!(name = patterns, benchmarks = [cognito_op, regex, by_hand, first_call, thousandth_call]);
library_benchmark_group!(
    name = requests,
    benchmarks = [request_cognito_op, request_by_hand, request_validator, request_garde]
);
library_benchmark_group!(
    name = calls,
    config = LibraryBenchmarkConfig::default().tool(Dhat::default()),
    benchmarks = [call_cognito_op, call_by_hand, blocking_call_cognito_op, blocking_call_by_hand]
);
library_benchmark_group!(name = tokens, benchmarks = [verify_cognito_op, verify_ring]);
main!(library_benchmark_groups = [patterns, requests, calls, tokens]);
