"""Why a result is what it is: each score in parts that a sentence can be made of. No words of a language here."""

from dataclasses import dataclass

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.meaning import Bands, Gate
from counselroom.domain.instruments.definition.ranges import short
from counselroom.domain.instruments.definition.scores import Missing, Score, Step


@dataclass(frozen=True)
class Made:
    """How one score is made. ``items`` and ``reversed`` are short lists of printed numbers; ``scores`` are names."""

    score: str
    name: str
    how: str
    items: str
    scores: tuple[str, ...]
    reversed: str
    line: tuple[float, ...]
    steps: tuple[Step, ...]
    missing: Missing
    bands: tuple[Bands, ...]
    confidence: str
    source: str


def made(form: Definition) -> list[Made]:
    """Every score of a definition whose variants are in force."""
    return [_made(form, score) for score in form.scores]


def _made(form: Definition, score: Score) -> Made:
    numbers = form.numbers()
    turned = {number for coding in form.coding for number in coding.reverse} & set(score.items)
    return Made(
        score=score.id,
        name=score.name,
        how=score.how,
        items=short(score.items, numbers),
        scores=tuple(form.score(other).name for other in score.scores),
        reversed=short(tuple(turned), numbers),
        line=score.equal or (() if score.at_least is None else (score.at_least,)),
        steps=score.then,
        missing=score.missing,
        bands=tuple(bands for bands in form.bands if score.id in bands.scores),
        confidence=score.confidence or form.confidence,
        source=form.sources[score.source],
    )


def leaves(form: Definition, score_id: str) -> tuple[str, ...]:
    """All items that a score rests on, in printed order, whatever lies between."""
    score = form.score(score_id)
    found = set(score.items)
    for other in score.scores:
        found |= set(leaves(form, other))
    return tuple(number for number in form.numbers() if number in found)


def warned(form: Definition, sex: str, age: float | None, grade: float | None) -> list[Gate]:
    """The gates that a person does not pass, of those that only warn; what is not known passes."""
    found = []
    for gate in form.gates:
        outside = [
            gate.keys.sex and sex and sex != gate.keys.sex,
            gate.keys.ages and age is not None and not gate.keys.ages[0] <= age <= gate.keys.ages[1],
            gate.keys.grades and grade is not None and not gate.keys.grades[0] <= grade <= gate.keys.grades[1],
        ]
        if not gate.excludes and any(outside):
            found.append(gate)
    return found
