"""The columns of the students list: the same keys and values as its export, drawn in the list's own way."""

from collections.abc import Callable, Sequence
from typing import Any

from counselroom.domain.levels import LevelScheme, Severity
from counselroom.domain.students.names import reading_key
from counselroom.services.students import finding
from counselroom.services.students.export import COLUMNS
from counselroom.services.students.finding import Hits, Needle, Span
from counselroom.services.students.listing import StudentLine
from counselroom.ui.i18n import word
from counselroom.ui.table import Cell, Column
from counselroom.ui.theme import Tone


class Found:
    """What is searched for, and what of each line was found: worked out once for a line that is drawn."""

    def __init__(self) -> None:
        self.needle: Needle = finding.NO_NEEDLE
        self._known: dict[str, Hits] = {}

    def search(self, needle: Needle) -> None:
        """From now on this is searched for."""
        if needle != self.needle:
            self.needle = needle
            self._known.clear()

    def of(self, line: StudentLine) -> Hits:
        """What of a line's name and its reading was found."""
        if not self.needle.texts:
            return finding.NO_HITS
        hits = self._known.get(line.student_uid)
        if hits is None:
            hits = self._known[line.student_uid] = finding.hits(line, self.needle)
        return hits

    def within(self, text: str) -> Sequence[Span]:
        """What of a number was found."""
        return finding.within(text, self.needle) if self.needle.texts else ()

    def class_of(self, line: StudentLine) -> Sequence[Span]:
        """The whole class, where it is the class that was typed."""
        return ((0, len(line.class_name)),) if line.class_id in self.needle.class_ids else ()


class Words:
    """The words of the levels; they arrive with the students."""

    def __init__(self) -> None:
        self.scheme: LevelScheme | None = None

    def level(self, line: StudentLine) -> tuple[int, str] | None:
        """Severity and word, None where nobody has assessed the student."""
        if line.severity is None or self.scheme is None:
            return None
        return line.severity, self.scheme.word(Severity(line.severity))


def _reading(line: StudentLine) -> str:
    return reading_key(line.pinyin)


def columns(found: Found, words: Words) -> list[Column[StudentLine]]:
    """Every column that the list can show; the first always stays."""
    return [
        _column("name", Cell.NAME, 92, order=_reading, hits=lambda line: found.of(line).name),
        _column("pinyin", Cell.READING, 124, order=_reading, hits=lambda line: found.of(line).pinyin),
        _column("sex", width=52),
        _column("class", width=96, order=lambda line: line.class_order, hits=found.class_of),
        _column("school_no", width=92, hits=lambda line: found.within(line.school_no)),
        _column("level", Cell.LEVEL, 114, value=words.level, order=_gravest_first),
        _column("care", Cell.TAGS, 160, value=lambda line: line.care, stretch=True, order=_most_first),
        _column("status", width=132, tone=lambda line: Tone.INK if line.present else Tone.WARN),
        _column("grade", width=88, order=lambda line: line.class_order, optional=True),
        _column("boarding", width=88, optional=True),
        _column("birth", width=112, optional=True),
        _column("dorm", Cell.FREE_TEXT, 112, optional=True),
        # Numbers that lead to a person are covered in privacy mode like free text.
        _column(
            "xueji_no", Cell.FREE_TEXT, 184, hits=lambda line: found.within(line.xueji_no), optional=True
        ),
        _column("id_no", Cell.FREE_TEXT, 184, optional=True),
        _column("status_from", width=116, optional=True),
        _column("file_no", width=136, hits=lambda line: found.within(line.file_no), optional=True),
    ]  # fmt: skip


def _column(
    key: str,
    kind: Cell = Cell.TEXT,
    width: int = 96,
    *,
    value: Callable[[StudentLine], Any] | None = None,
    **more: Any,
) -> Column[StudentLine]:
    return Column(key, word(f"column.{key}"), value or COLUMNS[key], kind, width, **more)


def _gravest_first(line: StudentLine) -> int | None:
    return None if line.severity is None else -line.severity


def _most_first(line: StudentLine) -> tuple[int, tuple[str, ...]] | None:
    return (-len(line.care), line.care) if line.care else None
