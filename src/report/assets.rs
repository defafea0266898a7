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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The colours of one of the palettes, as red, green, blue from 0 to 1.
    fn palette(from: &str) -> BTreeMap<&str, [f64; 3]> {
        let block = &PALETTE[PALETTE.find(from).unwrap()..];
        let block = &block[block.find(":root").unwrap()..];
        let lines = block[block.find('{').unwrap() + 1..block.find('}').unwrap()].lines();
        let colours = lines.filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"));
        let part = |hex: &str, at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        colours.map(|(name, hex)| (name, [0, 2, 4].map(|at| part(hex, at)))).collect()
    }

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = colour.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn contrast_is_computed_as_wcag_says() {
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
        // The lightest grey that is allowed for text on white.
        let grey = [f64::from(0x76) / 255.0; 3];
        assert!((contrast(grey, [1.0; 3]) - 4.54).abs() < 0.01);
    }

    #[test]
    fn colours_keep_the_contrasts_of_wcag_aa() {
        const KINDS: [&str; 5] = ["number", "money", "place", "organization", "date"];
        for from in [":root", "@media (prefers-color-scheme: dark)", "@media print"] {
            let palette = palette(from);
            let mut pairs = Vec::new();
            for ground in ["paper", "raised"] {
                for text in ["ink", "muted", "link", "unclaimed", "flag"].into_iter().chain(KINDS) {
                    pairs.push((text, ground.to_owned(), 4.5));
                }
                pairs.push(("focus", ground.to_owned(), 3.0));
            }
            for kind in KINDS {
                // The text of a mark, its letter, and the signs behind it.
                for text in ["ink", kind, "flag", "money", "unclaimed", "link"] {
                    pairs.push((text, format!("{kind}-tint"), 4.5));
                }
                pairs.push(("focus", format!("{kind}-tint"), 3.0));
            }
            for (one, other, least) in pairs {
                let found = contrast(palette[one], palette[other.as_str()]);
                assert!(found >= least, "{from}: {one} on {other} has {found:.2} to 1, expected {least}");
            }
        }
    }

    #[test]
    fn every_colour_of_the_style_is_in_the_palette() {
        assert!(!STYLE.contains('#') || STYLE.lines().all(|line| !has_hex_colour(line)));
        for name in STYLE.split("var(--").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let is_font = ["serif", "mono"].contains(&name);
            assert!(is_font || palette(":root").contains_key(name), "{name}");
        }
    }

    fn has_hex_colour(line: &str) -> bool {
        let is_colour = |rest: &str| rest.len() >= 3 && rest.bytes().take(3).all(|byte| byte.is_ascii_hexdigit());
        line.split(": #").skip(1).chain(line.split(" #").skip(1)).any(is_colour)
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere_and_no_text_becomes_markup() {
        for text in [PALETTE, STYLE, PAGE, INDEX] {
            for forbidden in
                ["http", "@import", "url(", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
            {
                assert!(!text.contains(forbidden), "{forbidden}");
            }
        }
    }
}
