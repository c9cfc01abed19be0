"""The parts of a growth file, A to N (domain.md 4.7): what stands in each now, or what will stand there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from counselroom.domain.dates import clock_time
from counselroom.domain.students.student import Attachment, Entry
from counselroom.services import codes
from counselroom.services.students.growth_file import GrowthFile, Opening
from counselroom.services.students.purposes import OTHER
from counselroom.ui.i18n import mark, tr
from counselroom.ui.icons import Icon
from counselroom.ui.pages.students.file.forms.history import entry_text
from counselroom.ui.pages.students.file.moments import day_of, short_day
from counselroom.ui.widgets.timeline import TimeItem

BASICS, STRENGTHS, ASSESSMENTS, OPENINGS, PAPERS = "A", "C", "D", "N", "papers"


@dataclass(frozen=True)
class Part:
    """A part: its letter (or key), its title; ``kind`` of the entries in it; ``later`` says what will stand there."""

    key: str
    title: str
    kind: str = ""
    later: str = ""
    empty: str = ""
    add: str = ""
    icon: Icon = Icon.PAPER


PARTS = (
    Part(BASICS, mark("基本信息")),
    Part("B", mark("成长背景"), "background", add=mark("记成长背景"), icon=Icon.BACKGROUND,
         empty=mark("还没有写。出生排行、谁照料长大、搬迁、丧失、健康，知道多少写多少。")),
    Part(STRENGTHS, mark("优势与资源"), "strength", add=mark("记一个优势"), icon=Icon.STRENGTH,
         empty=mark("还没有写。一个特长、一位信任的大人，都是以后可以借力的地方。")),
    Part(ASSESSMENTS, mark("测评记录"), add=mark("录入答卷"), icon=Icon.SCREENING),
    Part("E", mark("重要事件"), "event", add=mark("记一笔"), icon=Icon.EVENT,
         empty=mark("还没有写。一件事一句话，知道月份也可以。")),
    Part("F", mark("关注与评估"), "care", add=mark("加关爱类别"), icon=Icon.CARE_TAG,
         empty=mark("没有关爱类别。以后评定的等级也会写在这里。")),
    Part("G", mark("支持方案"), later=mark("以后的目标、分工和复核")),
    Part("H", mark("辅导服务"), later=mark("以后的约谈和会谈记录")),
    Part("I", mark("家校沟通"), later=mark("以后与家长的沟通和告知")),
    Part("J", mark("转介与医疗建议"), later=mark("以后的转介和就医建议")),
    Part("K", mark("危机记录"), later=mark("以后的危机处置经过")),
    Part("L", mark("转接与升学"), later=mark("以后的转出、接收和升学")),
    Part("M", mark("同意与告知"), "consent", add=mark("登记知情同意"), icon=Icon.CONSENT,
         empty=mark("还没有征求。测评、辅导、转接、录音分别征求。")),
    Part(OPENINGS, mark("查阅登记"), icon=Icon.SHOW, empty=mark("还没有人打开过。")),
    Part(PAPERS, mark("附件"), add=mark("添加附件"), icon=Icon.ATTACH,
         empty=mark("还没有附件。图片和 PDF 都可以，存在档案库里。")),
)  # fmt: skip
BY_KEY = {part.key: part for part in PARTS}


def summary(part: Part, file: GrowthFile) -> str:
    """What the index says beside a part: how much stands in it, or what will stand there."""
    if part.later:
        return tr(part.later)
    if part.key == PAPERS:
        return tr("{n} 份", n=len(file.attachments)) if file.attachments else tr("暂无")
    if part.key == ASSESSMENTS:
        found = sum(moment.title == "assessment" for moment in file.moments)
        return tr("{n} 份", n=found) if found else tr("暂无")
    if part.kind:
        found = len(file.of(part.kind))
        return tr("{n} 条", n=found) if found else tr("暂无")
    if part.key == BASICS:
        corrected = len(file.versions) - 1
        return tr("更正过 {n} 次", n=corrected) if corrected else ""
    return tr("谁看过")


def struck(part: Part, file: GrowthFile) -> int:
    """How many entries of a part were struck out; in part A the guardians."""
    if part.key == BASICS:
        return len(file.struck_guardians)
    return sum(1 for entry in file.struck if entry.kind == part.kind)


def items(part: Part, file: GrowthFile) -> list[TimeItem]:
    """The entries of a part, the newest first."""
    if part.key == PAPERS:
        return _papers(file)
    found = sorted(file.of(part.kind), key=_at, reverse=True)
    return _dated([(_at(entry), _entry(part, file, entry)) for entry in found])


def _at(entry: Entry) -> str:
    return entry.from_on or (day_of(entry.made.made_at) if entry.made else "")


def _entry(part: Part, file: GrowthFile, entry: Entry) -> TimeItem:
    state = codes.name("consent_state", entry.state) if entry.state else ""
    title = "　".join(each for each in (codes.name(entry.kind, entry.code), state) if each)
    author = file.authors.get(entry.made.made_by, "") if entry.made else ""
    return TimeItem(entry, "", part.icon, title, tr(part.title), entry_text(entry), author)


def _papers(file: GrowthFile) -> list[TimeItem]:
    found = sorted(file.attachments, key=lambda paper: paper.made.made_at, reverse=True)
    return _dated([(day_of(paper.made.made_at), _paper(file, paper)) for paper in found])


def _paper(file: GrowthFile, paper: Attachment) -> TimeItem:
    size = tr("{n} KB", n=f"{max(paper.size // 1024, 1):,}")
    return TimeItem(paper, "", Icon.PAPER, paper.title, tr("附件"), size, file.authors.get(paper.made.made_by, ""))


def openings(found: Sequence[Opening]) -> list[TimeItem]:
    """Who opened or printed the file, the newest first."""
    return _dated([(day_of(each.at), _opening(each)) for each in found])


def _opening(each: Opening) -> TimeItem:
    icon, at = Icon.PRINT if each.printed else Icon.SHOW, clock_time(datetime.fromisoformat(each.at).astimezone())
    return TimeItem(each, "", icon, each.who, tr("查阅"), _why(each), at)


def _why(opening: Opening) -> str:
    said = opening.words if opening.purpose == OTHER else codes.name("purpose", opening.purpose)
    return tr("打印：{why}", why=said) if opening.printed else said


def _dated(rows: Sequence[tuple[str, TimeItem]]) -> list[TimeItem]:
    """Entries under the years in which they happened; every year is said here, since parts span many."""
    made, year = [], ""
    for day, item in rows:
        other = day[:4] if day[:4] != year else ""
        year = other or year
        made.append(replace(item, date=short_day(day), year=tr("{year}年", year=other) if other else ""))
    return made
