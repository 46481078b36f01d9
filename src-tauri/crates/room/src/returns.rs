//! Phones that were here before and have forgotten who they were: after a change of the address, which is another
//! origin to a browser, or after their storage was cleared.
//!
//! Such a phone is given a return code of three letters and waits. The facilitator sees the code, looks at the person
//! who holds up the phone, and says who it is. Nothing else identifies anybody: a name can be typed by everyone. Asking
//! again with the same name of the request is how a phone learns what was decided.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use live::{Ask, Live, LiveError, TokenHash};
use meeting::{Actor, ParticipantId, Refusal, Request};
use tokio::sync::watch;
use wire::{Failure, PhoneJoin};

use crate::body::read;
use crate::door;
use crate::guard::failure;
use crate::join::{refuse, with_token};
use crate::routes::{Shared, is_name, known, phone_state, unnamed};

/// Phones that may wait at once; a prankster fills no more than a list of this length.
const MOST: usize = 12;

/// A phone that waits to be let back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What stands on its screen.
    pub code: String,
    /// The name typed on it.
    pub name: Option<String>,
    token: TokenHash,
    turned_away: bool,
}

/// The phones that wait, and those that were turned away.
#[derive(Debug, Default)]
pub(crate) struct Returns {
    waiting: watch::Sender<Vec<Waiting>>,
}

enum Standing {
    Waits(String),
    TurnedAway,
    Full,
}

impl Returns {
    pub(crate) fn waiting(&self) -> watch::Receiver<Vec<Waiting>> {
        self.waiting.subscribe()
    }

    /// Lets a phone wait, unless it does already.
    fn wait(&self, token: TokenHash, name: Option<String>) -> Result<Standing, getrandom::Error> {
        let fresh = door::return_code()?;
        let mut standing = Standing::Full;
        self.waiting.send_if_modified(|waiting| {
            if let Some(same) = waiting.iter().find(|other| other.token == token) {
                standing = if same.turned_away { Standing::TurnedAway } else { Standing::Waits(same.code.clone()) };
                return false;
            }
            if waiting.iter().filter(|other| !other.turned_away).count() >= MOST {
                return false;
            }
            // Those turned away are remembered only as long as there is room for it.
            if waiting.len() >= 2 * MOST
                && let Some(oldest) = waiting.iter().position(|other| other.turned_away)
            {
                waiting.remove(oldest);
            }
            let taken = waiting.iter().any(|other| other.code == fresh);
            if !taken {
                standing = Standing::Waits(fresh.clone());
                waiting.push(Waiting { code: fresh.clone(), name, token, turned_away: false });
            }
            !taken
        });
        Ok(standing)
    }

    pub(crate) fn turn_away(&self, code: &str) {
        self.waiting.send_modify(|waiting| {
            for one in waiting.iter_mut().filter(|one| one.code == code) {
                one.turned_away = true;
            }
        });
    }

    pub(crate) async fn let_back(&self, live: &Live, code: &str, participant: ParticipantId) -> Result<(), LiveError> {
        let found = self.waiting.borrow().iter().find(|one| one.code == code && !one.turned_away).cloned();
        let one = found.ok_or(LiveError::Refused(Refusal::NotFound))?;
        let ask = Ask {
            id: one.token.iter().take(16).map(|byte| format!("{byte:02x}")).collect(),
            by: Actor::Application,
            request: Request::Return { participant },
            token: Some(one.token),
        };
        live.ask(ask).await?;
        self.waiting.send_modify(|waiting| waiting.retain(|other| other.token != one.token));
        Ok(())
    }
}

impl Waiting {
    /// Returns whether the facilitator has not decided yet.
    #[must_use]
    pub const fn is_undecided(&self) -> bool {
        !self.turned_away
    }
}

/// Answers with the state once the phone was let back, with its return code while it waits.
pub(crate) async fn come_back(
    State(state): Shared,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let wanted: PhoneJoin = match read(&headers, body, state.body_within).await {
        Ok(wanted) => wanted,
        Err(refused) => return *refused,
    };
    let Some(id) = wanted.id.as_deref().filter(|id| is_name(id, 32)) else {
        let (status, unnamed) = unnamed();
        return failure(status, unnamed);
    };
    if let Some(phone) =
        known(&state, &headers).and_then(|participant| phone_state(&state.live.snapshot(), participant))
    {
        return axum::Json(phone).into_response();
    }
    if let Some((status, refused)) = refuse(&state, &wanted, peer, &headers) {
        return failure(status, refused);
    }
    let (token, token_hash) = state.door.token_for(id);
    match state.returns.wait(token_hash, wanted.name) {
        Ok(Standing::Waits(code)) => {
            with_token(axum::Json(serde_json::json!({ "waiting": code })).into_response(), &token)
        }
        Ok(Standing::TurnedAway) => {
            let sentence = "The facilitator has not let this phone back.";
            failure(StatusCode::FORBIDDEN, Failure::new("turned-away", sentence, "Join as somebody new instead."))
        }
        Ok(Standing::Full) | Err(_) => {
            let sentence = "Many phones wait to be let back.";
            failure(StatusCode::TOO_MANY_REQUESTS, Failure::new("many-wait", sentence, "Try again in a moment."))
        }
    }
}
