"""Definitions as OSD: what goes out comes back, what cannot be said is listed, nothing scores otherwise there."""

import numpy as np
import pytest

from counselroom import resources
from counselroom.domain.instruments.definition.answering import Kind
from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.scoring.judging import band_ids
from counselroom.formats.instruments.osd_out import to_osd
from formats.instruments.converting import convert, library, random_rows, score_of

LIBRARY = sorted(path.stem for path in resources.path("instruments").glob("*.toml"))
# With everything that they have for everybody: sums, means, reversed items, bands, transforms, counts.
WHOLE = ["gad7", "cesd", "dass21", "who5", "cdi", "mssmhs", "rses", "scared", "phq9", "pcl5", "k10", "hkra27"]


def there_and_back(definition: Definition) -> Definition:
    return convert(to_osd(definition)[0]).definition


def default_form(definition: Definition) -> Definition:
    return definition.in_force(definition.choose(()))


@pytest.mark.parametrize("instrument", WHOLE)
def test_items_and_coding_come_back(instrument: str) -> None:
    form, back = default_form(library(instrument)), there_and_back(library(instrument))
    assert back.numbers() == form.numbers()
    for number in form.numbers():
        assert back.responses_of(number).options == form.responses_of(number).options
        assert back.item(number).shown == form.item(number).shown
    turned = [sorted(number for coding in each.coding for number in coding.reverse) for each in (form, back)]
    assert turned[0] == turned[1]


@pytest.mark.parametrize("instrument", WHOLE)
def test_scores_and_bands_come_back(instrument: str) -> None:
    definition = library(instrument)
    form, back = default_form(definition), there_and_back(definition)
    rows = random_rows(form, 300)
    before, after = score_of(definition, rows), score_of(back, rows)
    hidden = {number for number in form.numbers() if form.item(number).shown}
    assert {score.id for score in form.scores} <= {score.id for score in back.scores}
    for score in form.scores:
        assert not hidden & set(score.items)
        np.testing.assert_allclose(after.scores[score.id], before.scores[score.id], atol=1e-9)
    ids, back_ids = band_ids(form), band_ids(back)
    names = {limit.id: limit.name for bands in form.bands for limit in bands.limits}
    back_names = {limit.id: limit.name for bands in back.bands for limit in bands.limits}
    for score in ids:
        there = score if score in back_ids else f"{score}_raw"  # stated before the transform
        assert [names[ids[score][place]] for place in before.bands[score]] == [
            back_names[back_ids[there][place]] for place in after.bands[there]
        ]


@pytest.mark.parametrize("instrument", LIBRARY)
def test_every_instrument_goes_out_and_nothing_scores_otherwise(instrument: str) -> None:
    definition = library(instrument)
    form, (content, remarks) = default_form(definition), to_osd(definition)
    scoring = content["definition"]["scoring"]
    said = {remark.path[1] for remark in remarks if remark.path[0] == "score" and len(remark.path) == 2}
    assert {score.id for score in form.scores} - set(scoring) <= said
    keys = {item["text_key"] for item in content["definition"]["items"]}
    assert keys <= set(content["translations"]["zh"])
    kinds = {form.responses_of(number).kind for number in form.numbers()}
    if kinds != {Kind.OPTIONS} or any(item.shown for item in form.items):
        return
    back, rows = there_and_back(definition), random_rows(form, 100)
    before, after = score_of(definition, rows), score_of(back, rows)
    for score in {each.id for each in back.scores} & set(before.scores):
        np.testing.assert_allclose(after.scores[score], before.scores[score], atol=1e-9)


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [
        ("mht", {"alerts_left_out", "validity_left_out", "gates_left_out", "variants_chosen", "flags_left_out"}),
        ("sds", {"score_step"}),
        ("psqi", {"score_step", "score_how", "score_of_left_out"}),
        ("ssrs", {"score_of_ticks", "score_of_left_out"}),
        ("sassv", {"bands_keyed"}),
        ("k10", {"norm_left_out"}),
        ("upi", {"rule_left_out", "validity_left_out"}),
        ("psc17", {"score_missing", "informant_left_out"}),
        ("phq15", {"shown_by_sex"}),
        ("gad7", {"missing_left_out", "no_wording"}),
    ],
)
def test_what_the_format_lacks_is_listed(instrument: str, expected: set[str]) -> None:
    assert expected <= {remark.code for remark in to_osd(library(instrument))[1]}


def test_a_truncated_score_is_left_out_and_not_written_wrong() -> None:
    scoring = to_osd(library("sds"))[0]["definition"]["scoring"]
    assert set(scoring) == {"raw", "index"}


def test_thresholds_are_those_that_people_would_write() -> None:
    scoring = to_osd(library("dass21"))[0]["definition"]["scoring"]
    lines = scoring["depression"]["norms"]["thresholds"]
    assert [(line["min"], line["max"]) for line in lines] == [(0, 4), (5, 6), (7, 10), (11, 13), (14, 21)]
    lines = to_osd(library("mssmhs"))[0]["definition"]["scoring"]["study"]["norms"]["thresholds"]
    assert [(line["min"], line["max"]) for line in lines] == [(1, 1.9), (2, 2.9), (3, 3.9), (4, 4.9), (5, 5)]


def test_wording_goes_out_where_the_school_has_it() -> None:
    content, remarks = to_osd(library("phq2"), {"1": "甲", "2": "乙"})
    assert {"甲", "乙"} <= set(content["translations"]["zh"].values())
    assert "no_wording" not in {remark.code for remark in remarks}
