"""Records: who did what, and what left the room. Reading them is itself recorded, so they are read on opening only."""

import json
from typing import Any

from PySide6.QtWidgets import QWidget

from counselroom.services import audit, settings
from counselroom.services.audit import EntryRow, LeftRow
from counselroom.ui import memory
from counselroom.ui.context import Context
from counselroom.ui.i18n import mark, tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.settings.declared import choice_words
from counselroom.ui.pages.settings.section import Section
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.chips import ChipRow
from counselroom.ui.widgets.surfaces import Sheet, row
from counselroom.ui.widgets.tableview import TableView
from counselroom.ui.widgets.text import Text

ENTRIES, LEFT = "entries", "left"
# How something that left has ended is an entry of its own.
_ENDINGS = {"leaving.done": mark("打印或导出已完成"), "leaving.failed": mark("打印或导出没有完成")}
_OUTCOMES = {"done": mark("已完成"), "failed": mark("没有完成"), "unknown": mark("不知道结果")}
# Codes of the facts of an entry; one that is not named here is not shown.
_FACTS = {
    "name": mark("姓名"),
    "mark": mark("套号"),
    "share": mark("第几份"),
    "value": mark("值"),
    "reason": mark("原因"),
}


def action_words(action: str) -> str:
    """What was done, in words."""
    return tr(_ENDINGS[action]) if action in _ENDINGS else word(f"audit.{action}")


def fact_words(action: str, facts: dict[str, Any]) -> str:
    """The facts of an entry in words."""
    if action.startswith("settings.") and "name" in facts:
        return _setting_words(facts)
    shown = [(tr(title), facts[key]) for key, title in _FACTS.items() if key in facts]
    parts = [f"{title} {value if isinstance(value, str) else json.dumps(value)}" for title, value in shown]
    if "roles" in facts:
        parts.append(tr("、").join(word(f"role.{code}") for code in facts["roles"]))
    return "　".join(parts)


def _setting_words(facts: dict[str, Any]) -> str:
    """A setting by its title, its value in words where it is a choice."""
    spec = settings.specs().get(facts["name"])
    if spec is None:
        return ""
    value = facts.get("value")
    if value is None:
        return word(spec.title_key)
    shown = choice_words(spec, str(value)) if spec.choices else str(value)
    return tr("{title}：{value}", title=word(spec.title_key), value=shown)


def _entry_columns() -> list[Column[EntryRow]]:
    return [
        Column("n", tr("序号"), lambda row: row.n, Cell.NUMBER, 72),
        Column("at", tr("时间"), lambda row: short_stamp(row.at), width=152, order=lambda row: row.at),
        Column("actor", tr("谁"), lambda row: row.actor, Cell.NAME, 120),
        Column("action", tr("做了什么"), lambda row: action_words(row.action), width=200),
        Column("facts", tr("内容"), lambda row: fact_words(row.action, row.facts), Cell.FREE_TEXT, 240, stretch=True),
    ]


def _left_columns() -> list[Column[LeftRow]]:
    return [
        Column("at", tr("时间"), lambda row: short_stamp(row.at), width=152, order=lambda row: row.at),
        Column("actor", tr("谁"), lambda row: row.actor, Cell.NAME, 120),
        Column("action", tr("什么"), lambda row: word(f"audit.{row.action}"), width=240, stretch=True),
        Column(
            "outcome", tr("结果"), lambda row: tr(_OUTCOMES[row.outcome]), width=140,
            tone=lambda row: Tone.INK if row.outcome == "done" else Tone.WARN,
        ),
    ]  # fmt: skip


class RecordsSection(Section):
    """Two tables, one at a time."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, tr("记录"), parent)
        self.kinds = ChipRow(tr("看哪一种"), [(ENTRIES, tr("日志")), (LEFT, tr("出门登记"))])
        self.kinds.set_values([ENTRIES])
        self.kinds.changed.connect(self.begin)
        self.note = Text("", Type.META, Tone.INK2)
        head = row(gap=Space.L)
        head.addWidget(self.kinds)
        head.addWidget(self.note, 1)
        self.entries: ListModel[EntryRow] = ListModel(_entry_columns(), identity=lambda row: row.n, parent=self)
        self.left: ListModel[LeftRow] = ListModel(_left_columns(), parent=self)
        self.tables = {
            ENTRIES: TableView(tr("日志"), self.entries),
            LEFT: TableView(tr("出门登记"), self.left),
        }
        for key, table in self.tables.items():
            memory.remember(context.jobs, f"records.{key}", table)
        sheet = Sheet(gap=0)
        sheet.body.setContentsMargins(0, Space.XS, 0, Space.S)
        for table in self.tables.values():
            sheet.body.addWidget(table)
        self.body.addLayout(head)
        self.body.addWidget(sheet, 1)

    def begin(self) -> None:
        """Reads the table that is shown."""
        shown = self.kinds.value() or ENTRIES
        for key, table in self.tables.items():
            table.setVisible(key == shown)
        if shown == ENTRIES:
            self.note.set_text(tr("只增不改，每条都和前一条锁在一起。翻看日志本身也会记一条。"))
            self.context.jobs.run(self, self.entries.set_rows, audit.entries)
        else:
            self.note.set_text(tr("打印、导出、写成文件，都在这里。"))
            self.context.jobs.run(self, self._on_left, audit.left)

    def _on_left(self, rows: list[LeftRow]) -> None:
        self.left.set_rows(rows)
        if not rows:
            self.note.set_text(tr("还没有打印、导出过什么。"))

    def refresh(self, topics: frozenset[str]) -> None:
        """Stays as it was read: reading again would write one entry after the other."""

    def show_kind(self, kind: str) -> None:
        """Shows one of the two."""
        self.kinds.set_values([kind])

    def first_focus(self) -> QWidget:
        """The chips."""
        return self.kinds
