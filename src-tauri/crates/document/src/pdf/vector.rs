//! Lines and frames as operators of the page.

use printpdf::{
    Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt,
    WindingOrder,
};

use super::look::{Ink, PAGE_HEIGHT};
use super::pages::Stroke;

/// How far the handles of a curve lie from its ends, so that a quarter of a circle comes out.
const QUARTER: f32 = 0.552;

/// Draws a line through points that are measured from `top` down.
pub(super) fn path(ops: &mut Vec<Op>, points: &[(f32, f32)], top: f32, stroke: Stroke) {
    let points = points.iter().map(|(x, y)| corner(*x, top + y)).collect();
    pen(ops, stroke);
    ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
}

/// Draws a rectangle with round corners: left, top, width and height.
pub(super) fn frame(ops: &mut Vec<Op>, [x, y, w, h]: [f32; 4], round: f32, fill: Ink, stroke: Stroke) {
    let r = round.min(w / 2.0).min(h / 2.0);
    let c = r * (1.0 - QUARTER);
    let (right, bottom) = (x + w, y + h);
    let points = vec![
        corner(x + r, y),
        corner(right - r, y),
        handle(right - c, y),
        handle(right, y + c),
        corner(right, y + r),
        corner(right, bottom - r),
        handle(right, bottom - c),
        handle(right - c, bottom),
        corner(right - r, bottom),
        corner(x + r, bottom),
        handle(x + c, bottom),
        handle(x, bottom - c),
        corner(x, bottom - r),
        corner(x, y + r),
        handle(x, y + c),
        handle(x + c, y),
        corner(x + r, y),
    ];
    ops.push(Op::SetFillColor { col: fill.color() });
    pen(ops, stroke);
    let rings = vec![PolygonRing { points }];
    let polygon = Polygon { rings, mode: PaintMode::FillStroke, winding_order: WindingOrder::NonZero };
    ops.push(Op::DrawPolygon { polygon });
}

fn pen(ops: &mut Vec<Op>, stroke: Stroke) {
    let dash = if stroke.dashed { LineDashPattern::new(0.0, &[3.0, 2.2]) } else { LineDashPattern::solid() };
    ops.extend([
        Op::SetOutlineColor { col: stroke.ink.color() },
        Op::SetOutlineThickness { pt: Pt(stroke.thick) },
        Op::SetLineDashPattern { dash },
        Op::SetLineJoinStyle { join: LineJoinStyle::Round },
        Op::SetLineCapStyle { cap: LineCapStyle::Butt },
    ]);
}

fn corner(x: f32, y: f32) -> LinePoint {
    LinePoint { p: Point { x: Pt(x), y: Pt(PAGE_HEIGHT - y) }, bezier: false }
}

fn handle(x: f32, y: f32) -> LinePoint {
    LinePoint { bezier: true, ..corner(x, y) }
}
