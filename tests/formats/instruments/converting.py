"""What the tests of open formats share."""

import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counselroom import resources
from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.scoring.people import People
from counselroom.domain.instruments.scoring.scoring import Outcome, Scorer
from counselroom.formats.instruments.definitions import parse
from counselroom.formats.instruments.foreign import Converted, Origin, Phrases
from counselroom.formats.instruments.osd_in import from_osd

PHRASES = Phrases("由 {file} 转换", "没有写许可", "{name}（换算前）", "低于分段", "高于分段", "总分", "是", "否")
ORIGIN = Origin("a.osd", "0" * 64)


def library(instrument: str) -> Definition:
    return parse(resources.path("instruments", f"{instrument}.toml").read_bytes())


def convert(file: dict[str, Any]) -> Converted:
    return from_osd(json.loads(json.dumps(file)), ORIGIN, PHRASES)


def codes(converted: Converted) -> set[str]:
    return {remark.code for remark in converted.remarks}


def osd(items: list[dict[str, Any]], scoring: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A small file; items without a type are likert items of 0–3."""
    listed = [{"type": "likert", "text_key": "t", **item} for item in items]
    usual = {"points": 4, "min": 0, "max": 3, "labels": ["a", "b", "c", "d"]}
    words = {"a": "never", "b": "rarely", "c": "often", "d": "always"}
    definition = {"scale_info": {"name": "Test", "code": "T1"}, "likert_options": usual, "items": listed,
                  "scoring": scoring, **more}  # fmt: skip
    return {"osd_version": "1.0.11", "definition": definition, "translations": {"en": words}}


def likert(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"id": f"q{place}", **more} for place in range(1, count + 1)]


def score_of(definition: Definition, rows: Any) -> Outcome:
    """The engine with the default variants, for nobody in particular."""
    answers: NDArray[Any] = np.array(rows, float)
    return Scorer(definition, definition.choose(())).score(answers, People.unknown(len(answers)))


def random_rows(form: Definition, count: int) -> NDArray[Any]:
    """So many complete sheets of options, always the same ones."""
    chance = np.random.default_rng(7)
    columns = []
    for item in form.items:
        responses = form.responses_of(item.number)
        assert responses.kind is Kind.OPTIONS
        columns.append(chance.choice(responses.codes(), count))
    return np.column_stack(columns)
