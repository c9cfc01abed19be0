"""Worked examples: how a file writes answers, and what a definition's examples have to cover."""

from collections.abc import Iterable, Iterator, Sequence

from counselroom.domain.instruments.definition.definition import Definition, Example
from counselroom.domain.instruments.definition.meaning import Bands, Keys
from counselroom.domain.instruments.definition.reach import Reach
from counselroom.domain.instruments.reading.flaws import Flaw
from counselroom.domain.instruments.reading.tables import Table

BLANK = "-"
STATUSES = ("not_applicable", "void", "incomplete", "prorated", "scored")
_MOST = 999


def unrolled(text: str) -> tuple[str, ...]:
    """``15*1 - 23:30`` as single cells; a blank is an empty text. Raises ValueError."""
    cells: list[str] = []
    for word in text.split():
        count, star, code = word.rpartition("*")
        times = int(count) if star else 1
        if not 0 < times <= _MOST or not code:
            raise ValueError(word)
        cells.extend([code.replace(BLANK, "", 1) if code == BLANK else code] * times)
    return tuple(cells)


def rolled(cells: Sequence[str]) -> str:
    """The short text of cells, as ``unrolled`` reads it."""
    runs: list[list[str]] = []
    for cell in cells:
        if runs and runs[-1][0] == cell:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return " ".join((f"{len(run)}*" if len(run) > 1 else "") + (run[0] or BLANK) for run in runs)


def read_example(entry: Table, numbers: tuple[str, ...]) -> Example:
    """``[[example]]``."""
    answers: tuple[str, ...] = ()
    try:
        answers = unrolled(entry.text("answers"))
    except ValueError as error:
        entry.flaw("answers", "answers", found=str(error))
    if len(answers) != len(numbers):
        entry.flaw("answer_count", "answers", found=len(answers), wanted=len(numbers))
    return Example(
        answers=answers,
        variants=entry.texts("variants"),
        sex=entry.one_of("sex", ("M", "F")) if entry.has("sex") else "",
        age=entry.whole("age") if entry.has("age") else None,
        grade=entry.whole("grade") if entry.has("grade") else None,
        status=entry.one_of("status", STATUSES, "scored"),
        scores={key: float(value) for key, value in entry.mapping("scores").items() if isinstance(value, int | float)},
        bands={key: str(value) for key, value in entry.mapping("bands").items()},
        alerts=entry.items("alerts", numbers),
        flags=entry.texts("flags"),
        validity=entry.texts("validity"),
    )


def uncovered(definition: Definition) -> Iterator[Flaw]:
    """What no example shows: a band, a side of a boundary, an alert, a side of a validity line."""
    chosen = [(definition.choose(_known(definition, example.variants)), example) for example in definition.examples]
    for place, bands in enumerate(definition.bands):
        for score in bands.scores:
            shown = [
                (example.scores[score], example.bands[score])
                for variants, example in chosen
                if bands.when <= variants
                and _for(bands.keys, example)
                and {score} <= example.scores.keys() & example.bands.keys()
            ]
            # A set of bands may stand under several variants of its score: the coarsest decides what is near.
            near = max(Reach(definition.in_force(choice)).step(score) for choice in _choices(definition, bands))
            yield from _boundaries(place, bands, score, shown, near)
            for value, band in shown:
                if bands.limits[bands.place(value)].id != band:
                    yield Flaw(("bands", place), "example_band", {"score": score, "value": value, "band": band})
    for place, alert in enumerate(definition.alerts):
        for item in alert.items:
            if not any(alert.when <= variants and item in example.alerts for variants, example in chosen):
                yield Flaw(("alert", place, "items"), "no_example_alert", {"item": item})
    for place, line in enumerate(definition.validity):
        sides = {line.id in example.validity for variants, example in chosen if line.when <= variants}
        if sides != {True, False}:
            yield Flaw(("validity", place), "no_example_validity", {"id": line.id})


def _known(definition: Definition, names: Iterable[str]) -> list[str]:
    known = {variant.id for part in definition.parts for variant in part.variants}
    return [name for name in names if name in known]


def _choices(definition: Definition, bands: Bands) -> list[frozenset[str]]:
    return [choice for choice in definition.combinations() if bands.when <= choice]


def _for(keys: Keys, example: Example) -> bool:
    return keys.match(example.sex, example.age, example.grade)


def _boundaries(place: int, bands: Bands, score: str, shown: list[tuple[float, str]], near: float) -> Iterator[Flaw]:
    for number, limit in enumerate(bands.limits):
        path = ("bands", place, "limits", number)
        inside = [value for value, band in shown if band == limit.id]
        if not inside:
            yield Flaw(path, "no_example_band", {"score": score, "band": limit.id})
        elif number:
            below = [value for value, band in shown if band == bands.limits[number - 1].id]
            if below and min(inside) - max(below) > near * (1 + 1e-9):
                yield Flaw(path, "no_example_boundary", {"score": score, "band": limit.id, "near": near})
