//! `--metadata`: what the user says about documents.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use support::{World, rows};

#[test]
fn what_the_user_says_is_in_the_tables() {
    let world = World::new(&[("a.txt", "A\n"), ("b/c.txt", "C\n"), ("-d.txt", "D\n")]);
    world.write(
        "about.csv",
        "document,title,published\na.txt,\"Letters, 1\",2018-10-26\nb/c.txt,,2018-10-26T15:00Z\n-d.txt,=A1,\n",
    );
    assert_eq!(world.run("extract in --out out --metadata about.csv -q"), (0, String::new()));
    let shown: Vec<_> = rows(&world.path("out/documents.csv"))
        .iter()
        .map(|row| ["document", "title", "published", "published_from"].map(|column| row[column].clone()).join("|"))
        .collect();
    assert_eq!(shown[0], "'-d.txt|'=A1||");
    assert_eq!(shown[1], "a.txt|Letters, 1|2018-10-26|metadata");
    assert!(shown[2].ends_with("|2018-10-26T15:00|metadata"), "{}", shown[2]);
}

#[test]
fn mistakes_end_with_2_and_say_where() {
    let world = World::new(&[("a.txt", "A")]);
    for (file, message) in [
        ("document,publishd\na.txt,2018\n", "line 1: column `publishd` is not known (did you mean `published`?)"),
        (
            "document,published\na.txt,2018-10-26\nb.txt,26/10/2018\n",
            "line 3: column `published`: expected an ISO date such as `2018-10-26`, `2018-10-26T15:00` or \
             `2018-10-26T15:00:00Z`, found `26/10/2018`",
        ),
    ] {
        world.write("about.csv", file);
        let (code, told) = world.run("extract in --out out --metadata about.csv");
        assert_eq!(code, 2);
        assert!(told.starts_with(&format!("error: metadata `about.csv`, {message}")), "{told}");
        assert!(!world.path("out").exists());
    }
}

#[test]
fn a_row_about_no_document_is_a_warning() {
    let world = World::new(&[("a.txt", "A")]);
    world.write("about.csv", "document,title\nin/a.txt,A\na.txt,A\nz.txt,Z\n");
    let (code, told) = world.run("extract in --out out --metadata about.csv -q");
    assert_eq!(code, 0);
    assert_eq!(
        told,
        "warning: 2 of 3 rows of the metadata `about.csv` are about documents that are not in the input; the first is \
         `in/a.txt` on line 2 (the first document is called `a.txt`)\n"
    );
}

#[test]
fn where_a_document_is_at_home_tells_its_towns_from_others_of_their_names() {
    let text = "The council of Springfield met on Monday. Springfield will mend the bridge.\n";
    let page = format!("<meta name=geo.placename content='Missouri'><p>{text}");
    let world = World::new(&[("a.txt", text), ("b.txt", text), ("c.html", &page), ("d.txt", text)]);
    world.write("about.csv", "document,place\na.txt,\"Chicopee, Massachusetts\"\nb.txt,Oregon\nd.txt,Xyzzyville\n");
    let (code, told) = world.run("extract in --out out --metadata about.csv -q");
    let warning = "warning: metadata `about.csv`, line 4: column `place`: expected the name of a place that is known, found `Xyzzyville`\n";
    assert_eq!((code, told.as_str()), (0, warning));
    let places = rows(&world.path("out/places.csv"));
    let of = |document: &str| {
        let own = places.iter().filter(|row| row["document"] == document);
        own.map(|row| row["admin1"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("a.txt"), ["Massachusetts"; 2]);
    assert_eq!(of("b.txt"), ["Oregon"; 2]);
    assert_eq!(of("c.html"), ["Missouri"; 2]);
    assert_ne!(of("d.txt"), of("b.txt"), "what nothing is known of is where most people live");
    assert!(places.iter().all(|row| row["text"] == "Springfield"), "what only the metadata names is no fact");
}
