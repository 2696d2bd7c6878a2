//! Codes that the user receives outside the program, for example by email.

use crate::example::Outcome;
use crate::service::Service;
use std::io::{Write as _, stdin, stdout};

/// Returns the code that the emulator sent. Without the emulator, asks the user for it.
pub fn code(service: Option<&Service>, prompt: &str) -> Outcome<String> {
    if let Some(service) = service {
        let message = service.messages.try_recv()?;
        println!("{message}");
        return Ok(message.code);
    }
    print!("{prompt}: ");
    stdout().flush()?;
    let mut line = String::new();
    stdin().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
