//! What all pages share: style and scripts.

use super::page::Page;

/// The folder of the assets.
pub(super) const ASSETS: &str = "assets";

/// Colours by name, for light and dark; a file of its own, so that a test can read it.
const PALETTE: &str = include_str!("assets/palette.css");
const STYLE: &str = include_str!("assets/report.css");
const PAGE: &str = include_str!("assets/page.js");
const INDEX: &str = include_str!("assets/index.js");

/// The files.
pub(super) fn files() -> impl Iterator<Item = Page> {
    let style = format!("{PALETTE}\n{STYLE}");
    let files = [("report.css", style), ("page.js", PAGE.to_owned()), ("index.js", INDEX.to_owned())];
    files.into_iter().map(|(name, markup)| Page { path: format!("{ASSETS}/{name}"), markup })
}
