//! AWS's test suite for signatures, which the sources of botocore contain.

use super::header;
use cognito_op::{Body, Credentials, SigV4};
use cognito_op_tests_provision::botocore_sources;
use http::{HeaderName, HeaderValue, Request};
use std::fs;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// Returns the reason if a case does not apply. The signer does not support requests with a query, and signs few
/// headers.
fn is_left_out(target: &str, headers: &[(&str, &str)]) -> Option<&'static str> {
    let is_signed = |name: &str| {
        let name = name.to_ascii_lowercase();
        name == "host" || name == "content-type" || name.starts_with("x-amz-")
    };
    if target.contains('?') {
        Some("the request has a query")
    } else if target.contains(' ') {
        Some("a URL contains no space")
    } else if !headers.iter().all(|(name, _)| is_signed(name)) {
        Some("the request has another header, which is not signed")
    } else {
        None
    }
}

/// Compares the signature of a case, or returns the reason why the case is left out.
fn compare(folder: &Path) -> Option<&'static str> {
    let name = folder.file_name().expect("a folder").to_str().expect("Unicode");
    let read = |extension: &str| {
        let file = folder.join(format!("{name}.{extension}"));
        fs::read_to_string(file).expect("a file of the suite").replace('\r', "")
    };
    let (request, canonical) = (read("req"), read("creq"));
    let (head, body) = request.split_once("\n\n").unwrap_or((&request, ""));
    let (line, headers) = head.split_once('\n').expect("headers");
    let (method, rest) = line.split_once(' ').expect("a request line");
    let target = rest.strip_suffix(" HTTP/1.1").expect("a request line");
    let headers: Vec<_> = headers.lines().filter_map(|line| line.split_once(':')).collect();
    if let Some(why) = is_left_out(target, &headers) {
        return Some(why);
    }
    let mut signed = Request::builder().method(method).uri(format!("https://example.amazonaws.com{target}"));
    for (name, value) in headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host")) {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header");
        signed = signed.header(name, HeaderValue::from_str(value).expect("a value"));
    }
    let mut signed = signed.body(Body::from(body.to_owned())).expect("a request");
    let token = canonical.lines().find_map(|line| line.strip_prefix("x-amz-security-token:"));
    let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY").session_token(token);
    // 2015-08-30T12:36:00Z
    let time = UNIX_EPOCH + Duration::from_mins(24_015_636);
    let sigv4 = SigV4::new("us-east-1").service("service");
    sigv4.sign(&mut signed, &credentials, time).expect("a signature");
    assert_eq!(header(&signed, "authorization"), read("authz"), "{name}");
    assert_eq!(header(&signed, "x-amz-date"), "20150830T123600Z");
    None
}

#[test]
fn the_applicable_cases_of_the_suite() {
    let suite = botocore_sources().join("tests/unit/auth/aws4_testsuite");
    let folders = |folder: &Path| -> Vec<_> {
        fs::read_dir(folder).expect("the suite").map(|entry| entry.expect("an entry").path()).collect()
    };
    let is_case = |folder: &Path| {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        folder.join(format!("{name}.req")).exists()
    };
    let (mut compared, mut left_out) = (Vec::new(), Vec::new());
    for group in folders(&suite).into_iter().filter(|path| path.is_dir()) {
        let cases = if is_case(&group) { vec![group] } else { folders(&group) };
        for case in cases.into_iter().filter(|path| is_case(path)) {
            let name = case.file_name().expect("a name").to_str().expect("Unicode").to_owned();
            match compare(&case) {
                None => compared.push(name),
                Some(why) => left_out.push((name, why)),
            }
        }
    }
    compared.sort();
    left_out.sort();
    assert_eq!(
        compared,
        [
            "get-relative",
            "get-relative-relative",
            "get-slash",
            "get-slash-dot-slash",
            "get-slash-pointless-dot",
            "get-slashes",
            "get-special-character",
            "get-unreserved",
            "get-utf8",
            "get-vanilla",
            "get-vanilla-query",
            "get-vanilla-with-session-token",
            "post-header-key-case",
            "post-sts-header-after",
            "post-sts-header-before",
            "post-vanilla",
            "post-x-www-form-urlencoded",
            "post-x-www-form-urlencoded-parameters",
        ]
    );
    let names: Vec<_> = left_out.iter().map(|(name, why)| format!("{name}: {why}")).collect();
    assert_eq!(
        names,
        [
            "get-header-key-duplicate: the request has another header, which is not signed",
            "get-header-value-multiline: the request has another header, which is not signed",
            "get-header-value-order: the request has another header, which is not signed",
            "get-header-value-trim: the request has another header, which is not signed",
            "get-space: a URL contains no space",
            "get-vanilla-empty-query-key: the request has a query",
            "get-vanilla-query-order-encoded: the request has a query",
            "get-vanilla-query-order-key: the request has a query",
            "get-vanilla-query-order-key-case: the request has a query",
            "get-vanilla-query-order-value: the request has a query",
            "get-vanilla-query-unreserved: the request has a query",
            "get-vanilla-utf8-query: the request has a query",
            "post-header-key-sort: the request has another header, which is not signed",
            "post-header-value-case: the request has another header, which is not signed",
            "post-vanilla-empty-query-value: the request has a query",
            "post-vanilla-query: the request has a query",
        ]
    );
}
