"""Every statement of one thing: who wrote it, when, from where, and what it said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from counselroom.domain.students.student import BasicsVersion, Entry, Guardian, Provenance
from counselroom.services import codes
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import tr, word
from counselroom.ui.icons import Icon
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.students.file.moments import day_of, day_words, short_day, source_words
from counselroom.ui.widgets.timeline import TimeItem, TimeLine

_HEIGHT = 300
# Fields of the basics whose value is a code of a list.
CODED = {"sex": "sex", "ethnic": "ethnic", "id_type": "id_type", "boarding": "boarding"}
# Numbers whose middle is hidden until somebody asks for it.
NUMBERS = frozenset({"id_no", "xueji_no", "xueji_aux"})


@dataclass(frozen=True)
class Statement:
    """One of them."""

    made: Provenance
    title: str
    text: str


class HistoryDialog(SheetDialog):
    """Newest first; nothing can be changed here."""

    def __init__(self, parent: QWidget | None, title: str, sentence: str = "") -> None:
        super().__init__(parent, title, sentence, accept=tr("关闭"))
        self.reject_button.hide()
        self.line = TimeLine(title, empty=tr("正在读取"))
        self.line.setFixedHeight(_HEIGHT)
        self.body.addWidget(self.line)

    def show_statements(self, statements: Sequence[Statement], authors: Mapping[str, str]) -> None:
        """Shows them."""
        items, year = [], ""
        for number, each in reversed(list(enumerate(statements))):
            day = day_of(each.made.made_at)
            other = day[:4] if day[:4] != year else ""
            year = other or year
            source = source_words(each.made.source, each.made.place)
            items.append(
                TimeItem(
                    key=number,
                    date=short_day(day),
                    icon=Icon.TAKE_IN if each.made.source == "import" else Icon.EDIT,
                    title=each.title,
                    head=tr("已遮住"),
                    text="\n".join(part for part in (each.text, f"{short_stamp(each.made.made_at)}　{source}") if part),
                    author=authors.get(each.made.made_by, ""),
                    year=tr("{year}年", year=other) if other else "",
                )
            )
        self.line.set_items(items)


def of_entries(versions: Iterable[Entry]) -> list[Statement]:
    """The statements of an entry; the one that strikes it out says why."""
    return [
        Statement(
            _made(entry.made), *((tr("作废"), entry.evidence) if entry.void else (_title(entry), entry_text(entry)))
        )
        for entry in versions
    ]


def _title(entry: Entry) -> str:
    state = codes.name("consent_state", entry.state) if entry.state else ""
    return "　".join(part for part in (codes.name(entry.kind, entry.code), state) if part)


def entry_text(entry: Entry) -> str:
    """When, what, and on whose word."""
    days = day_words(entry.from_on)
    if entry.to_on:
        days = tr("{from_on} 至 {to_on}", from_on=days, to_on=day_words(entry.to_on))
    evidence = tr("依据：{evidence}", evidence=entry.evidence) if entry.evidence else ""
    return tr("；").join(part for part in (days, entry.text, evidence) if part)


def of_guardians(versions: Iterable[Guardian]) -> list[Statement]:
    """The statements about a guardian."""
    return [
        Statement(_made(each.made), *((tr("作废"), each.relation_note) if each.void else (each.name, _guardian(each))))
        for each in versions
    ]


def of_struck(entries: Iterable[Entry]) -> list[Statement]:
    """What was struck out, with the reason; each as the row that struck it out."""
    return [
        Statement(_made(entry.made), _title(entry), _struck(entry.evidence, entry_text(replace(entry, evidence=""))))
        for entry in entries
    ]


def of_struck_guardians(found: Iterable[Guardian]) -> list[Statement]:
    """The guardians who were struck out, with the reason."""
    return [Statement(_made(each.made), each.name, _struck(each.relation_note, _guardian(each))) for each in found]


def _struck(reason: str, said: str) -> str:
    return "\n".join(part for part in (tr("作废原因：{reason}", reason=reason), said) if part)


def _guardian(guardian: Guardian) -> str:
    told = guardian.do_not_contact
    parts = (
        codes.name("relation", guardian.relation),
        "" if told else guardian.phone,
        "" if told else guardian.phone_2,
        guardian.best_time,
        tr("不可联系：{reason}", reason=guardian.do_not_contact_reason) if told else "",
    )
    return tr("；").join(part for part in parts if part)


def of_basics(versions: Sequence[BasicsVersion]) -> list[Statement]:
    """The statements of the basics: what each one changed."""
    if not versions:
        return []
    first = versions[0]
    told = [Statement(first.made, tr("建档"), first.basics.name)]
    for old, new in pairwise(versions):
        changed = old.basics.differences(new.basics)
        lines = [
            tr("{field}：{old} → {new}", field=word(f"field.{name}"), old=_value(old, name), new=_value(new, name))
            for name in changed
        ]
        told.append(Statement(new.made, tr("更正 {n} 项", n=len(changed)), "\n".join(lines)))
    return told


def _value(version: BasicsVersion, name: str) -> str:
    value: str = getattr(version.basics, name)
    return (codes.name(CODED[name], value) if name in CODED else value) or tr("空")


def _made(made: Provenance | None) -> Provenance:
    return made or Provenance("", "", "")


def read(dialog: HistoryDialog, context: Any, authors: Mapping[str, str], use_case: Any, key: str,
         make: Callable[[Any], list[Statement]]) -> None:  # fmt: skip
    """Fills a history with what the use case gives for ``key``."""
    context.jobs.run(dialog, lambda found: dialog.show_statements(make(found), authors), use_case, key)
