"""Draws the steps of a way as lanes, one a service, with the log between them, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap
from typing import Final

from tests.contract.pictures.way import Step

LANES: Final = ("intake", "deadlines", "notifications", "audit")
_LANE, _LEFT, _BOX, _TOP = 230, 20, 196, 56
_ROW, _CROSSING = 46, 40
_FILL: Final = {"command": "#fff4d6", "event": "#dcebfa", "due": "#ffffff", "line": "#e4f3e2"}
_SAYS: Final = {"command": "{}", "event": "{}", "due": "due: {}", "line": "{}"}
_STYLE: Final = (
    "text{font:13px sans-serif;fill:#1c2733}"
    ".small{font-size:11px;fill:#5a6672}"
    ".lane{font-weight:bold}"
    ".log{fill:#33414f}"
    ".number{fill:#ffffff;font-weight:bold;font-size:12px}"
    ".arrow{stroke:#33414f;fill:none;stroke-width:1.5}"
)


def svg(steps: Sequence[Step]) -> str:
    """The picture."""
    body = list(_steps(steps))
    height = _TOP + sum(_height(step) for step in steps) + 16
    width = 2 * _LEFT + _LANE * len(LANES)
    lanes = [
        f'<text class="lane" x="{_middle(lane)}" y="26" text-anchor="middle">{lane}</text>'
        f'<line x1="{_middle(lane)}" y1="36" x2="{_middle(lane)}" y2="{height - 8}" stroke="#d5dae0"/>'
        for lane in LANES
    ]
    return "\n".join(
        (
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                f'viewBox="0 0 {width} {height}" role="img" aria-label="From a contact to a reminder and its line">'
            ),
            f"<style>{_STYLE}</style>",
            '<rect width="100%" height="100%" fill="#ffffff"/>',
            *lanes,
            *body,
            "</svg>",
            "",
        )
    )


def _steps(steps: Sequence[Step]) -> Iterator[str]:
    y, crossings, before = _TOP, 0, steps[0]
    for step in steps:
        if step.crosses:
            crossings += 1
            yield from _crossing(y, crossings, _middle(before.service), _middle(step.service))
            y += _CROSSING
        yield from _box(y, step)
        y += _height(step) - (_CROSSING if step.crosses else 0)
        before = step


def _crossing(y: int, number: int, out_of: int, into: int) -> Iterator[str]:
    """The log, and how the event before it comes through to whoever reads it."""
    right = _LEFT + _LANE * len(LANES)
    yield f'<rect class="log" x="{_LEFT}" y="{y + 8}" width="{right - _LEFT}" height="14" rx="3"/>'
    yield f'<path class="arrow" d="M{out_of} {y - 8} V{y + 8} M{into} {y + 22} V{y + 36} m-4 -7 l4 7 l4 -7"/>'
    yield f'<circle class="log" cx="{into}" cy="{y + 15}" r="10"/>'
    yield f'<text class="number" x="{into}" y="{y + 19}" text-anchor="middle">{number}</text>'
    yield (
        f'<text x="{right - 8}" y="{y + 19}" text-anchor="end" style="font-size:11px;fill:#ffffff">case-events</text>'
    )


def _box(y: int, step: Step) -> Iterator[str]:
    x, lines = _middle(step.service) - _BOX // 2, _lines(step)
    dashed = ' stroke-dasharray="5 3"' if step.kind == "due" else ""
    yield (
        f'<rect x="{x}" y="{y}" width="{_BOX}" height="{_ROW - 10 + 16 * (len(lines) - 1)}" rx="6" '
        f'fill="{_FILL[step.kind]}" stroke="#33414f"{dashed}/>'
    )
    for number, line in enumerate(lines):
        top = y + (16 if step.when else 22) + 16 * number
        yield f'<text x="{x + _BOX // 2}" y="{top}" text-anchor="middle">{escape(line)}</text>'
    if step.when:
        yield f'<text class="small" x="{x + _BOX // 2}" y="{y + 30}" text-anchor="middle">{step.when}</text>'


def _lines(step: Step) -> list[str]:
    return wrap(_SAYS[step.kind].format(step.what), 26)


def _height(step: Step) -> int:
    return _ROW + 16 * (len(_lines(step)) - 1) + (_CROSSING if step.crosses else 0)


def _middle(lane: str) -> int:
    return _LEFT + _LANE * LANES.index(lane) + _LANE // 2
