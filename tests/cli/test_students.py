"""``roster import`` and ``students find``, as IT staff run them."""

import json
import stat
from pathlib import Path

import messy
from attack.kit import LEAD, LEAD_PASSPHRASE, Target, snapshot
from cli.conftest import Desk

HEADS = ("姓名", "性别", "年级", "班级", "学号", "学籍号")
ROWS = (
    HEADS,
    ("张欣怡", "女", "七年级", "3班", "20260301", None),
    ("欧阳雪", "女", "七年级", "3班", "20260302", None),
    ("单于飞", "男", "八年级", "2班", "20250201", None),
    ("李明", "男", "八年级", "2班", "20250202", "G53010220100101123"),
)


def import_roster(desk: Desk, target: Target, file: Path, report: Path, *more: str) -> int:
    arguments = ["--vault", target.folder, "--user", LEAD, "--report", report, *more]
    return desk.run("roster", "import", file, *arguments)


def test_the_report_adds_up_and_names_the_sheets_own_row(desk: Desk, target: Target, tmp_path: Path) -> None:
    file, report = tmp_path / "名册.xlsx", tmp_path / "out.json"
    file.write_bytes(messy.xlsx({"名册": [("云溪中学2026级学生花名册",), *ROWS]}))
    assert import_roster(desk, target, file, report, "--dry-run") == 0
    tried = json.loads(report.read_text(encoding="utf-8"))
    assert import_roster(desk, target, file, report) == 0
    done = json.loads(report.read_text(encoding="utf-8"))
    assert tried == done
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert done["rows"] == 4 == done["created"] + done["updated"] + done["unchanged"] + done["bad"]
    (problem,) = done["problems"]
    assert {name: problem[name] for name in ("sheet", "row", "column", "code")} == {
        "sheet": "名册", "row": 6, "column": "学籍号", "code": "number_length",
    }  # fmt: skip
    assert "少 1 位" in problem["message"]
    assert import_roster(desk, target, file, report) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["unchanged"] == 3


def test_a_roster_of_which_a_year_group_jumps_is_pointed_out(desk: Desk, target: Target, tmp_path: Path) -> None:
    file, report = tmp_path / "r.csv", tmp_path / "o.json"
    file.write_bytes(messy.csv_bytes(ROWS))
    import_roster(desk, target, file, report)
    assert "跳级" not in desk.err
    assert json.loads(report.read_text(encoding="utf-8"))["notes"] == []
    jumped = [HEADS, *((*row[:2], "九年级", *row[3:]) for row in ROWS[1:3])]
    file.write_bytes(messy.csv_bytes(jumped))
    for more in (("--dry-run",), ()):
        assert import_roster(desk, target, file, report, *more) == 0
        assert "有年级过半的学生会跳级" in desk.err
        (note,) = json.loads(report.read_text(encoding="utf-8"))["notes"]
        assert (note["row"], note["code"], note["message"]) == (0, "most_skips", desk.err.splitlines()[-1])


def test_cells_that_were_left_alone_are_counted(desk: Desk, target: Target, tmp_path: Path) -> None:
    file, report = tmp_path / "r.csv", tmp_path / "o.json"
    file.write_bytes(messy.csv_bytes([HEADS, ("张欣怡", "外星", "七年级", "3班", "20260301", None)]))
    for more in (("--dry-run",), ()):
        assert import_roster(desk, target, file, report, *more) == 0
        assert "另有 1 格看不明白" in desk.err
    file.write_bytes(messy.csv_bytes(ROWS))
    import_roster(desk, target, file, report)
    assert "看不明白" not in desk.err.splitlines()[-1]


def test_find_prints_a_line_for_each(desk: Desk, target: Target, tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(messy.csv_bytes(ROWS))
    import_roster(desk, target, file, tmp_path / "o.json")
    where = ("--vault", target.folder, "--user", LEAD)
    for text, names in (("oyx", ["欧阳雪"]), ("怡", ["张欣怡"]), ("八2", ["单于飞"]), ("2026", ["欧阳雪", "张欣怡"])):
        assert desk.run("students", "find", text, *where) == 0
        found = [json.loads(line) for line in desk.out.splitlines()]
        assert sorted(row["name"] for row in found) == sorted(names), text
        assert all(set(row) == {"student_uid", "name", "class", "school_no", "xueji_no"} for row in found)
    assert desk.run("students", "find", "2", *where, "--limit", "1") == 0
    assert len(desk.out.splitlines()) == 1
    assert desk.run("students", "find", "没有的人", *where) == 0
    assert desk.out == ""


def test_a_report_that_cannot_be_written_is_refused_before_anything(
    desk: Desk,
    target: Target,
    tmp_path: Path,
) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(messy.csv_bytes(ROWS))
    before = snapshot(target.folder)
    assert import_roster(desk, target, file, tmp_path / "gone" / "o.json") == 9
    assert import_roster(desk, target, file, tmp_path) == 9
    assert snapshot(target.folder) == before
    # Nothing half written either, beside the folder that was named as the report.
    assert not list(tmp_path.rglob("*.new")) + list(tmp_path.parent.glob(".*.new")) + list(tmp_path.rglob("o.json"))


def test_a_refused_file_writes_nothing(desk: Desk, target: Target, tmp_path: Path) -> None:
    other = tmp_path / "o.xlsx"
    other.write_bytes(messy.xlsx({"名册": [("昆明市青杉初级中学学生花名册",), *ROWS]}))
    report = tmp_path / "out.json"
    assert import_roster(desk, target, other, report) == 5
    assert "不是本校" in desk.err
    assert not report.exists()
    before = snapshot(target.folder)
    assert desk.run("roster", "import", other, "--vault", target.folder, "--user", LEAD, "--report", report) == 5
    assert set(snapshot(target.folder)) == set(before)
    page = tmp_path / "r.xls"
    page.write_bytes("<html><table><tr><td>姓名</td></tr></table></html>".encode())
    assert import_roster(desk, target, page, report) == 2
    assert "网页" in desk.err
    assert LEAD_PASSPHRASE not in desk.err
