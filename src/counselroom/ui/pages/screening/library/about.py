"""What a questionnaire measures, for whom it is, what is known of it, and by what right it may be used."""

from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.screening.library import words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.facts import Fact, FactGrid
from counselroom.ui.widgets.surfaces import Hairline, Sheet
from counselroom.ui.widgets.text import Text


class AboutSheet(Sheet):
    """``form``: the definition whose variants are in force."""

    def __init__(self, form: Definition, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self.body.addWidget(Text(tr("测什么，给谁用"), Type.SECTION))
        self.body.addWidget(Text(form.evidence, Type.BODY, wrap=True))
        self.facts = FactGrid(tr("这份问卷"))
        excluded = [gate for gate in form.gates if gate.excludes]
        whom = words.for_whom(gate for gate in form.gates if not gate.excludes)
        scores = [score.name for score in form.scores if not score.aside]
        self.facts.set_facts(
            (
                Fact(tr("题数"), tr("{n} 题，{who}", n=len(form.items), who=words.informants(form))),
                Fact(tr("分数"), tr("、").join(dict.fromkeys(scores))),
                Fact(tr("方向"), words.direction(form.direction)),
                *([Fact(tr("只用于"), words.for_whom(excluded))] if excluded else []),
                *([Fact(tr("适用"), tr("{whom}；不在其内的也计分，结果只作参考", whom=whom))] if whom else []),
                Fact(tr("计分把握"), words.sureness(form)),
                Fact(tr("使用权"), _licence(form)),
            )
        )  # fmt: skip
        self.body.addWidget(self.facts)
        self.body.addWidget(Hairline(colour="line_soft"))
        self.body.addWidget(Text(tr("依据"), Type.META, Tone.INK2))
        for source in form.sources.values():
            self.body.addWidget(Text(source, Type.META, Tone.INK2, wrap=True))


def _licence(form: Definition) -> str:
    kind, told = form.licence
    return told if form.own else tr("{kind}。{told}", kind=word(f"licence.{kind}"), told=told)
