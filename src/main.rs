//! The command `factline`: a thin skin over the library.

use std::process::ExitCode;

mod cli;

/// Millions of short-lived strings on many threads: the system's allocator was the bottleneck.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
