"""为什么是这个结果: how each score was made, by which version, from which source, and where its limits are."""

from PySide6.QtWidgets import QWidget

from counselroom.services.instruments.telling import telling
from counselroom.services.instruments.telling.cards import Card
from counselroom.ui.dialogs import SheetDialog
from counselroom.ui.i18n import tr, word
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.students.file.moments import day_words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.facts import Veiled
from counselroom.ui.widgets.surfaces import Hairline, column
from counselroom.ui.wizard.fitting import FittingScroll

_HEIGHT = 380


class WhyDialog(SheetDialog):
    """Nothing can be changed here."""

    def __init__(self, parent: QWidget, card: Card) -> None:
        super().__init__(parent, tr("为什么是这个结果"), accept=tr("关闭"))
        self.reject_button.hide()
        page = QWidget()
        layout = column(gap=Space.S, margins=(0, 0, Space.M, 0))
        for title, text in _said(card):
            if title:
                layout.addWidget(Hairline())
                layout.addWidget(Veiled(title, Type.SECTION))
            layout.addWidget(Veiled(text, Type.BODY, Tone.INK if title else Tone.INK2))
        layout.addStretch()
        page.setLayout(layout)
        self.column = FittingScroll(page)
        self.column.setFixedHeight(_HEIGHT)
        self.body.addWidget(self.column)


def _said(card: Card) -> list[tuple[str, str]]:
    line, form = card.line, card.line.form
    scored = tr(
        "{name}　{day}　第 {version} 版，{at} 计分", name=line.name, day=day_words(line.sheet.day),
        version=line.result.version, at=short_stamp(line.scored_at),
    )  # fmt: skip
    said = [("", scored), ("", telling.status(line))]
    said += [("", text) for text in (*card.warnings, *telling.flags(line))]
    if card.variants:
        said.append(("", tr("计分方式：{names}", names=tr("；").join(card.variants))))
    said += [*card.reasons]
    if form is not None:
        said.append((tr("依据与局限"), f"{form.evidence}\n{word(f'confidence.{form.confidence}')}"))
    return said
