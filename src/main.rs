//! The command `factline`: a thin skin over the library.

use std::process::ExitCode;

mod cli;

/// Every fact makes a few short-lived strings, on every thread at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
