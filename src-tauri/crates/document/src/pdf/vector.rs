//! Lines and frames as operators of the page.

use super::content::Content;
use super::look::{Ink, PAGE_HEIGHT};
use super::pages::Stroke;

/// How far the handles of a curve lie from its ends, so that a quarter of a circle comes out.
const QUARTER: f32 = 0.552;

/// Draws a line through points that are measured from `top` down.
pub(super) fn path(content: &mut Content, points: &[(f32, f32)], top: f32, stroke: Stroke) {
    content.pen(stroke.ink, stroke.thick, stroke.dashed);
    for (number, (x, y)) in points.iter().enumerate() {
        content.operator(&[*x, PAGE_HEIGHT - top - y], if number == 0 { "m" } else { "l" });
    }
    content.operator(&[], "S");
}

/// Draws a rectangle with round corners: left, top, width and height.
pub(super) fn frame(content: &mut Content, [x, y, w, h]: [f32; 4], round: f32, fill: Ink, stroke: Stroke) {
    let r = round.min(w / 2.0).min(h / 2.0);
    let c = r * (1.0 - QUARTER);
    let (top, right, bottom) = (PAGE_HEIGHT - y, x + w, PAGE_HEIGHT - y - h);
    content.fill(fill);
    content.pen(stroke.ink, stroke.thick, stroke.dashed);
    content.operator(&[x + r, top], "m");
    content.operator(&[right - r, top], "l");
    content.operator(&[right - c, top, right, top - c, right, top - r], "c");
    content.operator(&[right, bottom + r], "l");
    content.operator(&[right, bottom + c, right - c, bottom, right - r, bottom], "c");
    content.operator(&[x + r, bottom], "l");
    content.operator(&[x + c, bottom, x, bottom + c, x, bottom + r], "c");
    content.operator(&[x, top - r], "l");
    content.operator(&[x, top - c, x + c, top, x + r, top], "c");
    content.operator(&[], "b");
}
