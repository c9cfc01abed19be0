"""Rare characters: taken from another font, or named before anything is drawn."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.reports import fonts
from counselroom.reports import parts as p
from counselroom.reports.pdf import pdf
from counselroom.resources import fonts_dir

SERIF, SANS = fonts.SHIPPED["serif"], fonts.SHIPPED["sans"]
NAME = "𠮷"  # no shipped font has it


@pytest.fixture(autouse=True)
def fresh_fonts() -> Iterator[None]:
    fonts.faces.cache_clear()
    yield
    fonts.faces.cache_clear()


def without(monkeypatch: pytest.MonkeyPatch, name: str, char: str) -> fonts.Typeface:
    """The serif face, when the registered font ``name`` had no ``char``."""
    used = fonts.faces()
    known = fonts._known
    less = {code: width for code, width in known(name).items() if code != ord(char)}
    monkeypatch.setattr(fonts, "_known", lambda asked: less if asked == name else known(asked))
    return used.face("serif")


def test_rare_characters_of_names_that_the_shipped_fonts_have() -> None:
    face = fonts.faces().face("serif_strong")
    assert all(face.has(char) for char in "㛃䶮𠅤𬱖𫖯𨱏")


def test_a_sister_font_stands_in_for_one_character(monkeypatch: pytest.MonkeyPatch) -> None:
    face = without(monkeypatch, "serif", "嘉")
    assert face.width("何嘉木") == 3.0
    assert face.runs("何嘉木") == [("serif", "何"), ("sans", "嘉"), ("serif", "木")]


def test_a_font_of_the_system_stands_in_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's font is one that is at hand here: of it only that it is another file matters."""
    monkeypatch.setattr(fonts, "_system_fonts", lambda: [Path("/absent.ttf"), fonts_dir() / "NotoSansSC_500Medium.ttf"])
    used = fonts.faces()
    known = fonts._known
    mine = {used.sans, used.sans_strong, used.serif, used.serif_strong}

    def fewer(name: str) -> dict[int, float]:
        return {c: w for c, w in known(name).items() if c != ord("木")} if name in mine else known(name)

    monkeypatch.setattr(fonts, "_known", fewer)
    data = pdf((p.Paragraph("何嘉木"), p.Footer("木", "木")))
    assert len(set(re.findall(rb"/BaseFont /[A-Z]{6}\+(NotoSansSC-Medium)", data))) == 1
    assert b"Helvetica" not in data


def test_characters_in_no_font_are_named_with_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_system_fonts", list)
    with pytest.raises(Refusal) as caught:
        pdf((p.Header(f"欧阳{NAME}村"), p.Paragraph("今天在教室里和同学说话时他很好😀的样子，老师都看见了"), p.Rule()))
    assert caught.value.code == "print.glyph_missing"
    assert caught.value.values == {
        "characters": "、".join(sorted((NAME, "😀"))),
        "places": f"欧阳{NAME}村、说话时他很好😀的样子，老",
    }


def test_few_places_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_system_fonts", list)
    with pytest.raises(Refusal) as caught:
        pdf(tuple(p.Paragraph(f"{number}{NAME}") for number in range(9)))
    assert caught.value.values["places"] == f"0{NAME}、1{NAME}、2{NAME}"


@pytest.mark.parametrize("mark", ["\u200b", "\ufe00", "\U000e0100", "\x07", "\u2028"])
def test_marks_without_a_shape_do_not_keep_a_page_from_being_printed(mark: str) -> None:
    assert pdf((p.Paragraph(f"葛{mark}某"), p.Table((f"头{mark}",), ((f"{mark}",),)))).startswith(b"%PDF-")


def test_the_least_of_a_replacement() -> None:
    """A font that has no digits may lend a rare character, but never stand in for the whole page."""
    path = fonts_dir() / SERIF
    assert fonts._register("probe", path, "0123456789")
    assert not fonts._register("probe", path, "0123456789😀")
    assert not fonts._register("probe", Path("/absent.ttf"))
