//! A server that sends the same response to every request. Prints its URL.

use driver::{ANSWER, HEADERS, Outcome};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn main() -> Outcome {
    let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n", ANSWER.len());
    for (name, value) in HEADERS {
        answer += &format!("{name}: {value}\r\n");
    }
    let answer: Arc<str> = format!("{answer}\r\n{ANSWER}").into();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            tokio::spawn(answer_all(stream, Arc::clone(&answer)));
        }
    })
}

async fn answer_all(mut stream: TcpStream, answer: Arc<str>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::new();
    while stream.read_buf(&mut request).await? > 0 {
        if is_whole(&request) {
            stream.write_all(answer.as_bytes()).await?;
            request.clear();
        }
    }
    Ok(())
}

fn is_whole(request: &[u8]) -> bool {
    const LENGTH: &[u8] = b"content-length:";
    let Some(end) = request.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let head = &request[..end];
    let is_length = |bytes: &[u8]| bytes.eq_ignore_ascii_case(LENGTH);
    let Some(at) = head.windows(LENGTH.len()).position(is_length) else { return true };
    let value = head[at + LENGTH.len()..].trim_ascii_start();
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0'));
    request.len() >= end + 4 + length
}
