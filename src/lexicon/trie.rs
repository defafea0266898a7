//! The trie over word numbers, in arrays.
//!
//! Nodes are numbered so that those that follow one node stand side by side, in order of their words. So an edge takes
//! no more than the word that leads to a node, and a step is a search among the words of a few neighbours.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::flat::{Flat, Reader};
use super::{Entry, NodeId, WordId};

/// The nodes, each with what follows and what ends there.
#[derive(Debug, Clone, Default)]
pub(super) struct Trie {
    /// By node: its first follower and its first entry; both end where those of the next node begin.
    nodes: Cow<'static, [[u32; 2]]>,
    /// By node: the word that leads to it.
    words: Cow<'static, [u32]>,
    entries: Vec<Entry>,
}

impl Trie {
    /// Node reached by one more word.
    #[inline]
    pub fn step(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        let first = self.nodes[node.0 as usize][0] as usize;
        let last = self.nodes[node.0 as usize + 1][0] as usize;
        let found = self.words[first..last].binary_search(&word.0).ok()?;
        Some(NodeId((first + found) as u32))
    }

    /// Whether longer terms go on from a node.
    #[inline]
    pub fn goes_on(&self, node: NodeId) -> bool {
        self.nodes[node.0 as usize][0] < self.nodes[node.0 as usize + 1][0]
    }

    /// Meanings of the term that ends at a node.
    #[inline]
    pub fn entries_at(&self, node: NodeId) -> &[Entry] {
        let [start, end] = [0, 1].map(|next| self.nodes[node.0 as usize + next][1] as usize);
        &self.entries[start..end]
    }

    /// All meanings, those of one term together.
    pub fn terms(&self) -> impl Iterator<Item = &[Entry]> {
        let nodes = 0..self.nodes.len().saturating_sub(1) as u32;
        nodes.map(|node| self.entries_at(NodeId(node))).filter(|entries| !entries.is_empty())
    }

    /// All meanings.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn write(&self, flat: &mut Flat) {
        flat.ints(bytemuck::cast_slice(&self.nodes));
        flat.ints(&self.words);
        flat.ints(bytemuck::cast_slice(&self.entries.iter().map(Entry::pack).collect::<Vec<_>>()));
    }

    pub fn read(reader: &mut Reader) -> Option<Self> {
        let nodes = Cow::Borrowed(bytemuck::try_cast_slice(reader.ints()?).ok()?);
        let words = Cow::Borrowed(reader.ints()?);
        let entries = bytemuck::try_cast_slice(reader.ints()?).ok()?;
        Some(Self { nodes, words, entries: entries.iter().map(|entry| Entry::unpack(*entry)).collect() })
    }

    /// The nodes of the terms' first words, each with its word.
    pub fn roots(&self) -> impl Iterator<Item = (WordId, NodeId)> + '_ {
        let last = self.nodes.get(1).map_or(1, |node| node[0]);
        (1..last).map(|node| (WordId(self.words[node as usize]), NodeId(node)))
    }

    /// The nodes behind a node, each with the word that leads to it.
    pub fn followers(&self, node: NodeId) -> impl Iterator<Item = (WordId, NodeId)> + '_ {
        let [first, last] = [0, 1].map(|next| self.nodes[node.0 as usize + next][0]);
        (first..last).map(|node| (WordId(self.words[node as usize]), NodeId(node)))
    }

    /// The words that lead from one word of a term to the next.
    pub fn inner_words(&self) -> impl Iterator<Item = WordId> + '_ {
        let first = self.nodes.get(1).map_or(1, |node| node[0]) as usize;
        self.words.iter().skip(first).map(|word| WordId(*word))
    }
}

/// A trie while terms are put into it.
#[derive(Debug, Default)]
pub(super) struct Growing {
    edges: FxHashMap<(NodeId, WordId), NodeId>,
    entries: Vec<(NodeId, Entry)>,
}

impl Growing {
    /// The node before all terms.
    pub const ROOT: NodeId = NodeId(0);

    /// The node behind `node` by one more word.
    pub fn child(&mut self, node: NodeId, word: WordId) -> NodeId {
        let next = NodeId(self.edges.len() as u32 + 1);
        *self.edges.entry((node, word)).or_insert(next)
    }

    /// A meaning of the term that ends at a node.
    pub fn enter(&mut self, node: NodeId, entry: Entry) {
        self.entries.push((node, entry));
    }

    /// The finished trie; of one node, entries stand in order of dictionaries and rows. Words get other numbers, by those
    /// that they had so far.
    pub fn finish(mut self, renamed_words: &[WordId]) -> Trie {
        let count = self.edges.len() + 1;
        let mut edges: Vec<(NodeId, WordId, NodeId)> =
            self.edges.into_iter().map(|((node, word), child)| (node, renamed_words[word.0 as usize], child)).collect();
        edges.sort_unstable_by_key(|(node, word, _)| (node.0, word.0));
        let mut begins = vec![0; count + 1];
        for (node, ..) in &edges {
            begins[node.0 as usize + 1] += 1;
        }
        for node in 0..count {
            begins[node + 1] += begins[node];
        }
        // Breadth first: nodes in their new order, by old number.
        let mut order = vec![0];
        let (mut nodes, mut words) = (Vec::with_capacity(count + 1), vec![0]);
        let mut renamed = vec![0; count];
        while let Some(old) = order.get(nodes.len()).copied() {
            renamed[old] = nodes.len() as u32;
            nodes.push([order.len() as u32, 0]);
            for (_, word, child) in &edges[begins[old]..begins[old + 1]] {
                order.push(child.0 as usize);
                words.push(word.0);
            }
        }
        nodes.push([order.len() as u32, 0]);
        for (node, _) in &mut self.entries {
            node.0 = renamed[node.0 as usize];
        }
        self.entries.sort_by_key(|(node, entry)| (node.0, entry.table, entry.row));
        let mut ends = 0;
        for (node, [_, first]) in nodes.iter_mut().enumerate() {
            while self.entries.get(ends).is_some_and(|(each, _)| (each.0 as usize) < node) {
                ends += 1;
            }
            *first = ends as u32;
        }
        Trie {
            nodes: nodes.into(),
            words: words.into(),
            entries: self.entries.into_iter().map(|(_, entry)| entry).collect(),
        }
    }
}
