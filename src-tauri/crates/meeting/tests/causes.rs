//! Why-chains: how answers are moved, split off and joined, and that undo brings everything back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod scenario;

use meeting::{
    ActionCategory, Addresses, ChainId, Edit, Factor, FactorCategory, FactorChange, Priority, Refusal, Request, StepId,
    WhyChain,
};
use proptest::prelude::*;
use scenario::Scenario;

fn chain(room: &mut Scenario, symptom: &str) -> ChainId {
    room.facilitator(Request::AddChain { symptom: symptom.into(), event: None, factor: None });
    room.meeting.chains.last().unwrap().id
}

fn answer(room: &mut Scenario, chain: ChainId, parent: Option<StepId>, answer: &str) -> StepId {
    room.facilitator(Request::AddStep { chain, parent, answer: answer.into(), ends_at: None });
    room.meeting.chains.iter().find(|other| other.id == chain).unwrap().steps.last().unwrap().id
}

/// A chain as lines: its symptom, and each answer with a dash for its depth.
fn drawn(chain: &WhyChain) -> Vec<String> {
    let steps = chain.walk().into_iter().map(|(depth, step)| format!("{}{}", "-".repeat(depth), step.answer));
    [chain.symptom.clone()].into_iter().chain(steps).collect()
}

fn all(room: &Scenario) -> Vec<Vec<String>> {
    room.meeting.chains.iter().map(drawn).collect()
}

/// S with a (b (c), d), and T with e.
fn two_chains() -> (Scenario, [ChainId; 2], [StepId; 5]) {
    let mut room = Scenario::running();
    let first = chain(&mut room, "S");
    let a = answer(&mut room, first, None, "a");
    let b = answer(&mut room, first, Some(a), "b");
    let c = answer(&mut room, first, Some(b), "c");
    let d = answer(&mut room, first, Some(a), "d");
    let second = chain(&mut room, "T");
    let e = answer(&mut room, second, None, "e");
    (room, [first, second], [a, b, c, d, e])
}

fn move_step(chain: ChainId, step: StepId, to: ChainId, parent: Option<StepId>, before: Option<StepId>) -> Request {
    Request::Edit { edit: Edit::MoveStep { chain, step, to, parent, before } }
}

#[test]
fn a_step_moves_with_everything_below_it() {
    let (mut room, [first, second], [a, b, _, d, e]) = two_chains();
    assert_eq!(all(&room), [vec!["S", "-a", "--b", "---c", "--d"], vec!["T", "-e"]]);
    room.facilitator(move_step(first, d, first, Some(a), Some(b)));
    assert_eq!(all(&room)[0], ["S", "-a", "--d", "--b", "---c"], "before its sibling");
    room.facilitator(move_step(first, b, second, Some(e), None));
    assert_eq!(all(&room), [vec!["S", "-a", "--d"], vec!["T", "-e", "--b", "---c"]]);
    room.facilitator(move_step(second, b, second, None, None));
    assert_eq!(all(&room)[1], ["T", "-e", "-b", "--c"], "a branch of its own below the symptom");
}

#[test]
fn a_step_never_hangs_below_itself_nor_beside_what_is_no_sibling() {
    let (mut room, [first, second], [a, b, c, _, e]) = two_chains();
    let before = all(&room);
    for parent in [b, c] {
        assert_eq!(room.refused(move_step(first, b, first, Some(parent), None)), Refusal::BelowItself);
    }
    for (to, parent, before) in [(first, Some(e), None), (second, Some(e), Some(a)), (ChainId(99), None, None)] {
        assert_eq!(room.refused(move_step(first, b, to, parent, before)), Refusal::NotFound);
    }
    assert_eq!(all(&room), before);
}

#[test]
fn a_branch_becomes_a_chain_of_its_own_and_what_it_answered_its_symptom() {
    let (mut room, [first, _], [a, b, ..]) = two_chains();
    room.facilitator(Request::SplitChain { chain: first, step: b });
    assert_eq!(all(&room), [vec!["S", "-a", "--d"], vec!["a", "-b", "--c"], vec!["T", "-e"]]);
    assert_eq!(room.refused(Request::SplitChain { chain: first, step: a }), Refusal::NothingToSplit);
}

fn own(name: &str) -> FactorCategory {
    FactorCategory::Own(name.to_owned())
}

fn factor(category: FactorCategory) -> Request {
    Request::AddFactor { category, text: "A condition".into(), chain: None, event: None }
}

#[test]
fn a_factor_may_have_a_category_of_the_rooms_own() {
    let mut room = Scenario::running();
    for name in [" Tides\nand wind ", "tides AND wind", "technical", "Staffing"] {
        room.facilitator(factor(own(name)));
    }
    let words =
        |factors: &[Factor]| -> Vec<String> { factors.iter().map(|it| it.category.word().to_owned()).collect() };
    assert_eq!(words(&room.meeting.factors), ["Tides and wind", "Tides and wind", "Technical", "Staffing"]);
    let (last, change) = (room.meeting.factors[3].id, FactorChange::Category(own("Weather")));
    room.facilitator(Request::Edit { edit: Edit::Factor { factor: last, change } });
    let offered = FactorCategory::of(&room.meeting.factors);
    assert_eq!(offered, [FactorCategory::Technical, own("Tides and wind"), own("Weather")], "each once, in order");

    room.facilitator(factor(own("Suppliers")));
    let rename = |from: &str, to: &str| Request::Edit { edit: Edit::RenameCategory { from: own(from), to: own(to) } };
    room.facilitator(rename("Tides and wind", "tides"));
    room.facilitator(rename("tides", "Tides"));
    let (last, change) = (room.meeting.factors[4].id, FactorChange::Category(own("SUPPLIERS")));
    room.facilitator(Request::Edit { edit: Edit::Factor { factor: last, change } });
    let renamed = ["Tides", "Tides", "Technical", "Weather", "SUPPLIERS"];
    assert_eq!(words(&room.meeting.factors), renamed, "with all factors, where there are as many as there may be too");
    room.facilitator(rename("SUPPLIERS", "process"));
    assert_eq!(room.meeting.factors[4].category, FactorCategory::Process);
    room.facilitator(Request::Undo {});
    assert_eq!(room.refused(rename("Luck", "Chance")), Refusal::NotFound);
    assert_eq!(room.refused(factor(own("Luck"))), Refusal::TooManyCategories { limit: 3 });
    room.facilitator(factor(own("weather")));
    assert_eq!(room.refused(factor(own(" "))), Refusal::Empty);
    let long = room.refused(factor(own("Monitoring, alerts, pages")));
    assert_eq!(long, Refusal::TooLong { limit: 24, length: 25 });
}

#[test]
fn a_category_is_kept_as_its_name() {
    let written = |category: &FactorCategory| serde_json::to_string(category).unwrap();
    assert_eq!(written(&FactorCategory::Technical), r#""technical""#, "as in every log before");
    for category in FactorCategory::BUILT_IN.into_iter().chain([own("Tides")]) {
        assert_eq!(serde_json::from_str::<FactorCategory>(&written(&category)).unwrap(), category);
    }
    assert_eq!(written(&own("Tides")), r#""Tides""#);
    let read = |text: &str| serde_json::from_str::<FactorCategory>(&serde_json::to_string(text).unwrap()).unwrap();
    assert_eq!(read("Technical"), FactorCategory::Technical, "the word is the category");
    assert_eq!(read(" Wind\n and\u{202e} tides\0"), own("Wind and tides"));
}

#[test]
fn a_chain_is_hung_below_an_answer_of_another_and_its_factors_follow() {
    let (mut room, [first, second], [_, _, c, ..]) = two_chains();
    let factor = Request::AddFactor {
        category: FactorCategory::Process,
        text: "No review".into(),
        chain: Some(second),
        event: None,
    };
    room.facilitator(factor);
    room.facilitator(Request::JoinChains { into: first, under: Some(c), from: second });
    assert_eq!(all(&room), [vec!["S", "-a", "--b", "---c", "----T", "-----e", "--d"]]);
    assert_eq!(room.meeting.factors[0].chain, Some(first));
    assert_eq!(room.refused(Request::JoinChains { into: first, under: None, from: first }), Refusal::BelowItself);
}

#[test]
fn what_an_action_addresses_is_still_the_same_answer_after_it_has_moved() {
    let (mut room, [first, second], [_, b, c, ..]) = two_chains();
    room.facilitator(Request::AddProposal {
        text: "Add a check".into(),
        category: ActionCategory::Prevention,
        priority: Priority::Must,
        addresses: Some(Addresses::Why { chain: first, step: c }),
    });
    room.facilitator(move_step(first, b, second, None, None));
    assert_eq!(room.meeting.proposals[0].addresses, Some(Addresses::Why { chain: second, step: c }));
}

#[test]
fn chains_stand_in_the_order_they_are_given() {
    let (mut room, [first, second], _) = two_chains();
    let place = |chain, before| Request::Edit { edit: Edit::PlaceChain { chain, before } };
    room.facilitator(place(second, Some(first)));
    assert_eq!(room.meeting.chains.iter().map(|chain| chain.id).collect::<Vec<_>>(), [second, first]);
    room.facilitator(place(second, None));
    assert_eq!(room.meeting.chains.iter().map(|chain| chain.id).collect::<Vec<_>>(), [first, second]);
}

/// Every answer once, and every parent in its own chain.
fn is_sound(room: &Scenario, answers: usize) -> bool {
    let chains = &room.meeting.chains;
    let walked: usize = chains.iter().map(|chain| chain.walk().len()).sum();
    let stored: usize = chains.iter().map(|chain| chain.steps.len()).sum();
    walked == stored && stored == answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is moved, split and joined: no answer is lost or doubled, and undo brings the beginning back.
    #[test]
    fn no_answer_is_lost_whatever_is_moved(acts in prop::collection::vec((0_u8..4, 0_usize..8, 0_usize..8, 0_usize..3), 1..20)) {
        let (mut room, _, _) = two_chains();
        let beginning = all(&room);
        let (mut granted, mut answers) = (0, 5);
        for (act, one, other, to) in acts {
            let steps: Vec<_> = room
                .meeting
                .chains
                .iter()
                .flat_map(|chain| chain.steps.iter().map(|step| (chain.id, step.id)))
                .collect();
            let chains: Vec<_> = room.meeting.chains.iter().map(|chain| chain.id).collect();
            let (chain, step) = steps[one % steps.len()];
            let (other_chain, other_step) = steps[other % steps.len()];
            let request = match act {
                0 => move_step(chain, step, other_chain, Some(other_step), None),
                1 => move_step(chain, step, chains[to % chains.len()], None, None),
                2 => Request::SplitChain { chain, step },
                _ => Request::JoinChains { into: other_chain, under: Some(other_step), from: chains[to % chains.len()] },
            };
            if room.ask(meeting::Actor::Facilitator, &request).is_ok() {
                granted += 1;
                // A symptom that is joined becomes an answer.
                answers += usize::from(act > 2);
            }
            prop_assert!(is_sound(&room, answers), "{:?}", all(&room));
        }
        for _ in 0..granted {
            room.facilitator(Request::Undo {});
        }
        prop_assert_eq!(all(&room), beginning);
    }
}
