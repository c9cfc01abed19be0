"""Beside a questionnaire: by which ways it is scored and since when, its text, and the norms of the school's own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QWidget

from counselroom.domain.dates import plain_date
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.telling.localnorms import LocalNorm
from counselroom.services.instruments.library.catalogue import Held
from counselroom.services.instruments.library.choices import Choice
from counselroom.services.instruments.library.wording import InUse
from counselroom.ui.i18n import tr
from counselroom.ui.icons import Icon
from counselroom.ui.localtime import short_stamp
from counselroom.ui.pages.screening.library import words
from counselroom.ui.theme import Size, Space, Tone, Type
from counselroom.ui.widgets.banner import Banner, Tint
from counselroom.ui.widgets.buttons import Button, quiet
from counselroom.ui.widgets.surfaces import Hairline, Scroll, Sheet, clear, column, row
from counselroom.ui.widgets.text import Tag, Text

WIDTH = 352
_PAST = 5


@dataclass(frozen=True)
class Acts:
    """What can be done here; None for whoever may not."""

    choose: Callable[[], object]
    rescore: Callable[[], object]
    bring: Callable[[], object]
    compute: Callable[[], object]


class Beside(QWidget):
    """Three sheets in a scrolling column."""

    def __init__(self, acts: Acts | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._acts = acts
        self.buttons: dict[str, Button] = {}
        inner = QWidget()
        self._column = column(gap=Size.GAP_SHEETS)
        inner.setLayout(self._column)
        inner.setMinimumSize(1, 1)  # the height follows the width
        layout = column()
        layout.addWidget(Scroll(inner))
        self.setLayout(layout)

    def show_held(self, held: Held) -> None:
        """Shows what the school has of this one."""
        clear(self._column)
        self.buttons = {}
        if held.definition.parts:
            self._column.addWidget(self._ways(held))
        self._column.addWidget(self._text(held.definition, held.text))
        self._column.addWidget(self._norms(held))
        self._column.addStretch()

    def _sheet(self, title: str, key: str = "", verb: str = "", act: Callable[[], object] | None = None) -> Sheet:
        sheet = Sheet(gap=Space.S)
        head = row(gap=Space.S)
        head.addWidget(Text(title, Type.SECTION), 1)
        if act is not None:
            self.buttons[key] = quiet(verb, act, small=True, icon=Icon.EDIT if key == "choose" else None)
            head.addWidget(self.buttons[key])
        sheet.body.addLayout(head)
        return sheet

    def _ways(self, held: Held) -> Sheet:
        sheet = self._sheet(tr("计分方式"), "choose", tr("更改…"), self._acts.choose if self._acts else None)
        said = tr("各家来源在这里说法不一，由学校选定；每份结果都注明用的是哪一种。")
        sheet.body.addWidget(Text(said, Type.META, Tone.INK2, wrap=True))
        for part in held.definition.parts:
            variant = next(each for each in part.variants if each.id in held.in_force.variants)
            sheet.body.addWidget(Text(part.name, Type.META, Tone.INK2))
            line = row(gap=Space.S)
            line.addWidget(Text(variant.name, Type.BODY, wrap=True), 1)
            if not variant.default:
                line.addWidget(Tag(tr("学校选定")))
            if variant.confidence == "C":
                line.addWidget(Tag(words.confidence("C")))
            sheet.body.addLayout(line)
        if held.outdated and self._acts:
            sheet.body.addWidget(self._outdated(held.outdated, self._acts.rescore))
        for choice in held.in_force.past[:_PAST]:
            sheet.body.addWidget(Hairline(colour="line_soft"))
            sheet.body.addWidget(Text(_past(held.definition, choice), Type.META, Tone.INK2, wrap=True))
        return sheet

    def _outdated(self, count: int, rescore: Callable[[], object]) -> QWidget:
        sentence = tr("{n} 份答卷是按以前的方式计分的", n=count)
        banner = Banner(Tint.INFO, sentence, tr("重新计分后，以前的结果仍可按日期查看。"))
        box = QWidget()
        inner = column(gap=Space.XS)
        inner.addWidget(banner)
        self.buttons["rescore"] = quiet(tr("按现在的方式重新计分"), rescore, small=True, icon=Icon.REFRESH)
        inner.addWidget(self.buttons["rescore"])
        box.setLayout(inner)
        return box

    def _text(self, definition: Definition, text: InUse | None) -> Sheet:
        verb = tr("换一份…") if text and text.note else tr("导入…")
        act = self._acts.bring if self._acts and not definition.own else None
        sheet = self._sheet(tr("题本"), "bring", verb, act)
        if text is None:
            said = tr("还没有。没有题本也能录入和计分，只是不能打印，题目只显示题号和题意提示。")
        elif text.note:
            said = tr("学校导入的题本，{n} 题。来源：{note}", n=len(text.items), note=text.note)
        else:
            said = tr("随程序提供，可以自由打印。")
        sheet.body.addWidget(Text(said, Type.BODY, wrap=True))
        sheet.body.addWidget(Text(definition.licence[1], Type.META, Tone.INK2, wrap=True))
        return sheet

    def _norms(self, held: Held) -> Sheet:
        act = self._acts.compute if self._acts else None
        sheet = self._sheet(tr("常模"), "compute", tr("用本校答卷计算"), act)
        lines = [*_published(held.form), *_local(held.definition, held.norms)]
        for said in lines:
            sheet.body.addWidget(Text(said, Type.BODY, wrap=True))
        if not lines:
            said = tr("没有查到可以公开使用的常模，所以不给标准分。本校一组有 100 份有效答卷时，可以算本校自己的。")
            sheet.body.addWidget(Text(said, Type.META, Tone.INK2, wrap=True))
        return sheet


def _past(definition: Definition, choice: Choice) -> str:
    names = {variant.id: variant.name for part in definition.parts for variant in part.variants}
    chosen = tr("、").join(names.get(each, each) for each in choice.variants)
    return tr(
        "{when}　{who}选定：{chosen}。理由：{reason}",
        when=short_stamp(choice.at), who=choice.by, chosen=chosen, reason=choice.reason,
    )  # fmt: skip


def _published(definition: Definition) -> Iterator[str]:
    """Norms that a source states; one line for each name."""
    for name in dict.fromkeys(norm.name for norm in definition.norms):
        n = max(norm.n for norm in definition.norms if norm.name == name)
        yield tr("{name}（n = {n}）", name=name, n=f"{n:,}") if n else name


def _local(definition: Definition, found: tuple[LocalNorm, ...]) -> Iterator[str]:
    """The school's own: how many groups, how many sheets, computed on which day."""
    if not found:
        return
    everybody = max(norm.n for norm in found)
    groups = len({(norm.sex, norm.grade) for norm in found})
    made = found[0].made
    day = _day(made.made_at) if made else ""
    yield tr(
        "本校常模：{day}算出，{n} 份有效答卷，{m} 个组。只和本校比，不代表别处。", day=day, n=f"{everybody:,}", m=groups
    )
    if any(norm.version != definition.version for norm in found):
        yield tr("这是按以前的版本算的，请重新计算。")


def _day(moment: str) -> str:
    return plain_date(datetime.fromisoformat(moment).astimezone().date())
