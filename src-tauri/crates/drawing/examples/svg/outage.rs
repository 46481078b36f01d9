//! A real incident, in our own words and shortened: *Postmortem of database outage of January 31*, GitLab,
//! 10 February 2017, <https://about.gitlab.com/blog/2017/02/10/postmortem-of-database-outage-of-january-31/>.
//!
//! The gallery of the stage shows the same chain.

use meeting::{ChainEnd, ChainId, Factor, FactorCategory, FactorId, StepId, WhyChain, WhyStep};

/// What the contributing factors led to.
pub(crate) const EFFECT: &str = "Restoring the service took 18 hours, and six hours of data were lost";

/// Builds a chain of steps: their number, that of the answer they ask about, the answer and what it ends at.
pub(crate) fn chain(symptom: &str, steps: &[(u32, u32, &str, Option<ChainEnd>)]) -> WhyChain {
    let step = |(id, parent, answer, ends_at): &(u32, u32, &str, Option<ChainEnd>)| WhyStep {
        id: StepId(*id),
        parent: (*parent > 0).then_some(StepId(*parent)),
        answer: (*answer).to_owned(),
        evidence: String::new(),
        ends_at: *ends_at,
    };
    WhyChain { id: ChainId(1), symptom: symptom.to_owned(), steps: steps.iter().map(step).collect(), event: None }
}

/// Thirteen answers in two branches: why the service went down, and why it took so long to restore.
pub(crate) fn outage() -> WhyChain {
    chain(
        "GitLab.com was down for 18 hours",
        &[
            (1, 0, "The database directory of the primary was removed instead of that of the secondary", None),
            (2, 1, "Replication had stopped; rebuilding the secondary was manual and not documented well", None),
            (3, 2, "The primary dropped log segments before the secondary had copied them, as load rose", None),
            (4, 3, "More spam came in while a job was deleting an employee's account with all its data", None),
            (5, 4, "Handling of abuse reports makes it easy to overlook who was reported", Some(ChainEnd::Process)),
            (6, 0, "The data had to come from a copy of staging, on slow machines in another region", None),
            (7, 6, "No other copy of the database could be used", None),
            (8, 7, "The secondary had been wiped to set up replication again", Some(ChainEnd::Technical)),
            (9, 7, "The backups failed silently: the tool was a version older than the database", None),
            (10, 9, "Failures were reported by email alone, and the emails were rejected", None),
            (
                11,
                10,
                "The automatic emails were not signed, as the receiving server demands",
                Some(ChainEnd::Technical),
            ),
            (12, 7, "Disk snapshots were off: the other backups were taken to be enough", None),
            (13, 12, "Nobody owned the backups, so restoring was never tested", Some(ChainEnd::Organisation)),
        ],
    )
}

/// Contributing factors of the same incident; the twelve of them come round again.
pub(crate) fn factors(count: u32) -> Vec<Factor> {
    let texts = [
        (FactorCategory::Technical, "Backups used a tool one version older than the database"),
        (FactorCategory::Process, "Restoring was never rehearsed"),
        (FactorCategory::Communication, "Failure emails were rejected unseen"),
        (FactorCategory::Organisation, "Nobody owned the backups"),
        (FactorCategory::Technical, "All shells look alike, whichever host they are on"),
        (FactorCategory::External, "A wave of spam raised the load"),
        (
            FactorCategory::Process,
            "Rebuilding a secondary is manual, and the runbook leaves out that it waits in silence",
        ),
        (FactorCategory::Technical, "No archive of the write-ahead log"),
        (FactorCategory::Communication, "Abuse reports show little of who was reported"),
        (FactorCategory::External, "Snapshots take days to restore between storage accounts"),
        (FactorCategory::Organisation, "Staging runs on the cheapest disks"),
        (FactorCategory::Technical, "One primary carries all of the load"),
    ];
    let factor = |number: u32| {
        let (category, text) = &texts[number as usize % texts.len()];
        Factor { id: FactorId(number), category: category.clone(), text: (*text).to_owned(), chain: None, event: None }
    };
    (0..count).map(factor).collect()
}
