//! A meeting driven by requests, for tests that tell a story.

#![allow(dead_code, reason = "each test file uses the part it needs")]
#![allow(clippy::needless_pass_by_value, reason = "a scenario reads better when a request is written in place")]

use meeting::{
    ActionCategory, Actor, Ballot, Chance, DraftId, Meeting, Millis, Moment, NoteKind, ParticipantId, PostMortemId,
    Priority, ProposalId, Recorded, Refusal, Request, RoundId, Secret, apply, apply_secret, decide, default_agenda,
};

/// A meeting driven by requests, one second apart.
pub(crate) struct Scenario {
    pub(crate) meeting: Meeting,
    pub(crate) log: Vec<Recorded>,
    pub(crate) secrets: Vec<Secret>,
    pub(crate) seconds: u32,
}

impl Scenario {
    pub(crate) fn prepared() -> Self {
        let mut scenario = Self { meeting: Meeting::unwritten(), log: Vec::new(), secrets: Vec::new(), seconds: 0 };
        let id = PostMortemId("pm-1".into());
        scenario.facilitator(Request::Create {
            id,
            title: "Checkout".into(),
            zone: chrono_tz::UTC,
            planned: default_agenda(),
        });
        scenario
    }

    pub(crate) fn running() -> Self {
        let mut scenario = Self::prepared();
        scenario.facilitator(Request::StartMeeting {});
        scenario
    }

    pub(crate) fn ask(&mut self, by: Actor, request: &Request) -> Result<(), Refusal> {
        self.seconds += 1;
        let now = Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(self.seconds), boot: 1 };
        let decided = decide(&self.meeting, request, by, Chance(u64::from(self.seconds)))?;
        for recorded in self.meeting.record(decided.events, by, now) {
            apply(&mut self.meeting, &recorded);
            self.log.push(recorded);
        }
        for secret in decided.secrets {
            apply_secret(&mut self.meeting, &secret);
            self.secrets.push(secret);
        }
        Ok(())
    }

    pub(crate) fn facilitator(&mut self, request: Request) {
        self.ask(Actor::Facilitator, &request).unwrap();
    }

    pub(crate) fn refused(&mut self, request: Request) -> Refusal {
        self.ask(Actor::Facilitator, &request).unwrap_err()
    }

    pub(crate) fn join(&mut self) -> ParticipantId {
        self.ask(Actor::Application, &Request::Join { name: None }).unwrap();
        self.meeting.participants.last().unwrap().id
    }

    pub(crate) fn phone(&mut self, id: ParticipantId, request: Request) -> Result<(), Refusal> {
        self.ask(Actor::Participant { id }, &request)
    }

    pub(crate) fn write(&mut self, id: ParticipantId, kind: NoteKind, text: &str) -> Result<(), Refusal> {
        let draft = DraftId(format!("d-{}", self.seconds));
        self.phone(id, Request::Write { draft, kind, text: text.into() })
    }

    pub(crate) fn propose(&mut self, text: &str) -> ProposalId {
        let (category, priority) = (ActionCategory::Detection, Priority::Must);
        self.facilitator(Request::AddProposal { text: text.into(), category, priority, addresses: None });
        self.meeting.proposals.last().unwrap().id
    }

    pub(crate) fn open_vote(&mut self) -> RoundId {
        self.facilitator(Request::OpenVote { seats: 3, budget: None });
        self.meeting.open_round().unwrap().id
    }

    pub(crate) fn vote(
        &mut self,
        id: ParticipantId,
        round: RoundId,
        revision: u32,
        dots: &[(ProposalId, u8)],
    ) -> Result<(), Refusal> {
        self.phone(id, Request::Vote { round, ballot: Ballot { revision, dots: dots.to_vec() } })
    }
}
