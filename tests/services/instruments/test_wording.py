"""Wording packs: a school brings the text along, with the right to use it; our own questionnaires have theirs."""

from pathlib import Path

import pytest

from counselroom.domain.instruments.definition.wording import ItemText
from counselroom.services import batches
from counselroom.services.instruments.library import wording
from counselroom.services.room.door import Room
from samples import OSD, needs_osd
from services.instruments.conftest import refused

RIGHT = "作者书面同意，2026-03-01"
ITEMS = "\n".join(f"{n},示例题目{n},甲,乙,丙,丁,戊,己" for n in range(1, 6))
TABLE = f"某某量表,,,,,,,\n题号,题目,选项1,选项2,选项3,选项4,选项5,选项6\n{ITEMS}\n"


def read(folder: Path, text: str) -> wording.PackFile:
    path = folder / "题本.csv"
    path.write_text(text, encoding="utf-8")
    return wording.read(path)


def test_a_pack_is_kept_with_the_right_to_use_it(lead: Room, tmp_path: Path) -> None:
    assert lead.run(wording.of, "who5").result is None
    file = read(tmp_path, TABLE)
    assert refused(lead, wording.import_pack, "who5", file, " ").code == "wording.source_missing"
    batch = lead.run(wording.import_pack, "who5", file, RIGHT).result
    used = lead.run(wording.of, "who5").result
    assert used is not None
    assert (used.note, used.items["5"]) == (RIGHT, ItemText("示例题目5", ("甲", "乙", "丙", "丁", "戊", "己")))
    assert "who5" in lead.run(wording.instruments).result
    lead.run(batches.undo, batch)
    assert lead.run(wording.of, "who5").result is None


def test_options_may_be_left_to_the_definition(lead: Room, tmp_path: Path) -> None:
    rows = "\n".join(f"{n},示例{n}" for n in range(1, 6))
    lead.run(wording.import_pack, "who5", read(tmp_path, f"题号,题目\n{rows}\n"), RIGHT)
    used = lead.run(wording.of, "who5").result
    assert used is not None
    assert used.items["1"] == ItemText("示例1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TABLE.replace("题号", "一"), "wording.no_head"),
        (TABLE.replace("\n3,", "\n7,"), "wording.items"),
        (TABLE.replace("\n3,", "\n2,"), "wording.items"),
        (TABLE.replace("示例题目4", ""), "wording.items"),
        (TABLE.replace("甲,乙,丙,丁,戊,己", "甲,乙,丙,丁,戊,"), "wording.options"),
        (TABLE.replace("甲,乙,丙", "甲,,丙"), "wording.options"),
    ],
)
def test_packs_that_do_not_fit(text: str, code: str, lead: Room, tmp_path: Path) -> None:
    assert refused(lead, wording.import_pack, "who5", read(tmp_path, text), RIGHT).code == code


@needs_osd
def test_texts_of_an_open_format(lead: Room) -> None:
    file = wording.read(OSD / "DASS21.osd")
    lead.run(wording.import_pack, "dass21", file, RIGHT)
    used = lead.run(wording.of, "dass21").result
    assert used is not None
    assert list(used.items) == [str(number) for number in range(1, 22)]
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in item.text) for item in used.items.values())
    assert refused(lead, wording.import_pack, "phq9", file, RIGHT).code == "wording.items"


@pytest.mark.parametrize("instrument", ["class-weather", "adaptation-check"])
def test_our_own_questionnaires_can_be_printed_on_the_first_day(instrument: str, lead: Room) -> None:
    used = lead.run(wording.of, instrument).result
    assert used is not None
    assert all(item.text for item in used.items.values())
    assert instrument in lead.run(wording.instruments).result
