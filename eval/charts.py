"""Charts of an evaluation as SVG, drawn in the report's own colours, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

LABEL_WIDTH = 170  # pixels for the names at the left
PLOT_WIDTH = 430
ROW = 26
VALUE_WIDTH = 120  # pixels for the numbers at the right


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval, between 0 and 1; `before` is the baseline's value, if any."""

    label: str
    value: float
    low: float
    high: float
    before: float | None = None


def interval_chart(bars: Sequence[Bar]) -> Markup:
    """A row for each value: a dot on its 95 % interval, and a ring where the baseline was."""
    height = ROW * len(bars) + 30
    width = LABEL_WIDTH + PLOT_WIDTH + VALUE_WIDTH
    parts = [_open(width, height, "Metrics with their 95 % intervals")]
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _x(tick)
        parts.append(f'<line class="grid" x1="{x}" x2="{x}" y1="6" y2="{height - 22}"/>')
        parts.append(f'<text class="tick" x="{x}" y="{height - 6}">{tick:g}</text>')
    for row, bar in enumerate(bars):
        y = ROW * row + 20
        parts.append(f'<text class="name" x="{LABEL_WIDTH - 10}" y="{y + 4}">{escape(bar.label)}'
                     "</text>")  # fmt: skip
        parts.append(
            f'<line class="span" x1="{_x(bar.low)}" x2="{_x(bar.high)}" y1="{y}" y2="{y}"/>'
        )
        if bar.before is not None:
            parts.append(f'<circle class="before" cx="{_x(bar.before)}" cy="{y}" r="6">'
                         f"<title>baseline {bar.before:.3f}</title></circle>")  # fmt: skip
        exact = f"{bar.value:.3f} ({bar.low:.3f}–{bar.high:.3f})"
        parts.append(f'<circle class="dot" cx="{_x(bar.value)}" cy="{y}" r="5">'
                     f"<title>{exact}</title></circle>")  # fmt: skip
        change = "" if bar.before is None else f" ({bar.value - bar.before:+.3f})"
        parts.append(f'<text class="value" x="{LABEL_WIDTH + PLOT_WIDTH + 12}" y="{y + 4}">'
                     f"{bar.value:.3f}{change}</text>")  # fmt: skip
    return Markup("".join(parts) + "</svg>")  # nosec B704 # every label is escaped above


def column_chart(columns: Sequence[tuple[str, int]], title: str) -> Markup:
    """A column for each count, the last one in the colour of failures."""
    step, base, top = 62, 150, 24
    highest = max((count for _, count in columns), default=0) or 1
    parts = [_open(step * len(columns) + 20, base + 30, title)]
    for place, (label, count) in enumerate(columns):
        tall = (base - top) * count / highest
        x = place * step + 14
        kind = "bad" if place == len(columns) - 1 else "good"
        size = f'width="{step - 14}" height="{tall:.1f}" rx="3"'
        parts.append(f'<rect class="{kind}" x="{x}" y="{base - tall:.1f}" {size}>'
                     f"<title>{escape(label)}: {count}</title></rect>")  # fmt: skip
        middle = x + (step - 14) / 2
        parts.append(f'<text class="count" x="{middle}" y="{base - tall - 6:.1f}">{count}</text>')
        parts.append(f'<text class="tick" x="{middle}" y="{base + 18}">{escape(label)}</text>')
    return Markup("".join(parts) + "</svg>")  # nosec B704 # every label is escaped above


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(title)}">'
    )


def _x(value: float) -> float:
    return round(LABEL_WIDTH + PLOT_WIDTH * min(max(value, 0.0), 1.0), 1)
