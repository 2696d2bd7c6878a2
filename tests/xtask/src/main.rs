//! The checks and measurements of the Rust code of this repository: `cargo x`.

mod admin;
mod bless;
mod check_cost;
mod cpu;
mod doc_links;
mod expansion_time;
mod import_cycles;
mod instructions;
mod macro_stats;
mod model;
mod mutants;
mod package;
mod portable;
mod public_api;
mod structs;
mod table_sharing;
mod test_cost;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// The checks and measurements of this repository.
#[derive(Parser)]
#[command(bin_name = "cargo x", disable_help_subcommand = true)]
enum Command {
    /// Writes the module `admin` of cognito-userpools from the service model
    Admin,
    /// Measures the CPU time of `cargo check` for the unsigned operations, compared with handwritten code
    CheckCost {
        #[arg(default_value_t = 7, value_parser = clap::value_parser!(u16).range(1..))]
        rounds: u16,
    },
    /// Checks the links of the built documentation and of Markdown files
    DocLinks {
        /// The built documentation: `target/doc`
        folder: PathBuf,
        /// Markdown files
        files: Vec<PathBuf>,
    },
    /// Measures the expansion time of an operation with three patterns
    ExpansionTime {
        #[arg(default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
        rounds: u16,
    },
    /// Rewrites the expectations of the fixtures that must not compile
    Fixtures {
        /// The fixture, without its folder; by default all
        name: Option<String>,
    },
    /// Checks that no two files of a crate import each other
    ImportCycles {
        /// The `src` of a crate, from the root of the repository, and the number of allowed import cycles
        #[arg(value_name = "FOLDER[:ALLOWED]", default_values = ["macros/src", "macros/model/src", "macros/cli/src", "runtime/src", "userpools/src"])]
        folders: Vec<String>,
    },
    /// Counts the instructions of validation, a call and the verification of a token; needs valgrind and gungraun-runner
    Instructions,
    /// Measures the size of the code that the macros generate
    MacroStats {
        /// A file to measure instead; prints only its number of bytes
        file: Option<PathBuf>,
    },
    /// Installs ministack and boto3, and prints the path of `ministack`; `python` is in the same folder
    Ministack,
    /// Compares the service model with botocore, or updates it
    #[command(subcommand)]
    Model(Model),
    /// Compares the mutants that survived with tests/MUTANTS.md
    Mutants {
        /// `missed.txt` of cargo-mutants
        file: PathBuf,
    },
    /// Runs the core on a target without sockets, threads and a clock; needs Node and the target wasm32-unknown-unknown
    Portable,
    /// Compares the public interface with its record; needs cargo-public-api
    PublicApi {
        /// Rewrites the record
        #[arg(long)]
        bless: bool,
    },
    /// Rewrites the snapshots of the generated code
    Snapshots,
    /// Prints the structs of operations that the measurements use
    Structs {
        /// The operations; by default all
        names: Vec<String>,
    },
    /// Checks that fields with the same pattern share a table
    TableSharing,
    /// Measures the CPU time of all tests, compared with an earlier revision; takes half an hour
    TestCost {
        /// By default, the last revision at which the fixtures were built with the dependencies of all other tests
        #[arg(long, default_value = "2eb241f")]
        base: String,
        /// The maximum ratio
        #[arg(long, default_value_t = 0.6)]
        bound: f64,
    },
}

#[derive(Subcommand)]
enum Model {
    /// Prints what a version of botocore changes in the service model; the status is 1 if there are changes, and 2 on errors
    Diff {
        /// The version; by default the newest
        version: Option<String>,
        /// The version to compare with; by default the table
        #[arg(long, value_name = "VERSION")]
        from: Option<String>,
    },
    /// Rewrites the table of the service model and the pin of its source
    Update {
        /// The version of botocore; by default the newest
        version: Option<String>,
    },
}

fn main() -> ExitCode {
    let command = Command::parse();
    let is_diff = matches!(command, Command::Model(Model::Diff { .. }));
    run(command).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(if is_diff { 2 } else { 1 })
    })
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Admin => admin::admin()?,
        Command::CheckCost { rounds } => check_cost::check_cost(rounds)?,
        Command::DocLinks { folder, files } => doc_links::doc_links(&folder, &files)?,
        Command::ExpansionTime { rounds } => expansion_time::expansion_time(rounds)?,
        Command::Fixtures { name } => bless::fixtures(name.as_deref())?,
        Command::ImportCycles { folders } => import_cycles::import_cycles(&folders)?,
        Command::Instructions => instructions::instructions()?,
        Command::MacroStats { file } => macro_stats::macro_stats(file.as_deref())?,
        Command::Ministack => println!("{}", cognito_op_tests_provision::boto3().program("ministack").display()),
        Command::Model(Model::Diff { version, from }) => {
            let changed = model::diff(version.as_deref(), from.as_deref())?;
            return Ok(ExitCode::from(u8::from(changed)));
        }
        Command::Model(Model::Update { version }) => model::update(version.as_deref())?,
        Command::Mutants { file } => mutants::mutants(&file)?,
        Command::Portable => portable::portable()?,
        Command::PublicApi { bless } => public_api::public_api(bless)?,
        Command::Snapshots => bless::snapshots()?,
        Command::Structs { names } => structs::structs(&names)?,
        Command::TableSharing => table_sharing::table_sharing()?,
        Command::TestCost { base, bound } => test_cost::test_cost(&base, bound)?,
    }
    Ok(ExitCode::SUCCESS)
}
