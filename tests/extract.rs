//! `factline extract`: which documents it finds, and how it ends.

// A test that fails may panic; clippy knows that only of the test functions themselves.
#![allow(clippy::unwrap_used)]

mod support;

use std::fs;

use support::{FILES, PLACED, World};

#[test]
fn a_folder_becomes_tables_in_order_of_keys() {
    let world = World::new(&[("b.txt", "B"), ("a/x.txt", "X"), ("a.txt", "A"), ("ä.txt", "Ä")]);
    assert_eq!(world.run("extract in --out out -q"), (0, String::new()));
    assert_eq!(world.documents(), "a.txt ok\na/x.txt ok\nb.txt ok\nä.txt ok");
    assert_eq!(world.names("out"), PLACED);
}

/// More files than one thread looks at in one go, and keys that do not stand in the order of folders.
#[test]
fn a_long_folder_is_found_whole() {
    let world = World::new(&[("many/0/z.txt", "Z"), ("many.txt", "M")]);
    for number in 0..1_300 {
        world.write(&format!("in/many/{number:04}.txt"), "");
    }
    for threads in [1, 3] {
        assert_eq!(world.run(&format!("extract in --out out -q --threads {threads}")), (0, String::new()));
        let found = world.documents();
        let keys: Vec<_> = found.lines().collect();
        assert_eq!((keys.len(), keys[0], keys[1]), (1_302, "many.txt ok", "many/0/z.txt ok"));
        assert!(keys.is_sorted() && keys[1_301] == "many/1299.txt ok");
    }
}

#[test]
fn the_summary_is_on_standard_error_and_not_when_quiet() {
    let world = World::new(&[("a.txt", "A")]);
    let output = world.factline("extract in --out out").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("1 document (1 B) in ") && told.ends_with("Tables are in out\n"), "{told}");
    assert_eq!(output.stdout, b"");
}

#[test]
fn nothing_is_done_without_a_path() {
    let world = World::new(&[]);
    let (code, told) = world.run("extract --out out");
    assert_eq!(code, 2);
    assert!(told.starts_with("error: no input: name the files or folders to read") && told.contains("extract texts"));
    assert!(!world.path("out").exists());
}

#[test]
fn wrong_arguments_end_with_2_before_anything_is_done() {
    let world = World::new(&[("a.txt", "A")]);
    for (words, message) in [
        ("extract nowhere --out out", "`nowhere` does not exist"),
        ("extract in", "--out <DIR>"),
        ("extract in --out in", "`in` is both read and written"),
        ("extract in --out in/a.txt", "--out `in/a.txt`: expected a folder, found a file"),
        ("extract in --out in/a.txt/b", "--out `in/a.txt`: expected a folder, found a file"),
        ("extract in --out out --rules nowhere", "--> nowhere"),
        ("extract in --out out --metadata nowhere", "metadata `nowhere`: cannot read it"),
        ("extract in --out out --tables prices", "invalid value 'prices'"),
        ("exctract in --out out", "a similar subcommand exists: 'extract'"),
    ] {
        let (code, told) = world.run(words);
        assert_eq!(code, 2, "{words}: {told}");
        assert!(told.contains(message), "{words}: {told}");
        assert_eq!(world.names(""), ["in"], "{words}");
    }
}

#[test]
fn standard_input_is_a_document() {
    let world = World::new(&[("a.txt", "A")]);
    world.factline("extract - in --out out").write_stdin("from a pipe\n").assert().code(0);
    assert_eq!(world.documents(), "a.txt ok\nstdin ok");
}

#[test]
fn an_empty_folder_gives_empty_tables_and_a_warning() {
    let world = World::new(&[]);
    let (code, told) = world.run("extract in --out out -q");
    assert_eq!((code, told.as_str()), (0, "warning: no documents found: the tables have only their header\n"));
    assert_eq!(world.names("out"), PLACED);
}

#[test]
fn hidden_files_are_skipped_and_ignored_ones_read() {
    let world = World::new(&[
        (".hidden.txt", "H"),
        (".git/x.txt", "H"),
        (".gitignore", "seen.txt"),
        ("seen.txt", "S"),
        ("empty.txt", ""),
    ]);
    world.factline("extract in --out out").assert().code(0);
    assert_eq!(world.documents(), "empty.txt ok\nseen.txt ok");
    world.factline("extract in/.hidden.txt --out out").assert().code(0);
    assert_eq!(world.documents(), ".hidden.txt ok", "a file that the user names is meant");
}

#[test]
fn what_is_given_for_other_purposes_is_no_document() {
    let world =
        World::new(&[("a.txt", "A"), ("tables/old.csv", "x"), ("rules/r.toml", ""), ("about.csv", "document\n")]);
    let (code, told) = world.run("extract in --out in/tables --rules in/rules --metadata in/about.csv -q");
    assert_eq!((code, told.as_str()), (0, ""));
    let table = world.read("in/tables/documents.csv");
    assert_eq!(table.lines().count(), 2, "{table}");
}

#[test]
fn keys_are_below_the_folder_that_holds_all_paths() {
    let world = World::new(&[("2018/a.txt", "1"), ("2019/a.txt", "2"), ("b.txt", "3")]);
    for (paths, documents) in [
        ("in/2018", "a.txt ok"),
        ("in/2018 in/2019", "2018/a.txt ok\n2019/a.txt ok"),
        ("in/2018/a.txt in/2019/a.txt", "2018/a.txt ok\n2019/a.txt ok"),
        ("in/b.txt in/2018", "2018/a.txt ok\nb.txt ok"),
        ("in/2018 in/../in/2018/a.txt in/2018", "a.txt ok"),
    ] {
        world.factline(&format!("extract {paths} --out out")).assert().code(0);
        assert_eq!(world.documents(), documents, "{paths}");
    }
}

#[test]
fn only_the_tables_that_were_asked_for_are_written() {
    let world = World::new(&[("a.txt", "A")]);
    world.factline("extract in --out out --tables money,dates").assert().code(0);
    let expected =
        [".factline", "datapackage.json", "dates.csv", "documents.csv", "money.csv", "run.json", "unclaimed.csv"];
    assert_eq!(world.names("out"), expected);
    let row = &support::rows(&world.path("out/documents.csv"))[0];
    assert_eq!((row["numbers"].as_str(), row["money"].as_str()), ("", "0"), "empty is not known, 0 is none");
}

#[test]
fn two_thousand_documents_are_the_same_bytes_on_any_number_of_threads() {
    let world = World::new(&[]);
    for number in 0..2000 {
        world.write(
            &format!("in/{}/{number}.txt", number % 7),
            format!("Document {number} has {} words.\n", number % 13),
        );
    }
    let mut seen: Vec<Vec<String>> = Vec::new();
    for threads in [1, 2, 8] {
        world.factline(&format!("extract in --out out --threads {threads}")).assert().code(0);
        seen.push(FILES.iter().map(|name| world.read(&format!("out/{name}"))).collect());
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert!(!seen[0].iter().any(|file| file.contains(world.path("").to_str().unwrap())), "no path of the machine");
}

#[test]
fn completions_and_man_pages_are_printed() {
    let world = World::new(&[]);
    for (words, start) in [("completions bash", "_factline()"), ("man", ".ie"), ("man extract", ".ie")] {
        let output = world.factline(words).assert().code(0).get_output().stdout.clone();
        assert!(output.starts_with(start.as_bytes()), "{words}");
    }
    let (code, told) = world.run("man extrakt");
    assert_eq!(code, 2);
    assert!(told.starts_with("error: no command `extrakt`: expected one of extract, explain, "), "{told}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Command, Stdio};

    #[test]
    fn a_broken_pipe_is_no_error() {
        let world = World::new(&[]);
        let program = assert_cmd::cargo::cargo_bin("factline");
        let script = format!("{} completions zsh | head -c 1; echo ${{PIPESTATUS[0]}}", program.display());
        let output = Command::new("bash").args(["-c", &script]).current_dir(world.path("")).output();
        match output {
            Ok(output) => {
                assert_eq!(output.stdout, b"#0\n");
                assert_eq!(output.stderr, b"");
            }
            Err(error) => eprintln!("skipped: no bash here: {error}"),
        }
    }

    #[test]
    fn a_file_that_vanished_is_a_failed_document() {
        let world = World::new(&[("a.txt", "A")]);
        symlink(world.path("in/gone"), world.path("in/b.txt")).unwrap();
        let (code, told) = world.run("extract in --out out -q");
        assert_eq!(code, 1);
        assert_eq!(told, "warning: 1 document could not be read:\n  b.txt: cannot read: No such file or directory\n");
        assert_eq!(world.documents(), "a.txt ok\nb.txt failed");
        assert_eq!(world.run("extract in/b.txt --out out -q").0, 1, "named by the user, but a link that is there");
    }

    #[test]
    fn a_file_without_permission_is_a_failed_document() {
        let world = World::new(&[("a.txt", "A"), ("secret.txt", "S"), ("folder/b.txt", "B")]);
        for name in ["in/secret.txt", "in/folder"] {
            fs::set_permissions(world.path(name), fs::Permissions::from_mode(0o0)).unwrap();
        }
        if fs::read(world.path("in/secret.txt")).is_ok() {
            eprintln!("skipped: this user (root?) may read everything");
        } else {
            assert_eq!(world.run("extract in --out out -q").0, 1);
            assert_eq!(world.documents(), "a.txt ok\nfolder failed\nsecret.txt failed");
        }
        fs::set_permissions(world.path("in/folder"), fs::Permissions::from_mode(0o700)).unwrap();
    }

    #[test]
    fn links_are_followed_and_loops_survived() {
        let world = World::new(&[("a/x.txt", "X")]);
        world.write("elsewhere/y.txt", "Y");
        symlink("../..", world.path("in/a/up")).unwrap();
        symlink(world.path("in"), world.path("in/a/loop")).unwrap();
        symlink(world.path("elsewhere"), world.path("in/b")).unwrap();
        fs::remove_file(world.path("in/a/up")).unwrap();
        let (code, told) = world.run("extract in --out out -q");
        assert_eq!((code, told.as_str()), (0, "warning: `in/a/loop` is a link back to `in`: not read again\n"));
        assert_eq!(world.documents(), "a/x.txt ok\nb/y.txt ok");
    }

    #[test]
    fn loops_through_other_folders_end_and_other_links_are_read() {
        let world = World::new(&[("a/x.txt", "X")]);
        world.write("elsewhere/deep/y.txt", "Y");
        symlink(world.path("elsewhere"), world.path("in/a/b")).unwrap();
        symlink(world.path("in"), world.path("elsewhere/deep/back")).unwrap();
        symlink(world.path("elsewhere"), world.path("elsewhere/deep/self")).unwrap();
        symlink(world.path("in/a/x.txt"), world.path("elsewhere/x.txt")).unwrap();
        symlink("circle", world.path("in/circle")).unwrap();
        let (code, told) = world.run("extract in --out out -q");
        let warnings: Vec<_> = told.lines().filter(|line| line.contains("is a link back")).collect();
        let expected = [
            "warning: `in/a/b/deep/back` is a link back to `in`: not read again",
            "warning: `in/a/b/deep/self` is a link back to `in/a/b`: not read again",
        ];
        assert_eq!((code, warnings), (1, expected.into()), "{told}");
        assert_eq!(world.documents(), "a/b/deep/y.txt ok\na/b/x.txt ok\na/x.txt ok\ncircle failed");
    }

    #[test]
    fn a_pipe_in_a_folder_does_not_stop_the_run() {
        let world = World::new(&[("a.txt", "A"), ("folder.txt/b.txt", "B")]);
        assert!(Command::new("mkfifo").arg(world.path("in/pipe")).status().unwrap().success());
        assert_eq!(world.run("extract in --out out -q").0, 1);
        assert_eq!(world.documents(), "a.txt ok\nfolder.txt/b.txt ok\npipe failed");
    }

    #[test]
    fn names_that_are_not_utf8_are_percent_encoded_and_unique() {
        let world = World::new(&[("caf%E9.txt", "1"), ("tab\there.txt", "2")]);
        let strange = world.path("in").join(OsStr::from_bytes(b"caf\xe9.txt"));
        if fs::write(strange, "3").is_err() {
            eprintln!("skipped: this file system takes UTF-8 names only");
            return;
        }
        let (code, told) = world.run("extract in --out out -q");
        assert_eq!(code, 0, "{told}");
        assert!(told.starts_with("warning: two documents are called `caf%E9.txt`"), "{told}");
        assert_eq!(world.documents(), "caf%E9.txt ok\ncaf%E9.txt~2 ok\ntab%09here.txt ok");
    }

    #[test]
    fn a_named_pipe_that_the_user_names_is_read() {
        let world = World::new(&[]);
        assert!(Command::new("mkfifo").arg(world.path("pipe")).status().unwrap().success());
        let mut writer =
            Command::new("sh").args(["-c", "echo hello > pipe"]).current_dir(world.path("")).spawn().unwrap();
        world.factline("extract pipe --out out").assert().code(0);
        writer.wait().unwrap();
        assert_eq!(world.documents(), "pipe ok");
    }

    #[test]
    fn ctrl_c_leaves_the_tables_as_they_were() {
        let world = World::new(&[("a.txt", "A")]);
        world.factline("extract in --out out").assert().code(0);
        let before = world.read("out/documents.csv");
        // Standard input that never ends: the run is surely in the middle of its work.
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("factline"))
            .args(["extract", "in", "-", "--out", "out"])
            .current_dir(world.path(""))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let open = child.stdin.take();
        while !world.path("out/.factline/tmp/new/unclaimed.csv").exists() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        drop(open);
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "stopped: the tables are as they were\n");
        assert_eq!(world.names("out"), PLACED);
        assert_eq!(world.read("out/documents.csv"), before);
    }
}
