//! Reads drawings back: whether they are sound, and what they say.

use drawing::{Anchor, BoxRole, Drawing, DrawnBox, Page, Weight, advance};
use meeting::{ChainEnd, ChainId, Factor, FactorCategory, FactorId, StepId, WhyChain, WhyStep};

/// A page with a type size.
pub(crate) type Sized = (Page, f32);
/// The projected stage with its smallest type.
pub(crate) const STAGE: Sized = (Page { width: 177.8, height: 100.0 }, 4.5);
/// A page of the record.
pub(crate) const PAPER: Sized = (Page { width: 480.0, height: 640.0 }, 9.0);

/// The stage at its three sizes, paper, and a page that is too small.
pub(crate) fn pages() -> Vec<Sized> {
    vec![STAGE, (STAGE.0, 6.0), (STAGE.0, 8.0), PAPER, (Page { width: 30.0, height: 20.0 }, 10.0)]
}

pub(crate) fn step(id: u32, parent: Option<u32>, answer: &str, ends_at: Option<ChainEnd>) -> WhyStep {
    let answer = answer.to_owned();
    WhyStep { id: StepId(id), parent: parent.map(StepId), answer, evidence: String::new(), ends_at }
}

/// Builds a chain of steps by the place of their parent: 0 is the symptom, 1 the first step.
pub(crate) fn chain_of(symptom: &str, steps: Vec<(usize, String, Option<ChainEnd>)>) -> WhyChain {
    let number = |at: usize| u32::try_from(at).expect("a small number");
    let steps = steps
        .into_iter()
        .enumerate()
        .map(|(at, (parent, answer, end))| step(number(at + 1), (parent > 0).then(|| number(parent)), &answer, end));
    WhyChain { id: ChainId(1), symptom: symptom.to_owned(), steps: steps.collect(), event: None }
}

/// Names of categories of a room's own, as many and as long as there may be.
const OWN: [&str; FactorCategory::MOST_OWN] = ["Tide", "Monitoring and alertings", "WWWWWWWWWWWWWWWWWWWWWWWW"];
pub(crate) const CATEGORIES: usize = FactorCategory::BUILT_IN.len() + OWN.len();

pub(crate) fn factor(id: u32, category: usize, text: &str) -> Factor {
    let own = || FactorCategory::Own(OWN[category - FactorCategory::BUILT_IN.len()].to_owned());
    let category = FactorCategory::BUILT_IN.get(category).cloned().unwrap_or_else(own);
    Factor { id: FactorId(id), category, text: text.to_owned(), chain: None, event: None }
}

pub(crate) fn factors_of(texts: Vec<(usize, String)>) -> Vec<Factor> {
    (1..).zip(texts).map(|(id, (category, text))| factor(id, category, &text)).collect()
}

/// Returns all that stands in a box, without spaces.
pub(crate) fn key(drawing: &Drawing, id: u32) -> String {
    drawing.texts.iter().filter(|text| text.in_box == id).map(|text| letters(&text.words)).collect()
}

/// Returns what is to be seen of a text: no space, and an ellipsis where nothing was written.
fn letters(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if seen.is_empty() { "…".to_owned() } else { seen }
}

/// Checks all that holds for every drawing.
pub(crate) fn layout_is_sound(drawings: &[Drawing], (page, size): Sized) {
    let (width, height) = (page.width.max(20.0 * size), page.height.max(14.0 * size));
    is_sound_on(drawings, Page { width, height }, size);
}

/// Checks the same for a page that is taken as it is.
pub(crate) fn is_sound_on(drawings: &[Drawing], Page { width, height }: Page, size: f32) {
    let slack = size * 0.01;
    for (part, drawing) in (1..).zip(drawings) {
        assert_eq!((drawing.part, drawing.parts as usize), (part, drawings.len()));
        assert!((drawing.width - width).abs() < slack && drawing.height <= height + slack, "{drawing:?}");
        assert!(!drawing.alt.is_empty() && !drawing.alt.contains('\n'));
        for (number, area) in drawing.boxes.iter().enumerate() {
            assert_eq!(area.id as usize, number);
            assert!(area.x >= -slack && area.x + area.width <= width + slack, "off the page: {area:?}");
            assert!(area.y >= -slack && area.y + area.height <= drawing.height + slack, "off the page: {area:?}");
            for other in &drawing.boxes[..number] {
                assert!(!overlap(area, other, slack), "{area:?} lies on {other:?} in {drawing:#?}");
            }
        }
        for (x, y) in drawing.lines.iter().flat_map(|line| &line.points) {
            assert!((-slack..=width + slack).contains(x) && (-slack..=drawing.height + slack).contains(y), "{x} {y}");
        }
        assert!(drawing.texts.is_sorted_by_key(|text| text.in_box), "texts follow their boxes");
        texts_are_in_their_boxes(drawing, size);
    }
}

fn overlap(one: &DrawnBox, other: &DrawnBox, slack: f32) -> bool {
    one.x + one.width > other.x + slack
        && other.x + other.width > one.x + slack
        && one.y + one.height > other.y + slack
        && other.y + other.height > one.y + slack
}

fn texts_are_in_their_boxes(drawing: &Drawing, size: f32) {
    let mut above: Option<(u32, f32, f32)> = None;
    for text in &drawing.texts {
        assert_eq!(text.size, size, "type never shrinks");
        assert!(!text.words.is_empty());
        let area = &drawing.boxes[text.in_box as usize];
        let width = advance(&text.words, text.weight) * size;
        let left = match text.anchor {
            Anchor::Left => text.x,
            Anchor::Middle => text.x - width / 2.0,
            Anchor::Right => text.x - width,
        };
        // A single letter may be wider than the smallest box, and marks without end may stand on it.
        assert!(left >= area.x - 0.01 * size, "{text:?} leaves {area:?}");
        assert!(left + width <= area.x + area.width + 0.01 * size, "{text:?} leaves {area:?}");
        let (top, bottom) = (text.y - 0.95 * size, text.y + 0.28 * size);
        assert!(top >= area.y - 0.01 && bottom <= area.y + area.height + 0.01, "{text:?} leaves {area:?}");
        if let Some((in_box, y, right)) = above.filter(|(in_box, ..)| *in_box == text.in_box) {
            let is_beside = (text.y - y).abs() < 0.01 && left > right;
            assert!(text.y > y + size || is_beside, "words of box {in_box} run into each other: {text:?}");
        }
        above = Some((text.in_box, text.y, left + width));
    }
}

/// The typed texts of some boxes, in reading order; joints are left out.
pub(crate) struct Drawn {
    boxes: Vec<String>,
}

impl Drawn {
    pub(crate) fn of(drawings: &[Drawing], weight: Weight, roles: &[BoxRole]) -> Self {
        let mut boxes = Vec::new();
        for drawing in drawings {
            for area in drawing.boxes.iter().filter(|area| roles.contains(&area.role)) {
                let own = drawing.texts.iter().filter(|text| text.in_box == area.id && text.weight == weight);
                let typed = |words: &&str| *words != "continued" && !words.starts_with("more in part");
                boxes.push(own.map(|text| text.words.as_str()).filter(typed).map(letters).collect());
            }
        }
        Self { boxes }
    }

    /// Checks that the boxes hold one text, however many they are.
    pub(crate) fn is_whole(&self, text: &str) {
        assert_eq!(self.boxes.concat(), letters(text));
    }

    /// Checks that nothing is missing, nothing was added, and every text starts in a box of its own.
    pub(crate) fn shows_once<'a>(&self, texts: impl Iterator<Item = &'a str>) {
        let texts: Vec<String> = texts.map(letters).collect();
        let sorted = |texts: &[String]| {
            let mut all: Vec<char> = texts.concat().chars().collect();
            all.sort_unstable();
            all
        };
        assert_eq!(sorted(&self.boxes), sorted(&texts));
        for text in texts.iter().filter(|text| text.starts_with('§')) {
            let starts = self.boxes.iter().filter(|words| words.starts_with(&mark(text)));
            assert_eq!(starts.count(), 1, "{text} starts once");
        }
    }

    /// Returns which box a marked text starts in.
    pub(crate) fn place(&self, text: &str) -> Option<usize> {
        let mark = text.starts_with('§').then(|| mark(text))?;
        self.boxes.iter().position(|words| words.starts_with(&mark))
    }
}

/// Marks a text, so that it is found again; nothing stays nothing.
pub(crate) fn marked(number: usize, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("§{number}§{text}") }
}

fn mark(text: &str) -> String {
    format!("§{}§", text.split('§').nth(1).unwrap_or_default())
}
