//! Who follows the event stream: a count for the console, and a bound on the streams of each participant.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use meeting::ParticipantId;
use tokio::sync::{Notify, watch};

use crate::limits::STREAMS_EACH;

/// The streams that are open.
#[derive(Debug)]
pub(crate) struct Streams {
    connected: watch::Sender<u32>,
    each: Mutex<HashMap<ParticipantId, VecDeque<Arc<Notify>>>>,
}

/// One open stream, for as long as it lives.
#[derive(Debug)]
pub(crate) struct Present {
    streams: Arc<Streams>,
    participant: ParticipantId,
    replaced: Arc<Notify>,
}

impl Streams {
    pub(crate) fn new(connected: watch::Sender<u32>) -> Arc<Self> {
        Arc::new(Self { connected, each: Mutex::default() })
    }

    /// Enters one more stream of a participant; the oldest ends when there are too many.
    pub(crate) fn enter(self: &Arc<Self>, participant: ParticipantId) -> Present {
        let replaced = Arc::new(Notify::new());
        {
            let mut each = self.look();
            let own = each.entry(participant).or_default();
            own.push_back(replaced.clone());
            if own.len() > STREAMS_EACH
                && let Some(oldest) = own.pop_front()
            {
                oldest.notify_one();
            }
        }
        self.connected.send_modify(|count| *count += 1);
        Present { streams: self.clone(), participant, replaced }
    }

    fn look(&self) -> MutexGuard<'_, HashMap<ParticipantId, VecDeque<Arc<Notify>>>> {
        self.each.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Present {
    /// Waits until this stream has to end for newer ones.
    pub(crate) async fn replaced(&self) {
        self.replaced.notified().await;
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.streams.connected.send_modify(|count| *count = count.saturating_sub(1));
        let mut each = self.streams.look();
        if let Some(own) = each.get_mut(&self.participant) {
            own.retain(|stream| !Arc::ptr_eq(stream, &self.replaced));
            if own.is_empty() {
                each.remove(&self.participant);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn the_oldest_stream_of_a_person_ends_for_the_newest_and_nothing_of_those_that_ended_is_kept() {
        let streams = Streams::new(watch::Sender::new(0));
        let other = streams.enter(ParticipantId(2));
        let mut own: Vec<_> = (0..=STREAMS_EACH).map(|_| streams.enter(ParticipantId(1))).collect();
        let ended: Vec<_> = own.iter().map(|stream| stream.replaced().now_or_never().is_some()).collect();
        assert_eq!(ended.iter().position(|ended| *ended), Some(0));
        assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
        assert!(other.replaced().now_or_never().is_none());
        own.clear();
        drop(other);
        assert!(streams.look().is_empty() && *streams.connected.borrow() == 0);
    }
}
