//! Where in a page's structure text stands, told from start and end tags as they come: what makes a block a heading, an
//! item or a cell.

use super::BlockKind;
use super::elements::{Element, Heading, Part};

/// An open element that decides the kind of what is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Table,
    List,
    Cell,
    Item,
}

/// The open elements, as a browser would have them. End tags that HTML lets authors leave out are understood, those
/// without a start tag ignored.
#[derive(Debug, Default)]
pub(super) struct Places {
    open: Vec<Place>,
    /// How many of each [`Place`] are open, so that an end tag without a start tag costs nothing.
    count: [usize; 4],
    heading: bool,
}

impl Places {
    /// The kind of a block that begins here.
    pub fn kind(&self) -> BlockKind {
        match self.open.last() {
            _ if self.heading => BlockKind::Heading,
            Some(Place::Cell) => BlockKind::Cell,
            Some(Place::Item) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        }
    }

    /// A start tag.
    pub fn enter(&mut self, element: &Element) {
        match element.part {
            Part::List => self.push(Place::List),
            Part::Table => self.push(Place::Table),
            Part::Item => {
                self.pop_to(Place::List);
                self.push(Place::Item);
            }
            Part::Row => self.pop_to(Place::Table),
            Part::Cell => {
                self.pop_to(Place::Table);
                self.push(Place::Cell);
            }
            Part::None => {}
        }
        self.heading = match element.heading {
            Heading::Begins => true,
            Heading::Ends => false,
            Heading::Keeps => self.heading,
        };
    }

    /// An end tag.
    pub fn leave(&mut self, element: &Element) {
        match element.part {
            Part::List => self.pop_through(Place::List),
            Part::Table => self.pop_through(Place::Table),
            Part::Item => self.pop_to(Place::List),
            Part::Row | Part::Cell => self.pop_to(Place::Table),
            Part::None => {}
        }
        if element.heading == Heading::Begins {
            self.heading = false;
        }
    }

    fn push(&mut self, place: Place) {
        self.count[place as usize] += 1;
        self.open.push(place);
    }

    fn pop(&mut self) {
        if let Some(place) = self.open.pop() {
            self.count[place as usize] -= 1;
        }
    }

    /// Closes all that is open within the innermost `container`; without one, only an innermost item or cell.
    fn pop_to(&mut self, container: Place) {
        if self.count[container as usize] == 0 {
            if matches!(self.open.last(), Some(Place::Cell | Place::Item)) {
                self.pop();
            }
            return;
        }
        while self.open.last().is_some_and(|&last| last != container) {
            self.pop();
        }
    }

    fn pop_through(&mut self, container: Place) {
        if self.count[container as usize] > 0 {
            self.pop_to(container);
            self.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::elements::block;
    use super::*;

    fn kind(tags: &str) -> BlockKind {
        let mut places = Places::default();
        for tag in tags.split(' ') {
            match tag.strip_prefix('/') {
                Some(name) => places.leave(block(name).unwrap()),
                None => places.enter(block(tag).unwrap()),
            }
        }
        places.kind()
    }

    #[test]
    fn kinds() {
        let cases = [
            ("div p", BlockKind::Paragraph),
            ("ul li p", BlockKind::Item),
            ("ul li li", BlockKind::Item),
            ("ul li ul li /ul", BlockKind::Item),
            ("ul li /ul", BlockKind::Paragraph),
            ("table tr td p", BlockKind::Cell),
            ("table tr td ul li", BlockKind::Item),
            ("table tr td table tr td /table", BlockKind::Cell),
            ("table tr td /table /table", BlockKind::Paragraph),
            ("h1 div", BlockKind::Heading),
            ("h1 p", BlockKind::Paragraph),
            ("h1 /h1", BlockKind::Paragraph),
            ("li /ul p", BlockKind::Item),
        ];
        for (tags, expected) in cases {
            assert_eq!(kind(tags), expected, "{tags}");
        }
    }
}
