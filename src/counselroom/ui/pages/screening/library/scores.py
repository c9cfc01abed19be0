"""What comes out of a questionnaire: each score with its bands as a ruler, and how it is made, in a sentence."""

from collections.abc import Iterator
from math import isfinite

from PySide6.QtWidgets import QWidget

from counselroom.domain.instruments.definition.answering import Responses
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands
from counselroom.domain.instruments.definition.reach import Reach, Span
from counselroom.domain.instruments.definition.scores import Score
from counselroom.domain.instruments.telling.explaining import made
from counselroom.services.instruments.telling import explaining
from counselroom.ui.i18n import tr, word
from counselroom.ui.pages.screening.library import words
from counselroom.ui.theme import Space, Tone, Type
from counselroom.ui.widgets.bands import Band, BandBar
from counselroom.ui.widgets.surfaces import Hairline, Sheet, column, row
from counselroom.ui.widgets.text import Tag, Text


class ScoresSheet(Sheet):
    """``form``: the definition whose variants are in force. Scores that only feed others stand last, in a line."""

    def __init__(self, form: Definition, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self.bars: dict[str, list[BandBar]] = {}
        self.body.addWidget(Text(tr("分数与界线"), Type.SECTION))
        reach, parts = Reach(form), {each.score: each for each in made(form)}
        shown = sorted((score for score in form.scores if not score.aside), key=lambda score: score.id != "total")
        for place, score in enumerate(shown):
            if place:
                self.body.addWidget(Hairline(colour="line_soft"))
            self._add(form, score, explaining.making(parts[score.id]), reach.of(score.id))
        feeding = [score for score in form.scores if score.aside]
        if feeding:
            self.body.addWidget(Hairline(colour="line_soft"))
            self.body.addWidget(Text(tr("只用来算别的分数"), Type.META, Tone.INK2))
        for score in feeding:
            said = tr("{name}：{how}", name=score.name, how=explaining.making(parts[score.id]))
            self.body.addWidget(Text(said, Type.META, Tone.INK2, wrap=True))

    def _add(self, form: Definition, score: Score, sentence: str, span: Span) -> None:
        head = row(gap=Space.S)
        head.addWidget(Text(score.name, Type.SECTION))
        if score.direction is not form.direction:
            head.addWidget(Text(words.direction(score.direction), Type.META, Tone.INK2))
        if score.confidence == "C" and form.confidence != "C":
            head.addWidget(Tag(tr("算法存疑")))
        head.addStretch()
        block = column(gap=Space.XS)
        block.addLayout(head)
        for part in self._bands(form, score, span):
            block.addWidget(part)
        block.addWidget(Text(sentence, Type.META, Tone.INK2, wrap=True))
        self.body.addLayout(block)

    def _bands(self, form: Definition, score: Score, span: Span) -> Iterator[QWidget]:
        """A ruler for each group of people; a score without bands says so."""
        said = form.sources[score.source]
        found = [bands for bands in form.bands if score.id in bands.scores]
        if not found:
            yield Text(tr("没有界线：只看和自己以前比的变化。"), Type.META, Tone.INK2)
        for bands in found:
            source = form.sources[bands.source]
            notes = [words.whom(bands.keys), "" if source == said else tr("界线依据：{source}", source=source)]
            if bands.confidence == "C" and form.confidence != "C":
                notes.append(tr("界线存疑"))
            if note := tr("　").join(filter(None, notes)):
                yield Text(note, Type.META, Tone.INK2, wrap=True)
            bar = _bar(score.name, bands, span)
            self.bars.setdefault(score.id, []).append(bar)
            yield bar


def _bar(name: str, bands: Bands, span: Span) -> BandBar:
    limits = bands.limits
    low = span.low if isfinite(span.low) else limits[0].bound.value
    # A score without an upper end: the last band is drawn as wide as the one before.
    first, last = limits[0].bound.value, limits[-1].bound.value
    high = span.high if isfinite(span.high) else 2 * last - first
    ends = (explaining.number(low), explaining.number(high) if isfinite(span.high) else "")
    shown = [
        Band(limit.bound.value, _limit(limit.bound.value, above=limit.bound.above), limit.name, limit.flag)
        for limit in limits
    ]
    return BandBar(tr("{name}：{bands}", name=name, bands=words.limits(limits)), shown, low, high, ends)


def _limit(value: float, *, above: bool) -> str:
    number = explaining.number(value)
    return tr("＞{n}", n=number) if above else number


class LinesSheet(Sheet):
    """Items that have to be looked at, lines that make a sheet void, and statements over several scores."""

    def __init__(self, form: Definition, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=Space.S)
        self.body.addWidget(Text(tr("关键题和作废的线"), Type.SECTION))
        said = [*_alerts(form), *_validity(form), *_rules(form)]
        self.lines = [Text(each, Type.BODY, wrap=True) for each in said or (tr("没有关键题，也没有作废的线。"),)]
        for line in self.lines:
            self.body.addWidget(line)


def _alerts(form: Definition) -> Iterator[str]:
    for alert in form.alerts:
        for number in alert.items:
            topic = form.item(number).topic
            yield tr(
                "第 {n} 题{topic}：{when}的，{soon}当面了解",
                n=number, topic=tr("（{topic}）", topic=topic) if topic else "",
                when=_from_where(form.responses_of(number), alert.at_least), soon=word(f"priority.{alert.priority}"),
            )  # fmt: skip


def _from_where(responses: Responses, line: float | None) -> str:
    """The answer from which on somebody has to look: by default the first above the lowest."""
    codes = sorted(code for code in responses.codes() if (code > responses.lowest() if line is None else code >= line))
    if not codes:
        return tr("达到 {line}", line=explaining.number(line or 0))
    answer = next(option.word for option in responses.options if option.code == codes[0])
    return tr("答“{answer}”", answer=answer) if len(set(codes)) == 1 else tr("答“{answer}”或更重", answer=answer)


def _validity(form: Definition) -> Iterator[str]:
    for each in form.validity:
        name, limit = form.score(each.score).name, words.bound(each.bound)
        if each.void:
            yield tr("{name} {limit}：这份答卷作废，分数留着，不分档；关键题照样提醒", name=name, limit=limit)
        else:
            yield tr("{name} {limit}：结果打上问号，请当面核对", name=name, limit=limit)


def _rules(form: Definition) -> Iterator[str]:
    for rule in form.rules:
        yield (
            tr("{name}：只作提示，不进待办", name=rule.name)
            if rule.soft
            else tr("{name}：由几个分数合起来判断", name=rule.name)
        )
