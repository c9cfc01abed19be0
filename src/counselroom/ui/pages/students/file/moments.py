"""Moments of a growth file as the time line shows them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from counselroom.domain import dates
from counselroom.services.instruments.kept.sheets import SheetLine
from counselroom.services.timeline import KINDS, Moment
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.widgets.timeline import TimeItem

ALL = "all"
_TALK = "talk"
_YEAR = 4  # digits of an ISO date that say the year


def day_of(at: str) -> str:
    """The day (ISO; or the year and month) of something kept: a moment is taken to this computer's time."""
    if len(at) <= len("2026-11-24"):
        return at
    return datetime.fromisoformat(at).astimezone().date().isoformat()


def day_words(day: str) -> str:
    """``2026年9月3日``, ``2026年9月``, ``2026年``; empty for nothing."""
    parts = [int(part) for part in day.split("-") if part]
    if len(parts) == 3:
        return dates.plain_date(date(*parts))
    if len(parts) == 2:
        return tr("{year}年{month}月", year=parts[0], month=parts[1])
    return tr("{year}年", year=parts[0]) if parts else ""


def short_day(day: str) -> str:
    """``9月3日`` beside the year that stands over it; ``9月`` where the day is not known."""
    parts = [int(part) for part in day.split("-") if part]
    if len(parts) == 3:
        return tr("{month}月{day}日", month=parts[1], day=parts[2])
    return tr("{month}月", month=parts[1]) if len(parts) == 2 else ""


def kinds_of(moments: Iterable[Moment]) -> Sequence[tuple[str, str]]:
    """The filter: everything, then the kinds that occur, in the order of their declaration."""
    found = {moment.kind for moment in moments}
    return [(ALL, tr("全部")), *((code, _short_kind(code)) for code in KINDS if code in found)]


def _short_kind(code: str) -> str:
    return {
        "enrolment": tr("班级"),
        "basics": tr("更正"),
        "care": tr("关爱"),
        "consent": tr("同意"),
        "event": tr("事件"),
        "strength": tr("优势"),
        "background": tr("背景"),
        "attachment": tr("附件"),
    }.get(code) or word(f"timeline.{code}")


def title_of(moment: Moment) -> str:
    """What happened, in one line."""
    return word(f"moment.{moment.title}", **moment.values)


def text_of(moment: Moment) -> str:
    """What stands beneath: what somebody wrote, or which facts were put right."""
    if "fields" in moment.values:
        return tr("、").join(word(f"field.{name}") for name in moment.values["fields"].split())
    destination = moment.values.get("destination", "")
    parts = (tr("去向：{place}", place=destination) if destination else "", moment.text)
    return tr("；").join(part for part in parts if part)


def items_of(moments: Iterable[Moment], this_year: int) -> list[TimeItem]:
    """Entries of the time line, the newest first; another year than the present one is said where it begins."""
    items, year = [], str(this_year)
    heads = {code: (Icon(kind.icon), word(f"timeline.{code}")) for code, kind in KINDS.items()}
    for moment in moments:
        day = day_of(moment.at)
        other = day[:_YEAR] if day[:_YEAR] != year else ""
        year = other or year
        icon, head = heads[moment.kind]
        items.append(
            TimeItem(
                key=moment,
                date=short_day(day),
                icon=icon,
                title=title_of(moment),
                head=head,
                text=text_of(moment),
                author=moment.author,
                year=tr("{year}年", year=other) if other else "",
                talk=moment.kind == _TALK,
            )
        )
    return items


def sheet_title(line: SheetLine) -> str:
    """What an answer sheet is called among others of a student, in few words."""
    return tr("{name}　{day}", name=line.form.short if line.form else line.name, day=day_words(line.sheet.day))


def source_words(source: str, place: str) -> str:
    """Where a statement came from: typed, or a row of a roster."""
    if source == "import":
        return tr("名册导入　{place}", place=place) if place else tr("名册导入")
    return tr("手工录入")
