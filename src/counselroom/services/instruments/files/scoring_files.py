"""Scoring a file of answers, without a vault: every row a result, in the order of the file."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.refusal import Refusal
from counselroom.formats import files, sheets
from counselroom.formats.sheets import limits
from counselroom.services.instruments.library import library
from counselroom.services.instruments.telling import explaining

if TYPE_CHECKING:
    from counselroom.domain.instruments.scoring.answer_table import AnswerTable, TableProblem
    from counselroom.domain.instruments.scoring.results import SheetResult

# How many wrong heads a refusal names.
_NAMED = 12


@dataclass(frozen=True)
class Scored:
    """What was written: sheets by status, those with alerts, and the cells that were not understood."""

    statuses: Counter[str]
    alerts: int
    problems: "tuple[TableProblem, ...]"


def score_file(definition: Definition, variants: frozenset[str], source: Path, out: Path) -> Scored:
    """Scores the sheets in ``source`` (csv or xlsx) and writes one JSON object per row to ``out``.

    Refuses ``instrument.answers_head`` for other heads than the instrument's, and what reading a file may refuse; then
    nothing is written; so for an ``out`` that is the file of answers itself. A cell that is not understood is a blank,
    and stands in the row's ``problems``.
    """
    if files.is_same(source, out):
        raise Refusal("convert.out_exists", file=out.name)
    from counselroom.domain.instruments.scoring.results import results  # numpy: not before it is used

    scorer = library.scorer_of(definition, variants)
    table = read_table(scorer.form, source)
    found = list(results(scorer.score(table.answers, table.people)))
    lines = _lines(scorer.form, table, found)
    files.write(out, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
    return Scored(
        Counter(result.status for result in found), sum(bool(result.alerts) for result in found), table.problems
    )


def read_table(form: Definition, source: Path) -> "AnswerTable":
    """The answers in a file (docs/formats/results.md). ``form``: a definition whose variants are in force."""
    from counselroom.domain.instruments.scoring.answer_table import HeadError, read_answers

    try:
        data = files.read(source, at_most=limits.FILE)
    except Refusal as refusal:
        raise limits.too_large() if refusal.code == "disk.too_large" else refusal from None
    found = [sheet for sheet in sheets.read_file(data) if any(any(row) for row in sheet.rows)]
    if not found:
        raise Refusal("instrument.no_answers")
    fitting, wrong = [], []
    for sheet in found:
        try:
            fitting.append((sheet.name, read_answers(form, sheet)))
        except HeadError as error:
            wrong.append(error.wrong)
    if not fitting:
        numbers = form.numbers()
        values = {"instrument": form.bare_id, "first": numbers[0], "last": numbers[-1]}
        raise Refusal("instrument.answers_head", wrong=wrong[0][:_NAMED], **values)
    if len(fitting) > 1:
        raise Refusal("instrument.answers_twice", sheets=tuple(name for name, _ in fitting))
    ((_, table),) = fitting
    if not table.ids:
        raise Refusal("instrument.no_answers")
    return table


def _lines(form: Definition, table: "AnswerTable", found: "list[SheetResult]") -> Iterator[dict[str, Any]]:
    from counselroom.domain.instruments.definition.heads import head

    sentences = explaining.sentences(form)
    problems: dict[int, list[dict[str, Any]]] = {}
    for problem in table.problems:
        problems.setdefault(problem.place, []).append({"item": head(problem.item), "code": problem.code})
    people = zip(table.people.sex.tolist(), table.people.age.tolist(), table.people.grade.tolist(), strict=True)
    for place, (row_id, result, (sex, age, grade)) in enumerate(zip(table.ids, found, people, strict=True)):
        yield {
            "id": row_id,
            **result.to_json(),
            "problems": problems.get(place, []),
            "explain": {
                "scores": sentences,
                "warnings": explaining.warnings(form, sex, _known(age), _known(grade)),
                "confidence": form.confidence,
            },
        }


def _known(value: float) -> float | None:
    return None if value != value else value
