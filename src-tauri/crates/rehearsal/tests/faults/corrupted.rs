//! The checker itself: a sound history passes, and every way to spoil one is found.

use std::collections::BTreeMap;

use meeting::{Ballot, Budget, ParticipantId, ProposalId, Round, RoundId, RoundKind};

use super::checker::{Violation, check_notes, check_round};
use super::journal::{Entry, Journal, Outcome, Wanted};

use Outcome::{Acknowledged, Refused, Unknown};

const ROUND: RoundId = RoundId(7);

fn ballot(revision: u32, dots: &[(u32, u8)]) -> Ballot {
    Ballot { revision, dots: dots.iter().map(|(option, dots)| (ProposalId(*option), *dots)).collect() }
}

fn journal(phone: &str, asked: &[(Wanted, Outcome)]) -> Journal {
    let entry = |(wanted, outcome): &(Wanted, Outcome)| Entry {
        id: String::new(),
        wanted: wanted.clone(),
        outcome: *outcome,
        attempts: 1,
    };
    Journal { phone: phone.to_owned(), entries: asked.iter().map(entry).collect() }
}

fn votes(phone: &str, asked: &[(Ballot, Outcome)]) -> Journal {
    let asked: Vec<_> = asked
        .iter()
        .map(|(ballot, outcome)| (Wanted::Ballot { round: ROUND, ballot: ballot.clone() }, *outcome))
        .collect();
    journal(phone, &asked)
}

/// Closes a round in which these ballots are what the room holds; the counting is that of the product.
fn closed(held: &[Ballot]) -> Round {
    let options = (1..=6).map(ProposalId).collect();
    let budget = Budget { dots: 3, per_option: 2 };
    let mut round = Round { id: ROUND, kind: RoundKind::Full, options, budget, seats: 3, result: None };
    let ballots: BTreeMap<_, _> = (1..).map(ParticipantId).zip(held.iter().cloned()).collect();
    let voters = ballots.keys().map(|voter| (*voter, true)).collect();
    round.result = Some(round.count(&ballots, &voters));
    round
}

/// Ada changed her ballot, Ben's second answer was lost, Cem abstained, Dana was refused, Eva never got an answer.
fn history() -> Vec<Journal> {
    vec![
        votes("Ada", &[(ballot(1, &[(1, 2)]), Acknowledged), (ballot(2, &[(2, 2), (3, 1)]), Acknowledged)]),
        votes("Ben", &[(ballot(1, &[(1, 1)]), Acknowledged), (ballot(2, &[(4, 2)]), Unknown)]),
        votes("Cem", &[(ballot(1, &[]), Acknowledged)]),
        votes("Dana", &[(ballot(1, &[(1, 1)]), Acknowledged), (ballot(2, &[(6, 2), (5, 2)]), Refused)]),
        votes("Eva", &[(ballot(1, &[(5, 1)]), Unknown)]),
    ]
}

fn sound() -> Vec<Ballot> {
    vec![ballot(2, &[(2, 2), (3, 1)]), ballot(1, &[(1, 1)]), ballot(1, &[]), ballot(1, &[(1, 1)])]
}

#[test]
fn every_reading_of_an_answer_that_never_came_is_sound() {
    let mut with_eva = sound();
    with_eva.push(ballot(1, &[(5, 1)]));
    let mut with_bens_second = sound();
    with_bens_second[1] = ballot(2, &[(4, 2)]);
    for held in [sound(), with_eva, with_bens_second] {
        assert_eq!(check_round(&closed(&held), &history()), [], "{held:?}");
    }
}

#[test]
fn a_lost_ballot_is_found() {
    for place in 0..4 {
        let mut held = sound();
        held.remove(place);
        let found = check_round(&closed(&held), &history());
        assert_eq!(found, [Violation::BallotsLost { counted: 3, at_least: 4 }], "without ballot {place}");
    }
}

#[test]
fn a_lost_ballot_is_found_even_where_a_doubtful_one_takes_its_place() {
    let mut held = sound();
    held[2] = ballot(1, &[(5, 1)]);
    assert_eq!(check_round(&closed(&held), &history()), [Violation::NoReadingFits { round: ROUND }]);
}

#[test]
fn a_doubled_ballot_is_found() {
    let mut held = sound();
    held.extend([ballot(1, &[(5, 1)]), ballot(2, &[(2, 2), (3, 1)])]);
    let found = check_round(&closed(&held), &history());
    assert_eq!(found, [Violation::BallotsDoubledOrInvented { counted: 6, at_most: 5 }]);
    let mut instead_of_evas = sound();
    instead_of_evas.push(ballot(1, &[(1, 1)]));
    assert_eq!(check_round(&closed(&instead_of_evas), &history()), [Violation::NoReadingFits { round: ROUND }]);
}

#[test]
fn an_overspent_ballot_is_found_in_the_tally_and_in_a_journal() {
    let mut held = sound();
    held[0] = ballot(2, &[(2, 9), (3, 9)]);
    assert!(check_round(&closed(&held), &history()).contains(&Violation::OverTheLimit { round: ROUND }));
    let too_much = ballot(3, &[(1, 2), (2, 2)]);
    let mut journals = history();
    journals[0] = votes("Ada", &[(too_much.clone(), Acknowledged)]);
    let mut held = sound();
    held[0] = too_much.clone();
    let found = check_round(&closed(&held), &journals);
    assert_eq!(found, [Violation::Overspent { phone: "Ada".into(), ballot: too_much }]);
}

#[test]
fn an_invented_an_older_and_a_refused_ballot_are_found() {
    for (place, wrong) in [
        (1, ballot(1, &[(6, 1)])),
        (0, ballot(1, &[(1, 2)])),
        (3, ballot(2, &[(6, 2), (5, 1)])),
        (2, ballot(1, &[(2, 1)])),
    ] {
        let mut held = sound();
        held[place] = wrong;
        assert_eq!(check_round(&closed(&held), &history()), [Violation::NoReadingFits { round: ROUND }], "at {place}");
    }
}

fn notes() -> Vec<Journal> {
    let note = |draft: &str, text: &str| Wanted::Note { draft: draft.into(), text: text.into() };
    let withdrawn = |draft: &str| Wanted::Withdrawal { draft: draft.into() };
    vec![
        journal("Ada", &[(note("a", "a1"), Acknowledged), (note("a", "a2"), Acknowledged), (note("b", "b1"), Unknown)]),
        journal("Ben", &[(note("a", "c1"), Acknowledged), (withdrawn("a"), Acknowledged), (note("d", "d1"), Refused)]),
    ]
}

#[test]
fn every_note_is_revealed_once_in_its_newest_wording_and_nothing_else_is() {
    let revealed = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let (ada, ben) = (|| "Ada".to_owned(), || "Ben".to_owned());
    for (texts, found) in [
        (&["a2"][..], vec![]),
        (&["b1", "a2"], vec![]),
        (&[], vec![Violation::NoteLost { phone: ada(), draft: "a".into() }]),
        (&["a1"], vec![Violation::NoteOutdated { phone: ada(), draft: "a".into(), text: "a1".into() }]),
        (&["a2", "a2"], vec![Violation::NoteDoubled { phone: ada(), draft: "a".into() }]),
        (&["a1", "a2"], vec![Violation::NoteDoubled { phone: ada(), draft: "a".into() }]),
        (&["a2", "c1"], vec![Violation::NoteOutdated { phone: ben(), draft: "a".into(), text: "c1".into() }]),
        (&["a2", "d1"], vec![Violation::NoteOutdated { phone: ben(), draft: "d".into(), text: "d1".into() }]),
        (&["a2", "x"], vec![Violation::NoteInvented { text: "x".into() }]),
    ] {
        assert_eq!(check_notes(&revealed(texts), &notes()), found, "{texts:?}");
    }
}
