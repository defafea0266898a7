//! What a story, a heading or a post makes of times and dates that leave something out, and where stretches of time lie.

use super::tests::{dates, extract, timexes};

const REFERENCE: &str = "2018-10-26";
const FILLER: &str = "The old harbour has been quiet for long and nobody there wants to talk about the leak.";

#[test]
fn a_time_of_day_keeps_to_the_story_that_it_is_in() {
    for (text, expected) in [
        ("He fell on May 3, 2016. The bell had rung at 6 a.m. that day.", "2016-05-03 2016-05-03T06:00"),
        ("He fell in May 2016. He had gone off watch at ten at night.", "2016-05 T22:00"),
        ("The bell rang at 6 a.m. and the hall was shut.", "2018-10-26T06:00"),
        ("She missed the 8:15 to Leeds.", "T08:15"),
    ] {
        let found = timexes(text, REFERENCE);
        assert!(found.starts_with(expected), "{text}: {found}");
    }
}

#[test]
fn a_heading_tells_when_a_story_was_told() {
    let text = |story: &str| format!("Interview with a sailor, 6 October 2014\n\n{FILLER} {story}");
    for (story, expected) in [
        ("I had gone off watch at ten at night.", "T22:00"),
        ("The next talk will be at ten at night.", "2014-10-06T22:00"),
        ("I retired last year.", "2013"),
    ] {
        let found = timexes(&text(story), "");
        assert_eq!(found.split(' ').next_back(), Some(expected), "{story}");
    }
}

#[test]
fn months_behind_a_verb_of_the_past_lie_in_the_past_unless_something_was_planned() {
    for (text, expected) in [
        ("They put down their tools and left in December.", "2017-12"),
        ("They decided to lay down their tools in November.", "2018-11"),
        ("The case is heard in November, they said.", "2018-11"),
        ("They set a November 2 deadline and left.", "2018-11-02"),
    ] {
        assert_eq!(timexes(text, REFERENCE), expected, "{text}");
    }
}

#[test]
fn a_day_alone_is_of_the_month_that_the_story_has_reached() {
    assert_eq!(
        timexes("In March 2017 the rules were relaxed. I flew out on the 6th.", REFERENCE),
        "2017-03 2017-03-06"
    );
    assert_eq!(timexes("The rules were relaxed. I flew out on the 6th.", REFERENCE), "2018-10-06");
}

#[test]
fn since_a_year_reaches_into_the_present_and_is_no_story() {
    assert_eq!(timexes("It has stood open since 2011. The key was lost on 3 March.", ""), "2011 XXXX-03-03");
}

#[test]
fn both_times_of_a_stretch_are_of_one_day_or_of_one_night() {
    let stretch = |text: &str| timexes(text, "2018-10-26T10:00");
    for (text, expected) in [
        ("Please come between 9.30 and 4.30 pm.", "2018-10-27T09:30/2018-10-27T16:30"),
        ("Please come from 10 p.m. to 2 a.m. on Saturday.", "2018-10-27T22:00/2018-10-28T02:00"),
    ] {
        assert_eq!(stretch(text), expected, "{text}");
    }
}

#[test]
fn a_length_that_counts_from_the_reference_date_has_its_days() {
    for (text, expected) in [
        ("Rents doubled over the past 15 years.", Some(("2003-10-26", "2018-10-25"))),
        ("Rain will fall in the next three days.", Some(("2018-10-27", "2018-10-29"))),
        ("It lasted 15 years.", None),
        ("Rain will fall in the next few days.", None),
        ("He was jailed in 1989 and for the next five years heard nothing.", None),
    ] {
        let extraction = extract(text, REFERENCE);
        let found = dates(&extraction);
        let last = found.last().unwrap();
        assert_eq!(last.start_date.as_deref().zip(last.end_date.as_deref()), expected, "{text}");
        assert_eq!(last.reference_date.is_some(), expected.is_some(), "{text}");
    }
}
