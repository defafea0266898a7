//! JUnit XML: a test case for each document, a failure for each that differs.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{place, sentence};
use crate::compare::{Change, Comparison};

/// The comparison as JUnit XML.
pub fn junit(comparison: &Comparison) -> io::Result<Vec<u8>> {
    let mut changes: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for document in &comparison.documents {
        changes.entry(document).or_default();
    }
    for change in &comparison.changes {
        changes.entry(&change.document).or_default().push(change);
    }
    let one_sided = usize::from(!comparison.one_sided.is_empty());
    let failures = changes.values().filter(|changes| !changes.is_empty()).count() + one_sided;
    let (tests, failures) = ((changes.len() + one_sided).to_string(), failures.to_string());
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let counts = [("name", "factline check"), ("tests", tests.as_str()), ("failures", failures.as_str())];
    writer.write_event(Event::Start(BytesStart::new("testsuites").with_attributes(counts)))?;
    writer.write_event(Event::Start(BytesStart::new("testsuite").with_attributes(counts)))?;
    for (document, changes) in changes {
        let lines: Vec<String> =
            changes.iter().map(|change| format!("{}: {}", place(change), sentence(change))).collect();
        case(&mut writer, document, &lines)?;
    }
    if one_sided > 0 {
        case(&mut writer, "tables", &comparison.one_sided)?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))?;
    writer.write_event(Event::End(BytesEnd::new("testsuites")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn case(writer: &mut Writer<Vec<u8>>, name: &str, lines: &[String]) -> io::Result<()> {
    let name = visible(name);
    let start = BytesStart::new("testcase").with_attributes([("classname", "facts"), ("name", name.as_str())]);
    if lines.is_empty() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start))?;
    let message = format!("{} facts differ", lines.len());
    let failure = BytesStart::new("failure").with_attributes([("type", "difference"), ("message", message.as_str())]);
    writer.write_event(Event::Start(failure))?;
    writer.write_event(Event::Text(BytesText::new(&visible(&lines.join("\n")))))?;
    writer.write_event(Event::End(BytesEnd::new("failure")))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

/// XML 1.0 has no way to write most control characters.
fn visible(text: &str) -> String {
    let is_written = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
    let is_character = |character: char| !matches!(character, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|character| if is_written(character) && is_character(character) { character } else { '\u{fffd}' })
        .collect()
}
