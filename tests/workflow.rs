//! The workflow in docs/ for a build server: its steps are run as they stand there.

#![allow(clippy::unwrap_used)] // a test may panic
// The steps are for the shell of the build server.
#![cfg(unix)]

mod support;

use std::path::Path;
use std::process::{Command, Output};

use support::World;

const WORKFLOW: &str = include_str!("../docs/github-action.yml");

/// What the step of a name runs.
fn script(name: &str) -> String {
    let step = WORKFLOW.split("\n      - ").find(|step| step.starts_with(&format!("name: {name}\n"))).unwrap();
    let (_, run) = step.split_once("\n        run:").unwrap();
    run.trim().trim_start_matches("|\n").lines().map(|line| line.trim_start().to_owned() + "\n").collect()
}

/// Runs a step as the build server does: it ends with the first command that fails. Without rules of its own, a repository
/// leaves that option out, as the workflow says.
fn step(world: &World, name: &str) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_factline")).parent().unwrap();
    let path = std::env::join_paths([program].into_iter().chain(["/usr/bin", "/bin"].map(Path::new))).unwrap();
    let has_rules = world.path("rules").exists();
    let script = if has_rules { script(name) } else { script(name).replace(" --rules rules", "") };
    let mut command = Command::new("sh");
    command.current_dir(world.path(".")).args(["-e", "-c", &script]).env("PATH", path);
    command.env("GITHUB_STEP_SUMMARY", world.path("summary.md")).output().unwrap()
}

/// A repository that keeps texts, an expected table and a gold.
fn repository() -> World {
    let world = World::new(&[]);
    world.write("texts/letter.txt", "They paid 30,000 yuan.\n");
    for folder in ["gold", "expected"] {
        world.write(&format!("{folder}/money.csv"), "document,line,column,text\nletter.txt,1,11,\"30,000 yuan\"\n");
    }
    world
}

#[test]
fn a_gold_needs_no_baseline() {
    let world = repository();
    let score = || step(&world, "Facts are good enough");
    let output = score();
    assert!(output.status.success(), "{output:?}");
    let kept = world.factline("score texts --gold gold --format json").output().unwrap();
    world.write("score.json", kept.stdout);
    assert!(score().status.success());
    world.write("score.json", "{}");
    assert!(!score().status.success(), "a baseline that is there counts");
}

#[test]
fn a_report_is_uploaded_where_facts_differ_and_not_where_rules_are_broken() {
    let world = repository();
    let report = || assert!(step(&world, "What differs, as a report").status.success());
    world.write("texts/letter.txt", "They paid 40,000 yuan.\n");
    report();
    assert!(world.read("facts.sarif").contains("40,000 yuan"));
    assert!(world.read("summary.md").contains("40,000 yuan"));
    world.write("rules/broken.toml", "disable = [\n");
    report();
    assert!(!world.path("facts.sarif").exists());
    assert!(WORKFLOW.contains("if: failure() && hashFiles('facts.sarif') != ''\n"));
}
