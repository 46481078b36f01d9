//! The event stream as a phone reads it: pieces of bytes that become states.

use reqwest::Response;
use tokio::sync::watch;

use super::Seen;

/// Shows every state of a stream until it ends.
pub(super) async fn follow(mut stream: Response, show: watch::Sender<Option<Seen>>) {
    let mut frames = Frames::default();
    while let Ok(Some(bytes)) = stream.chunk().await {
        for seen in frames.take(&bytes) {
            show.send_replace(Some(seen));
        }
    }
}

/// Puts the pieces of an event stream together; a piece may end inside a character.
#[derive(Debug, Default)]
struct Frames(Vec<u8>);

impl Frames {
    /// Takes a piece in and returns the states that are complete with it.
    fn take(&mut self, bytes: &[u8]) -> Vec<Seen> {
        self.0.extend_from_slice(bytes);
        let mut states = Vec::new();
        while let Some(end) = self.0.windows(2).position(|pair| pair == b"\n\n") {
            let frame: Vec<u8> = self.0.drain(..end + 2).collect();
            states.extend(state(&String::from_utf8_lossy(&frame)));
        }
        states
    }
}

/// Reads one event; comments and events of other names are none.
fn state(frame: &str) -> Option<Seen> {
    let field =
        |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim_start);
    if field("event")? != "state" {
        return None;
    }
    serde_json::from_str(field("data")?).ok()
}

#[cfg(test)]
mod tests {
    use meeting::ParticipantId;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_state_is_read_however_the_stream_is_cut() {
        let own = json!({ "participant": 7, "notes": [], "ballot": null, "poll": null, "order": [], "number": 4 });
        let view = json!({ "revision": 3, "title": "Größe", "task": { "type": "look", "heading": "é", "text": "" } });
        let whole =
            format!(": \n\nevent: state\ndata: {}\n\nevent: gone\ndata: {{}}\n\n", json!({ "view": view, "own": own }));
        for cut in 0..=whole.len() {
            let mut frames = Frames::default();
            let (first, second) = whole.as_bytes().split_at(cut);
            let states: Vec<_> = [frames.take(first), frames.take(second)].concat();
            assert_eq!(states.len(), 1, "cut at {cut}");
            assert_eq!((states[0].view.revision, states[0].own.participant), (3, ParticipantId(7)));
        }
    }
}
