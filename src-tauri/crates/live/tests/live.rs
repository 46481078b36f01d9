//! The owner of a meeting over a real library.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use live::{Ask, Granted, Live, LiveError, Rewritten};
use meeting::{ActionCategory, Actor, Ballot, ParticipantId, Priority, ProposalId, Refusal, Request, default_agenda};

struct Scenario {
    live: Live,
    asked: u32,
}

impl Scenario {
    async fn begin(folder: &std::path::Path) -> Self {
        let live = Live::start(folder).unwrap();
        live.create("Checkout", chrono_tz::UTC, default_agenda()).await.unwrap();
        let mut scenario = Self { live, asked: 0 };
        scenario.facilitator(Request::StartMeeting {}).await.unwrap();
        scenario
    }

    fn next_ask(&mut self, by: Actor, request: Request) -> Ask {
        self.asked += 1;
        Ask { id: format!("request-{}", self.asked), by, request, token: None }
    }

    async fn facilitator(&mut self, request: Request) -> Result<Granted, LiveError> {
        let ask = self.next_ask(Actor::Facilitator, request);
        self.live.ask(ask).await
    }

    async fn join(&mut self) -> ParticipantId {
        let mut ask = self.next_ask(Actor::Application, Request::Join { name: None });
        ask.token = Some([u8::try_from(self.asked).unwrap(); 32]);
        self.live.ask(ask).await.unwrap().participant.unwrap()
    }

    /// Brings the meeting to an open vote on some proposals.
    async fn voting(&mut self, options: u32) -> meeting::Round {
        for option in 1..=options {
            let (category, priority) = (ActionCategory::Detection, Priority::Must);
            let text = format!("Option {option}");
            self.facilitator(Request::AddProposal { text, category, priority, addresses: None }).await.unwrap();
        }
        self.facilitator(Request::OpenVote { seats: 3, budget: None }).await.unwrap();
        self.live.snapshot().meeting.unwrap().open_round().unwrap().clone()
    }
}

fn ballot(revision: u32, dots: &[(ProposalId, u8)]) -> Ballot {
    Ballot { revision, dots: dots.to_vec() }
}

#[tokio::test]
async fn a_request_that_comes_twice_is_granted_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    let ask = scenario.next_ask(Actor::Facilitator, Request::Park { text: "Retry budget".into() });
    let first = scenario.live.ask(ask.clone()).await.unwrap();
    let again = scenario.live.ask(ask.clone()).await.unwrap();
    assert_eq!(first.revision, again.revision, "nothing was published for the repeat");
    assert_eq!(scenario.live.snapshot().meeting.unwrap().parked.len(), 1);

    let id = scenario.live.snapshot().meeting.unwrap().id.clone();
    scenario.live.stop().await;
    let live = Live::start(folder.path()).unwrap();
    live.open(id).await.unwrap();
    live.ask(ask).await.unwrap();
    assert_eq!(live.snapshot().meeting.unwrap().parked.len(), 1, "not even after a restart");
}

#[tokio::test]
async fn two_hundred_ballots_at_once_are_each_counted_once_and_never_over_the_limit() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    let mut voters = Vec::new();
    for _ in 0..40 {
        voters.push(scenario.join().await);
    }
    let round = scenario.voting(6).await;
    let mut asks = Vec::new();
    for voter in &voters {
        for attempt in 1..=5u32 {
            // Every second attempt spends more than there is.
            let dots = if attempt % 2 == 0 { [2, 2] } else { [2, 1] };
            let dots = [(round.options[0], dots[0]), (round.options[1], dots[1])];
            let request = Request::Vote { round: round.id, ballot: ballot(attempt, &dots) };
            asks.push(scenario.next_ask(Actor::Participant { id: *voter }, request));
        }
    }
    let live = scenario.live.clone();
    let answers: Vec<_> = asks
        .into_iter()
        .map(|ask| {
            let live = live.clone();
            tokio::spawn(async move { live.ask(ask).await })
        })
        .collect();
    let mut refused = 0;
    for answer in answers {
        refused +=
            usize::from(matches!(answer.await.unwrap(), Err(LiveError::Refused(Refusal::TooManyDots { limit: 3 }))));
    }
    assert_eq!(refused, 80, "two of five attempts of each of forty voters");
    scenario.facilitator(Request::CloseVote { round: round.id }).await.unwrap();
    let closed = scenario.live.snapshot().meeting.unwrap().rounds[0].result.clone().unwrap();
    let got: Vec<_> = closed.tally.iter().take(2).map(|tally| (tally.dots, tally.supporters)).collect();
    assert_eq!((closed.ballots, got), (40, vec![(80, 40), (40, 40)]));
}

#[tokio::test]
async fn after_a_crash_the_vote_goes_on_and_the_clock_stands() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    let ada = scenario.join().await;
    scenario.facilitator(Request::ToggleClock {}).await.unwrap();
    let round = scenario.voting(3).await;
    let dots = [(round.options[2], 1)];
    let ask =
        scenario.next_ask(Actor::Participant { id: ada }, Request::Vote { round: round.id, ballot: ballot(1, &dots) });
    scenario.live.ask(ask).await.unwrap();
    let before = scenario.live.snapshot();
    assert!(before.meeting.as_ref().unwrap().is_timed());
    let id = before.meeting.unwrap().id.clone();
    scenario.live.stop().await;

    let live = Live::start(folder.path()).unwrap();
    live.open(id).await.unwrap();
    let after = live.snapshot();
    let meeting = after.meeting.unwrap();
    assert!(!meeting.is_timed(), "clocks are paused");
    assert_eq!(meeting.own_ballot(round.id, ada), Some(&ballot(1, &dots)));
    assert_eq!(after.phones.values().collect::<Vec<_>>(), [&ada], "the phone is known by its token");
}

#[tokio::test]
async fn a_phone_may_not_ask_what_the_facilitator_may() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    let ada = scenario.join().await;
    for request in [Request::Next {}, Request::Undo {}, Request::EndMeeting { reason: "because".into() }] {
        let ask = scenario.next_ask(Actor::Participant { id: ada }, request);
        assert_eq!(scenario.live.ask(ask).await, Err(LiveError::Refused(Refusal::FacilitatorOnly)));
    }
    let stranger = Actor::Participant { id: ParticipantId(9_999) };
    let ask = scenario.next_ask(stranger, Request::Rename { name: None });
    assert_eq!(scenario.live.ask(ask).await, Err(LiveError::Refused(Refusal::NotInTheRoom)));
}

#[tokio::test]
async fn whoever_comes_back_with_another_token_is_known_by_that_one_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    let [ada, bo] = [scenario.join().await, scenario.join().await];
    let mut ask = scenario.next_ask(Actor::Application, Request::Return { participant: ada });
    ask.token = Some([99; 32]);
    let granted = scenario.live.ask(ask).await.unwrap();
    assert_eq!(granted.participant, Some(ada));
    let known = |live: &Live| {
        let mut known: Vec<_> = live.snapshot().phones.iter().map(|(token, person)| (token[0], *person)).collect();
        known.sort_by_key(|(_, person)| person.0);
        known
    };
    let before = known(&scenario.live);
    assert_eq!((before[0], before[1].1), ((99, ada), bo));

    let id = scenario.live.snapshot().meeting.unwrap().id.clone();
    scenario.live.stop().await;
    let live = Live::start(folder.path()).unwrap();
    live.open(id).await.unwrap();
    assert_eq!(known(&live), before, "the same after a restart");
}

#[tokio::test]
async fn closing_is_said_while_a_vote_is_open_and_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    scenario.live.say_closing().await.unwrap();
    assert!(!scenario.live.snapshot().closing, "nothing is open");
    let ada = scenario.join().await;
    let round = scenario.voting(3).await;
    scenario.live.say_closing().await.unwrap();
    assert!(scenario.live.snapshot().closing);

    let on_its_way = Request::Vote { round: round.id, ballot: ballot(1, &[(round.options[0], 1)]) };
    let ask = scenario.next_ask(Actor::Participant { id: ada }, on_its_way);
    scenario.live.ask(ask).await.unwrap();
    assert!(scenario.live.snapshot().closing, "a ballot on its way still counts");
    scenario.facilitator(Request::CloseVote { round: round.id }).await.unwrap();
    let after = scenario.live.snapshot();
    assert!(!after.closing);
    let meeting = after.meeting.unwrap();
    assert_eq!(meeting.rounds[0].result.as_ref().map(|result| result.ballots), Some(1));
}

#[tokio::test]
async fn what_is_open_is_neither_deleted_nor_rewritten_and_what_is_closed_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut scenario = Scenario::begin(folder.path()).await;
    scenario.facilitator(Request::Park { text: "Ask Ada Park".into() }).await.unwrap();
    let meeting = scenario.live.snapshot().meeting.unwrap();
    let text = serde_json::to_string(&meeting.recorded().collect::<Vec<_>>()).unwrap();
    let recorded = serde_json::from_str(&text.replace("Ada Park", "a colleague")).unwrap();
    let log = Rewritten { id: meeting.id.clone(), recorded, places: 1 };
    assert_eq!(scenario.live.rewrite(vec![log.clone()], Vec::new()).await, Err(LiveError::Open));
    assert_eq!(scenario.live.delete(vec![meeting.id.clone()]).await, Err(LiveError::Open));

    scenario.live.close().await.unwrap();
    let before = scenario.live.snapshot().revision;
    scenario.live.rewrite(vec![log], Vec::new()).await.unwrap();
    assert!(scenario.live.snapshot().revision > before, "the console lists the library anew");
    scenario.live.open(meeting.id.clone()).await.unwrap();
    let rewritten = scenario.live.snapshot().meeting.unwrap();
    assert_eq!(rewritten.parked[0].text, "Ask a colleague");
    assert!(rewritten.recorded().any(|recorded| recorded.event == meeting::Event::NameRemoved { places: 1 }));

    scenario.live.close().await.unwrap();
    scenario.live.delete(vec![meeting.id.clone()]).await.unwrap();
    assert_eq!(scenario.live.entries().await.unwrap().len(), 0);
    assert!(matches!(scenario.live.open(meeting.id.clone()).await, Err(LiveError::NotKept(_))));
}

#[tokio::test]
async fn how_long_records_are_kept_and_which_are_exempt_change_apart_from_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let live = Live::start(folder.path()).unwrap();
    let id = |text: &str| meeting::PostMortemId(text.into());
    let (first, second) = tokio::join!(live.keep_record(id("a"), true), live.keep_record(id("b"), true));
    assert_eq!((first, second, live.keep_for(Some(24)).await), (Ok(()), Ok(()), Ok(())));
    live.keep_record(id("a"), true).await.unwrap();
    live.keep_record(id("b"), false).await.unwrap();
    let retention = live.retention().await.unwrap();
    assert_eq!((retention.months, retention.kept), (Some(24), vec![id("a")]));
}
