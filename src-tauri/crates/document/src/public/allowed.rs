//! What may be public: a post-mortem of which nothing is known but what is copied here, field by field.
//!
//! It begins with the post-mortem of which nothing is known. A new field is private until somebody copies it here, and a
//! new variant or a new field of what is copied does not compile until somebody has decided. Every typed text passes
//! through the redaction on its way.

use meeting::{
    ActionItem, ActionState, Addresses, Attachment, ChainEnd, Content, EventId, Factor, FactorCategory, ListField,
    Meeting, Milestone, MilestoneTime, Note, Resolved, TextField, TimelineEvent, Times, WhyChain, WhyStep, Writing,
};

use super::redaction::Redaction;
use super::words::is_a_group;

/// Copies what may be public.
pub(super) fn allowed(meeting: &Meeting, redaction: &mut Redaction) -> Meeting {
    let mut public = Meeting::unwritten();
    public.id = meeting.id.clone();
    public.created = meeting.created;
    public.changed = meeting.changed;
    public.status = meeting.status;
    incident(meeting, redaction, &mut public);
    let times = Times::of(meeting);
    public.timeline =
        meeting.timeline.iter().filter(|event| event.public).map(|it| event(&times, it, redaction)).collect();
    public.attachments = meeting.attachments.iter().filter_map(|it| attachment(&public, it, redaction)).collect();
    for (section, writing) in &meeting.writings {
        let notes = writing.notes.iter().filter(|note| !note.set_aside).map(|it| note(it, redaction)).collect();
        public.writings.insert(*section, Writing { state: writing.state, notes });
    }
    public.chains = meeting.chains.iter().map(|it| chain(&public, it, redaction)).collect();
    public.factors = meeting.factors.iter().map(|it| factor(&public, it, redaction)).collect();
    public.actions = meeting.actions.iter().map(|it| action(&public, it, redaction)).collect();
    public
}

/// Returns what a field of prose is called when it may be public.
const fn text_word(field: TextField) -> Option<&'static str> {
    match field {
        TextField::Title => Some("Title"),
        TextField::DocumentLabel => Some("Kind of document"),
        TextField::Summary => Some("Summary"),
        TextField::Background => Some("Background"),
        TextField::ImpactWho
        | TextField::ImpactShare
        | TextField::ImpactErrorRate
        | TextField::ImpactDataLoss
        | TextField::ImpactSupportCases => Some("Impact"),
        TextField::Trigger => Some("Trigger"),
        TextField::Detection => Some("Detection"),
        TextField::TemporaryFix | TextField::PermanentFix => Some("Resolution"),
        TextField::NoActionsReason => Some("Why there is no action item"),
        TextField::Owner => None,
    }
}

const fn list_word(list: ListField) -> Option<&'static str> {
    match list {
        ListField::Services => Some("Services"),
        ListField::Takeaways => Some("Key takeaways"),
        ListField::OpenQuestions => Some("Open questions"),
        ListField::RootCauses => Some("Root causes"),
        ListField::Surprises
        | ListField::ShareWith
        | ListField::SupportingMaterial
        | ListField::SimilarIncidents
        | ListField::Invited => None,
    }
}

fn incident(meeting: &Meeting, redaction: &mut Redaction, public: &mut Meeting) {
    let from = &meeting.incident;
    let into = &mut public.incident;
    into.zone = from.zone;
    into.severity = from.severity;
    into.severity_definition = redaction.clear("Severity", &from.severity_definition);
    into.kind = from.kind;
    into.detected_by = from.detected_by;
    into.mitigated_by = from.mitigated_by;
    into.stakeholders_told.clone_from(&from.stakeholders_told);
    for (field, text) in &from.texts {
        if let Some(word) = text_word(*field) {
            into.texts.insert(*field, redaction.clear(word, text));
        }
    }
    for (list, items) in &from.lists {
        if let Some(word) = list_word(*list) {
            into.lists.insert(*list, items.iter().map(|item| redaction.clear(word, item)).collect());
        }
    }
    for milestone in Milestone::ALL {
        into.milestones.insert(milestone, milestone_time(meeting, milestone));
    }
}

/// A milestone keeps its event where that is public, and its time in any case.
fn milestone_time(meeting: &Meeting, milestone: Milestone) -> MilestoneTime {
    let marked = meeting.incident.milestones.get(&milestone).copied().unwrap_or_default();
    if let MilestoneTime::Event { event } = marked
        && meeting.timeline.iter().any(|other| other.id == event && other.public)
    {
        return marked;
    }
    match meeting.milestone(milestone) {
        Resolved::Unknown => MilestoneTime::Unknown,
        Resolved::NotApplicable => MilestoneTime::NotApplicable,
        Resolved::At(at) => MilestoneTime::At { at },
    }
}

fn event(times: &Times, event: &TimelineEvent, redaction: &mut Redaction) -> TimelineEvent {
    let place = event.at.map_or_else(|| "Timeline".to_owned(), |at| format!("Timeline, {}", times.clock(at)));
    let played = event.actor_name.as_deref().and_then(|name| redaction.people.instead_of(name)).map(str::to_owned);
    TimelineEvent {
        id: event.id,
        at: event.at,
        precision: event.precision,
        kind: event.kind,
        text: redaction.clear(&place, &event.text),
        actor_name: None,
        actor_role: event.actor_role.as_ref().map(|role| redaction.clear(&place, role)).or(played),
        known_then: None,
        key: event.key,
        public: true,
        answers: Vec::new(),
    }
}

fn attachment(public: &Meeting, attachment: &Attachment, redaction: &mut Redaction) -> Option<Attachment> {
    let event = attachment.event.filter(|event| is_public(public, *event));
    // What shows an event that is private is private with it.
    if !attachment.public || attachment.event.is_some() && event.is_none() {
        return None;
    }
    let content = match &attachment.content {
        Content::Image { image } => Content::Image { image: image.clone() },
        Content::Excerpt { text } => Content::Excerpt { text: redaction.clear("Evidence", text) },
    };
    let caption = redaction.clear("Evidence", &attachment.caption);
    Some(Attachment { id: attachment.id, event, content, caption, staged: false, public: true })
}

fn is_public(public: &Meeting, event: EventId) -> bool {
    public.timeline.iter().any(|other| other.id == event)
}

/// The wordings that were merged into a note are the words of single people and stay inside.
fn note(note: &Note, redaction: &mut Redaction) -> Note {
    Note {
        id: note.id,
        kind: note.kind,
        text: redaction.clear(note.kind.section().word(), &note.text),
        merged: Vec::new(),
        set_aside: false,
        discussed: false,
    }
}

fn chain(public: &Meeting, chain: &WhyChain, redaction: &mut Redaction) -> WhyChain {
    let mut step = |step: &WhyStep| WhyStep {
        id: step.id,
        parent: step.parent,
        answer: redaction.clear("Why-chain", &step.answer),
        evidence: String::new(),
        ends_at: step.ends_at.filter(|end| !matches!(end, ChainEnd::Person | ChainEnd::HumanError)),
    };
    let steps = chain.steps.iter().map(&mut step).collect();
    WhyChain {
        id: chain.id,
        symptom: redaction.clear("Why-chain", &chain.symptom),
        steps,
        event: chain.event.filter(|event| is_public(public, *event)),
    }
}

fn factor(public: &Meeting, factor: &Factor, redaction: &mut Redaction) -> Factor {
    let place = "Contributing factors";
    Factor {
        id: factor.id,
        category: match &factor.category {
            FactorCategory::Own(name) => FactorCategory::Own(redaction.clear(place, name)),
            built_in => built_in.clone(),
        },
        text: redaction.clear(place, &factor.text),
        chain: factor.chain,
        event: factor.event.filter(|event| is_public(public, *event)),
    }
}

/// Votes, tickets and why something was dropped stay inside.
fn action(public: &Meeting, action: &ActionItem, redaction: &mut Redaction) -> ActionItem {
    let place = "Action items";
    let addresses = action.addresses.filter(|addresses| match addresses {
        Addresses::Event { event } => is_public(public, *event),
        Addresses::Factor { .. } | Addresses::Why { .. } => true,
    });
    ActionItem {
        id: action.id,
        proposal: action.proposal,
        task: redaction.clear(place, &action.task),
        category: action.category,
        priority: action.priority,
        addresses,
        owner: owner(&action.owner, redaction),
        due: action.due,
        criterion: redaction.clear(place, &action.criterion),
        ticket: String::new(),
        confirm_by: action.confirm_by,
        state: match action.state {
            ActionState::Dropped { .. } => ActionState::Dropped { reason: String::new() },
            ActionState::Open => ActionState::Open,
            ActionState::InProgress => ActionState::InProgress,
            ActionState::Done => ActionState::Done,
        },
        dots: None,
        supporters: None,
        accepted: false,
        ticket_pending: false,
    }
}

/// A group may be named; a person becomes the part played in the incident, and otherwise the fact that there is one.
fn owner(owner: &str, redaction: &mut Redaction) -> String {
    if owner.is_empty() {
        return String::new();
    }
    if is_a_group(owner) {
        return redaction.clear("Action items", owner);
    }
    let role = redaction.people.instead_of(owner).unwrap_or_default();
    let in_the_incident = role.starts_with("the ") && !role.contains("owner") && !role.contains("facilitator");
    if in_the_incident { role.to_owned() } else { "an owner was named".to_owned() }
}
