//! A minimal HTTP/1.1 server.

use super::pool::Pools;
use super::request::Request;
use super::{Exception, Log};
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
        let outcome = pools.lock().unwrap_or_else(PoisonError::into_inner).respond(&request);
        let (status, error, body) = match outcome {
            Ok(body) => ("200 OK", String::new(), body),
            Err(Exception(code, message)) => (
                "400 Bad Request",
                format!("x-amzn-errortype: {code}:\r\n"),
                json!({ "__type": code, "message": message }),
            ),
        };
        let count = {
            let mut requests = log.requests();
            requests.push(request);
            requests.len()
        };
        let body = body.to_string();
        let length = body.len();
        // One write, so that Nagle's algorithm does not delay a part.
        let response = format!(
            "HTTP/1.1 {status}\r\n\
             content-type: application/x-amz-json-1.1\r\n\
             content-length: {length}\r\n\
             x-amzn-requestid: 00000000-0000-4000-8000-{count:012}\r\n\
             {error}\r\n{body}"
        );
        writer.write_all(response.as_bytes())?;
        if last {
            break;
        }
    }
    Ok(())
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
