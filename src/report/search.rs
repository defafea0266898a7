//! What the search of the index looks through: scripts beside the pages.
//!
//! A page that was opened from a disk may not read other files, but it may load scripts. So the data are scripts that hand
//! over an array: the documents in shards of equal numbers, the values in shards of neighbouring words. A search loads the
//! shards that its words lie in, so that a report of a hundred thousand documents opens as fast as one of ten.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};

use super::address::page_path;
use super::counts::{Counts, columns};
use super::mark::{Mark, Sort};
use super::tables::DocumentRow;
use super::visible::spelled;
use super::words::words;

/// The folder of the data.
pub(super) const DATA: &str = "data";
/// Documents of a shard.
const DOCUMENTS: usize = 2_000;
/// Values of a shard, about: a shard ends with a word.
const VALUES: usize = 1_500;
/// Documents that a value leads to; of more, only the number is told.
const PLACES: usize = 50;
/// Values that are kept of a word that many have (`people`); a second word finds the others.
const VALUES_OF_WORD: usize = 3_000;
/// Words that a value is found by beside its own: those of the texts that mean it.
const OTHER_WORDS: usize = 12;
/// Characters of a value that are shown and searched.
const LONGEST: usize = 200;

/// A value and where it is found.
#[derive(Debug, Default)]
struct Found {
    facts: u64,
    documents: u64,
    last: Option<usize>,
    /// Document and first line in it.
    places: Vec<(usize, u32)>,
    /// Words of texts that are not in the value.
    others: Vec<String>,
}

/// Everything that can be searched for.
#[derive(Debug, Default)]
pub(super) struct Search {
    values: HashMap<(Sort, String), Found>,
}

impl Search {
    /// Adds the facts of the next document.
    pub(super) fn add(&mut self, document: usize, marks: &[Mark]) {
        for mark in marks.iter().filter(|mark| mark.sort != Sort::Unclaimed) {
            let value = if mark.value.is_empty() { &mark.text } else { &mark.value };
            let value: String = value.chars().take(LONGEST).collect();
            let found = self.values.entry((mark.sort, value)).or_default();
            found.facts += 1;
            if found.last != Some(document) {
                found.last = Some(document);
                found.documents += 1;
                if found.places.len() < PLACES {
                    found.places.push((document, mark.line));
                }
                for word in words(&mark.text).take(OTHER_WORDS) {
                    if found.others.len() < OTHER_WORDS && !found.others.contains(&word) {
                        found.others.push(word);
                    }
                }
            }
        }
    }

    /// The scripts, by their names in the folder of the data.
    pub(super) fn scripts(self, documents: &[DocumentRow], counts: &[Counts]) -> Vec<(String, String)> {
        let mut scripts = Vec::new();
        let rows: Vec<_> = documents.iter().zip(counts).collect();
        for (number, shard) in rows.chunks(DOCUMENTS).enumerate() {
            let row = |(row, counts): &(&DocumentRow, &Counts)| {
                let counts = columns(counts);
                json!([spelled(&row.key), spelled(&row.title), page_path(&row.key), counts])
            };
            let shard: Vec<_> = shard.iter().map(row).collect();
            scripts.push((format!("documents-{number}.js"), call("documents", &json!([number, shard]))));
        }
        let shards = self.shards();
        let firsts: Vec<_> = shards.iter().map(|shard| shard.first.as_str()).collect();
        let manifest = json!([{ "documents": documents.len(), "shard": DOCUMENTS, "words": firsts, "kinds":
            Sort::all().map(|sort| json!([sort.class(), sort.name()])).collect::<Vec<_>>() }]);
        scripts.push(("manifest.js".to_owned(), call("manifest", &manifest)));
        for (number, shard) in shards.into_iter().enumerate() {
            scripts.push((format!("words-{number}.js"), call("words", &json!([number, shard.values, shard.cut]))));
        }
        scripts
    }

    fn shards(self) -> Vec<Shard> {
        let mut values: Vec<_> = self.values.into_iter().collect();
        values.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        // As the browser compares words: by units of UTF-16.
        let mut by_word: BTreeMap<Vec<u16>, Vec<usize>> = BTreeMap::new();
        for (index, ((_, value), found)) in values.iter().enumerate() {
            let mut own: Vec<_> = words(value).chain(found.others.iter().cloned()).collect();
            own.sort_unstable();
            own.dedup();
            for word in own {
                by_word.entry(word.encode_utf16().collect()).or_default().push(index);
            }
        }
        let mut shards: Vec<Shard> = Vec::new();
        let mut members: Vec<usize> = Vec::new();
        for (word, mut found) in by_word {
            let word = String::from_utf16_lossy(&word);
            if members.is_empty() || members.len() + found.len() > VALUES {
                close(&mut shards, &mut members, &values);
                shards.push(Shard { first: word.clone(), ..Shard::default() });
            }
            if found.len() > VALUES_OF_WORD {
                found.sort_by_key(|index| (u64::MAX - values[*index].1.facts, *index));
                found.truncate(VALUES_OF_WORD);
                if let Some(shard) = shards.last_mut() {
                    shard.cut.push(word);
                }
            }
            members.extend(found);
        }
        close(&mut shards, &mut members, &values);
        shards
    }
}

/// Values whose words are neighbours.
#[derive(Debug, Default)]
struct Shard {
    /// The first word.
    first: String,
    values: Vec<Json>,
    /// Words of which not all values are here.
    cut: Vec<String>,
}

fn close(shards: &mut [Shard], members: &mut Vec<usize>, values: &[((Sort, String), Found)]) {
    members.sort_unstable();
    members.dedup();
    if let Some(shard) = shards.last_mut() {
        shard.values = members.iter().map(|index| entry(&values[*index])).collect();
    }
    members.clear();
}

fn entry(((sort, value), found): &((Sort, String), Found)) -> Json {
    let own: Vec<_> = words(value).collect();
    let others: Vec<_> = found.others.iter().filter(|word| !own.contains(word)).map(String::as_str).collect();
    let places: Vec<_> =
        found.places.iter().flat_map(|(document, line)| [*document as u64, u64::from(*line)]).collect();
    json!([super::counts::place(*sort), spelled(value), others.join(" "), found.facts, found.documents, places])
}

/// A script that hands over data. Nothing in it could end a script or a line, wherever it is put.
fn call(name: &str, arguments: &Json) -> String {
    let list = arguments.to_string();
    let list = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or_default();
    let mut script = format!("factline.{name}(");
    for character in list.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => script.push_str(&format!("\\u{:04x}", u32::from(character))),
            other => script.push(other),
        }
    }
    script.push_str(");\n");
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_end_a_script() {
        let script = call("documents", &json!([0, ["</script><!-- \u{2028}\"\\"]]));
        assert_eq!(script, "factline.documents(0,[\"\\u003c/script\\u003e\\u003c!-- \\u2028\\\"\\\\\"]);\n");
    }
}
