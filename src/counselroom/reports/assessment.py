"""The result of questionnaires on paper, for the file (F24, one student): in words first, no disorder, no rank.

What a critical answer was is not printed, only which question it was and what was done.
"""

from dataclasses import dataclass, field
from datetime import datetime

from counselroom.domain.charts.definition import CurveChart, ScaleChart
from counselroom.domain.dates import clock_time, plain_date
from counselroom.reports.parts import (
    Binding,
    Footer,
    Header,
    Heading,
    PageBreak,
    Paragraph,
    Part,
    Parts,
    Person,
    Section,
    Table,
    Title,
)

_TITLE = "测评结果报告"
_SECRECY = (
    "本报告只供心理辅导工作使用，不作诊断；结果受作答时状态影响，须结合会谈和观察。"
    "不公布、不排名，不作为评优、处分或劝退的依据。"
)


@dataclass(frozen=True)
class CriticalLine:
    """A question that somebody had to look at, and what was done; ``done`` is empty while nobody has said."""

    question: str
    done: str


@dataclass(frozen=True)
class SheetContent:
    """One sheet. ``facts`` are (label, value), ``scores`` (name, band, number), ``reasons`` (score, how it is made)."""

    name: str
    facts: tuple[tuple[str, str], ...]
    status: str
    critical: tuple[CriticalLine, ...] = ()
    scores: tuple[tuple[str, str, str], ...] = ()
    chart: ScaleChart | None = None
    curve: CurveChart | None = None
    remarks: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class AssessmentContent:
    """Everything on the paper. ``number`` is the number of the file, ``about`` class, sex and age."""

    school: str
    number: str
    name: str
    about: str
    printed_by: str
    printed_at: datetime
    sheets: tuple[SheetContent, ...] = field(default=())


def assessment(content: AssessmentContent) -> Parts:
    """The parts of a report; each sheet begins a page of its own."""
    when = f"{plain_date(content.printed_at)} {clock_time(content.printed_at)}"
    body: list[Part] = []
    for sheet in content.sheets:
        body += [*([PageBreak()] if body else []), *_sheet(content, sheet)]
    return (
        Header(f"{content.school}　心理辅导室", f"编号 {content.number}"),
        Footer("内部资料　注意保密", f"{content.printed_by}　{when} 打印"),
        Binding(),
        *body,
    )


def _sheet(content: AssessmentContent, sheet: SheetContent) -> list[Part]:
    parts: list[Part] = [
        Title(_TITLE, sheet.name),
        Person(content.name, content.about),
        *(Section(label, (value,)) for label, value in sheet.facts if value),
        Section("结果状态", (sheet.status,)),
    ]
    if sheet.critical:
        rows = tuple((line.question, line.done or "还没有写处理情况") for line in sheet.critical)
        parts += [Heading("需要当面了解的题"), Table(("题目", "已做的处理"), rows, (3, 6), row_mm=7.4, size=9.5)]
    if sheet.scores:
        table = Table(("分量表", "所在的档", "分数"), sheet.scores, (4, 4, 2), row_mm=5.4, size=9)
        parts += [Heading("得分与界线"), table]
    if sheet.chart is not None:
        parts += [sheet.chart, Paragraph("粗线为提示关心的区间，圆点为本次得分。", small=True, quiet=True)]
    if sheet.curve is not None:
        parts += [Heading("历次变化"), sheet.curve]
    parts += [Paragraph(text, small=True) for text in sheet.remarks]
    if sheet.reasons:
        parts.append(Heading("分数怎样得来"))
        parts += [Paragraph(f"{name}：{text}", small=True) for name, text in sheet.reasons]
    parts += [Paragraph(text, small=True, quiet=True) for text in sheet.limits]
    parts += [Heading("使用说明"), Paragraph(_SECRECY, small=True)]
    return parts
