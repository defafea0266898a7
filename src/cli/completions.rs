//! `factline completions`: what a shell needs to complete arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Arguments;

/// The script for a shell.
pub(super) fn script(shell: Shell) -> Vec<u8> {
    // Into memory first: the generator panics where a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "factline", &mut script);
    script
}
