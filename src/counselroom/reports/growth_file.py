"""The growth file on paper (F04): cover with contents, then its parts A to N, each in its place even when it is empty.

The content comes as plain text made for paper: who makes it decides what each part shows. Session notes, items and
answers, and private notes are never part of it.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from counselroom.domain.charts.definition import Chart
from counselroom.domain.dates import clock_time, plain_date
from counselroom.reports.parts import (
    Binding,
    Bottom,
    Chapter,
    Contents,
    Cover,
    Facts,
    Footer,
    Header,
    Heading,
    LevelMark,
    PageBreak,
    Paragraph,
    Part,
    Parts,
    Section,
    Spacer,
    Table,
)

# domain.md 4.7
TITLES = {
    "A": "基本信息",
    "B": "成长背景",
    "C": "优势与资源",
    "D": "测评记录",
    "E": "重要事件",
    "F": "关注与评估",
    "G": "支持方案",
    "H": "辅导服务",
    "I": "家校沟通",
    "J": "转介与医疗建议",
    "K": "危机记录",
    "L": "转接与升学",
    "M": "同意与告知",
    "N": "查阅登记",
}
EVERY_PART = frozenset(TITLES)
NOT_INSIDE = "会谈原始记录、量表题目与答案、个人手记不在本档案内，另行封存。"
_EMPTY = "暂无记录"
# Identity and enrolment numbers (18 and 15 digits, with or without the letter of the enrolment number).
_NUMBER = re.compile(r"(?<![0-9A-Za-z])([GJL]?\d{4})(\d{10}|\d{7})(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_XUEJI = re.compile(r"([GJL]?\d{6})(\d{8})(\d{3}[0-9Xx])")


@dataclass(frozen=True)
class CoverFacts:
    """What the cover tells: no level, no category. ``number`` is the number of the file."""

    number: str
    name: str
    sex: str
    xueji_no: str
    class_name: str
    head_teacher: str
    opened_on: str
    opened_by: str


@dataclass(frozen=True)
class FactLines:
    """(label, value) lines; a value may have line breaks."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table, with a word over it if there are several; ``shares`` as in ``parts.Table``."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str | LevelMark, ...], ...]
    shares: tuple[float, ...] = ()
    word: str = ""


@dataclass(frozen=True)
class ChartItem:
    """A chart, as the screen shows it."""

    chart: Chart


Item = FactLines | Prose | Grid | ChartItem


@dataclass(frozen=True)
class SectionContent:
    """One part; ``empty`` stands in it when there are no items, a sentence of our own when that is empty too."""

    letter: str
    items: tuple[Item, ...] = ()
    empty: str = ""


@dataclass(frozen=True)
class GrowthFileContent:
    """Everything on the paper. A part that is missing in ``sections`` is printed as an empty one."""

    school: str
    cover: CoverFacts
    printed_by: str
    printed_at: datetime
    sections: tuple[SectionContent, ...] = field(default=())


def growth_file(content: GrowthFileContent, *, included: Collection[str] = EVERY_PART, masked: bool = False) -> Parts:
    """The parts of the whole file: those ``included`` by letter; ``masked`` hides the middle of identity numbers.

    ValueError for a letter that is no part of a growth file.
    """
    given = {section.letter: section for section in content.sections}
    unknown = (given.keys() | set(included)) - TITLES.keys()
    if unknown:
        raise ValueError(f"not a part of a growth file: {sorted(unknown)}")
    letters = [letter for letter in TITLES if letter in included]
    hide = _masked if masked else str
    body: list[Part] = []
    for letter in letters:
        body += _chapter(given.get(letter, SectionContent(letter)), hide)
    return (*_frame(content), *_cover(content.cover, letters, hide), *([PageBreak(), *body] if body else []))


def _frame(content: GrowthFileContent) -> tuple[Part, ...]:
    when = f"{plain_date(content.printed_at)} {clock_time(content.printed_at)}"
    return (
        Header(f"{content.school}　心理辅导室", f"编号 {content.cover.number}"),
        Footer("内部资料　注意保密", f"{content.printed_by}　{when} 打印"),
        Binding(),
    )


def _cover(cover: CoverFacts, letters: Iterable[str], hide: Callable[[str], str]) -> tuple[Part, ...]:
    number = hide(cover.xueji_no)
    facts = (
        ("姓名", cover.name),
        ("性别", cover.sex),
        ("学籍号", number if number != cover.xueji_no else _XUEJI.sub(r"\1 \2 \3", number)),
        ("年级班级", cover.class_name),
        ("班主任", cover.head_teacher),
        ("建档日期", cover.opened_on),
        ("建档人", cover.opened_by),
    )
    return (
        Spacer(26),
        Cover("学生心理成长档案", "一生一档　随学段成长"),
        Spacer(16),
        Facts(facts),
        Spacer(8),
        Contents("目　录", tuple((letter, TITLES[letter]) for letter in letters)),
        Bottom((Paragraph(NOT_INSIDE, small=True, quiet=True),)),
    )


def _chapter(section: SectionContent, hide: Callable[[str], str]) -> list[Part]:
    parts: list[Part] = [Chapter(section.letter, TITLES[section.letter])]
    for item in section.items:
        parts += _item(item, hide)
    if len(parts) == 1:
        parts.append(Paragraph(f"—— {section.empty or _EMPTY} ——", quiet=True))
    return parts


def _item(item: Item, hide: Callable[[str], str]) -> list[Part]:
    match item:
        case FactLines():
            return [Section(label, (hide(value),)) for label, value in item.facts]
        case Prose():
            return [Paragraph(hide(text)) for text in item.paragraphs]
        case ChartItem(chart):
            return [replace(chart, title=hide(chart.title), subtitle=hide(chart.subtitle))]
        case Grid():
            table = Table(item.heads, tuple(item.rows), item.shares, row_mm=7.4, size=9.5)
            rows = tuple(tuple(hide(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows)
            word: list[Part] = [Heading(item.word)] if item.word else []
            return [*word, replace(table, rows=rows)] if rows else []


def _masked(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{found[1]}{'*' * len(found[2])}{found[3]}", text)
