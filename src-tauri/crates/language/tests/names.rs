//! Names of the record decide who is a person, a team or a system.

use language::{Class, Context, Field, Names, check};

fn class(text: &str, names: &Names) -> Option<Class> {
    check(text, &Context { names, field: Field::Note }).first().map(|hint| hint.class)
}

#[test]
fn a_team_of_the_record_is_a_team_though_its_name_is_a_word() {
    let text = "Blue Lantern forgot to tell anyone about the window.";
    let names = Names::default().with_teams(["Blue Lantern"]);
    assert_eq!(class(text, &names), Some(Class::TeamAsTarget));
}

#[test]
fn a_system_of_the_record_may_forget() {
    let text = "Marvin forgot to tell the night shift about the volume.";
    assert_eq!(class(text, &Names::of_people(["Marvin"])), Some(Class::Omission));
    assert_eq!(class(text, &Names::default().with_systems(["Marvin"])), None);
}
