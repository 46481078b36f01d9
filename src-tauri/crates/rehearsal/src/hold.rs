//! A meeting that waits: the sample incident led to a section, for any client that wants to try itself on the room.

use live::{Ask, Live, LiveError};
use meeting::{Actor, Request, Section};

use crate::{RehearsalError, begin, sample};

/// Where the meeting waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Before it has begun, when recollections are asked for.
    Preparation,
    /// In a section, with its silent writing or its exit poll open where it has one.
    In(Section),
    /// In the action items, with a vote open on the proposals of the sample.
    Vote,
}

/// Begins the sample and leads its meeting to where it is to wait.
///
/// # Errors
/// When the owner of the meeting refuses or cannot keep it.
pub async fn hold(live: &Live, at: Hold) -> Result<(), RehearsalError> {
    begin(live).await?;
    let section = match at {
        Hold::Preparation => return Ok(()),
        Hold::In(section) => section,
        Hold::Vote => Section::ActionItems,
    };
    let mut requests = vec![Request::StartMeeting {}];
    if section != Section::Opening {
        requests.push(Request::EnterSection { section });
    }
    requests.push(Request::ToggleClock {});
    match at {
        Hold::Vote => {
            requests.extend(sample::PROPOSALS.iter().map(|(category, priority, text)| Request::AddProposal {
                text: (*text).to_owned(),
                category: *category,
                priority: *priority,
                addresses: None,
            }));
            requests.push(Request::OpenVote { seats: 3, budget: None });
        }
        Hold::In(section) if section.writing_question().is_some() => requests.push(Request::OpenWriting { section }),
        Hold::In(Section::WrapUp) => requests.push(Request::OpenPoll {}),
        Hold::In(_) | Hold::Preparation => {}
    }
    let doing = "the meeting is led to where it waits";
    for (number, request) in requests.into_iter().enumerate() {
        let ask = Ask { id: format!("hold-{number}"), by: Actor::Facilitator, request, token: None };
        let refused = |error: LiveError| RehearsalError::Refused { doing: doing.to_owned(), error };
        live.ask(ask).await.map_err(refused)?;
    }
    Ok(())
}
