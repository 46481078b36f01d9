//! The sections without a vote: joining and opening, the timeline, root causes, wrap-up.

use meeting::{
    Edit, EventId, NextStep, NoteKind, ParkedOutcome, Picture, PollAnswer, PreviousChange, Request, Section, StepChange,
};
use tokio::task::JoinSet;

use super::{Play, Step};
use crate::phone::{Phone, Task};
use crate::{RehearsalError, sample};

impl<F: FnMut(Step)> Play<'_, F> {
    /// Lets the phones join at the same time, and registers somebody without one.
    pub(super) async fn join(&mut self, url: &str, phones: usize) -> Result<(), RehearsalError> {
        self.step(format!("{phones} phones join"));
        self.ask(Request::ShowJoinCard { on: true }).await?;
        let mut turns = JoinSet::new();
        for place in 0..phones {
            let (url, doing) = (url.to_owned(), self.doing.clone());
            let name = sample::NAMES.get(place).copied().unwrap_or_default();
            let stopwatch = self.stopwatch.clone();
            turns.spawn(async move { Ok((place, Phone::join(&url, name, stopwatch, &doing).await?)) });
        }
        self.phones = self.in_order(turns).await?;

        self.step(format!("{} is registered without a phone", sample::WITHOUT_A_PHONE));
        let meeting = self.ask(Request::Register { name: sample::WITHOUT_A_PHONE.into() }).await?;
        let registered = meeting.present().filter(|person| !person.phone).last();
        self.without_a_phone = registered.map(|person| person.id);
        self.ask(Request::ShowJoinCard { on: false }).await?;
        Ok(())
    }

    pub(super) async fn opening(&mut self) -> Result<(), RehearsalError> {
        self.step("The meeting begins");
        self.ask(Request::StartMeeting {}).await?;
        self.ask(Request::ToggleClock {}).await?;
        self.everybody(|_, mut phone, doing| async move {
            phone.until(&doing, |seen| matches!(seen.view.task, Task::Look {})).await?;
            Ok(phone)
        })
        .await?;
        while let Some(picture) = self.next_picture().await? {
            match picture {
                Picture::Statement => self.step("The opening statement"),
                Picture::Previous { previous } => {
                    let meeting = self.meeting()?;
                    let earlier = meeting.previous.iter().find(|earlier| earlier.id == previous);
                    let task = earlier.map(|earlier| earlier.task.as_str()).unwrap_or_default();
                    self.step(format!("An earlier action item: {task}"));
                    let Some(place) = sample::PREVIOUS.iter().position(|(known, ..)| *known == task) else { continue };
                    let (state, helped, remark) = sample::REVIEWS[place];
                    for change in [
                        PreviousChange::State(state),
                        PreviousChange::Helped(Some(helped)),
                        PreviousChange::Remark(remark.into()),
                    ] {
                        self.edit(Edit::Previous { previous, change }).await?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Walks through the key events; what the room says is typed under them.
    pub(super) async fn timeline(&mut self) -> Result<(), RehearsalError> {
        self.enter(Section::Timeline).await?;
        let mut picture = Some(self.meeting()?.stage.picture);
        while let Some(Picture::Event { event }) = picture {
            self.walk(event).await?;
            picture = self.next_picture().await?;
        }
        self.set_down(Section::Timeline).await
    }

    async fn walk(&mut self, event: EventId) -> Result<(), RehearsalError> {
        let meeting = self.meeting()?;
        let Some(shown) = meeting.timeline.iter().find(|other| other.id == event) else { return Ok(()) };
        self.step(format!("Event: {}", shown.text));
        let answer = sample::ANSWERS.iter().find(|(place, _)| sample::TIMELINE[*place].text == shown.text);
        if let Some((_, answer)) = answer {
            let question = shown.kind.question().to_owned();
            self.edit(Edit::Answer { event, question, answer: (*answer).to_owned() }).await?;
        }
        Ok(())
    }

    /// Puts into the parking lot and the decision log what comes up in a section.
    pub(super) async fn set_down(&mut self, section: Section) -> Result<(), RehearsalError> {
        for parked in sample::PARKED.iter().filter(|parked| parked.section == section) {
            self.step(format!("Parked: {}", parked.text));
            self.ask(Request::Park { text: parked.text.into() }).await?;
        }
        for (_, text) in sample::DECISIONS.iter().filter(|(decided_in, _)| *decided_in == section) {
            self.step(format!("Decided: {text}"));
            self.ask(Request::RecordDecision { text: (*text).into() }).await?;
        }
        Ok(())
    }

    /// Says what became of every entry of the parking lot.
    pub(super) async fn sweep(&mut self) -> Result<(), RehearsalError> {
        self.step("The parking lot is swept");
        for entry in &self.meeting()?.parked {
            let known = sample::PARKED.iter().find(|parked| parked.text == entry.text);
            let outcome = Some(known.map_or(ParkedOutcome::Discussed, |parked| parked.outcome));
            self.edit(Edit::ParkedOutcome { parked: entry.id, outcome }).await?;
        }
        Ok(())
    }

    pub(super) async fn root_causes(&mut self) -> Result<(), RehearsalError> {
        self.notes(Section::RootCauses, &sample::CAUSES.map(|text| (NoteKind::Cause, text)), None).await?;
        for chain in &sample::CHAINS {
            self.chain(chain).await?;
        }
        for factor in &sample::FACTORS {
            self.step(format!("Factor: {}", factor.text));
            let meeting = self.meeting()?;
            let chain = factor.chain.and_then(|place| self.chain_at(place));
            let event = factor.event.and_then(|place| {
                let text = sample::TIMELINE[place].text;
                meeting.timeline.iter().find(|event| event.text == text).map(|event| event.id)
            });
            self.ask(Request::AddFactor { category: factor.category.clone(), text: factor.text.into(), chain, event })
                .await?;
        }
        self.ask(Request::Show { picture: Picture::Factors { page: 0 } }).await?;
        self.set_down(Section::RootCauses).await
    }

    /// Returns the chain that was made of one of the sample's, by its place.
    pub(super) fn chain_at(&self, place: usize) -> Option<meeting::ChainId> {
        let symptom = sample::CHAINS.get(place)?.symptom;
        self.meeting().ok()?.chains.iter().find(|chain| chain.symptom == symptom).map(|chain| chain.id)
    }

    async fn chain(&mut self, sample: &sample::Chain) -> Result<(), RehearsalError> {
        self.step(format!("Why: {}", sample.symptom));
        let meeting = self.ask(Request::AddChain { symptom: sample.symptom.into(), event: None, factor: None }).await?;
        let Some(chain) = meeting.chains.last().map(|chain| chain.id) else {
            return Err(self.astray("the chain is gone"));
        };
        self.ask(Request::Show { picture: Picture::Chain { chain, page: None } }).await?;
        let mut steps = Vec::new();
        for why in sample.steps {
            let parent = why.parent.and_then(|place| steps.get(place).copied());
            let request = Request::AddStep { chain, parent, answer: why.answer.into(), ends_at: why.ends_at };
            let meeting = self.ask(request).await?;
            let added = meeting.chains.iter().find(|other| other.id == chain).and_then(|chain| chain.steps.last());
            let Some(step) = added.map(|step| step.id) else { return Err(self.astray("the answer is gone")) };
            steps.push(step);
            if !why.evidence.is_empty() {
                self.edit(Edit::Step { chain, step, change: StepChange::Evidence(why.evidence.into()) }).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn wrap_up(&mut self) -> Result<(), RehearsalError> {
        self.enter(Section::WrapUp).await?;
        for (list, items) in sample::WRAP_UP {
            self.step(format!("Written down: {}", items.join(" · ")));
            self.edit(Edit::List { list, items: items.iter().map(|item| (*item).to_owned()).collect() }).await?;
        }
        self.poll().await?;
        while self.next_picture().await?.is_some() {}

        self.step("The meeting ends");
        self.next_is(|next| next == NextStep::End)?;
        self.ask(Request::EndMeeting { reason: String::new() }).await?;
        self.everybody(|_, mut phone, doing| async move {
            phone.until(&doing, |seen| matches!(seen.view.task, Task::Ended {})).await?;
            Ok(phone)
        })
        .await
    }

    async fn poll(&mut self) -> Result<(), RehearsalError> {
        while self.next_picture().await?.is_some_and(|picture| picture != Picture::Poll) {}
        self.step("The exit poll is answered on the phones");
        self.next_is(|next| next == NextStep::OpenPoll)?;
        self.ask(Request::Next {}).await?;
        self.everybody(|place, mut phone, doing| async move {
            phone.until(&doing, |seen| matches!(seen.view.task, Task::Poll {})).await?;
            let sample::Opinion { learned, again, spoke_freely, improve } = sample::POLL[place % sample::POLL.len()];
            phone.answer(PollAnswer { learned, again, spoke_freely, improve: improve.into() }, &doing).await?;
            phone.until(&doing, |seen| seen.own.poll.is_some()).await?;
            Ok(phone)
        })
        .await?;
        let phones = u32::try_from(self.phones.len()).unwrap_or(u32::MAX);
        self.meeting_until(|meeting| meeting.poll_answers() >= phones).await?;
        self.ask(Request::ClosePoll {}).await?;
        Ok(())
    }
}
