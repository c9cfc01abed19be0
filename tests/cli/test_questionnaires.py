"""``instruments check``, ``convert`` and ``export``, as somebody runs them who has a file and no vault."""

import ast
import json
import tomllib
from pathlib import Path

import pytest

from architecture.source import ROOT, Source, sources
from attack.kit import snapshot
from counselroom import resources
from counselroom.cli import main
from samples import OSD, needs_osd

GAD7 = resources.path("instruments", "gad7.toml").read_text(encoding="utf-8")


class Shell:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def run(self, *words: object) -> int:
        code = main(["instruments", *map(str, words)])
        said = self._capsys.readouterr()
        self.out, self.err = said.out, said.err
        return code


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


# --- check ------------------------------------------------------------------------------------------------------------


def test_a_right_definition(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "g.toml"
    file.write_text(GAD7, encoding="utf-8")
    assert shell.run("check", file) == 0
    assert shell.out.startswith("没有问题：counselroom/gad7，7 题")
    assert shell.err == ""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('items = "1-7"', 'items = "1-6"', "第 7 题不在任何分数里"),
        ('items = "1-7"', 'items = "1-9"', "题号看不懂"),
        ('kind = "FREE"', 'kind = "GPL"', "kind 只能是 PD、FREE"),
        ('how = "sum"', 'how = "total"', "how 只能是 sum"),
        ("from = 5 }", 'from = "5" }', "from 要写成一个数"),
        ("from = 5 }", "from = 15 }", "各档的起点要从低到高"),
        ("from = 5 }", "from = 99 }", "各档的起点要从低到高"),
        ("code = 3 }", "code = 3, weight = 2 }", "不认识 weight"),
        ('source = "key"', 'source = "nowhere"', "来源“nowhere”不在 [sources] 里"),
        ("version = 1", 'version = "1"', "version 要写成一个整数"),
        ("{ total = 0 }", "{ total = 1 }", "第 1 个例子：分数“total”写的是 1.0，算出来是 0.0"),
    ],
)
def test_each_fault_with_its_line(shell: Shell, tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GAD7
    file = tmp_path / "g.toml"
    file.write_text(GAD7.replace(before, after, 1), encoding="utf-8")
    assert shell.run("check", file) == 1
    assert shell.out == ""
    (line,) = [line for line in shell.err.splitlines() if told in line]
    assert line.startswith(f"{file}:")
    assert int(line.removeprefix(f"{file}:").partition(":")[0]) >= 1


def test_the_line_is_the_line(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "g.toml"
    lines = GAD7.splitlines()
    place = lines.index("[items]")
    lines.insert(place + 1, "colour = 1")
    file.write_text("\n".join(lines), encoding="utf-8")
    assert shell.run("check", file) == 1
    assert shell.err == f"{file}:{place + 2}: 不认识 colour\n"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[", b"a = 1", b"\xff\xfea", b"a = " + b"[" * 5000, b"a = " + b"9" * 5000, b"#" * 2_100_000,
        b'{"definition": {}}', b"\x00", ("a" * 3000 + ".b" * 3000 + " = 1").encode(), b"format = 1e999",
        b"version = inf\nformat = nan\n",
    ],
)  # fmt: skip
def test_whatever_is_no_definition_gets_a_sentence(shell: Shell, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    assert shell.run("check", file) == 1
    assert shell.err.startswith(f"{file}:")
    assert "程序内部" not in shell.err


def test_a_file_that_is_not_there(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("check", tmp_path / "gone.toml") == 9


# --- convert ----------------------------------------------------------------------------------------------------------


@needs_osd
def test_convert_writes_what_check_accepts(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "g.toml"
    assert shell.run("convert", OSD / "GDSQ21.osd", "--out", out) == 0
    assert "osd/gdsq21，29 题，3 个分数" in shell.out
    assert "computed.gdsq21_score：计算式里的 ||" in shell.err
    assert "题目原文没有写进定义" in shell.err
    assert "convert." not in shell.err
    assert shell.run("check", out) == 0
    assert tomllib.loads(out.read_text(encoding="utf-8"))["confidence"] == "C"
    assert not list(tmp_path.glob(".*"))


@needs_osd
def test_convert_never_overwrites(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "g.toml"
    out.write_text("mine", encoding="utf-8")
    for place in (out, tmp_path):
        assert shell.run("convert", OSD / "GAD7.osd", "--out", place) == 2
        assert "没有覆盖它" in shell.err
    assert out.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b"{}", b"\xff", b"null", b'{"a": ' + b"[" * 100_000, b'{"a": 1, "a": 2}', b'{"a": NaN}',
        b'{"a": ' + b"9" * 5000 + b"}", b"x" * 5_100_000, b'{"resourceType": "Patient", "item": []}',
        b'{"resourceType": "Questionnaire"}', b'{"resourceType": "Questionnaire", "item": {"a": 1}}',
        b'{"definition": {"scale_info": {"code": "a"}, "items": 3}}',
        b'{"definition": {"scale_info": {"code": "a"}, "items": [{"id": "q1", "type": "likert"}], "scoring": []}}',
        b'{"definition": {"scale_info": {"code": "a"}, "items": [1, null, {}, {"id": 3, "type": []}]}}',
    ],
)  # fmt: skip
def test_whatever_is_no_questionnaire_gets_a_sentence(shell: Shell, tmp_path: Path, content: bytes) -> None:
    file, out = tmp_path / "x.json", tmp_path / "x.toml"
    file.write_bytes(content)
    before = snapshot(tmp_path)
    assert shell.run("convert", file, "--out", out) == 1
    assert shell.out == ""
    assert shell.err.strip()
    assert "程序内部" not in shell.err
    assert snapshot(tmp_path) == before


def test_odd_texts_and_numbers_do_no_harm(shell: Shell, tmp_path: Path) -> None:
    items = [{"id": f"q{place}", "type": "likert", "text_key": "k", "likert_min": value}
             for place, value in enumerate(("0", 1e400, "x", -2, True), 1)]  # fmt: skip
    file, out = tmp_path / "x.osd", tmp_path / "x.toml"
    content = {
        "definition": {
            "scale_info": {"code": "É\ud800/../x", "name": 'a"\u2028\n\x00\\b<b>{file}</b>', "license": ["x"]},
            "likert_options": {"points": 3, "labels": ["l", 3, None]}, "items": items,
            "scoring": {"t\n": {"method": "sum_coded", "items": ["q1", "q4"]}, "u": [], "v": {"method": {}}},
        },
        "translations": {"en": {"l": "x" * 100_000}, "zh": 3},
    }  # fmt: skip
    file.write_text(json.dumps(content).replace("Infinity", "1e400"), encoding="utf-8")
    assert shell.run("convert", file, "--out", out) == 0, shell.err
    assert shell.run("check", out) == 0
    assert tomllib.loads(out.read_text(encoding="utf-8"))["id"].startswith("osd/")


# --- export -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "mark"), [("osd", "osd_version"), ("fhir", "resourceType")])
def test_export_and_back(shell: Shell, tmp_path: Path, kind: str, mark: str) -> None:
    file, out = tmp_path / "out.json", tmp_path / "back.toml"
    assert shell.run("export", "cesd", "--as", kind, "--out", file) == 0
    assert "反向" in shell.err or kind == "osd"
    assert "有空题就不给分" in shell.err
    assert mark in json.loads(file.read_text(encoding="utf-8"))
    assert shell.run("convert", file, "--out", out) == 0
    assert shell.run("check", out) == 0
    assert shell.run("export", "cesd", "--as", kind, "--out", file) == 2


def test_export_of_ones_own_file(shell: Shell, tmp_path: Path) -> None:
    own, file = tmp_path / "own.toml", tmp_path / "out.json"
    own.write_text(GAD7, encoding="utf-8")
    assert shell.run("export", own, "--as", "fhir", "--out", file) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["title"] == "广泛性焦虑量表"
    assert shell.run("export", "nothing", "--as", "osd", "--out", tmp_path / "o") == 2
    assert shell.run("export", "gad7", "--as", "pdf", "--out", tmp_path / "o") == 2
    assert not (tmp_path / "o").exists()


# --- words ------------------------------------------------------------------------------------------------------------


def _literals(source: Source) -> set[str]:
    """The codes that a module notes: the texts that it hands to a remark, a flaw, a fault or an error."""
    makers = {"Remark", "Flaw", "Fault", "flaw", "_fail", "CannotScoreError", "_CannotSayError"}
    found: set[str] = set()
    for call, name in source.calls:
        last = name.rpartition(".")[2]
        if last in makers and call.args:
            place = {"Remark": 1, "Flaw": 1, "Fault": 1}.get(last, 0)
            code = call.args[place] if len(call.args) > place else None
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    words = tomllib.loads((ROOT / "resources" / "i18n" / "words.toml").read_text(encoding="utf-8"))
    texts = {str(text.value) for source in sources() for text in source.strings}
    for ring, section in (("domain.instruments", "flaw"), ("formats.instruments", "convert")):
        used = set().union(*(_literals(source) for source in sources() if source.within(ring)))
        if section == "convert":
            used -= set(words["flaw"]) - set(words["convert"])
        assert used
        assert used <= set(words[section]), sorted(used - set(words[section]))
    unused = {code for section in ("flaw", "convert", "shape") for code in words[section]} - texts
    assert unused <= {"at", "more", "true"}, sorted(unused)
