"""What an Open Scale Definition file can say in odd ways: each way is read, or named; never a wrong number."""

from typing import Any

import numpy as np
import pytest

from counselroom.domain.instruments.definition.answering import Kind, Shown
from counselroom.domain.instruments.definition.scores import How
from counselroom.domain.instruments.scoring.example_run import wrong_examples
from counselroom.formats.instruments.foreign import NotConvertibleError
from formats.instruments.converting import codes, convert, likert, osd, score_of

SUM = {"total": {"method": "sum_coded", "items": ["q1", "q2", "q3"]}}


def test_items_as_list_as_table_and_as_item_coding() -> None:
    forms: list[dict[str, Any]] = [
        {"items": {"q1": 1, "q2": -1, "q3": 0}},
        {"item_coding": {"q1": 1, "q2": -1, "q3": 0}},
        {"items": ["q1", "q2"], "item_coding": {"q2": -1}},
    ]
    for form in forms:
        found = convert(osd(likert(3), {"total": {"method": "sum_coded", **form}})).definition
        assert found.scores[0].items == ("1", "2")
        assert [coding.reverse for coding in found.coding] == [("2",)]
        assert not found.item("3").scored
        assert score_of(found, [[3, 3, 3], [0, 0, 0]]).scores["total"].tolist() == [3, 3]


def test_own_points_count_on_from_the_lowest_value() -> None:
    """Eleven points from 0 end at 10, not at 11 and not at the end of the scale beside it."""
    items = [{"id": "q1", "likert_points": 11, "likert_min": 0}, {"id": "q2", "likert_points": 7}]
    found = convert(osd(items, {"total": {"method": "sum_coded", "items": {"q1": -1, "q2": -1}}})).definition
    assert found.responses_of("1").codes() == tuple(range(11))
    assert found.responses_of("2").codes() == tuple(range(7))
    assert score_of(found, [[4, 2]]).scores["total"][0] == 10


@pytest.mark.parametrize("key", ["label", "label_key"])
def test_labels_by_either_word(key: str) -> None:
    lines = [{"min": 0, "max": 4, key: "low"}, {"min": 5, "max": 9, key: "high"}]
    scoring = {"total": {**SUM["total"], "norms": {"thresholds": lines}}}
    file = osd(likert(3), scoring)
    file["translations"]["en"] |= {"low": "low", "high": "high"}
    (bands,) = convert(file).definition.bands
    assert [(limit.name, limit.bound.value, limit.bound.above) for limit in bands.limits] == [
        ("low", 0, False), ("high", 5, False),
    ]  # fmt: skip


def lines_of(*pairs: tuple[float, float]) -> dict[str, Any]:
    return {"thresholds": [{"min": low, "max": high, "label": f"b{at}"} for at, (low, high) in enumerate(pairs)]}


@pytest.mark.parametrize(
    ("pairs", "noted", "bands"),
    [
        ([(0, 4), (5, 9)], set(), {0: "b0", 4: "b0", 5: "b1", 9: "b1"}),
        ([(0, 3), (5, 9)], {"threshold_gap"}, {3: "b0", 4: "b0", 5: "b1"}),
        ([(0, 5), (5, 9)], {"thresholds_overlap"}, {5: "b0", 6: "b1"}),
        ([(2, 4), (5, 9)], {"band_added"}, {0: "below", 1: "below", 2: "b0"}),
        ([(0, 4), (5, 7)], {"band_added"}, {7: "b1", 8: "beyond", 9: "beyond"}),
        ([(0, 4), (5, 9), (10, 20)], {"threshold_beyond"}, {9: "b1"}),
        ([(-9, -1), (0, 4), (5, 99)], {"threshold_beyond"}, {0: "b1", 9: "b2"}),
    ],
)
def test_thresholds(pairs: list[tuple[float, float]], noted: set[str], bands: dict[int, str]) -> None:
    found = convert(osd(likert(3), {"total": {**SUM["total"], "norms": lines_of(*pairs)}}))
    assert {code for code in codes(found) if "threshold" in code or "band" in code} == noted
    for value, name in bands.items():
        row = [min(3, max(0, value - 3 * at)) for at in range(3)]
        place = found.definition.bands[0].place(score_of(found.definition, [row]).scores["total"][0])
        title = found.definition.bands[0].limits[place].name
        assert title == {"below": "低于分段", "beyond": "高于分段"}.get(name, name)


def test_bands_stand_on_the_score_before_its_transform() -> None:
    block = {**SUM["total"], "transform": [{"op": "multiply", "value": 2}], "norms": lines_of((0, 4), (5, 9))}
    found = convert(osd(likert(3), {"total": block}))
    assert "bands_before_transform" in codes(found)
    outcome = score_of(found.definition, [[3, 1, 0], [3, 2, 0]])
    assert outcome.scores["total"].tolist() == [8, 10]
    assert outcome.scores["total_raw"].tolist() == [4, 5]
    assert outcome.bands["total_raw"].tolist() == [0, 1]
    assert found.definition.bands[0].scores == ("total_raw",)


def test_an_item_that_two_scores_code_in_different_ways() -> None:
    scoring = {
        "forward": {"method": "sum_coded", "items": ["q1", "q2"]},
        "turned": {"method": "mean_coded", "items": {"q1": -1, "q3": 1}},
        "again": {"method": "sum_coded", "items": ["q1", "q3"]},
    }
    found = convert(osd(likert(3), scoring)).definition
    assert found.coding == ()
    assert found.score("turned").how is How.WEIGHTED
    assert score_of(found, [[1, 0, 3]]).scores["turned"][0] == (3 - 1 + 3) / 2
    assert wrong_examples(found) == []


def test_value_maps() -> None:
    scoring = {
        "capped": {"method": "sum_coded", "items": ["q1", "q2"], "value_map": {"default": [0, 1, 2, 2]}},
        "counted": {"method": "sum_coded", "items": ["q3", "q4"], "value_map": {"default": [0, 0, 1, 1]}},
        "plain": {"method": "sum_coded", "items": ["q3", "q4"]},
    }
    found = convert(osd(likert(4), scoring)).definition
    outcome = score_of(found, [[3, 1, 1, 2]])
    assert {key: value[0] for key, value in outcome.scores.items()} == {"capped": 3, "counted": 1, "plain": 3}
    assert found.score("counted").how is How.COUNT


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ({"method": "sd", "items": ["q1"]}, "method"),
        ({"method": "sum_correct", "items": ["q1"]}, "method"),
        ({"items": ["q1"]}, "method"),
        ({"method": "sum_coded", "items": {"q1": 2}}, "coding_unknown"),
        ({"method": "sum_coded", "items": ["q1", "gone"]}, "input_left_out"),
        ({"method": "sum_coded", "items": []}, "no_inputs"),
        ({"method": "sum_coded", "scores": ["nowhere"]}, "input_left_out"),
        ({"method": "sum_coded", "scores": ["odd"]}, "cycle"),
        ({"method": "weighted_sum", "items": ["q1"]}, "weights"),
        ({"method": "weighted_mean", "items": ["q1", "q2"], "weights": {"q1": 1, "q2": -1}}, "weights"),
        ({"method": "sum_coded", "items": ["q1"], "transform": [{"op": "divide", "value": 0}]}, "transform"),
        ({"method": "sum_coded", "items": ["q1"], "transform": [{"op": "divide", "value": "sd"}]}, "transform"),
        ({"method": "sum_coded", "items": ["q1"], "transform": [{"op": "floor", "value": 1}]}, "transform"),
        ({"method": "sum_coded", "items": ["q1"], "value_map": {"q1": [0, 1]}}, "value_map"),
        ({"method": "max", "items": ["q1", "q2"], "value_map": {"q1": [3, 0, 2, 1]}}, "two_codings"),
    ],
)
def test_a_block_that_cannot_be_followed_is_left_out_by_name(block: dict[str, Any], code: str) -> None:
    found = convert(osd(likert(3), {**SUM, "more": {"method": "sum_coded", "items": ["q1", "q2"]}, "odd": block}))
    assert [score.id for score in found.definition.scores] == ["total", "more"]
    assert [remark.path for remark in found.remarks if remark.code == code] == [("scoring", "odd")]


def test_methods_that_the_runner_lacks_are_noted() -> None:
    scoring = {
        **SUM, "most": {"method": "max", "items": ["q1", "q2", "q3"]},
        "weighed": {"method": "weighted_mean", "items": ["q1", "q2"], "weights": {"q1": 3, "q2": 1}},
        "both": {"method": "sum_coded", "scores": ["total", "most"], "norms": lines_of((0, 3), (4, 12))},
    }  # fmt: skip
    found = convert(osd(likert(3), scoring))
    assert [remark.values for remark in found.remarks if remark.code == "runner_lacks"] == [{"method": "max"}]
    outcome = score_of(found.definition, [[1, 2, 3]])
    assert {key: value[0] for key, value in outcome.scores.items()} == {
        "total": 6, "most": 3, "weighed": 1.25, "both": 9,
    }  # fmt: skip
    assert found.definition.bands[0].scores == ("both",)


def shown(condition: dict[str, Any], **more: Any) -> Any:
    items = [{"id": "q1"}, {"id": "q2"}, {"id": "q3", "visible_when": condition}]
    found = convert(osd(items, SUM, **more))
    numbers = {item.number: item.shown for item in found.definition.items}
    return numbers.get("3", "left out"), codes(found)


@pytest.mark.parametrize(
    ("condition", "expected", "noted"),
    [
        ({"item": "q1", "operator": "greater_than", "value": "0"}, Shown(any=("1",), at_least=1), ""),
        ({"item": "q1", "operator": "equals", "value": 3}, Shown(any=("1",), at_least=3), ""),
        ({"item": "q1", "operator": "not_equals", "value": 0}, Shown(any=("1",), at_least=1), ""),
        ({"item": "q1", "operator": "in", "value": [2, "3"]}, Shown(any=("1",), at_least=2), ""),
        ({"item": "q1", "operator": "is_answered"}, Shown(any=("1",), at_least=0), ""),
        ({"any": [{"item": name, "operator": "greater_than", "value": 1} for name in ("q1", "q2")]},
         Shown(any=("1", "2"), at_least=2), ""),
        ({"item": "q1", "operator": "equals", "value": 1}, None, "always_asked"),
        ({"item": "q1", "operator": "less_than", "value": 2}, None, "always_asked"),
        ({"item": "q9", "operator": "equals", "value": 1}, None, "always_asked"),
        ({"all": [{"item": name, "operator": "greater_than", "value": 1} for name in ("q1", "q2")]},
         None, "always_asked"),
    ],
)  # fmt: skip
def test_visible_when(condition: dict[str, Any], expected: Shown | None, noted: str) -> None:
    found, codes_ = shown(condition)
    assert found == expected
    assert ("always_asked" in codes_) == (noted == "always_asked")


def test_parameters_have_their_default() -> None:
    condition = {"parameter": "long", "operator": "equals", "value": "true"}
    on, noted = shown(condition, parameters={"long": {"type": "boolean", "default": True}})
    assert on is None
    assert "parameter" in noted
    items = [{"id": "q1"}, {"id": "q2"}, {"id": "q3", "visible_when": condition}]
    with pytest.raises(NotConvertibleError) as caught:  # the only score uses the item that nobody is asked
        convert(osd(items, SUM, parameters={"long": {"default": False}}))
    assert [remark.code for remark in caught.value.remarks][-3:] == ["never_shown", "input_left_out", "no_scores"]


@pytest.mark.parametrize(
    ("expression", "flags"),
    [
        ("score.total >= 4", [False, True, True]),
        ("score.total > 4 and answer.q1 == 3", [False, False, True]),
        ("!(score.total < 4) && 3 != answer.q1", [False, True, False]),
    ],
)
def test_computed_comparisons_become_rules(expression: str, flags: list[bool]) -> None:
    found = convert(osd(likert(3), SUM, computed={"risk": {"expression": expression, "type": "boolean"}}))
    outcome = score_of(found.definition, [[1, 1, 1], [2, 2, 0], [3, 3, 3]])
    assert (outcome.flags["risk"] == 1).tolist() == flags
    assert wrong_examples(found.definition) == []


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("(answer.q1 || 0) * (answer.q2 || 0)", "computed_or"),
        ("answer.q1 * answer.q2", "computed_left_out"),
        ("score.gone >= 1", "computed_left_out"),
        ("score.total >= answer.q1", "computed_left_out"),
        ("__import__('os')", "computed_left_out"),
        ("(" * 500 + "score.total >= 1", "computed_left_out"),
        ("", "computed_left_out"),
    ],
)
def test_other_expressions_are_left_out_by_name(expression: str, code: str) -> None:
    found = convert(osd(likert(3), SUM, computed={"risk": {"expression": expression}}))
    assert found.definition.rules == ()
    assert code in codes(found)


def test_kinds_of_items() -> None:
    items: list[dict[str, Any]] = [
        {"id": "q1"},
        {"id": "q2", "type": "vas", "min": 0, "max": 10},
        {"id": "q3", "type": "multicheck", "options": ["x", "y"]},
        {"id": "q4", "type": "short"},
        {"id": "q5", "type": "multi", "options": ["x", "y"]},
        {"id": "q6", "type": "short", "validation": {"number_min": 0, "number_max": 24}},
        {"id": "q7", "likert_reverse": True},
    ]
    scoring = {"total": {"method": "sum_coded", "items": ["q1", "q2", "q7"]}}
    found = convert(osd(items, scoring))
    kinds = [found.definition.responses_of(number).kind for number in found.definition.numbers()]
    assert kinds == [Kind.OPTIONS, Kind.NUMBER, Kind.TICKS, Kind.OPTIONS, Kind.NUMBER, Kind.OPTIONS]
    assert found.definition.numbers() == ("1", "2", "3", "5", "6", "7")
    assert found.definition.responses_of("7").codes() == (3, 2, 1, 0)
    noted = {(remark.path, remark.code) for remark in found.remarks}
    assert {(("items", "q4"), "item_left_out"), (("items", "q5"), "values_by_place")} <= noted
    assert wrong_examples(found.definition) == []


def test_a_grid_is_as_many_items_as_it_has_rows() -> None:
    grid = {"id": "g1", "type": "grid", "rows": ["r1", "r2"], "columns": ["c1", "c2", "c3"]}
    found = convert(osd([grid], {"total": {"method": "sum_coded", "items": {"g1_1": 1, "g1_2": -1}}})).definition
    assert found.numbers() == ("1", "2")
    assert score_of(found, [[1, 1]]).scores["total"][0] == 4


def test_items_without_numbers_are_counted_and_it_is_said() -> None:
    scoring = {"total": {"method": "sum_coded", "items": ["happy", "sad"]}}
    found = convert(osd([{"id": "happy"}, {"id": "sad"}], scoring))
    (said,) = [remark.values for remark in found.remarks if remark.code == "renumbered"]
    assert said == {"pairs": ("1=happy", "2=sad")}


def test_a_hidden_item_counts_nothing() -> None:
    items = [{"id": "q1"}, {"id": "q2"}, {"id": "q3", "visible_when": {"item": "q1", "operator": "equals", "value": 3}}]
    scoring = {"total": {"method": "mean_coded", "items": ["q1", "q2", "q3"]}}
    found = convert(osd(items, scoring)).definition
    outcome = score_of(found, [[0, 2, np.nan], [3, 2, 1]])
    assert outcome.scores["total"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Public Domain", "PD"), ("CC0", "PD"), ("free to use", "FREE"), ("CC BY 4.0", "CC-BY"),
        ("Open access (CC BY)", "CC-BY"), ("CC BY-NC", "NC"), ("CC BY-ND 4.0", "CC-BY-ND"),
        ("free for research use", "NC"), ("published measure", "PERM"), ("", "PERM"),
    ],
)  # fmt: skip
def test_licences(label: str, kind: str) -> None:
    file = osd(likert(3), SUM)
    file["definition"]["scale_info"]["license"] = label
    assert convert(file).definition.licence[0] == kind


@pytest.mark.parametrize("word", ["includes", "item_pools", "variants", "branches"])
def test_items_that_stand_elsewhere_are_refused(word: str) -> None:
    with pytest.raises(NotConvertibleError) as caught:
        convert(osd(likert(3), SUM, **{word: {"a": 1}}))
    assert caught.value.remarks[-1].code == "items_elsewhere"
