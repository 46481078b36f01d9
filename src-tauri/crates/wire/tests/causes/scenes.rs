//! The scenes of the gallery: why-chains and contributing factors, from none to very many.

use meeting::{
    Actor, ChainEnd, ChainId, Chance, Factor, FactorCategory, FactorId, Meeting, Picture, PostMortemId, Request,
    WhyChain, apply, decide, default_agenda,
};
use serde_json::{Map, Value};

use crate::outage::{EFFECT, chain, factors, outage};
use crate::{now, picture};

const LONG: &str = "The runbook describes the failover of the old cluster, which was replaced two years ago; since then \
    three teams have each kept a page of their own, none of which is linked from the alert, so whoever is on call has \
    to know which of them is right before the first command can be typed at night, and nobody has the time then.";
const WORD: &str = "Pneumonoultramicroscopicsilicovolcanoconiosis/supercalifragilisticexpialidocious.configuration";
const ARABIC: &str = "لم يكن للنسخ الاحتياطي مالك واضح، ولذلك لم يختبر أحد استعادة البيانات (pg_dump)";
const CHINESE: &str = "数据库的备份没有人负责，因此从来没有测试过恢复过程，也没有人知道需要多长时间。";

/// Returns the pictures by the name of their scene. All type sizes are kept where a scene looks at them.
pub(crate) fn scenes() -> Map<String, Value> {
    let mut scenes = Map::new();
    let mut add = |name: &str, picture: Value, sizes: &[&str]| {
        let mut picture = picture;
        if let Some(drawn) = picture["drawn"].as_object_mut() {
            drawn.retain(|size, _| size == "m" || sizes.contains(&size.as_str()));
        }
        scenes.insert(name.to_owned(), picture);
    };
    for (name, chain, sizes) in chains() {
        add(name, of_chain(&chain, None), sizes);
    }
    for page in 0..pages_of(&with_chain(&outage())) {
        add(&format!("chain-13-page-{}", page + 1), of_chain(&outage(), Some(page)), &["s", "l"]);
    }
    for count in [0_u32, 1, 5, 8, 20, 40] {
        let sizes: &[&str] = if count == 8 { &["s", "l"] } else { &[] };
        add(&format!("factors-{count}"), of_factors(EFFECT, factors(count), 0), sizes);
    }
    add("factors-8-page-2", of_factors(EFFECT, factors(8), 1), &["l"]);
    add("factors-20-page-3", of_factors(EFFECT, factors(20), 2), &[]);
    add("factors-40-page-2", of_factors(EFFECT, factors(40), 1), &[]);
    add("factors-long", of_factors(&LONG[..299], hostile_factors(), 0), &[]);
    add("factors-long-page-2", of_factors(&LONG[..299], hostile_factors(), 1), &[]);
    add("factors-long-page-5", of_factors(&LONG[..299], hostile_factors(), 4), &[]);
    scenes
}

fn chains() -> Vec<(&'static str, WhyChain, &'static [&'static str])> {
    let process = Some(ChainEnd::Process);
    let pool = "The connection pool was empty for 33 minutes";
    let five = [
        (1, 0, "Each retry opened a new connection", None),
        (2, 1, "Client 9.2 retries without a limit", None),
        (3, 2, "Its behaviour is not tested before a release", None),
        (4, 3, "The sandbox has no load", None),
        (5, 4, "Releases need no load test", process),
    ];
    let branches = [
        (1, 0, "Each retry opened a new connection", None),
        (2, 1, "Retries have no limit", None),
        (3, 2, "Releases need no load test", process),
        (4, 0, "Nobody saw it for nine minutes", None),
        (5, 4, "The alert named the latency", None),
    ];
    let long = [(1, 0, LONG, None), (2, 1, WORD, None), (3, 2, LONG, process)];
    let scripts =
        [(1, 0, CHINESE, None), (2, 1, ARABIC, Some(ChainEnd::Organisation)), (3, 0, "Откат не проверяли 🙈", None)];
    vec![
        ("chain-0", chain(pool, &[]), &[]),
        ("chain-1", chain(pool, &five[..1]), &[]),
        ("chain-3", chain(pool, &five[..3]), &["s", "l"]),
        ("chain-5", chain(pool, &five), &["l"]),
        ("chain-branches", chain(pool, &branches), &["l"]),
        ("chain-13", outage(), &["s", "l"]),
        ("chain-long", chain(LONG, &long), &["l"]),
        ("chain-scripts", chain("接続プールが空になった", &scripts), &[]),
    ]
}

fn hostile_factors() -> Vec<Factor> {
    let texts = [LONG, WORD, CHINESE, ARABIC, LONG, WORD];
    let of = |(number, text): (u32, &str)| Factor {
        id: FactorId(number),
        category: FactorCategory::BUILT_IN[number as usize % 4].clone(),
        text: text.to_owned(),
        chain: None,
        event: None,
    };
    (0..).zip(texts).map(of).collect()
}

pub(crate) fn with_chain(chain: &WhyChain) -> Meeting {
    let mut meeting = Meeting::unwritten();
    meeting.chains = vec![chain.clone()];
    meeting
}

pub(crate) fn with_factors(effect: &str, factors: Vec<Factor>) -> Meeting {
    let mut meeting = Meeting::unwritten();
    let id = PostMortemId("pm-1".into());
    let create = Request::Create { id, title: effect.into(), zone: chrono_tz::UTC, planned: default_agenda() };
    let decided = decide(&meeting, &create, Actor::Facilitator, Chance(3)).unwrap();
    for recorded in meeting.record(decided.events, Actor::Facilitator, now()) {
        apply(&mut meeting, &recorded);
    }
    meeting.factors = factors;
    meeting
}

fn pages_of(meeting: &Meeting) -> u32 {
    u32::try_from(meeting::paging::chain_pages(&meeting.chains[0]).len()).unwrap()
}

pub(crate) fn of_chain(chain: &WhyChain, page: Option<u32>) -> Value {
    picture(with_chain(chain), Picture::Chain { chain: ChainId(1), page })
}

pub(crate) fn of_factors(effect: &str, factors: Vec<Factor>, page: u32) -> Value {
    picture(with_factors(effect, factors), Picture::Factors { page })
}
