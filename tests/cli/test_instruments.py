"""``instruments list``, ``instruments show`` and ``score``, as somebody uses them who has no vault at hand."""

import json
from pathlib import Path
from typing import Any

import pytest

import messy
from counselroom.cli import main

PHQ9 = [str(number) for number in range(1, 11)]
MHT = [str(number) for number in range(1, 101)]


class Said:
    """Runs a command and keeps what it said."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        code = main([str(word) for word in words])
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code

    def score(self, instrument: str, rows: list[list[Any]], *more: str, xlsx: bool = False) -> list[dict[str, Any]]:
        file, out = self.folder / ("a.xlsx" if xlsx else "a.csv"), self.folder / "out.jsonl"
        file.write_bytes(messy.xlsx({"答卷": rows}) if xlsx else messy.csv_bytes(rows))
        assert self.run("score", instrument, file, "--out", out, *more) == 0, self.err
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(tmp_path, capsys)


def test_results_never_take_the_place_of_the_answers(said: Said) -> None:
    file, link = said.folder / "a.csv", said.folder / "link.jsonl"
    file.write_bytes(messy.csv_bytes([["id", *PHQ9], ["a", *[0] * 10]]))
    link.symlink_to(file)
    before = file.read_bytes()
    for out in (file, link, said.folder / "." / "a.csv"):
        assert said.run("score", "phq9", file, "--out", out) != 0
        assert file.read_bytes() == before
    assert said.run("score", "phq9", file, "--out", said.folder / "b.jsonl") == 0


def test_the_list_is_one_json_array(said: Said) -> None:
    assert said.run("instruments", "list", "--json") == 0
    listed = {line["id"]: line for line in json.loads(said.out)}
    assert listed["mht"] == {"id": "mht", "version": 1, "name": "心理健康诊断测验", "items": 100, "confidence": "B"}
    assert len(listed) >= 53
    assert said.run("instruments", "list") == 0
    assert said.out.startswith("adaptation-check\t1\t")


def test_show_tells_columns_codes_scales_bands_alerts_and_variants(said: Said) -> None:
    assert said.run("instruments", "show", "scl90", "--json") == 0
    shown = json.loads(said.out)
    assert shown["columns"] == [item["head"] for item in shown["items"]] == list(range(1, 91))
    assert all(item["scored"] for item in shown["items"])
    assert [(each["ordinal"], each["code"]) for each in shown["responses"]] == [(n, n) for n in range(1, 6)]
    assert {scale["id"] for scale in shown["scales"]} >= {"total", "somatization", "depression", "positive_items"}
    assert [(band["id"], band["lower"], band["above"], band["flag"]) for band in shown["bands"]["phobic"]] == [
        ("below", 1, False, False), ("above", 2, True, True),
    ]  # fmt: skip
    assert [alert["item"] for alert in shown["alerts"]] == [15, 59]
    assert [(each["part"], each["name"]) for each in shown["variants"] if each["default"]] == [
        ("coding", "coded-1-5"), ("factor", "factor-above"),
    ]  # fmt: skip
    assert said.run("instruments", "show", "psqi", "--json") == 0
    columns = json.loads(said.out)["columns"]
    assert columns == [1, 2, 3, 4, *(f"5{letter}" for letter in "abcdefghij"), 6, 7, 8, 9]


def test_mht_options_are_yes_1_and_no_2_in_a_number_export(said: Said) -> None:
    assert said.run("instruments", "show", "mht", "--json") == 0
    options = json.loads(said.out)["responses"]
    assert [(each["word"], each["ordinal"], each["code"]) for each in options] == [("是", 1, 1), ("否", 2, 0)]


def test_show_in_words_names_rule_source_and_variants(said: Said) -> None:
    assert said.run("instruments", "show", "sds") == 0
    assert "反向计分" in said.out
    assert "第 1–20 题：1 " in said.out
    assert "需要尽快查看的题：19" in said.out
    assert "--variant round" in said.out


@pytest.mark.parametrize("xlsx", [False, True])
def test_each_row_becomes_a_line_in_the_order_of_the_file(said: Said, *, xlsx: bool) -> None:
    head = ["id", "sex", "age", "grade", *PHQ9]
    rows = [head, ["b", "F", 13, 7, *[1] * 9, 0], ["a", "", "", "", *[0] * 9, ""], ["b", "M", 15, 9, *[3] * 9, 2]]
    found = said.score("phq9", rows, xlsx=xlsx)
    assert [(line["id"], line["scores"]["total"], line["bands"]["total"]) for line in found] == [
        ("b", 9, "mild"), ("a", 0, "minimal"), ("b", 27, "severe"),
    ]  # fmt: skip
    assert [line["alerts"] for line in found] == [[9], [], [9]]
    assert found[2]["flags"] == {"major_syndrome": True, "other_syndrome": False}
    assert {line["status"] for line in found} == {"scored"}
    assert found[0]["variant"] == ["refuse"]
    assert "第 1-9 题相加" in found[0]["explain"]["scores"]["total"]


def test_what_is_no_code_is_named_and_counts_as_a_blank(said: Said) -> None:
    rows = [["id", *PHQ9], ["a", 1, "x", "1、2", 7, *[1] * 6], ["b", *[1] * 10]]
    first, second = said.score("phq9", rows)
    assert first["status"] == "incomplete"
    assert first["missing"] == [2, 3, 4]
    assert first["scores"]["total"] is None
    assert first["bands"] == {}
    assert first["problems"] == [
        {"item": 2, "code": "letters"}, {"item": 3, "code": "two_marks"}, {"item": 4, "code": "out_of_range"},
    ]  # fmt: skip
    assert first["alerts"] == [9]  # an alert does not wait for a whole sheet
    assert (second["status"], second["problems"]) == ("scored", [])
    assert "第 2 行第 2 题：不是数字" in said.err


def test_a_person_who_cannot_be_read_is_named(said: Said) -> None:
    rows = [["id", "sex", "age", "grade", *PHQ9], ["a", "女", "十三", 13, *[0] * 10]]
    (line,) = said.score("phq9", rows)
    assert [problem["item"] for problem in line["problems"]] == ["sex", "age", "grade"]
    assert line["status"] == "scored"


def test_an_age_warns_and_never_excludes(said: Said) -> None:
    (line,) = said.score("scl90", [["id", "age", *map(str, range(1, 91))], ["a", 13, *[1] * 90]])
    assert line["status"] == "scored"
    assert "16" in line["explain"]["warnings"][0]


def test_a_grade_that_the_rule_excludes_is_not_applicable(said: Said) -> None:
    (line,) = said.score("mht", [["id", "grade", *MHT], ["a", 3, *[1] * 100]])
    assert line["status"] == "not_applicable"
    assert line["scores"]["total"] is None
    assert line["alerts"] == [85, 97]


@pytest.mark.parametrize(
    "head",
    [
        ["id", *PHQ9[:-1]],
        ["id", *PHQ9, "11"],
        ["id", *PHQ9, "9"],
        ["id", *PHQ9, "姓名"],
        ["name", *PHQ9],
        ["id", *MHT],
    ],
)
def test_other_columns_than_the_instruments_write_nothing(said: Said, tmp_path: Path, head: list[str]) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "o.jsonl"
    file.write_bytes(messy.csv_bytes([head, ["a"] * len(head)]))
    assert said.run("score", "phq9", file, "--out", out) == 1
    assert not out.exists()
    assert "题号对不上" in said.err


def test_a_file_without_answers_writes_nothing(said: Said, tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "o.jsonl"
    file.write_bytes(messy.csv_bytes([["id", *PHQ9]]))
    assert said.run("score", "phq9", file, "--out", out) == 1
    assert not out.exists()


def test_a_variant_is_chosen_by_its_name_and_said(said: Said) -> None:
    # A raw sum of 42: the reversed items at their middle would need halves, so the plain ones carry it.
    raw = [2] * 20
    raw[0], raw[2] = 3, 3
    reverse = {2, 5, 6, 11, 12, 14, 16, 17, 18, 20}
    answers = [5 - code if number in reverse else code for number, code in enumerate(raw, 1)]
    rows = [["id", *map(str, range(1, 21))], ["a", *answers]]
    (cut,) = said.score("sds", rows)
    (rounded,) = said.score("sds", rows, "--variant", "round", "--variant", "bands-50")
    assert (cut["scores"]["raw"], cut["scores"]["total"], cut["bands"]["total"]) == (42, 52, "normal")
    assert (rounded["scores"]["total"], rounded["bands"]["total"]) == (53, "mild")
    assert cut["variant"] == ["bands-53", "truncate"]
    assert rounded["variant"] == ["bands-50", "round"]


@pytest.mark.parametrize(
    ("instrument", "more"),
    [("sds", ["--variant", "banana"]), ("sds", ["--variant", "round", "--variant", "truncate"]), ("mht40", [])],
)
def test_what_is_not_there_cannot_be_asked_for(said: Said, tmp_path: Path, instrument: str, more: list[str]) -> None:
    out = tmp_path / "o.jsonl"
    assert said.run("score", instrument, tmp_path / "none.csv", "--out", out, *more) == 2
    assert not out.exists()


def test_clock_times_and_ticks_stand_in_cells(said: Said) -> None:
    columns = ["1", "2", "3", "4", *(f"5{letter}" for letter in "abcdefghij"), "6", "7", "8", "9"]
    rows = [["id", *columns], ["a", "23:30", 20, "06:30", 6.5, *[0] * 10, 0, 0, 0, 1], ["b", "25:00", *[1] * 17]]
    first, second = said.score("psqi", rows)
    assert first["scores"]["latency"] == 1
    assert first["scores"]["duration"] == 1
    assert first["scores"]["efficiency"] == 0  # 6.5 of 7 hours
    assert first["scores"]["total"] == 3
    assert {"item": 1, "code": "not_a_time"} in second["problems"]
    (line,) = said.score("ssrs", [["id", *map(str, range(1, 11))], ["a", 1, 1, 1, 1, 10, "1;3", "0", 1, 1, 1]])
    assert line["scores"]["objective"] == 1 + 2 + 0


def test_a_definition_in_a_file_scores_too(said: Said, tmp_path: Path) -> None:
    from counselroom import resources

    own = tmp_path / "own.toml"
    own.write_text(
        resources.text("instruments", "phq2.toml").replace("counselroom/phq2", "school/two"), encoding="utf-8"
    )
    (line,) = said.score(str(own), [["id", "1", "2"], ["a", 2, 2]])
    assert (line["instrument"], line["scores"]["total"], line["bands"]["total"]) == ("school/two", 4, "above")
    own.write_text("format = 1\n", encoding="utf-8")
    assert said.run("instruments", "show", own) == 4
    assert "第 1 行" in said.err


def test_answers_leave_in_an_open_format_without_names(said: Said, tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "r.ndjson"
    file.write_bytes(messy.csv_bytes([["id", "1", "2"], ["S-1", 1, 3], ["S-2", "x", ""]]))
    where = ("--authored", "2026-11-24", "--out", out)
    assert said.run("instruments", "responses", "phq2", file, *where) == 0
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (first["resourceType"], first["authored"]) == ("QuestionnaireResponse", "2026-11-24")
    assert [item["answer"][0]["valueCoding"]["code"] for item in first["item"]] == ["1", "3"]
    assert "S-1" in json.dumps(first["subject"])
    assert not any("answer" in item for item in second.get("item", []))
    assert said.run("instruments", "responses", "phq2", file, *where) == 2  # nothing is written over
    assert said.run("instruments", "responses", "phq2", file, "--authored", "x", "--out", tmp_path / "n") == 2


def test_answers_are_looked_for_in_every_sheet_and_never_left_out_in_silence(said: Said, tmp_path: Path) -> None:
    file, out = tmp_path / "a.xlsx", tmp_path / "o.jsonl"
    notes, first = [["说明"], ["请勿外传"]], [["id", "1", "2"], ["a", 3, 3]]
    file.write_bytes(messy.xlsx({"说明": notes, "答卷": first}))
    assert said.run("score", "phq2", file, "--out", out) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["scores"]["total"] == 6
    out.unlink()
    file.write_bytes(messy.xlsx({"七年级": first, "八年级": first}))
    assert said.run("score", "phq2", file, "--out", out) == 1
    assert not out.exists()
    assert "七年级、八年级" in said.err
