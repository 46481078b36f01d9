//! Who is connected, and who goes when it is full.
//!
//! A full room does not turn away the newest: an attacker would only have to be there first. It lets go of the
//! connection it has waited for the longest, of the address that holds the most. A phone that has just come and asks
//! at once is hardly ever that one, however many others come. Event streams are never let go for a newcomer: only
//! those who are in have one, and each has few.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

/// What a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    /// It has sent no byte yet.
    Nothing,
    /// It has sent a part of a header.
    Asking,
    /// It was answered and has asked nothing since.
    Resting,
    /// Its request, or the body of it, is being dealt with.
    Waiting,
    /// Its answer is being sent.
    Hearing,
    /// It follows the event stream.
    Following,
}

/// One connection, as the accept loop, its socket and its requests see it.
#[derive(Debug)]
pub(crate) struct Call {
    doing: Mutex<(Doing, Instant)>,
    leave: Notify,
}

impl Call {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { doing: Mutex::new((Doing::Nothing, Instant::now())), leave: Notify::new() })
    }

    pub(crate) fn doing(&self) -> Doing {
        self.look().0
    }

    pub(crate) fn does(&self, doing: Doing) {
        *self.look() = (doing, Instant::now());
    }

    /// Notes that bytes came: the beginning of a request, unless one is being dealt with.
    ///
    /// A single byte must not make a connection look as if it had just come.
    pub(crate) fn heard(&self) {
        let mut doing = self.look();
        if matches!(doing.0, Doing::Nothing | Doing::Resting) {
            doing.0 = Doing::Asking;
        }
    }

    /// Notes that everything was sent.
    pub(crate) fn sent(&self) {
        if self.doing() == Doing::Hearing {
            self.does(Doing::Resting);
        }
    }

    /// Waits until the place is needed for somebody else.
    pub(crate) async fn asked_to_leave(&self) {
        self.leave.notified().await;
    }

    fn look(&self) -> MutexGuard<'_, (Doing, Instant)> {
        self.doing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connections of a room.
#[derive(Debug)]
pub(crate) struct Places {
    most: usize,
    per_address: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    places: HashMap<u64, (IpAddr, Arc<Call>)>,
    by_address: HashMap<IpAddr, usize>,
}

/// A place that is given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    places: Arc<Places>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.look().give_back(self.number);
    }
}

impl Places {
    pub(crate) fn new(most: usize, per_address: usize) -> Arc<Self> {
        Arc::new(Self { most, per_address, taken: Mutex::default() })
    }

    /// Takes a place, another's if need be; none when nobody can be spared.
    pub(crate) fn take(self: &Arc<Self>, address: IpAddr, call: Arc<Call>) -> Option<Place> {
        let mut taken = self.look();
        let from_here = taken.by_address.get(&address).copied().unwrap_or_default();
        if from_here >= self.per_address {
            taken.spare(address)?;
        } else if taken.places.len() >= self.most {
            let (crowded, _) = taken.by_address.iter().max_by_key(|(_, count)| **count)?;
            let crowded = *crowded;
            taken.spare(crowded)?;
        }
        let number = taken.next;
        taken.next += 1;
        taken.places.insert(number, (address, call));
        *taken.by_address.entry(address).or_default() += 1;
        Some(Place { places: self.clone(), number })
    }

    /// Lets one connection go, when the system has no descriptor left.
    pub(crate) fn spare_one(&self) {
        let mut taken = self.look();
        let crowded = taken.by_address.iter().max_by_key(|(_, count)| **count).map(|(address, _)| *address);
        if let Some(crowded) = crowded {
            let _ = taken.spare(crowded);
        }
    }

    fn look(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Lets the connection of an address go that was waited for the longest; none when all follow the stream.
    fn spare(&mut self, address: IpAddr) -> Option<()> {
        let here = self.places.iter().filter(|(_, (from, _))| *from == address);
        let waited_for = here.filter_map(|(number, (_, call))| {
            let (doing, since) = *call.look();
            (doing != Doing::Following).then_some((since, *number))
        });
        let (_, number) = waited_for.min()?;
        if let Some((_, call)) = self.places.get(&number) {
            call.leave.notify_one();
        }
        self.give_back(number);
        Some(())
    }

    fn give_back(&mut self, number: u64) {
        let Some((address, _)) = self.places.remove(&number) else { return };
        if let Some(count) = self.by_address.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    const HALL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 2));

    fn arrive(places: &Arc<Places>, address: IpAddr, doing: Doing) -> (Arc<Call>, Option<Place>) {
        let call = Call::new();
        call.does(doing);
        let place = places.take(address, call.clone());
        (call, place)
    }

    fn must_leave(call: &Call) -> bool {
        call.asked_to_leave().now_or_never().is_some()
    }

    #[test]
    fn whoever_was_waited_for_the_longest_goes_first_and_streams_stay() {
        let places = Places::new(4, 4);
        let (following, _a) = arrive(&places, HALL, Doing::Following);
        let (silent, _b) = arrive(&places, HALL, Doing::Nothing);
        let (resting, _c) = arrive(&places, HALL, Doing::Resting);
        let (waiting, _d) = arrive(&places, HALL, Doing::Waiting);
        silent.heard();
        let mut later = Vec::new();
        let mut order = Vec::new();
        for _ in 0..3 {
            // The newcomers follow the stream, so that none of them is the one to go.
            let (_, place) = arrive(&places, HALL, Doing::Following);
            later.push(place.expect("somebody can be spared"));
            order.push([&silent, &resting, &waiting].map(|call| must_leave(call)));
        }
        assert_eq!(order, [[true, false, false], [false, true, false], [false, false, true]]);
        assert!(!must_leave(&following));
        assert!(arrive(&places, HALL, Doing::Nothing).1.is_none(), "only streams are left");
    }

    #[test]
    fn a_connection_that_was_just_answered_has_not_been_waited_for() {
        let places = Places::new(2, 2);
        let (answered, _a) = arrive(&places, HALL, Doing::Hearing);
        let (newer, _b) = arrive(&places, HALL, Doing::Nothing);
        answered.sent();
        assert_eq!(answered.doing(), Doing::Resting);
        assert!(arrive(&places, HALL, Doing::Nothing).1.is_some());
        assert!(must_leave(&newer) && !must_leave(&answered));
    }

    #[test]
    fn the_address_that_holds_the_most_makes_room_for_the_others() {
        let places = Places::new(4, 4);
        let (honest, _a) = arrive(&places, OTHER, Doing::Nothing);
        let crowd: Vec<_> = (0..3).map(|_| arrive(&places, HALL, Doing::Resting)).collect();
        let (_, place) = arrive(&places, OTHER, Doing::Nothing);
        assert!(place.is_some());
        assert!(!must_leave(&honest), "though it has waited longer than those of the crowd");
        assert!(must_leave(&crowd[0].0));
    }

    #[test]
    fn an_address_that_has_its_share_makes_room_out_of_its_own() {
        let places = Places::new(100, 3);
        let crowd: Vec<_> = (0..3).map(|_| arrive(&places, HALL, Doing::Nothing)).collect();
        let (honest, _a) = arrive(&places, OTHER, Doing::Nothing);
        assert!(arrive(&places, HALL, Doing::Nothing).1.is_some());
        assert!(must_leave(&crowd[0].0) && !must_leave(&crowd[1].0) && !must_leave(&honest));
    }

    #[test]
    fn a_place_that_is_given_back_is_free_and_nothing_of_it_is_kept() {
        let places = Places::new(1, 1);
        for last in 0..100_u8 {
            let address = IpAddr::from([10, 0, 0, last]);
            let (_, place) = arrive(&places, address, Doing::Following);
            assert!(place.is_some());
        }
        assert!(places.look().places.is_empty() && places.look().by_address.is_empty());
    }
}
