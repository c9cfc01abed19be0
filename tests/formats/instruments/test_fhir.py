"""FHIR R4 Questionnaires and QuestionnaireResponses."""

import json
from typing import Any

import numpy as np
import pytest

from counselroom import resources
from counselroom.domain.instruments.definition.answering import Kind, Shown
from counselroom.domain.instruments.scoring.example_run import wrong_examples
from counselroom.formats.instruments.definitions import parse
from counselroom.formats.instruments.fhir_in import fhir_wording, from_fhir, is_fhir
from counselroom.formats.instruments.fhir_out import to_fhir
from counselroom.formats.instruments.fhir_response import to_response
from counselroom.formats.instruments.fhir_shared import CALCULATED, ORDINAL
from counselroom.formats.instruments.foreign import Converted, NotConvertibleError
from counselroom.formats.instruments.writing import write
from formats.instruments.converting import ORIGIN, PHRASES, codes, library, random_rows, score_of

LIBRARY = sorted(path.stem for path in resources.path("instruments").glob("*.toml"))
SUMS = ["gad7", "cesd", "cdi", "mht", "scared", "pss10", "rses", "psss", "phq8", "hkra27", "cesdr"]


def convert(resource: dict[str, Any]) -> Converted:
    assert is_fhir(resource)
    return from_fhir(json.loads(json.dumps(resource)), ORIGIN, PHRASES)


def option(code: str, value: float | None = None, where: str = "coding", url: str = ORDINAL) -> dict[str, Any]:
    coding: dict[str, Any] = {"code": code, "display": f"word {code}"}
    extension = [{"url": url, "valueDecimal": value}] if value is not None else []
    if where == "coding":
        return {"valueCoding": {**coding, "extension": extension}}
    return {"valueCoding": coding, "extension": extension}


def choice(link: str, **more: Any) -> dict[str, Any]:
    options = [option(f"LA{value}-x", value) for value in range(4)]
    return {"linkId": link, "text": f"text of {link}", "type": "choice", "answerOption": options, **more}


def questionnaire(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "name": "T1", "title": "Test", "status": "draft", "item": [*items],
            **more}  # fmt: skip


def total(expression: str, link: str = "sum") -> dict[str, Any]:
    value = {"language": "text/fhirpath", "expression": expression}
    return {"linkId": link, "type": "decimal", "text": "Sum", "readOnly": True,
            "extension": [{"url": CALCULATED, "valueExpression": value}]}  # fmt: skip


# --- in ---------------------------------------------------------------------------------------------------------------


def test_without_scoring_one_total_of_everything_that_counts() -> None:
    found = convert(questionnaire({"linkId": "g", "type": "group", "item": [choice("/1"), choice("/2")]}, choice("/3")))
    assert codes(found) == {"not_stated", "total_assumed", "licence_claimed", "wording_apart"}
    assert found.definition.id == "fhir/t1"
    assert found.definition.numbers() == ("1", "2", "3")
    assert found.definition.score("total").items == ("1", "2", "3")
    assert score_of(found.definition, [[3, 0, 2]]).scores["total"][0] == 5
    assert wrong_examples(found.definition) == []
    assert parse(write(found.definition).encode()) == found.definition


@pytest.mark.parametrize(
    ("expression", "items"),
    [
        ("%resource.item.where(linkId='1' or linkId='3').answer.value.ordinal().aggregate($this + $total, 0)",
         ("1", "3")),
        ("%resource.item.answer.value.ordinal().sum()", ("1", "2", "3")),
        ("%resource.descendants().where(linkId = '2').answer.value.ordinal().sum()", ("2",)),
        (f"%resource.item.answer.valueCoding.extension('{ORDINAL}').valueDecimal.aggregate($total + $this)",
         ("1", "2", "3")),
    ],
)  # fmt: skip
def test_plain_sums(expression: str, items: tuple[str, ...]) -> None:
    found = convert(questionnaire(choice("1"), choice("2"), choice("3"), total(expression))).definition
    assert [(score.id, score.name, score.items) for score in found.scores] == [("sum", "Sum", items)]
    assert [item.number for item in found.items if not item.scored] == [n for n in "123" if n not in items]


@pytest.mark.parametrize(
    "expression",
    [
        "iif(%resource.item.answer.value.ordinal().sum() > 9, 1, 0)",
        "%resource.item.answer.value.ordinal().sum() * 2",
        "%resource.item.where(linkId='9').answer.value.ordinal().sum()",
        "%resource.item.where(linkId='1' or linkId='1').answer.value.ordinal().sum()",
    ],
)
def test_other_expressions_are_named_and_the_total_is_said_to_be_assumed(expression: str) -> None:
    found = convert(questionnaire(choice("1"), choice("2"), total(expression)))
    assert {"expression", "total_assumed"} <= codes(found)


@pytest.mark.parametrize("where", ["coding", "option"])
@pytest.mark.parametrize("url", [ORDINAL, "http://hl7.org/fhir/StructureDefinition/itemWeight"])
def test_where_the_value_of_an_option_stands(where: str, url: str) -> None:
    options = [option(f"LA{value}", value, where, url) for value in (0, 1, 3, 5)]
    found = convert(questionnaire(choice("1", answerOption=options))).definition
    assert found.responses_of("1").codes() == (0, 1, 3, 5)
    assert found.coding == ()


def test_values_in_a_contained_value_set() -> None:
    concepts = [{"code": f"c{value}", "display": "x", "extension": [{"url": ORDINAL, "valueDecimal": value}]}
                for value in range(3)]  # fmt: skip
    value_set = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"concept": concepts}]}}
    item = {"linkId": "1", "type": "choice", "answerValueSet": "#v"}
    found = convert(questionnaire(item, contained=[value_set])).definition
    assert found.responses_of("1").codes() == (0, 1, 2)


def test_printed_codes_that_are_numbers_stay_and_what_counts_is_a_coding() -> None:
    turned = choice("2", answerOption=[option(str(code), 3 - code) for code in range(4)])
    capped = choice("3", answerOption=[option(str(code), min(code, 2)) for code in range(4)])
    found = convert(questionnaire(choice("1"), turned, capped)).definition
    assert [coding.reverse for coding in found.coding] == [("2",), ()]
    assert found.coding[1].table == ((0, 0), (1, 1), (2, 2), (3, 2))
    assert score_of(found, [[1, 1, 3]]).scores["total"][0] == 1 + 2 + 2


def test_other_questions() -> None:
    limits = [{"url": f"http://hl7.org/fhir/StructureDefinition/{word}Value", "valueInteger": value}
              for word, value in (("min", 0), ("max", 24))]  # fmt: skip
    found = convert(questionnaire(
        choice("1"), {"linkId": "2", "type": "boolean"}, {"linkId": "3", "type": "integer", "extension": limits},
        {"linkId": "4", "type": "time"}, {"linkId": "5", "type": "string"}, {"linkId": "6", "type": "integer"},
        choice("7", repeats=True), choice("8", answerOption=[option("a"), option("b")]),
        {"linkId": "9", "type": "choice", "answerValueSet": "http://example.org/vs"},
        {"linkId": "d", "type": "display"},
    ))  # fmt: skip
    form = found.definition
    assert [(item.number, form.responses_of(item.number).kind) for item in form.items] == [
        ("1", Kind.OPTIONS), ("2", Kind.OPTIONS), ("3", Kind.NUMBER), ("4", Kind.CLOCK), ("7", Kind.TICKS),
        ("8", Kind.OPTIONS),
    ]  # fmt: skip
    left = [remark.path[1] for remark in found.remarks if remark.code == "item_left_out"]
    assert left == ["5", "6", "9"]
    assert [remark.path[1] for remark in found.remarks if remark.code == "no_ordinal"] == ["2", "8"]
    assert wrong_examples(form) == []


def test_enable_when() -> None:
    def asks(*codes_: str, operator: str = "=", **more: Any) -> dict[str, Any]:
        when = [{"question": "1", "operator": operator, "answerCoding": {"code": code}} for code in codes_]
        return choice("2", enableWhen=when, **more)

    upper = convert(questionnaire(choice("1"), asks("LA2-x", "LA3-x", enableBehavior="any"))).definition
    assert upper.item("2").shown == Shown(any=("1",), at_least=2)
    for item in (asks("LA1-x"), asks("LA2-x", "LA3-x"), asks("LA3-x", operator="!=")):
        found = convert(questionnaire(choice("1"), item))
        assert found.definition.item("2").shown is None
        assert "always_asked" in codes(found)


def test_links_that_are_no_numbers_are_counted() -> None:
    found = convert(questionnaire(choice("mood"), choice("sleep")))
    assert [remark.values for remark in found.remarks if remark.code == "renumbered"] == [
        {"pairs": ("1=mood", "2=sleep")}
    ]
    found = convert(questionnaire(choice("mood", prefix="5a."), choice("sleep", prefix="5b.")))
    assert found.definition.numbers() == ("5a", "5b")


@pytest.mark.parametrize(
    "items",
    [(), ({"linkId": "1", "type": "string"},), ({"linkId": "1", "type": "boolean"},), (choice("1"), choice("1"))],
)
def test_what_can_never_score_is_refused(items: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises(NotConvertibleError):
        convert(questionnaire(*items))


def test_wording_by_printed_number() -> None:
    found = fhir_wording(questionnaire(choice("/a/1"), choice("/a/2")), PHRASES)
    assert found["2"][0] == "text of /a/2"
    assert len(found["2"][1]) == 4


# --- out --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("instrument", SUMS)
def test_sums_come_back(instrument: str) -> None:
    definition = library(instrument)
    back = convert(to_fhir(definition)[0]).definition
    form = definition.in_force(definition.choose(()))
    assert back.numbers() == form.numbers()
    rows = random_rows(form, 100)
    before, after = score_of(definition, rows), score_of(back, rows)
    assert set(after.scores) == set(before.scores)
    for score, values in before.scores.items():
        np.testing.assert_allclose(after.scores[score], values, atol=1e-9)


@pytest.mark.parametrize("instrument", LIBRARY)
def test_every_instrument_goes_out(instrument: str) -> None:
    form = library(instrument).in_force(library(instrument).choose(()))
    content, remarks = to_fhir(library(instrument))
    listed = {remark.code for remark in remarks}
    items = {item["linkId"] for item in content["item"]}
    said = {remark.path[1] for remark in remarks if remark.code == "score_not_sum"}
    assert items == {*form.numbers(), *(f"score-{score.id}" for score in form.scores if score.id not in said)}
    for what, code in ((form.bands, "bands_left_out"), (form.alerts, "alerts_left_out"), (form.rules, "rules_left_out"),
                       (form.validity, "validity_left_out"), (form.norms, "norm_left_out")):  # fmt: skip
        assert bool(what) == (code in listed)
    convert(content)


def test_a_reversed_item_counts_rightly_for_whoever_adds_ordinals() -> None:
    content, remarks = to_fhir(library("cesd"))
    (fourth,) = [item for item in content["item"] if item["linkId"] == "4"]
    codings = [each["valueCoding"] for each in fourth["answerOption"]]
    assert [(each["code"], each["extension"][0]["valueDecimal"]) for each in codings] == [
        ("0", 3), ("1", 2), ("2", 1), ("3", 0),
    ]  # fmt: skip
    assert ("4", "8", "12", "16") in [remark.values.get("items") for remark in remarks]


# --- answers ----------------------------------------------------------------------------------------------------------


def test_a_response_has_codes_and_words_and_no_name() -> None:
    answers = {str(number): "1" for number in range(1, 8)} | {"3": ""}
    found = to_response(library("gad7"), answers, subject="S-17", authored="2026-09-01")
    assert found["questionnaire"] == f"{to_fhir(library('gad7'))[0]['url']}|1"
    assert (found["subject"], found["authored"]) == ({"identifier": {"value": "S-17"}}, "2026-09-01")
    assert [item["linkId"] for item in found["item"]] == ["1", "2", "4", "5", "6", "7"]
    assert found["item"][0]["answer"] == [{"valueCoding": {"code": "1", "display": "好几天"}}]
    assert set(found) == {"resourceType", "questionnaire", "status", "subject", "authored", "item"}


def test_codes_of_a_response_are_those_of_the_questionnaire() -> None:
    for instrument in ("sdq-self", "ssrs", "psqi", "aslec"):
        definition = library(instrument)
        example = max(definition.examples, key=lambda each: sum(map(bool, each.answers)))
        answers = dict(zip(definition.numbers(), example.answers, strict=True))
        found = to_response(definition, answers, subject="1", authored="2026-09-01T08:00:00+08:00")
        known = {item["linkId"]: {each["valueCoding"]["code"] for each in item.get("answerOption", [])}
                 for item in to_fhir(definition)[0]["item"]}  # fmt: skip
        assert [item["linkId"] for item in found["item"]] == [number for number, cell in answers.items() if cell]
        for item in found["item"]:
            for answer in item["answer"]:
                assert "valueCoding" not in answer or answer["valueCoding"]["code"] in known[item["linkId"]]


@pytest.mark.parametrize("cell", ["4", "x", "1;2"])
def test_a_cell_that_is_no_answer_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        to_response(library("gad7"), {"1": cell}, subject="1", authored="2026-09-01")
