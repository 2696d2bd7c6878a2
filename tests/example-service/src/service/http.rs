//! A minimal HTTP/1.1 server.

use super::pool::Pools;
use super::request::Request;
use super::{Exception, Log, Response};
use serde_json::json;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, PoisonError};

/// Processes the requests of a connection in sequence.
pub(super) fn serve(connection: &TcpStream, log: &Log, pools: &Mutex<Pools>) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut writer = connection;
    while let Some(request) = read(&mut reader)? {
        let last = request.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let mut pools = pools.lock().unwrap_or_else(PoisonError::into_inner);
        let (status, headers, body) = match pools.page(&request) {
            Some(page) => page.parts(),
            None => of_operation(pools.respond(&request)),
        };
        drop(pools);
        let count = {
            let mut requests = log.requests();
            requests.push(request);
            requests.len()
        };
        let length = body.len();
        // One write, so that Nagle's algorithm does not delay a part.
        let response = format!(
            "HTTP/1.1 {status} \r\n\
             content-length: {length}\r\n\
             x-amzn-requestid: 00000000-0000-4000-8000-{count:012}\r\n\
             {headers}\r\n{body}"
        );
        writer.write_all(response.as_bytes())?;
        if last {
            break;
        }
    }
    Ok(())
}

/// Returns the status, the headers and the body of the response to an operation.
fn of_operation(outcome: Response) -> (u16, String, String) {
    let content_type = "content-type: application/x-amz-json-1.1\r\n";
    match outcome {
        Ok(body) => (200, content_type.to_owned(), body.to_string()),
        Err(Exception(code, message)) => (
            400,
            format!("{content_type}x-amzn-errortype: {code}:\r\n"),
            json!({ "__type": code, "message": message }).to_string(),
        ),
    }
}

fn read(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        head.push(line.to_owned());
    }
    let request = Request { head, body: String::new() };
    let length: u64 = request.header("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
    let mut body = String::new();
    reader.take(length).read_to_string(&mut body)?;
    Ok(Some(Request { body, ..request }))
}
