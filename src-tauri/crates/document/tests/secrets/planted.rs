//! A post-mortem with a secret in every field.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use meeting::{
    ActionCategory, ActionId, ActionItem, ActionState, Addresses, AgendaItem, Answer, Attachment, AttachmentId,
    ChainEnd, ChainId, Content, Decision, DecisionId, EventId, EventKind, Factor, FactorCategory, FactorId, Held,
    Image, ImageFormat, ListField, Meeting, Milestone, MilestoneTime, Neutrality, Note, NoteId, NoteKind, Parked,
    ParkedId, Participant, ParticipantId, Poll, PollResult, PostMortemId, Precision, PreviousAction, PreviousId,
    PreviousState, Priority, Proposal, ProposalId, Section, Severity, Status, StepId, TextField, TimelineEvent,
    WhyChain, WhyStep, Writing, WritingState, default_agenda,
};

use crate::scenes::{LISTS, ROLES, Seeded, TEXTS, start};

/// Something that must not leave the house.
#[derive(Debug, Clone)]
pub struct Secret {
    pub value: String,
    pub field: &'static str,
    /// Whether it stands in prose that is public by design.
    pub open: bool,
    name: bool,
}

impl Secret {
    /// A name gives itself away in each of its parts.
    pub fn pieces(&self) -> Vec<&str> {
        if self.name { self.value.split(' ').collect() } else { vec![&self.value] }
    }
}

/// A post-mortem, what must not leave it, and what has to.
pub struct Planted {
    pub meeting: Meeting,
    pub secrets: Vec<Secret>,
    pub kept: Vec<String>,
    seeded: Seeded,
    people: Vec<String>,
}

pub fn plant(seed: u64) -> Planted {
    let mut planted = Planted {
        meeting: Meeting::unwritten(),
        secrets: Vec::new(),
        kept: Vec::new(),
        seeded: Seeded(seed * 7_919),
        people: Vec::new(),
    };
    planted.meeting.id = PostMortemId(format!("pm-{seed}"));
    planted.meeting.status = Status::Published;
    planted.people();
    planted.incident();
    planted.timeline();
    planted.evidence();
    planted.room();
    planted.actions();
    planted
}

impl Planted {
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 16] = [
            "vor", "lan", "quim", "beth", "zak", "tuo", "rix", "mel", "dov", "gar", "hyn", "ost", "pel", "wux", "jir",
            "naf",
        ];
        (0..4).map(|_| *self.seeded.one(&SYLLABLES)).collect()
    }

    fn keep(&mut self) -> String {
        let word = format!("kept{}", self.word());
        self.kept.push(word.clone());
        word
    }

    fn secret(&mut self, value: String, field: &'static str, open: bool, name: bool) -> String {
        self.secrets.push(Secret { value: value.clone(), field, open, name });
        value
    }

    /// Words that no redaction could find; they must never be copied.
    fn closed(&mut self, field: &'static str) -> String {
        let (one, two) = (self.word(), self.word());
        self.secret(format!("{one} {two}"), field, false, false)
    }

    /// Somebody's name in a place for names.
    fn name(&mut self, field: &'static str) -> String {
        let capital = |word: String| word[..1].to_uppercase() + &word[1..];
        let name = format!("{} {}", capital(self.word()), capital(self.word()));
        self.people.push(name.clone());
        self.secret(name, field, false, true)
    }

    /// Prose that is public by design, with a name and something of a telling shape in it.
    fn open(&mut self, field: &'static str) -> String {
        let person = self.people[self.seeded.below(self.people.len())].clone();
        let (first, last) = person.split_once(' ').unwrap();
        let written = match self.seeded.below(7) {
            0 => person.clone(),
            1 => first.to_owned(),
            2 => format!("{last}'s"),
            3 => format!("@{}.{}", first.to_lowercase(), last.to_lowercase()),
            4 => format!("{last}, {first}"),
            5 => first.to_uppercase(),
            _ => first.to_lowercase(),
        };
        self.secrets.push(Secret { value: first.to_owned(), field, open: true, name: true });
        let shaped = self.shaped();
        let shaped = self.secret(shaped, field, true, false);
        let kept = self.keep();
        match self.seeded.below(3) {
            0 => format!("{written} saw {shaped} and {kept}. Then {first} was called, too."),
            1 => format!("{kept}: {first} found {shaped}; {written} agreed"),
            _ => format!("The {kept} was at ({shaped}) when {written} came, so {first} looked"),
        }
    }

    fn digits(&mut self, of: &[u8], count: usize) -> String {
        (0..count).map(|_| char::from(*self.seeded.one(of))).collect()
    }

    fn shaped(&mut self) -> String {
        const HEX: &[u8] = b"0123456789abcdef";
        const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        const MIXED: &[u8] = b"ABCDEFGHIJabcdefghij0123456789KLMNklmn";
        let word = self.word();
        let byte = |planted: &mut Self| planted.seeded.below(255).to_string();
        let (a, b, c) = (byte(self), byte(self), byte(self));
        match self.seeded.below(18) {
            0 => format!("{word}@example.org"),
            1 => format!("root@{word}"),
            2 => format!("10.{a}.{b}.{c}"),
            3 => format!("203.{a}.{b}.{c}:8443"),
            4 => format!("2001:db8:{}::{}", self.digits(HEX, 4), self.digits(HEX, 4)),
            5 => format!("AKIA{}", self.digits(UPPER, 16)),
            6 => format!("ghp_{}", self.digits(MIXED, 36)),
            7 => format!("eyJ{}.{}.{}", self.digits(MIXED, 20), self.digits(MIXED, 30), self.digits(MIXED, 24)),
            8 => self.digits(HEX, 40) + "7",
            9 => format!("-----BEGIN EC PRIVATE KEY----- {} -----END EC PRIVATE KEY-----", self.digits(MIXED, 48)),
            10 => format!("https://{word}/d/{}", self.digits(HEX, 6)),
            11 => format!("http://192.168.{a}.{b}/metrics"),
            12 => format!("{word}.payments.internal:9090"),
            13 => format!("{word}.local"),
            14 => format!("postgres://app:{}@{word}.example.org/db", self.digits(MIXED, 12)),
            15 => format!("https://{word}.corp.example.org/x"),
            16 => format!("xoxb-{}-{}", self.digits(b"0123456789", 12), self.digits(MIXED, 16)),
            _ => format!("+49 30 {}", self.digits(b"123456789", 8)),
        }
    }

    fn people(&mut self) {
        for role in ROLES {
            let names = vec![self.name("role"), self.name("role")];
            self.meeting.incident.roles.insert(role, names);
        }
        for number in 0..5 {
            let name = Some(self.name("attendee"));
            self.meeting.participants.push(Participant {
                id: ParticipantId(900 + number),
                name,
                phone: true,
                removed: false,
                duty: None,
            });
        }
    }

    fn incident(&mut self) {
        for field in TEXTS {
            let text = match field {
                TextField::Owner => self.name("owner of the record"),
                TextField::DocumentLabel => "Learning review".to_owned(),
                // The reason why there is no action stands in no record that has some.
                TextField::NoActionsReason => self.closed("no actions"),
                _ => self.open("text"),
            };
            self.meeting.incident.texts.insert(field, text);
        }
        for list in LISTS {
            let items = (0..3)
                .map(|_| match list {
                    ListField::Invited => format!("{} <{}@example.org>", self.name("invited"), "someone"),
                    ListField::Surprises
                    | ListField::ShareWith
                    | ListField::SupportingMaterial
                    | ListField::SimilarIncidents => self.closed("list"),
                    ListField::Services | ListField::Takeaways | ListField::OpenQuestions | ListField::RootCauses => {
                        self.open("list")
                    }
                })
                .collect();
            self.meeting.incident.lists.insert(list, items);
        }
        self.meeting.incident.severity = Some(Severity::Sev1);
        self.meeting.incident.severity_definition = self.open("severity");
        self.meeting.incident.neutrality = Neutrality {
            led_the_incident: Some(true),
            made_critical_decision: Some(false),
            has_line_authority: Some(false),
            authority_present: self.closed("neutrality"),
        };
    }

    fn timeline(&mut self) {
        for number in 0..14 {
            let public = number % 3 != 0;
            let text = if public { self.open("event") } else { self.closed("private event") };
            let actor_role = public.then(|| self.open("actor role"));
            let event = TimelineEvent {
                id: EventId(number),
                at: Some(start() + TimeDelta::minutes(number.into())),
                precision: Precision::Exact,
                kind: EventKind::Action,
                text,
                actor_name: Some(self.name("actor")),
                actor_role,
                known_then: Some(self.closed("known then")),
                key: true,
                public,
                answers: vec![Answer { question: self.closed("question"), answer: self.closed("answer") }],
            };
            self.meeting.timeline.push(event);
        }
        let milestones =
            Milestone::ALL.into_iter().zip(0..).map(|(it, event)| (it, MilestoneTime::Event { event: EventId(event) }));
        self.meeting.incident.milestones = milestones.collect::<BTreeMap<_, _>>();
    }

    fn evidence(&mut self) {
        for (number, public, event) in [(1, false, None), (2, true, Some(0)), (3, false, Some(1)), (4, true, None)] {
            // Public evidence of a private event is private with it.
            let shown = public && event.is_none();
            let caption = if shown { "A graph of the queue".to_owned() } else { self.closed("caption") };
            let content = match number {
                4 => Content::Image {
                    image: Image { format: ImageFormat::Png, width: 1, height: 1, bytes: 1, digest: "00".into() },
                },
                _ => Content::Excerpt { text: self.closed("excerpt") },
            };
            let event = event.map(EventId);
            self.meeting.attachments.push(Attachment {
                id: AttachmentId(number),
                event,
                content,
                caption,
                staged: true,
                public,
            });
        }
    }

    fn room(&mut self) {
        for (section, kind) in [
            (Section::WentWell, NoteKind::WentWell),
            (Section::WentPoorly, NoteKind::WentPoorly),
            (Section::RootCauses, NoteKind::Cause),
        ] {
            let notes = (0..4)
                .map(|number| Note {
                    id: NoteId(number),
                    kind,
                    text: if number == 3 { self.closed("set aside") } else { self.open("note") },
                    merged: vec![self.closed("merged wording")],
                    set_aside: number == 3,
                    discussed: true,
                })
                .collect();
            let state = WritingState::Revealed { writers: 3 };
            self.meeting.writings.insert(section, Writing { state, notes });
        }
        for number in 0..2 {
            let steps = (0..4)
                .map(|step| WhyStep {
                    id: StepId(step),
                    parent: step.checked_sub(1).map(StepId),
                    answer: self.open("why"),
                    evidence: self.closed("evidence"),
                    ends_at: Some(ChainEnd::HumanError),
                })
                .collect();
            let chain = WhyChain { id: ChainId(number), symptom: self.open("symptom"), steps, event: None };
            self.meeting.chains.push(chain);
            let (id, text) = (FactorId(number), self.open("factor"));
            let category = FactorCategory::Own(self.open("category of factors"));
            self.meeting.factors.push(Factor {
                id,
                category,
                text,
                chain: Some(ChainId(number)),
                event: Some(EventId(0)),
            });
            let (parked, decided) = (self.closed("parking lot"), self.closed("decision"));
            self.meeting.parked.push(Parked { id: ParkedId(number), text: parked, section: None, outcome: None });
            self.meeting.decisions.push(Decision { id: DecisionId(number), text: decided, section: None });
        }
        let improve = vec![self.closed("exit poll"), self.closed("exit poll")];
        let result = PollResult { answers: 7, learned: 5, again: 5, spoke_freely: Some([1; 5]), improve };
        self.meeting.poll = Poll::Counted { result };
        self.meeting.agenda = default_agenda().into_iter().map(AgendaItem::new).collect();
        let ended_because = self.closed("ended because");
        self.meeting.held = Held { started: Some(start()), ended: Some(start()), ended_because };
    }

    fn actions(&mut self) {
        for number in 0..3 {
            let owner = match number {
                0 => self.people[0].clone(),
                1 => "Payments team".to_owned(),
                _ => self.name("owner"),
            };
            let action = ActionItem {
                id: ActionId(number),
                proposal: ProposalId(number),
                task: self.open("task"),
                category: ActionCategory::Detection,
                priority: Priority::Must,
                addresses: Some(Addresses::Event { event: EventId(0) }),
                owner,
                due: NaiveDate::from_ymd_opt(2026, 6, 1),
                criterion: self.open("criterion"),
                ticket: format!("https://tickets.example.org/{}", self.closed("ticket").replace(' ', "-")),
                confirm_by: None,
                state: ActionState::Dropped { reason: self.closed("dropped because") },
                dots: Some(4),
                supporters: Some(3),
                accepted: true,
                ticket_pending: false,
            };
            // The secret of a ticket is written with a hyphen.
            for secret in self.secrets.iter_mut().filter(|secret| secret.field == "ticket") {
                secret.value = secret.value.replace(' ', "-");
            }
            self.meeting.actions.push(action);
            let proposal = Proposal {
                id: ProposalId(50 + number),
                text: self.closed("proposal"),
                category: ActionCategory::Process,
                priority: Priority::Should,
                addresses: None,
                merged: vec![self.closed("merged proposal")],
                not_chosen_because: self.closed("not chosen because"),
                withdrawn: false,
            };
            self.meeting.proposals.push(proposal);
            let previous = PreviousAction {
                id: PreviousId(number),
                task: self.closed("earlier action"),
                owner: self.name("earlier owner"),
                origin: self.closed("origin"),
                state: PreviousState::StillOpen,
                helped: None,
                remark: self.closed("remark"),
            };
            self.meeting.previous.push(previous);
        }
    }
}
