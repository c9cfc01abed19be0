"""Text to lines: a line may end between any two Chinese characters, but not inside a number or a Latin word, not
before a closing mark and not after an opening one."""

import re
from dataclasses import dataclass

from counselroom.reports.fonts import Typeface

BLACK, QUIET, FAINT = 0.0, 0.3, 0.6  # shades of grey, 0 is ink

_LATIN = r"[0-9A-Za-z.,:/@_%+&#=*'\-–]"
OPENING = "（〔［｛《〈「『【“‘(["
CLOSING = "，。、；：？！）〕］｝》〉」』】”’…—·,.;:?!)]%℃"
_UNIT = re.compile(rf"[{re.escape(OPENING)}]*(?:{_LATIN}+|.)[{re.escape(CLOSING)}]*", re.DOTALL)
_SLACK = 0.01


@dataclass(frozen=True)
class Style:
    """How words are set: ``use`` names the typeface, sizes in points, ``align`` 0 left, 0.5 middle, 1 right."""

    use: str
    size: float
    leading: float
    align: float = 0.0
    grey: float = BLACK


def broken(text: str, face: Typeface, room: float) -> list[tuple[str, float]]:
    """(line, width) of each line of ``text``, widths and ``room`` at one point; line breaks of the text are kept."""
    lines: list[tuple[str, float]] = []
    for paragraph in text.replace("\t", "　").splitlines() or [""]:
        whole = face.width(paragraph)
        lines.extend([(paragraph, whole)] if whole <= room + _SLACK else _filled(paragraph, face, room))
    return lines


def _filled(text: str, face: Typeface, room: float) -> list[tuple[str, float]]:
    lines: list[tuple[str, float]] = []
    line, used = "", 0.0
    for unit in _UNIT.findall(text):
        width = face.width(unit)
        if line and used + width > room + _SLACK:
            lines.append(_closed(line, face))
            line, used = "", 0.0
            if unit.isspace():  # the break stands for it
                continue
        while width > room + _SLACK and len(unit) > 1:  # a word longer than a line
            fitting = _fitting(unit, face, room)
            lines.append(_closed(unit[:fitting], face))
            unit = unit[fitting:]
            width = face.width(unit)
        line, used = line + unit, used + width
    if line:
        lines.append(_closed(line, face))
    return lines


def _closed(line: str, face: Typeface) -> tuple[str, float]:
    kept = line.rstrip()
    return kept, face.width(kept)


def _fitting(unit: str, face: Typeface, room: float) -> int:
    used = 0.0
    for count, char in enumerate(unit):
        used += face[char]
        if used > room + _SLACK:
            return max(count, 1)
    return len(unit)
