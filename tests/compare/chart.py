"""Draws charts as SVG, for light and dark backgrounds."""

import html
from typing import NamedTuple

STYLE = """<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.a { fill: #1f6feb } .b { fill: #8b949e } .c { fill: #d4812f } .axis { stroke: #8b949e }
.line { fill: none; stroke: #1f6feb } .fit { fill: none; stroke: #d4812f; stroke-dasharray: 4 3 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.a { fill: #58a6ff } .b { fill: #8b949e } .c { fill: #e3994c }
.line { stroke: #58a6ff } .fit { stroke: #e3994c }
}
</style>"""


class Bar(NamedTuple):
    name: str
    value: float
    label: str


class Group(NamedTuple):
    title: str
    bars: list[Bar]


class Curve(NamedTuple):
    title: str
    unit: str
    points: list[tuple[float, float]]
    # The line of best fit: its value at zero, and its slope.
    base: float
    slope: float


def svg(width: int, height: int, parts: list[str]) -> str:
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    return "\n".join([opening, STYLE, *parts, "</svg>", ""])


def text(x: float, y: float, content: str, **attributes: str) -> str:
    more = "".join(f' {name.rstrip("_").replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{more}>{html.escape(content)}</text>'


def bars(groups: list[Group], note: str) -> str:
    """Draws horizontal bars with a common scale."""
    left, room, thick, width = 124, 400, 14, 640
    most = max(bar.value for group in groups for bar in group.bars)
    parts, y = [], 4
    for group in groups:
        y += 18
        parts.append(text(0, y - 6, group.title, class_="title"))
        for style, bar in zip("abc", group.bars):
            length = max(room * bar.value / most, 1)
            parts.append(text(left - 8, y + 11, bar.name, text_anchor="end"))
            parts.append(f'<rect class="{style}" x="{left}" y="{y}" width="{length:.1f}" height="{thick - 2}"/>')
            parts.append(text(left + length + 6, y + 11, f"{bar.value:.2f}  ({bar.label})"))
            y += thick + 2
        y += 8
    parts.append(text(0, y + 12, note))
    return svg(width, y + 20, parts)


def curves(all_curves: list[Curve]) -> str:
    """Draws a grid of line charts, each with its line of best fit."""
    wide, high, left, gap = 240, 120, 40, 26
    parts = []
    for index, curve in enumerate(all_curves):
        x0, y0 = left + index % 2 * (wide + left + gap), 28 + index // 2 * (high + 60)
        right = max(x for x, _ in curve.points)
        top = max(max(y for _, y in curve.points), curve.base + curve.slope * right)

        def at(x: float, y: float) -> tuple[float, float]:
            return x0 + wide * x / right, y0 + high - high * y / top

        parts.append(text(x0 - left + 4, y0 - 12, f"{curve.title}, {curve.unit}", class_="title"))
        parts.append(f'<path class="axis" fill="none" d="M{x0} {y0}v{high}h{wide}"/>')
        (x1, y1), (x2, y2) = at(0, curve.base), at(right, curve.base + curve.slope * right)
        parts.append(f'<path class="fit" d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"/>')
        places = [at(*point) for point in curve.points]
        parts.append(f'<path class="line" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in places)}"/>')
        parts += [f'<circle class="a" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in places]
        # Labels for the smallest counts would overlap.
        for (x, _), (px, _) in list(zip(curve.points, places))[2:]:
            parts.append(text(px, y0 + high + 15, f"{x:g}", text_anchor="middle"))
        parts.append(text(x0 - 5, y0 + 8, f"{top:,.0f}" if top >= 10 else f"{top:.1f}", text_anchor="end"))
        parts.append(text(x0 - 5, y0 + high, "0", text_anchor="end"))
    rows = (len(all_curves) + 1) // 2
    parts.append(text(left, 28 + rows * (high + 60) - 14, "operations; dashed: the line of best fit"))
    return svg(2 * (wide + left + gap), 28 + rows * (high + 60), parts)
