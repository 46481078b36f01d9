//! Hints for phones: asked about a text before it is sent, where the facilitator has turned them on.
//!
//! Stateless on purpose: nothing that is asked about here is kept, counted or shown to anybody else.

use language::{Context, Field, Names};
use meeting::{ListField, Meeting, Prose, people_named};
use wire::{PhoneHint, PhoneHintAsk};

/// Returns who and what is called how in a record.
#[must_use]
pub fn names(meeting: &Meeting) -> Names {
    Names::of_people(people_named(meeting)).with_systems(meeting.incident.list(ListField::Services))
}

/// Returns what the checker takes a kind of prose for.
#[must_use]
pub const fn field(prose: Prose) -> Field {
    match prose {
        Prose::Note => Field::Note,
        Prose::Action => Field::Action,
        Prose::Why => Field::Why,
        Prose::Timeline => Field::Timeline,
    }
}

/// Returns the first hint about a text; none where hints are off.
pub(crate) fn hint(meeting: &Meeting, asked: &PhoneHintAsk) -> Option<PhoneHint> {
    if !meeting.phone_hints {
        return None;
    }
    let names = names(meeting);
    let hints = language::check(&asked.text, &Context { names: &names, field: field(asked.prose) });
    hints.into_iter().next().map(|hint| PhoneHint { reason: hint.reason, reword: hint.reword })
}
