//! The elements of HTML that begin and end a block, one row each: what they are part of, and what they mean for a heading.

/// An element that begins and ends a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name in small letters.
    pub name: &'static str,
    /// What it is in lists and tables.
    pub part: Part,
    /// What its start tag means for a heading.
    pub heading: Heading,
}

/// What an element is in lists and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing of either.
    None,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell,
}

/// What a start tag means for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// What stands in it is one.
    Begins,
    /// Text behind it is none, even if the heading before was never closed.
    Ends,
    /// Nothing.
    Keeps,
}

const fn element(name: &'static str, part: Part, heading: Heading) -> Element {
    Element { name, part, heading }
}

/// Sorted by name.
const ELEMENTS: &[Element] = &[
    element("address", Part::None, Heading::Keeps),
    element("article", Part::None, Heading::Keeps),
    element("aside", Part::None, Heading::Keeps),
    element("blockquote", Part::None, Heading::Keeps),
    element("body", Part::None, Heading::Ends),
    element("button", Part::None, Heading::Keeps),
    element("caption", Part::None, Heading::Begins),
    element("center", Part::None, Heading::Keeps),
    element("dd", Part::Item, Heading::Keeps),
    element("details", Part::None, Heading::Keeps),
    element("dialog", Part::None, Heading::Keeps),
    element("dir", Part::List, Heading::Keeps),
    element("div", Part::None, Heading::Keeps),
    element("dl", Part::List, Heading::Ends),
    element("dt", Part::Item, Heading::Keeps),
    element("fieldset", Part::None, Heading::Keeps),
    element("figcaption", Part::None, Heading::Keeps),
    element("figure", Part::None, Heading::Keeps),
    element("footer", Part::None, Heading::Keeps),
    element("form", Part::None, Heading::Keeps),
    element("h1", Part::None, Heading::Begins),
    element("h2", Part::None, Heading::Begins),
    element("h3", Part::None, Heading::Begins),
    element("h4", Part::None, Heading::Begins),
    element("h5", Part::None, Heading::Begins),
    element("h6", Part::None, Heading::Begins),
    element("head", Part::None, Heading::Keeps),
    element("header", Part::None, Heading::Keeps),
    element("hgroup", Part::None, Heading::Keeps),
    element("hr", Part::None, Heading::Keeps),
    element("html", Part::None, Heading::Keeps),
    element("legend", Part::None, Heading::Keeps),
    element("li", Part::Item, Heading::Ends),
    element("main", Part::None, Heading::Keeps),
    element("menu", Part::List, Heading::Keeps),
    element("nav", Part::None, Heading::Keeps),
    element("ol", Part::List, Heading::Ends),
    element("optgroup", Part::None, Heading::Keeps),
    element("option", Part::None, Heading::Keeps),
    element("p", Part::None, Heading::Ends),
    element("pre", Part::None, Heading::Ends),
    element("search", Part::None, Heading::Keeps),
    element("section", Part::None, Heading::Keeps),
    element("select", Part::None, Heading::Keeps),
    element("summary", Part::None, Heading::Keeps),
    element("table", Part::Table, Heading::Ends),
    element("tbody", Part::None, Heading::Keeps),
    element("td", Part::Cell, Heading::Ends),
    element("tfoot", Part::None, Heading::Keeps),
    element("th", Part::Cell, Heading::Ends),
    element("thead", Part::None, Heading::Keeps),
    element("title", Part::None, Heading::Begins),
    element("tr", Part::Row, Heading::Keeps),
    element("ul", Part::List, Heading::Ends),
];

/// The element of a name, if it begins and ends a block.
pub(super) fn block(name: &str) -> Option<&'static Element> {
    ELEMENTS.binary_search_by(|element| element.name.cmp(name)).ok().map(|at| &ELEMENTS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted() {
        assert!(ELEMENTS.is_sorted_by(|one, other| one.name < other.name));
    }

    #[test]
    fn an_element_is_found_by_its_name() {
        assert_eq!(block("td").map(|element| element.part), Some(Part::Cell));
        assert_eq!(block("h3").map(|element| element.heading), Some(Heading::Begins));
        assert_eq!(block("span"), None);
    }
}
