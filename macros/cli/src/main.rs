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
    let (code, written) = match run() {
        Ok(text) => (0, io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush())),
        Err(error) => (exit_code(&error), error.print()),
    };
    match written {
        // The reader has read enough, such as `head`.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // The standard error may be closed too.
            let _ = writeln!(io::stderr(), "error: cannot write: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::from(code),
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
