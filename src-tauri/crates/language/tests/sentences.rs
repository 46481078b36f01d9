//! The table of sentences: what blames is found, what only looks like it is left alone.

use language::{Context, Field, Names, check};

const TABLE: &str = include_str!("sentences.tsv");

struct Row {
    label: &'static str,
    field: Field,
    names: Names,
    sentence: &'static str,
}

fn rows() -> Vec<Row> {
    let rows = TABLE.lines().filter_map(|line| {
        let mut columns = line.split('\t');
        let label = columns.next()?;
        let field = match columns.next()? {
            "note" => Field::Note,
            "action" => Field::Action,
            "why" => Field::Why,
            "timeline" => Field::Timeline,
            _ => return None,
        };
        let names = Names::of_people(columns.next()?.split(',').filter(|name| !name.is_empty()));
        Some(Row { label, field, names, sentence: columns.next()? })
    });
    rows.collect()
}

fn rules(row: &Row) -> Vec<String> {
    let context = Context { names: &row.names, field: row.field };
    check(row.sentence, &context).into_iter().map(|hint| hint.rule).collect()
}

#[test]
fn sentences_that_blame_are_found() {
    let missed: Vec<_> = rows().into_iter().filter(|row| row.label != "none" && rules(row).is_empty()).collect();
    let sentences: Vec<_> = missed.iter().map(|row| (row.label, row.sentence)).collect();
    assert!(sentences.is_empty(), "{sentences:#?}");
}

#[test]
fn sentences_that_only_look_like_blame_are_left_alone() {
    let alarms = rows().into_iter().filter(|row| row.label == "none").map(|row| (row.sentence, rules(&row)));
    let alarms: Vec<_> = alarms.filter(|(_, rules)| !rules.is_empty()).collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}

#[test]
fn every_class_is_in_the_table() {
    let classes: std::collections::BTreeSet<_> = rows().iter().map(|row| row.label).collect();
    assert_eq!(classes.len(), 18, "seventeen classes and none: {classes:?}");
    assert!(rows().len() >= 300);
}
