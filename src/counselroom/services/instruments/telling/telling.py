"""The result of a sheet in words, the same on the screen and on paper: no disorder, no rank."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from counselroom.domain.charts.definition import Scale, ScaleChart
from counselroom.domain.dates import plain_date
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.ranges import short
from counselroom.domain.instruments.telling.change import Change, Verdict
from counselroom.domain.instruments.telling.gauges import Gauge
from counselroom.services.instruments.kept.norms import Standing
from counselroom.services.instruments.kept.sheets import SheetLine
from counselroom.words import word

_SEVERAL = 8  # more blanks than this are told as a short list
_DOUBTFUL = "C"


def number(value: float) -> str:
    """A score as it is read: two places at most, so that 2.04 does not look as if it were no more than 2."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def status(line: SheetLine) -> str:
    """What became of the sheet, and why."""
    result, form = line.result, line.form
    key, values = f"card.{result.status}", {}
    if result.status in ("incomplete", "prorated"):
        values["items"] = blanks(line)
        if not result.missing:
            key = "card.contradictory"
    elif result.status == "void":
        values["why"] = tuple(_void(line))
        if form is None or not values["why"]:
            key = "card.void_bare"
    if result.status == "scored" and result.missing:
        key, values["items"] = "card.scored_blanks", blanks(line)
    return word(key, **values)


def blanks(line: SheetLine) -> object:
    """The blank items, as a list or a short text."""
    missing = line.result.missing
    if line.form is None or len(missing) <= _SEVERAL:
        return missing
    return short(missing, line.form.numbers())


def _void(line: SheetLine) -> Iterator[str]:
    """Which line made the sheet void, with the score that passed it."""
    for each in line.form.validity if line.form else ():
        if each.void and line.result.validity.get(each.id):
            value = line.result.scores.get(each.score)
            yield word("card.void_line", name=each.name, value=number(value)) if value is not None else each.name


def gauge(each: Gauge, *, void: bool) -> str:
    """A score in words: the band first, the number behind it; why there is none where there is none."""
    if each.value is None:
        return word("card.no_score", items=each.blank) if each.blank else word("card.no_score_bare")
    said = number(each.value)
    if each.limit is not None:
        said = word("card.band", name=each.limit.name, value=said)
    elif void and each.bands:
        said = word("card.no_band", value=said)
    return word("card.prorated_score", said=said) if each.prorated else said


def chart(gauges: Sequence[Gauge], *, void: bool) -> ScaleChart:
    """The scores against their bands."""
    return ScaleChart(tuple(_scale(each, gauge(each, void=void)) for each in gauges))


def _scale(each: Gauge, said: str) -> Scale:
    """A score whose range has no end is told in words beside an empty bar."""
    if not each.has_range:
        return Scale(each.name, said, None, 0, 1)
    return Scale(each.name, said, each.value, each.low, each.high, each.bands, whole=each.is_total)


def flags(line: SheetLine) -> list[str]:
    """What the questionnaire's own rules say of the answers."""
    form, result = line.form, line.result
    if form is None:
        return []
    rules = [rule.name for rule in form.rules if result.flags.get(rule.id)]
    return rules + [each.name for each in form.validity if not each.void and result.validity.get(each.id)]


def norms(line: SheetLine, own: Mapping[str, Standing]) -> list[str]:
    """T of each score that has a norm, with the norm's source; ``own`` are the school's own norms, named as such."""
    form = line.form
    names = {score.id: score.name for score in form.scores if not score.aside} if form else {}
    told = [
        word("card.norm", name=names[score], t=f"{norm.t:.0f}", source=norm.source)
        for score, norm in line.result.norms.items()
        if score in names
    ]
    return told + [_own_norm(names[score], each) for score, each in own.items() if score in names]


def _own_norm(name: str, standing: Standing) -> str:
    norm = standing.norm
    group = word(f"explain.sex_{norm.sex}") if norm.sex else ""
    if norm.grade is not None:
        group += word("card.norm_grade", grade=norm.grade)
    day = plain_date(datetime.fromisoformat(norm.made.made_at).astimezone()) if norm.made else ""
    return word("card.norm_own", name=name, t=f"{standing.t:.0f}", group=group, n=norm.n, day=day)


def tags(line: SheetLine, gauges: Sequence[Gauge]) -> list[str]:
    """What has to be known of the questionnaire itself wherever its result is shown."""
    form = line.form
    if form is None:
        return [word("card.no_form")]
    found = [word("card.own")] if form.own else []
    if any(each.doubtful for each in gauges if each.bands):
        found.append(word("card.doubtful"))
    elif form.confidence == _DOUBTFUL and not form.own:
        found.append(word("card.doubtful_form"))
    return found


def variants(line: SheetLine, whole: Definition | None) -> list[str]:
    """The variants in force that are not the usual ones. ``whole``: the definition with all its variants."""
    chosen = set(line.result.variants)
    return [
        word("explain.variant", part=part.name, name=variant.name)
        for part in (whole.parts if whole else ())
        for variant in part.variants
        if variant.id in chosen and not variant.default
    ]


def changed(change: Change, name: str) -> str:
    """Whether a score has changed by more than its own inaccuracy; that it cannot be told, and why."""
    if change.verdict is Verdict.CANNOT_TELL:
        return word(f"card.change_{change.why}", name=name)
    if change.verdict is Verdict.NO_RELIABLE_CHANGE:
        return word("card.change_none", name=name, source=change.source)
    sense = {True: "better", False: "worse", None: str(change.verdict)}[change.better]
    return word(f"card.change_{sense}", name=name, source=change.source)
