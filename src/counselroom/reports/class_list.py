"""A class on paper: one row for each student, and empty columns to tick in."""

from dataclasses import dataclass
from datetime import datetime

from counselroom.domain.dates import clock_time, plain_date
from counselroom.reports.parts import Footer, Header, Part, Parts, Person, Table, Title

_ROW_MM, _SIZE = 4.8, 9.0  # 45 rows, head and title on one page
_ROOMY_MM, _ROOMY_SIZE, _ROOMY_UP_TO = 7.0, 10.5, 30
_COUNT_SHARE = 1.1
_TICK_SHARE = 1.6


@dataclass(frozen=True)
class Column:
    """A column: its head, its width relative to the others (a name of three characters is about 2)."""

    head: str
    share: float


@dataclass(frozen=True)
class ClassListContent:
    """What stands on the list. ``rows`` hold the cells of ``columns``; the number before them is ours.

    ``ticks`` are the heads of the empty columns, which may be empty themselves. ``boys`` and ``girls`` are counted by
    who makes the list: the rows need not show the sex.
    """

    school: str
    title: str
    class_name: str
    head_teacher: str
    boys: int
    girls: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    printed_by: str
    printed_at: datetime
    ticks: tuple[str, ...] = ()
    number: str = ""


def class_list(content: ClassListContent) -> Parts:
    """The parts of one list; ValueError when a row has other cells than there are columns."""
    when = f"{plain_date(content.printed_at)} {clock_time(content.printed_at)}"
    return (
        Header(f"{content.school}　心理辅导室", f"编号 {content.number}" if content.number else ""),
        Footer("内部资料　注意保密", f"{content.printed_by}　{when} 打印"),
        Title(content.title),
        Person(content.class_name, _about(content)),
        _table(content),
    )


def _about(content: ClassListContent) -> str:
    total = len(content.rows)
    rest = total - content.boys - content.girls
    sexes = f"男 {content.boys} 人，女 {content.girls} 人" + (f"，未填 {rest} 人" if rest else "")
    teacher = f"班主任 {content.head_teacher}　" if content.head_teacher else ""
    return f"{teacher}共 {total} 人（{sexes}）"


def _table(content: ClassListContent) -> Part:
    width = len(content.columns)
    if any(len(row) != width for row in content.rows):
        raise ValueError("a cell for each column")
    rows = tuple((str(number), *row, *("" for _ in content.ticks)) for number, row in enumerate(content.rows, start=1))
    shares = (_COUNT_SHARE, *(column.share for column in content.columns), *(_TICK_SHARE for _ in content.ticks))
    heads = ("序号", *(column.head for column in content.columns), *content.ticks)
    roomy = len(rows) <= _ROOMY_UP_TO
    return Table(heads, rows, shares, *((_ROOMY_MM, _ROOMY_SIZE) if roomy else (_ROW_MM, _SIZE)))
