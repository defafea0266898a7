//! `factline man`: the man pages, made from the definition of the arguments.

use clap::CommandFactory;

use super::args::Arguments;

/// The page of a subcommand (`rules check`), or of the command itself.
pub(super) fn page(subcommand: Option<&str>) -> Result<Vec<u8>, String> {
    let mut command = Arguments::command();
    command.build();
    for name in subcommand.unwrap_or_default().split_whitespace() {
        let known: Vec<_> = command.get_subcommands().map(|each| each.get_name().to_owned()).collect();
        let found = command.find_subcommand(name).cloned();
        command = found.ok_or_else(|| format!("no command `{name}`: expected one of {}", known.join(", ")))?;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(|error| error.to_string())?;
    Ok(page)
}
