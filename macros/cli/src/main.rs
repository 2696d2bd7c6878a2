//! The command `cognito-op`, which prints the operations of Amazon Cognito user pools as annotated structs.

mod arguments;
mod completions;
mod list;
mod names;
mod show;
mod structs;
mod table;

use clap::error::ErrorKind;
use std::io::{self, Write as _};
use std::process::ExitCode;

fn main() -> ExitCode {
    let written = match run() {
        Ok(text) => io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()).map(|()| 0),
        Err(error) => error.print().map(|()| exit_code(&error)),
    };
    match written {
        Ok(code) => ExitCode::from(code),
        // The reader has read enough, such as `head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // The standard error may be closed too.
            let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the text to print. Help texts and the version are errors, as in clap.
fn run() -> Result<String, clap::Error> {
    let matches = arguments::command().try_get_matches()?;
    match matches.subcommand() {
        Some(("struct", arguments)) => structs::run(arguments).map_err(failure),
        Some(("list", arguments)) => list::run(arguments).map_err(failure),
        Some(("show", arguments)) => show::run(arguments).map_err(failure),
        Some(("completions", arguments)) => Ok(completions::run(arguments)),
        _ => Err(clap::Error::new(ErrorKind::MissingSubcommand)),
    }
}

/// An error about a name, which is not one of usage.
fn failure(message: String) -> clap::Error {
    clap::Error::raw(ErrorKind::Io, message + "\n")
}

fn exit_code(error: &clap::Error) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => 0,
        ErrorKind::Io => 1,
        _ => 2,
    }
}
