"""All twenty files of OpenScales: they convert, and score as the files themselves say."""

import random
import tomllib

import numpy as np
import pytest

from counselroom.domain.instruments.scoring.example_run import wrong_examples
from counselroom.domain.instruments.scoring.judging import band_ids
from counselroom.formats.instruments.definitions import parse
from counselroom.formats.instruments.osd_in import osd_wording
from counselroom.formats.instruments.writing import write
from formats.instruments.converting import codes, convert, score_of
from formats.instruments.osd_restated import load, number, questions, random_sheet, scored
from samples import OSD_FILES, needs_osd

SHEETS = 200
# What is noted for every file: what the format never states, whose claim the licence is, where the wording goes.
ALWAYS = {"not_stated", "licence_claimed", "wording_apart"}
# The traps, file by file: everything that is not as the file has it.
NOTED = {
    "GDSQ21.osd": {"unscored", "computed_or"},
    "MAPS15.osd": set(),
    "MHI5.osd": {"not_scoring"},
    "MOS-SOCIAL.osd": {"unscored"},
    "PCL5.osd": {"display_only"},
    "PHQ15.osd": {"optional"},
    "PHQ9.osd": {"parameter"},
    "SAPS.osd": {"not_scoring", "display_only"},
    "SASV.osd": {"not_scoring"},
    "SCSSF.osd": {"threshold_gap"},
    "SOMEDIS.osd": {"display_only"},
}


@needs_osd
def test_there_are_twenty() -> None:
    assert len(OSD_FILES) == 20


@needs_osd
@pytest.mark.parametrize("name", OSD_FILES)
def test_it_converts_and_says_what_is_not_as_it_was(name: str) -> None:
    found = convert(load(name))
    assert codes(found) - ALWAYS == NOTED.get(name, set())
    assert codes(found) >= ALWAYS
    text = write(found.definition)
    assert parse(text.encode()) == found.definition
    assert wrong_examples(found.definition) == []
    assert found.definition.id == f"osd/{load(name)['definition']['scale_info']['code'].lower()}"
    assert found.definition.confidence == "C"
    assert "CC BY 4.0" in found.definition.sources["file"]


@needs_osd
@pytest.mark.parametrize("name", OSD_FILES)
def test_it_scores_as_the_file_defines(name: str) -> None:
    file, chance = load(name), random.Random(name)
    definition = convert(file).definition
    assert definition.numbers() == tuple(map(number, questions(file)))
    sheets = [random_sheet(file, chance) for _ in range(SHEETS)]
    outcome = score_of(definition, [list(sheet.values()) for sheet in sheets])
    names = {limit.id: limit.name for bands in definition.bands for limit in bands.limits}
    ids = band_ids(definition)
    for place, sheet in enumerate(sheets):
        for key, (_, value, label) in scored(file, sheet).items():
            assert outcome.scores[key][place] == pytest.approx(value, abs=1e-9)
            if label is not None:
                assert names[ids[key][outcome.bands[key][place]]] == label


@needs_osd
@pytest.mark.parametrize("name", OSD_FILES)
def test_a_blank_is_never_skipped_in_silence(name: str) -> None:
    """The one thing in which we differ from the format on purpose."""
    definition = convert(load(name)).definition
    row = [definition.responses_of(number).lowest() for number in definition.numbers()]
    for place, item in enumerate(definition.items):
        holed = [np.nan if at == place else value for at, value in enumerate(row)]
        outcome = score_of(definition, [holed])
        for score in definition.scores:
            assert np.isnan(outcome.scores[score.id][0]) == (item.number in score.items)


@needs_osd
@pytest.mark.parametrize("name", OSD_FILES)
def test_no_wording_of_the_items_is_carried(name: str) -> None:
    file = load(name)
    text = write(convert(file).definition)
    for entries in file["translations"].values():
        for item in questions(file):
            wording = entries.get(item["text_key"], "")
            assert len(wording) < 12 or wording not in text


@needs_osd
def test_the_wording_can_be_had_by_language() -> None:
    file = load("DASS21.osd")
    chinese, english = osd_wording(file, "zh"), osd_wording(file, "en")
    assert list(chinese) == list(english) == [str(number) for number in range(1, 22)]
    assert chinese["1"][0] == file["translations"]["zh"]["d1"] != english["1"][0]
    assert len(english["1"][1]) == 4


@needs_osd
def test_the_separate_translation_is_no_definition() -> None:
    from counselroom.formats.instruments.osd_in import is_osd

    file = load("GAD7.osd")
    assert is_osd(file)
    assert is_osd(file["definition"])
    assert not is_osd(file["translations"]["en"])


@needs_osd
def test_a_file_is_short_to_read() -> None:
    """Items as ranges, arrays one table a line."""
    text = write(convert(load("CESD.osd")).definition)
    assert 'reverse = "4, 8, 12, 16"' in text
    assert 'items = "1-20"' in text
    assert max(map(len, text.splitlines()[20:])) < 160
    assert list(tomllib.loads(text))[:3] == ["format", "id", "version"]
