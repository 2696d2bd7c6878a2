//! Codes that reach a user on another way than through the program.

use crate::example::Outcome;
use crate::service::Service;
use std::io::{Write as _, stdin, stdout};

/// The code that the stand-in has just sent; without a stand-in the user is asked for it.
pub fn code(service: Option<&Service>, what: &str) -> Outcome<String> {
    if let Some(service) = service {
        let message = service.messages.try_recv()?;
        println!("{message}");
        return Ok(message.code);
    }
    print!("{what}: ");
    stdout().flush()?;
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
