//! The timeline on the stage: an event with its rail, and the evidence that belongs to it.

use meeting::{AttachmentId, Content, Meeting, TimelineEvent, Times, duration_words};

use super::{RailDot, StagePicture, count};

pub(super) fn event_picture(meeting: &Meeting, id: meeting::EventId) -> StagePicture {
    let walk: Vec<&TimelineEvent> = meeting.walk().collect();
    let place = walk.iter().position(|event| event.id == id);
    let Some(event) = meeting.timeline.iter().find(|event| event.id == id) else { return StagePicture::NoEvents {} };
    let times = Times::of(meeting);
    let number = place.map_or(0, |place| count(place + 1));
    StagePicture::Event {
        clock: event.at.map(|at| times.clock(at)),
        about: event.precision == meeting::Precision::About,
        date: event.at.map(|at| times.day(at)),
        zone: times.zone_words(event.at),
        since_impact: event.at.and_then(|at| times.since_impact(at)),
        kind: event.kind.word().to_owned(),
        text: event.text.clone(),
        known_then: event.known_then.clone(),
        number,
        of: count(walk.len()),
        rail: rail(meeting, &walk, place),
    }
}

/// Lines of an excerpt that can be read from afar at once.
const EXCERPT_LINES: usize = 10;

pub(super) fn evidence_picture(meeting: &Meeting, id: AttachmentId) -> StagePicture {
    let Some(attachment) = meeting.attachments.iter().find(|other| other.id == id) else {
        return StagePicture::NoEvents {};
    };
    let event = attachment.event.and_then(|id| meeting.timeline.iter().find(|event| event.id == id));
    let (image, all) = match &attachment.content {
        Content::Image { image } => (Some(image.clone()), Vec::new()),
        Content::Excerpt { text } => (None, text.lines().collect()),
    };
    StagePicture::Evidence {
        attachment: id,
        image,
        of_lines: count(all.len()),
        lines: all.into_iter().take(EXCERPT_LINES).map(str::to_owned).collect(),
        caption: attachment.caption.clone(),
        event: event.map(|event| event.text.clone()),
        clock: event.and_then(|event| event.at).map(|at| Times::of(meeting).clock(at)),
    }
}

/// The silences that stand out on the rail come from all events of the walk, so that a gap stays where it is.
fn rail(meeting: &Meeting, walk: &[&TimelineEvent], current: Option<usize>) -> Vec<RailDot> {
    let gaps = meeting.silences(walk);
    (0..walk.len())
        .map(|place| RailDot {
            current: current == Some(place),
            passed: current.is_some_and(|current| place < current),
            gap: gaps
                .iter()
                .find(|(after, _)| *after == place)
                .map(|(_, length)| format!("{}, no event", duration_words(*length))),
        })
        .collect()
}
