"""The items of a questionnaire: number, topic or text, how it is answered, and which score it enters."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.answering import Item, Kind, Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.services.instruments.library.wording import InUse
from counselroom.services.instruments.telling.explaining import number
from counselroom.ui.i18n import tr
from counselroom.ui.table import Cell, Column, ListModel
from counselroom.ui.theme import Size, Space
from counselroom.ui.widgets.surfaces import Sheet
from counselroom.ui.widgets.tableview import TableView


@dataclass(frozen=True)
class ItemLine:
    """One item of the list."""

    number: str
    text: str
    answers: str
    enters: str


def item_lines(form: Definition, text: InUse | None) -> list[ItemLine]:
    """``form``: the definition whose variants are in force."""
    scores: dict[str, list[str]] = {item.number: [] for item in form.items}
    for score in form.scores:
        for each in score.items:
            scores[each].append(score.name)
    return [_line(form, item, scores, text) for item in form.items]


def _line(form: Definition, item: Item, scores: Mapping[str, list[str]], text: InUse | None) -> ItemLine:
    worded = text.items.get(item.number) if text else None
    options = worded.options if worded else ()
    enters = tr("、").join(dict.fromkeys(scores[item.number])) if item.scored else tr("不计分")
    return ItemLine(
        item.number, worded.text if worded else item.topic, answers(form.responses_of(item.number), options), enters
    )


def answers(responses: Responses, shown: tuple[str, ...] = ()) -> str:
    """The options in printed order with their codes; the unit of a number."""
    if responses.kind is Kind.CLOCK:
        return tr("几点几分")
    if responses.kind is Kind.NUMBER:
        limits = tr("{a}–{b}", a=number(responses.least), b=number(responses.most))
        return tr("{limits} {unit}", limits=limits, unit=responses.unit)
    words = shown or tuple(option.word for option in responses.options)
    codes = (number(option.code) for option in responses.options)
    said = tr("　").join(f"{code} {text}" for code, text in zip(codes, words, strict=True))
    return tr("可多选：{options}", options=said) if responses.kind is Kind.TICKS else said


class ItemsSheet(Sheet):
    """A table that can be copied whole; what has no room in a cell is cut."""

    def __init__(self, form: Definition, text: InUse | None, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True, gap=0)
        self.body.setContentsMargins(Size.HAIRLINE, Space.XS, Size.HAIRLINE, Size.HAIRLINE)
        title, lines = tr("题目") if text else tr("题意提示"), item_lines(form, text)
        # Topics are short: without a text the options get the room.
        self.model: ListModel[ItemLine] = ListModel(
            [
                Column("number", tr("题号"), lambda line: line.number, Cell.TEXT, 64, order=lambda line: _order(line)),
                Column("text", title, lambda line: line.text, width=150, stretch=bool(text)),
                Column("answers", tr("选项和编码"), lambda line: line.answers, width=300, stretch=not text),
                Column("enters", tr("计入"), lambda line: line.enters, width=128),
            ],
            identity=lambda line: line.number,
            parent=self,
        )
        self.model.set_rows(lines)
        self.table = TableView(tr("题目"), self.model)
        self.body.addWidget(self.table, 1)


def _order(line: ItemLine) -> tuple[int, str]:
    digits = "".join(each for each in line.number if each.isdigit())
    return int(digits or 0), line.number
