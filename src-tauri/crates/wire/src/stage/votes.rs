//! Votes on the stage: counts alone while one is open, rows once it is closed.

use meeting::{Meeting, Outcome, ProposalId, Round, RoundKind};

use super::{ResultRow, StagePicture, count};

pub(super) fn voting_picture(meeting: &Meeting, round: &Round) -> StagePicture {
    StagePicture::Voting {
        voted: meeting.voted(round.id),
        of: count(meeting.present().count()),
        closing: false,
        dots: round.budget.dots,
        per_option: round.budget.per_option,
        seats: round.seats,
        run_off: round.kind != RoundKind::Full,
        options: round
            .options
            .iter()
            .filter_map(|id| meeting.proposal(*id))
            .map(|option| option.text.clone())
            .collect(),
    }
}

/// Builds the rows of a closed vote, best first.
#[must_use]
pub(crate) fn result_rows(meeting: &Meeting, round: &Round) -> Vec<ResultRow> {
    let Some(result) = &round.result else { return Vec::new() };
    let (chosen, tied): (&[ProposalId], &[ProposalId]) = match &result.outcome {
        Outcome::Chosen { chosen, .. } => (chosen, &[]),
        Outcome::Tied { certain, contenders, .. } => (certain, contenders),
    };
    let mut rows: Vec<ResultRow> = result
        .tally
        .iter()
        .map(|tally| ResultRow {
            proposal: tally.proposal,
            text: meeting.proposal(tally.proposal).map(|proposal| proposal.text.clone()).unwrap_or_default(),
            dots: tally.dots,
            supporters: tally.supporters,
            chosen: chosen.contains(&tally.proposal),
            tied: tied.contains(&tally.proposal),
        })
        .collect();
    // The room's decision may put one above the line that has no more dots than one below it.
    rows.sort_by_key(|row| !row.chosen);
    rows
}

pub(super) fn result_picture(meeting: &Meeting, round: &Round) -> StagePicture {
    let rows = result_rows(meeting, round);
    let (people, tied, rule) =
        round.result.as_ref().map_or((0, false, String::new()), |result| match &result.outcome {
            Outcome::Chosen { rule, .. } => (result.ballots, false, rule.sentence().to_owned()),
            Outcome::Tied { .. } => (result.ballots, true, "A tie at the line.".to_owned()),
        });
    StagePicture::Result {
        dots: rows.iter().map(|row| row.dots).sum(),
        chosen: count(rows.iter().filter(|row| row.chosen).count()),
        run_off: round.kind != RoundKind::Full,
        people,
        tied,
        rule,
        rows,
    }
}
