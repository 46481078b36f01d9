//! Writes drawings as SVG files, so that they can be looked at: `cargo run -p drawing --example svg -- <folder>`.
//!
//! The incident is a real one; `outage` says which.

mod outage;

use std::fmt::Write as _;
use std::path::Path;

use drawing::{
    Anchor, BoxRole, Drawing, DrawnBox, LineRole, Page, Type, Weight, fishbone, mermaid_fishbone, mermaid_why, why_tree,
};
use meeting::{ChainEnd, Factor, WhyChain};
use outage::{EFFECT, chain, factors, outage};

const STAGE: (&str, Page, f32) = ("stage", Page { width: 177.8, height: 100.0 }, 4.5);
const PAPER: (&str, Page, f32) = ("pdf", Page { width: 480.0, height: 640.0 }, 9.0);

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("Say where to: cargo run -p drawing --example svg -- <folder>");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for (surface, page, size) in [STAGE, PAPER] {
        let type_ = Type::of_size(size);
        for (name, drawings) in drawings(page, &type_) {
            for drawing in drawings {
                let path = folder.join(format!("{surface}-{name}-{}.svg", drawing.part));
                std::fs::write(path, svg(&drawing, page))?;
            }
        }
    }
    std::fs::write(folder.join("why.mmd"), mermaid_why(&outage()))?;
    std::fs::write(folder.join("fishbone.mmd"), mermaid_fishbone(&outage().symptom, &factors(40)))
}

fn drawings(page: Page, type_: &Type) -> Vec<(&'static str, Vec<Drawing>)> {
    vec![
        ("why", why_tree(&outage(), page, type_)),
        ("why-short", why_tree(&short_chain(), page, type_)),
        ("why-long-texts", why_tree(&long_chain(), page, type_)),
        ("fishbone-1", fishbone(EFFECT, &factors(1), page, type_)),
        ("fishbone-7", fishbone(EFFECT, &factors(7), page, type_)),
        ("fishbone-12", fishbone(EFFECT, &factors(12), page, type_)),
        ("fishbone-40", fishbone(EFFECT, &factors(40), page, type_)),
        ("fishbone-long-texts", fishbone(EFFECT, &long_factors(), page, type_)),
    ]
}

fn short_chain() -> WhyChain {
    chain(
        "Checkout answered with errors for 40 minutes",
        &[
            (1, 0, "Every connection to the database was taken", None),
            (2, 1, "A new report held each of them for minutes", None),
            (3, 2, "Reports run on the same pool as checkout", Some(ChainEnd::Technical)),
        ],
    )
}

fn long_chain() -> WhyChain {
    let long = "The runbook describes the failover of the old cluster, which was replaced two years ago; since then three \
        teams have each kept a page of their own, none of which is linked from the alert, so whoever is on call has to \
        know which of them is right before the first command can be typed at night.";
    chain(
        long,
        &[
            (1, 0, long, None),
            (
                2,
                1,
                "Pneumonoultramicroscopicsilicovolcanoconiosis/supercalifragilisticexpialidocious.configuration",
                None,
            ),
            (3, 1, "لم يكن للنسخ الاحتياطي مالك واضح، ولذلك لم يختبر أحد استعادة البيانات (pg_dump)", None),
            (4, 1, "数据库的备份没有人负责,因此从来没有测试过恢复过程。", Some(ChainEnd::Organisation)),
            (5, 2, long, Some(ChainEnd::Process)),
        ],
    )
}

fn long_factors() -> Vec<Factor> {
    let long = "The runbook describes the failover of the old cluster, which was replaced two years ago; since then three \
        teams have each kept a page of their own, none of which is linked from the alert, so whoever is on call has to \
        know which of them is right before the first command can be typed in the middle of the night.";
    let mut factors = factors(6);
    for factor in &mut factors {
        long.clone_into(&mut factor.text);
    }
    factors
}

/// Paints a drawing on its page, as the stage would.
fn svg(drawing: &Drawing, page: Page) -> String {
    let margin = page.height.min(page.width) * 0.03;
    let (width, height) = (drawing.width + 2.0 * margin, page.height.max(drawing.height) + 2.0 * margin);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {width} {height}\" role=\"img\" \
         font-family=\"'Atkinson Hyperlegible Next', 'Noto Sans', 'Noto Sans CJK JP', 'Noto Sans Arabic', sans-serif\">\n\
         <title>{}</title>\n<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"#fbfaf6\"/>\n",
        -margin,
        -margin,
        escape(&drawing.alt),
        -margin,
        -margin,
    );
    let em = drawing.texts.first().map_or(1.0, |text| text.size);
    for line in &drawing.lines {
        let points: Vec<String> = line.points.iter().map(|(x, y)| format!("{x:.2},{y:.2}")).collect();
        let (colour, thick) = match line.role {
            LineRole::Spine => ("#17202a", 0.22),
            LineRole::Bone => ("#6b4a9e", 0.14),
            LineRole::Edge => ("#7c8591", 0.12),
            LineRole::Tick => ("#7c8591", 0.08),
        };
        let points = points.join(" ");
        push(
            &mut out,
            format_args!(
                "<polyline points=\"{points}\" fill=\"none\" \
             stroke=\"{colour}\" stroke-width=\"{:.2}\" stroke-linejoin=\"round\"/>",
                thick * em
            ),
        );
    }
    for area in &drawing.boxes {
        frame(&mut out, area, em);
    }
    for text in &drawing.texts {
        let anchor = match (text.anchor, text.rtl) {
            (Anchor::Middle, _) => "middle",
            (Anchor::Left, false) | (Anchor::Right, true) => "start",
            (Anchor::Left, true) | (Anchor::Right, false) => "end",
        };
        let direction = if text.rtl { " direction=\"rtl\"" } else { "" };
        let weight = if text.weight == Weight::SemiBold { 600 } else { 400 };
        let on_dark = matches!(drawing.boxes[text.in_box as usize].role, BoxRole::Symptom | BoxRole::Effect);
        let colour = if on_dark { "#ffffff" } else { "#17202a" };
        let (x, y, size) = (text.x, text.y, text.size);
        push(
            &mut out,
            format_args!(
                "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\" \
             font-weight=\"{weight}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{direction}>{}</text>",
                escape(&text.words)
            ),
        );
    }
    out.push_str("</svg>\n");
    out
}

fn frame(out: &mut String, area: &DrawnBox, em: f32) {
    let (fill, stroke, thick, dash) = match area.role {
        BoxRole::Symptom | BoxRole::Effect => ("#17202a", "#17202a", 0.1, ""),
        BoxRole::Answer => ("#ffffff", "#7c8591", 0.08, ""),
        BoxRole::End => ("#ede8f5", "#6b4a9e", 0.16, ""),
        BoxRole::Joint => ("#fbfaf6", "#7c8591", 0.1, "0.4 0.3"),
        BoxRole::Category => ("#ede8f5", "#6b4a9e", 0.1, ""),
        BoxRole::Entry => return,
    };
    let thick = if area.fifth { 0.24 } else { thick };
    let dash: Vec<String> = dash
        .split_whitespace()
        .filter_map(|part| part.parse::<f32>().ok())
        .map(|part| (part * em).to_string())
        .collect();
    let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
    let DrawnBox { x, y, width, height, .. } = area;
    push(
        out,
        format_args!(
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" \
             rx=\"{:.2}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{:.2}\"{dash}/>",
            em * 0.3,
            em * thick
        ),
    );
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{text}");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
