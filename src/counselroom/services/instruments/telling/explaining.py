"""为什么是这个结果: how a score is made and what its limits are, in sentences."""

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands, Gate
from counselroom.domain.instruments.definition.scores import Bound, Step, StepKind
from counselroom.domain.instruments.telling.explaining import Made, made, warned
from counselroom.words import word


def sentences(form: Definition) -> dict[str, str]:
    """One text per score of a definition whose variants are in force."""
    return {each.score: sentence(form, each) for each in made(form)}


def making(each: Made) -> str:
    """How a score is made of the answers, without limits and source: for where these stand beside it."""
    return word("explain.joint").join(_making(each)) + word("explain.end")


def sentence(form: Definition, each: Made) -> str:
    """How a score is made, from the answers to its limits, with its source."""
    parts = _making(each)
    parts.extend(_bands(form, bands, each.source) for bands in each.bands)
    parts.append(word("explain.source", source=each.source, confidence=word(f"confidence.{each.confidence}")))
    return word("explain.joint").join(parts) + word("explain.end")


def warnings(form: Definition, sex: str, age: float | None, grade: float | None) -> list[str]:
    """What has to be said about a person for whom the questionnaire is not quite meant."""
    return [_gate(form, gate) for gate in warned(form, sex, age, grade)]


def number(value: float) -> str:
    """A number as people write it."""
    return f"{value:.10g}"


def _making(each: Made) -> list[str]:
    parts = [_how(each)]
    if each.reversed:
        parts.append(word("explain.reversed", items=each.reversed))
    parts.extend(_step(step) for step in each.steps)
    parts.append(_missing(each))
    return parts


def _how(each: Made) -> str:
    inputs = [word("explain.items", items=each.items)] if each.items else []
    inputs.extend(word("explain.score", name=name) for name in each.scores)
    return word(f"made.{each.how}", inputs=tuple(inputs), line=tuple(map(number, each.line)))


def _step(step: Step) -> str:
    if step.kind is StepKind.BINS:
        bins = tuple(word("explain.bin", bound=_bound(each.bound), value=number(each.value)) for each in step.bins)
        return word("step.bins", bins=bins)
    return word(f"step.{step.kind}", numbers=tuple(map(number, step.numbers)))


def _missing(each: Made) -> str:
    if each.missing.prorate is not None:
        return word("explain.prorate", least=each.missing.prorate)
    if each.missing.up_to is not None:
        return word("explain.blank_zero", most=each.missing.up_to)
    return word("explain.refuse")


def _bound(bound: Bound) -> str:
    return word("explain.above" if bound.above else "explain.from", value=number(bound.value))


def _bands(form: Definition, bands: Bands, said: str) -> str:
    """``said``: a source that is named anyway."""
    limits = tuple(word("explain.limit", bound=_bound(limit.bound), name=limit.name) for limit in bands.limits)
    keys = bands.keys
    whom = word(f"explain.sex_{keys.sex}") if keys.sex else ""
    if keys.ages:
        whom += word("explain.ages", first=keys.ages[0], last=keys.ages[1])
    if keys.grades:
        whom += word("explain.grades", first=keys.grades[0], last=keys.grades[1])
    source = form.sources[bands.source]
    if source == said:
        return word("explain.bands", whom=whom, limits=limits)
    return word("explain.bands_source", whom=whom, limits=limits, source=source)


def _gate(form: Definition, gate: Gate) -> str:
    source = form.sources[gate.source]
    if gate.keys.sex:
        return word("explain.gate_sex", source=source)
    first, last = gate.keys.ages or gate.keys.grades or (0, 0)
    key = "explain.gate_age" if gate.keys.ages else "explain.gate_grade"
    return word(key, first=first, last=last, source=source)
