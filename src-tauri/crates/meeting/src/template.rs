//! Templates: what is the same from one post-mortem to the next, kept under a name.
//!
//! A template is a list of edits, so that applying one is an act like any other: checked, logged, undone at once.

use serde::{Deserialize, Serialize};

use crate::{Edit, ListField, Meeting, Planned, Role, TextField, name_and_address, same_name};

/// How much of a post-mortem a template takes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(rename = "TemplateScope"))]
pub enum Scope {
    /// Sections, order and minutes.
    Agenda,
    /// The agenda, and what a team has in common from one incident to the next.
    PostMortem,
}

/// A template under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub struct Template {
    /// What it is called; unique in the library.
    pub name: String,
    /// How much it takes along.
    pub scope: Scope,
    /// What applying it does.
    pub edits: Vec<Edit>,
}

impl Template {
    /// Returns the template without somebody; none when it does not name them.
    #[must_use]
    pub fn without(&self, name: &str) -> Option<Self> {
        let is_them = |entry: &str| same_name(name_and_address(entry).0, name);
        let edits = self.edits.iter().cloned().map(|mut edit| {
            match &mut edit {
                Edit::Role { names, .. } => names.retain(|entry| !is_them(entry)),
                Edit::List { list: ListField::Invited, items } => items.retain(|entry| !is_them(entry)),
                Edit::Text { text, .. } if is_them(text) => text.clear(),
                _ => {}
            }
            edit
        });
        let edits: Vec<_> = edits.collect();
        (edits != self.edits).then(|| Self { edits, ..self.clone() })
    }
}

/// Makes a template of a post-mortem.
///
/// Nothing of the incident itself goes into it: no times, no impact, nobody's part in it. What goes is what the
/// agenda looks like, what the document is called, who looks after it, the services, and who is usually invited.
#[must_use]
pub fn template(meeting: &Meeting, name: &str, scope: Scope) -> Template {
    let planned = meeting
        .agenda
        .iter()
        .map(|item| Planned { section: item.section, minutes: item.planned.to_minutes() })
        .collect();
    let mut edits = vec![Edit::Agenda { planned }];
    if scope == Scope::PostMortem {
        let incident = &meeting.incident;
        edits.extend(
            [TextField::DocumentLabel, TextField::Owner]
                .into_iter()
                .filter(|field| !incident.text(*field).is_empty())
                .map(|field| Edit::Text { field, text: incident.text(field).to_owned() }),
        );
        edits.extend(
            [ListField::Services, ListField::Invited]
                .into_iter()
                .filter(|list| !incident.list(*list).is_empty())
                .map(|list| Edit::List { list, items: incident.list(list).to_vec() }),
        );
        edits.extend(
            [Role::Facilitator, Role::CoFacilitator, Role::NoteTaker]
                .into_iter()
                .filter(|role| !incident.names(*role).is_empty())
                .map(|role| Edit::Role { role, names: incident.names(role).to_vec() }),
        );
        edits.push(Edit::PhoneHints { on: meeting.phone_hints });
    }
    Template { name: name.to_owned(), scope, edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_without_somebody_keeps_everybody_else() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let template = |owner: &str, invited: &[&str], facilitator: &[&str]| Template {
            name: "Ours".to_owned(),
            scope: Scope::PostMortem,
            edits: vec![
                Edit::Text { field: TextField::Owner, text: owner.to_owned() },
                Edit::List { list: ListField::Invited, items: names(invited) },
                Edit::Role { role: Role::Facilitator, names: names(facilitator) },
            ],
        };
        let kept = template("ada park", &["Ben", "Ada Park <ada@example.org>"], &["Ada.Park"]);
        assert_eq!(kept.without("Ada Park"), Some(template("", &["Ben"], &[])));
        assert_eq!(template("Ada Parker", &["Ada"], &[]).without("Ada Park"), None);
    }
}
