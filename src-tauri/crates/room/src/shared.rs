//! The part of the state that is the same for every phone, serialised once for each revision.
//!
//! With five hundred phones one ballot changes what all of them see; building and serialising the same view five
//! hundred times was most of what that cost.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use live::Snapshot;
use meeting::ParticipantId;

/// How long a serialised view is handed out: it holds times as they remained when it was made.
const FRESH: Duration = Duration::from_millis(100);

#[derive(Debug)]
struct Made {
    revision: u64,
    at: Instant,
    view: Arc<str>,
}

/// The newest view, serialised.
#[derive(Debug, Default)]
pub(crate) struct SharedView(Mutex<Option<Made>>);

impl SharedView {
    /// Returns the whole state of one phone as JSON; none when it is not in the room.
    pub(crate) fn state_of(&self, snapshot: &Snapshot, participant: ParticipantId) -> Option<String> {
        let meeting = snapshot.meeting.as_ref()?;
        let own = serde_json::to_string(&wire::own_view(meeting, participant)?).ok()?;
        let view = self.view(snapshot, meeting)?;
        Some(format!("{{\"view\":{view},\"own\":{own}}}"))
    }

    fn view(&self, snapshot: &Snapshot, meeting: &meeting::Meeting) -> Option<Arc<str>> {
        // Whoever waits here waits for the very view they need.
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = &*newest
            && made.revision == snapshot.revision
            && made.at.elapsed() < FRESH
        {
            return Some(made.view.clone());
        }
        let view: Arc<str> = serde_json::to_string(&phone_view(snapshot, meeting)).ok()?.into();
        *newest = Some(Made { revision: snapshot.revision, at: Instant::now(), view: view.clone() });
        Some(view)
    }
}

/// Builds what every phone sees.
pub(crate) fn phone_view(snapshot: &Snapshot, meeting: &meeting::Meeting) -> wire::PhoneView {
    let mut view = wire::phone_view(meeting, live::now());
    view.revision = snapshot.revision;
    if snapshot.closing {
        view.say_closing();
    }
    view
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use std::collections::HashMap;

    use meeting::{Actor, Chance, Meeting, PostMortemId, Request, apply, decide, default_agenda};

    use super::*;

    fn snapshot(people: u32) -> Snapshot {
        let mut meeting = Meeting::unwritten();
        let create = Request::Create {
            id: PostMortemId("pm-1".into()),
            title: "Checkout".into(),
            zone: chrono_tz::UTC,
            planned: default_agenda(),
        };
        let joins = (0..people).map(|_| Request::Join { name: None });
        for request in std::iter::once(create).chain(joins) {
            let decided = decide(&meeting, &request, Actor::Application, Chance(1)).unwrap();
            for recorded in meeting.record(decided.events, Actor::Application, live::now()) {
                apply(&mut meeting, &recorded);
            }
        }
        let phones = Arc::new(HashMap::new());
        Snapshot { revision: 7, meeting: Some(Arc::new(meeting)), phones, closing: false, notice: String::new() }
    }

    #[test]
    fn two_phones_share_one_view_and_each_has_its_own_part() {
        let (snapshot, shared) = (snapshot(2), SharedView::default());
        let people: Vec<_> = snapshot.meeting.as_ref().unwrap().present().map(|person| person.id).collect();
        let states: Vec<serde_json::Value> =
            people.iter().map(|id| serde_json::from_str(&shared.state_of(&snapshot, *id).unwrap()).unwrap()).collect();
        assert_eq!(states[0]["view"], states[1]["view"]);
        assert_eq!(states[0]["view"]["revision"], 7);
        assert_ne!(states[0]["own"]["participant"], states[1]["own"]["participant"]);
        assert!(shared.state_of(&snapshot, ParticipantId(999)).is_none());
    }

    #[test]
    fn another_revision_is_another_view() {
        let (mut snapshot, shared) = (snapshot(1), SharedView::default());
        let id = snapshot.meeting.as_ref().unwrap().present().next().unwrap().id;
        shared.state_of(&snapshot, id).unwrap();
        snapshot.revision = 8;
        assert!(shared.state_of(&snapshot, id).unwrap().contains("\"revision\":8"));
    }
}
