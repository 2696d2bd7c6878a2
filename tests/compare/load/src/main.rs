//! Reads requests from standard input and sends them. Each line contains the method, the path, a token or `-`, and the
//! body. Prints the duration of each in microseconds, except for the first request of each connection, since the server
//! accepts the connection at that time.
//!
//! Usage: `load ADDRESS CONNECTIONS`.

use driver::Outcome;
use std::io::read_to_string;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, connections] = &arguments[..] else { return Err("usage: ADDRESS CONNECTIONS".into()) };
    let connections: usize = connections.parse()?;
    let lines = read_to_string(std::io::stdin())?;
    let requests: Arc<[String]> = lines.lines().map(|line| request(line, address)).collect();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let tasks: Vec<_> = (0..connections)
            .map(|first| tokio::spawn(send_all(address.clone(), Arc::clone(&requests), first, connections)))
            .collect();
        let mut durations = Vec::new();
        for task in tasks {
            durations.extend(task.await??.into_iter().skip(1));
        }
        let lines: String = durations.iter().map(|duration| format!("{duration:.2}\n")).collect();
        print!("{lines}");
        Ok(())
    })
}

fn request(line: &str, address: &str) -> String {
    let mut parts = line.splitn(4, ' ');
    let [method, path, token, body] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let authorization = if token == "-" { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}content-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
}

/// Sends the requests of one connection sequentially. Returns the duration of each in microseconds.
async fn send_all(address: String, requests: Arc<[String]>, first: usize, step: usize) -> Result<Vec<f64>, String> {
    let mut stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
    stream.set_nodelay(true).map_err(|error| error.to_string())?;
    let mut durations = Vec::with_capacity(requests.len() / step + 1);
    for request in requests.iter().skip(first).step_by(step) {
        let begun = Instant::now();
        let response = send(&mut stream, request).await.map_err(|error| error.to_string())?;
        durations.push(begun.elapsed().as_nanos() as f64 / 1e3);
        if !response.starts_with("HTTP/1.1 2") {
            return Err(format!("a request was refused: {response}"));
        }
    }
    Ok(durations)
}

/// Sends a request, and returns the response with its body.
async fn send(stream: &mut TcpStream, request: &str) -> std::io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::new();
    loop {
        if stream.read_buf(&mut response).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&response);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
            return Ok(text.into_owned());
        }
    }
}
