//! Which segments a run folds into its own.
//!
//! Each run adds a segment, so without folding there would be one per night, and rows of documents that are long gone would
//! stay for ever. Folding copies rows, so it is done for little: segments of which most is dead, and, when there are many
//! segments, the small ones. So the work that a run does beyond its own documents is bounded by what the runs before did.

use super::index::SegmentRecord;

/// More segments than this are folded …
const MANY: usize = 8;

/// … until so many are left.
const FEW: usize = 4;

/// The numbers of the segments to fold.
pub(super) fn folded<'s>(segments: impl IntoIterator<Item = &'s SegmentRecord>) -> Vec<u64> {
    let is_mostly_dead = |segment: &SegmentRecord| segment.live < segment.bytes / 2;
    let (dead, mut rest): (Vec<_>, Vec<_>) = segments.into_iter().partition(|segment| is_mostly_dead(segment));
    rest.sort_by_key(|segment| (std::cmp::Reverse(segment.live), segment.number));
    let small = if rest.len() > MANY { rest.split_off(FEW) } else { Vec::new() };
    dead.into_iter().chain(small).map(|segment| segment.number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dead_and_many_small_segments_are_folded() {
        let record = |number, bytes, live| SegmentRecord { number, bytes, live, stamp: None };
        assert_eq!(folded(&[record(1, 100, 49), record(2, 100, 50), record(3, 10, 10)]), [1]);
        let nights: Vec<_> = (1..10).map(|number| record(number, 1000 / number, 1000 / number)).collect();
        assert_eq!(folded(&nights), [5, 6, 7, 8, 9]);
        assert_eq!(folded(&nights[..8]), [0_u64; 0]);
    }

    #[test]
    fn a_year_of_nights_copies_little() {
        // A hundredth of the documents is new every night.
        let (mut segments, mut copied) =
            (vec![SegmentRecord { number: 0, bytes: 10_000, live: 10_000, stamp: None }], 0);
        for night in 1..=365 {
            let folds = folded(&segments);
            let (gone, mut left): (Vec<_>, Vec<_>) =
                segments.into_iter().partition(|segment| folds.contains(&segment.number));
            let moved: u64 = gone.iter().map(|segment| segment.live).sum();
            copied += moved;
            left.iter_mut().for_each(|segment| segment.live -= segment.live / 100);
            left.push(SegmentRecord { number: night, bytes: 100 + moved, live: 100 + moved, stamp: None });
            segments = left;
        }
        assert!(segments.len() <= MANY + 1);
        let mean = copied / 365;
        assert!(mean < 500, "{mean} of 10,000 per night");
    }
}
