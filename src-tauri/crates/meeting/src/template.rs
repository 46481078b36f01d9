//! Templates: what is the same from one post-mortem to the next, kept under a name.
//!
//! A template is a list of edits, so that applying one is an act like any other: checked, logged, undone at once.

use serde::{Deserialize, Serialize};

use crate::{Edit, ListField, Meeting, Planned, Role, TextField};

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
