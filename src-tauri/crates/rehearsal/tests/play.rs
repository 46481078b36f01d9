//! A whole meeting over the loopback: what it leaves in the record, and what it must not leave anywhere.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use live::Live;
use meeting::{
    ListField, Meeting, Outcome, Poll, PreviousState, Progress, Rule, Section, TextField, WritingState,
    missing_for_publishing,
};
use rehearsal::{Played, RehearsalError, Step, begin, play, sample};
use room::{Page, Room};

const PAGE: Page = Page { html: b"<!doctype html>", script: b"0", recollect: b"", style: b"", calendar: |_, _| None };
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

struct Scenario {
    folder: tempfile::TempDir,
    live: Live,
    room: Room,
}

impl Scenario {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let live = Live::start(folder.path()).unwrap();
        begin(&live).await.unwrap();
        let room = Room::open(live.clone(), LOOPBACK, PAGE).await.unwrap();
        Self { folder, live, room }
    }

    async fn played(&self, phones: usize) -> (Played, Vec<Step>) {
        let mut steps = Vec::new();
        let played = play(&self.live, &self.room, phones, |step| steps.push(step)).await.unwrap();
        (played, steps)
    }

    fn meeting(&self) -> Arc<Meeting> {
        self.live.snapshot().meeting.unwrap()
    }
}

/// Every wording of a section, those that were merged included.
fn wordings(meeting: &Meeting, section: Section) -> BTreeSet<String> {
    let notes = &meeting.writings[&section].notes;
    let whole = notes.iter().filter(|note| note.merged.is_empty()).map(|note| note.text.clone());
    whole.chain(notes.iter().flat_map(|note| note.merged.clone())).collect()
}

fn all(texts: impl IntoIterator<Item = &'static str>) -> BTreeSet<String> {
    texts.into_iter().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_meeting_is_played_to_its_end() {
    let scenario = Scenario::open().await;
    let (played, steps) = scenario.played(6).await;
    let meeting = scenario.meeting();

    assert_eq!(meeting.progress, Progress::Ended);
    assert_eq!(meeting.held.ended_because, "", "nothing was missing at the end");
    assert_eq!((played.participants, played.revision), (7, meeting.revision()));
    assert_eq!(usize::try_from(played.steps).unwrap(), steps.len());
    let entered: BTreeSet<_> = steps.iter().filter_map(|step| step.section).collect();
    assert_eq!(entered.len(), 7);
    assert!(meeting.agenda.iter().all(|item| !item.clock.is_running() && item.clock != meeting::Clock::default()));

    let named = meeting.present().filter(|person| person.name.is_some()).count();
    assert_eq!((named, meeting.present().filter(|person| person.phone).count()), (6, 6));

    assert_eq!(missing_for_publishing(&meeting), []);
    for field in [TextField::Title, TextField::DocumentLabel, TextField::Owner].into_iter().chain([
        TextField::Summary,
        TextField::Background,
        TextField::ImpactWho,
        TextField::ImpactShare,
        TextField::ImpactErrorRate,
        TextField::ImpactDataLoss,
        TextField::ImpactSupportCases,
        TextField::Trigger,
        TextField::Detection,
        TextField::TemporaryFix,
        TextField::PermanentFix,
    ]) {
        assert_ne!(meeting.incident.text(field), "", "{field:?}");
    }
    for (list, entries) in [
        (ListField::Services, 3),
        (ListField::Takeaways, 3),
        (ListField::OpenQuestions, 3),
        (ListField::Surprises, 2),
        (ListField::ShareWith, 3),
        (ListField::RootCauses, 2),
        (ListField::SupportingMaterial, 3),
    ] {
        assert_eq!(meeting.incident.list(list).len(), entries, "{list:?}");
    }
    assert!(
        meeting.previous.iter().all(|earlier| earlier.state != PreviousState::NotReviewed && earlier.helped.is_some())
    );
    assert_eq!(meeting.timeline.iter().filter(|event| !event.answers.is_empty()).count(), sample::ANSWERS.len());
    assert!(meeting.parked.len() == 3 && meeting.parked.iter().all(|entry| entry.outcome.is_some()));
    assert_eq!(meeting.decisions.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_was_written_is_revealed_and_nothing_stays_hidden() {
    let scenario = Scenario::open().await;
    scenario.played(6).await;
    let meeting = scenario.meeting();

    for (section, written) in [
        (Section::WentWell, all(sample::WENT_WELL.map(|(_, text)| text))),
        (Section::WentPoorly, all(sample::WENT_POORLY)),
        (Section::RootCauses, all(sample::CAUSES)),
    ] {
        assert_eq!(wordings(&meeting, section), written, "{section:?}");
        assert!(meeting.shown_notes(section).all(|note| note.discussed), "{section:?}");
    }
    assert_eq!(meeting.shown_notes(Section::WentWell).count(), 5, "two of six were merged");
    assert_eq!(meeting.shown_notes(Section::WentPoorly).count(), 7, "two of eight were merged");
    let proposals: BTreeSet<_> = meeting.options().map(|proposal| proposal.text.clone()).collect();
    assert_eq!(proposals, all(sample::PROPOSALS.map(|(.., text)| text)));

    // One note is spoken and typed at the console, the others are dealt to six phones.
    for (section, writers) in
        [(Section::WentWell, 6), (Section::WentPoorly, 7), (Section::RootCauses, 5), (Section::ActionItems, 7)]
    {
        assert_eq!(meeting.writing(section), WritingState::Revealed { writers }, "{section:?}");
    }
    for section in Section::ALL {
        assert_eq!(meeting.hidden_notes(section), (0, 0), "{section:?}");
    }
    assert_eq!((meeting.poll_answers(), meeting.voted(meeting.rounds[0].id)), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_causes_are_worked_out_to_what_a_group_can_change() {
    let scenario = Scenario::open().await;
    scenario.played(2).await;
    let meeting = scenario.meeting();
    let depths: Vec<_> =
        meeting.chains.iter().map(|chain| chain.walk().iter().map(|(depth, _)| *depth).max()).collect();
    assert_eq!(depths, [Some(5), Some(4), Some(4)]);
    assert!(meeting.chains.iter().all(|chain| chain.unfinished().is_none()));
    assert_eq!(meeting.chains[0].ends().count(), 2, "the first chain branches");
    assert!(
        meeting.chains.iter().flat_map(|chain| &chain.steps).filter(|step| !step.evidence.is_empty()).count() >= 10
    );
    assert_eq!(meeting.factors.len(), 6);
    assert_eq!(meeting.factors.iter().filter(|factor| factor.chain.is_some()).count(), 4);
    assert!(meeting.factors.iter().all(|factor| factor.event.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_ballot_counts_once_and_three_complete_actions_come_of_it() {
    let scenario = Scenario::open().await;
    scenario.played(6).await;
    let meeting = scenario.meeting();

    let [round] = meeting.rounds.as_slice() else { panic!("{} rounds", meeting.rounds.len()) };
    let result = round.result.as_ref().unwrap();
    assert_eq!((result.ballots, result.voters, result.abstentions, result.by_hand), (7, 7, 1, 1));
    let last_ballots = sample::BALLOTS.iter().map(|(_, last)| *last).chain([sample::BALLOT_BY_HAND]);
    for (place, (.., text)) in sample::PROPOSALS.iter().enumerate() {
        let given: Vec<_> =
            last_ballots.clone().flatten().filter(|(other, _)| *other == place).map(|(_, dots)| *dots).collect();
        let tally = result.tally.iter().find(|tally| meeting.proposal(tally.proposal).unwrap().text == *text).unwrap();
        let expected = (given.iter().map(|dots| u32::from(*dots)).sum(), u32::try_from(given.len()).unwrap());
        assert_eq!((tally.dots, tally.supporters), expected, "{text}");
    }
    assert!(matches!(result.outcome, Outcome::Chosen { rule: Rule::Dots, .. }), "{:?}", result.outcome);

    let winners: Vec<_> =
        sample::COMMITMENTS.iter().map(|commitment| sample::PROPOSALS[commitment.proposal].2).collect();
    let committed: Vec<_> = meeting.actions.iter().map(|action| action.task.as_str()).collect();
    assert_eq!(committed, winners);
    assert!(!winners.is_sorted(), "an order by the alphabet would prove nothing");
    for action in &meeting.actions {
        assert_eq!(action.missing(), [], "{}", action.task);
        assert!(action.addresses.is_some() && action.confirm_by.is_none(), "{}", action.task);
        assert!(action.due.unwrap() > meeting.held.started.unwrap().date_naive(), "{}", action.task);
    }
    let left = meeting.options().filter(|proposal| !committed.contains(&proposal.text.as_str()));
    assert_eq!(left.filter(|proposal| !proposal.not_chosen_because.is_empty()).count(), 9);

    let Poll::Counted { result } = &meeting.poll else { panic!("{:?}", meeting.poll) };
    let asked = &sample::POLL[..6];
    let count = |pick: fn(&sample::Opinion) -> bool| u32::try_from(asked.iter().filter(|it| pick(it)).count()).unwrap();
    assert_eq!((result.answers, result.learned, result.again), (6, count(|it| it.learned), count(|it| it.again)));
    assert_eq!(u32::try_from(result.improve.len()).unwrap(), count(|it| !it.improve.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_in_the_library_and_a_silent_guest_is_not_waited_for() {
    let scenario = Scenario::open().await;
    let (page, key) =
        scenario.room.url().split_once("/#").map(|(page, key)| (page.to_owned(), key.to_owned())).unwrap();
    let join = reqwest::Client::new().post(format!("{page}/api/join")).header("origin", &page).header("x-debrief", "1");
    let joined = join.json(&serde_json::json!({ "key": key })).send().await.unwrap();
    let cookie = joined.headers()["set-cookie"].to_str().unwrap().to_owned();
    let token = cookie.trim_start_matches("debrief=").split(';').next().unwrap();
    assert_eq!(token.len(), 52, "{cookie}");

    let (played, _) = scenario.played(3).await;
    assert_eq!(played.participants, 5);
    let result = scenario.meeting().rounds[0].result.clone().unwrap();
    assert_eq!((result.ballots, result.voters), (4, 5));

    let mut read = 0;
    for bytes in files(scenario.folder.path()) {
        read += bytes.len();
        assert!(!bytes.windows(52).any(|window| window == token.as_bytes()), "the guest's token");
        assert!(!bytes.windows(52).any(is_like_a_token), "something that looks like a token");
    }
    assert!(read > 10_000, "the files of the library were read");
}

/// Whether the bytes could be a token: all from the alphabet that tokens are drawn from.
fn is_like_a_token(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| b"0123456789ABCDEFGHJKMNPQRSTVWXYZ".contains(byte))
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(std::fs::read(path).unwrap());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_needs_no_more_than_one_phone_and_takes_many() {
    for phones in [1, 40] {
        let scenario = Arc::new(Scenario::open().await);
        let played = scenario.clone();
        // On a task of its own, as the desktop shell plays it.
        let (played, _) = tokio::spawn(async move { played.played(phones).await }).await.unwrap();
        assert_eq!(usize::try_from(played.participants).unwrap(), phones + 1);
        assert_eq!(scenario.meeting().actions.len(), 3, "{phones} phones");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_rehearsed_is_refused_before_anything_happens() {
    let scenario = Scenario::open().await;
    let before = scenario.meeting().revision();
    let refused = play(&scenario.live, &scenario.room, 0, drop).await;
    assert!(matches!(refused, Err(RehearsalError::NoPhones)), "{refused:?}");
    assert_eq!(scenario.meeting().revision(), before);

    scenario.played(1).await;
    let again = play(&scenario.live, &scenario.room, 1, drop).await;
    assert!(matches!(again, Err(RehearsalError::NotFresh)), "{again:?}");

    scenario.live.create("Something else", chrono_tz::UTC, meeting::default_agenda()).await.unwrap();
    let other = play(&scenario.live, &scenario.room, 1, drop).await;
    assert!(matches!(other, Err(RehearsalError::NotFresh)), "{other:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_is_closed_under_way_is_told_with_its_step() {
    let scenario = Scenario::open().await;
    let live = scenario.live.clone();
    let stop_at = |step: Step| {
        if step.what.starts_with("The vote is opened") {
            // The owner is gone for the next request, as when the laptop's window is closed.
            let live = live.clone();
            tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(live.stop()));
        }
    };
    let stopped = play(&scenario.live, &scenario.room, 2, stop_at).await.unwrap_err();
    assert!(stopped.to_string().contains("“The vote is opened”"), "{stopped}");
}
