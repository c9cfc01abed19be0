"""The theme: readable in both palettes, every name of the style sheet known, the choice followed."""

import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from counselroom import resources
from counselroom.ui import fonts, theme
from counselroom.ui.theme import DARK, LIGHT, Colours, Mode, Tone, Type
from counselroom.ui.widgets.text import Text

# text: the surfaces that it stands on (look.md section 2: at least 4.5:1)
TEXT = {
    "ink": ("sheet", "desk", "inset", "nav", "accent_soft", "warn_soft", "danger_soft", "ok_soft", "hit", "field_bg"),
    "ink2": ("sheet", "desk", "inset", "nav", "accent_soft", "warn_soft", "danger_soft", "ok_soft"),
    "ink3": ("sheet", "desk", "inset", "nav", "field_bg", "disabled_bg", "accent_soft"),
    "nav_ink": ("nav",),
    "accent_text": ("sheet", "desk", "inset", "accent_soft"),
    "on_accent": ("accent", "accent_hover"),
    "on_accent2": ("accent",),
    "danger": ("sheet", "desk", "inset", "danger_soft", "field_bg"),
    "warn": ("sheet", "desk", "warn_soft"),
    "ok": ("sheet", "desk", "ok_soft"),
    "on_count": ("count",),
    "toast_text": ("toast_bg",),
    "toast_action": ("toast_bg",),
    **{f"lv{n}_fg": (f"lv{n}_bg",) for n in range(4)},
    **{f"lv{n}_ink": ("sheet", "desk", "inset", "accent_soft") for n in range(4)},
}
SHAPES = {"field": ("sheet", "field_bg"), "focus": ("sheet", "desk", "inset"), "fill": ("track",), "accent": ("sheet",)}


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    return 0.2126 * linear(made.redF()) + 0.7152 * linear(made.greenF()) + 0.0722 * linear(made.blueF())


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("table", "least"), [(TEXT, 4.5), (SHAPES, 3.0)], ids=["text", "shapes"])
def test_contrast(colours: Colours, table: dict[str, tuple[str, ...]], least: float) -> None:
    values = colours.as_dict()
    weak = {
        f"{name} on {ground}": round(contrast(values[name], values[ground]), 2)
        for name, grounds in table.items()
        for ground in grounds
        if contrast(values[name], values[ground]) < least
    }
    assert not weak


def test_every_colour_is_a_colour_in_both_palettes() -> None:
    assert all(QColor(value).isValid() for colours in (LIGHT, DARK) for value in colours.as_dict().values())
    assert LIGHT.as_dict().keys() == DARK.as_dict().keys()
    assert LIGHT.desk != DARK.desk


def test_the_style_sheet_holds_no_colour_of_its_own(qapp: QApplication) -> None:
    source = resources.text("style", "window.qss")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|\brgb", source)
    assert LIGHT.field in qapp.styleSheet()
    assert "$" not in qapp.styleSheet().split("*/", 1)[1]


def test_dark_and_back(qapp: QApplication, qtbot: QtBot) -> None:
    label = Text("字", tone=Tone.DANGER)
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, Mode.DARK)
    assert theme.now() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.desk)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.danger)
    theme.apply(qapp, "light")
    assert theme.now() is LIGHT
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.danger)


def test_system_mode_follows_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.apply(qapp, Mode.SYSTEM)
    assert theme.now() is LIGHT  # off the screen there is no scheme: light
    hints = qapp.styleHints()
    scheme = type(hints.colorScheme())
    monkeypatch.setattr(type(hints), "colorScheme", lambda _self: scheme.Dark)
    hints.colorSchemeChanged.emit(scheme.Dark)
    QCoreApplication.processEvents()
    assert theme.now() is DARK
    theme.apply(qapp, Mode.LIGHT)
    hints.colorSchemeChanged.emit(scheme.Dark)
    assert theme.now() is LIGHT


def test_an_unknown_mode_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.apply(qapp, "sepia")


def test_fonts_are_the_shipped_ones_in_their_weights(qapp: QApplication) -> None:
    assert not fonts.missing()
    assert qapp.font().family() == fonts.SANS
    assert qapp.font().pixelSize() == 14
    assert theme.font(Type.TITLE).family() == fonts.SERIF
    regular, strong = QFontMetricsF(theme.font(Type.BODY)), QFontMetricsF(theme.font(Type.SECTION))
    assert regular.horizontalAdvance("abcdef") != strong.horizontalAdvance("abcdef")  # a real weight, not a smeared one
    assert regular.horizontalAdvance("1111") == regular.horizontalAdvance("8888")  # tabular digits


def test_without_the_fonts_a_system_font_is_taken_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("COUNSELROOM_FONTS", str(tmp_path))
    for name, value in {"loaded": frozenset(), "missing": False, "sans": "", "serif": ""}.items():
        monkeypatch.setattr(fonts._Families, name, value)
    fonts.load_first()
    assert fonts.missing()
    assert fonts.sans()
    assert fonts.serif()


def test_rich_text_escapes_and_spaces(qtbot: QtBot) -> None:
    label = Text("<b>甲</b> & 乙\n丙", wrap=True)
    qtbot.addWidget(label)
    assert "&lt;b&gt;" in label.text()
    assert "line-height:110%" in label.text()
    assert label.plain() == "<b>甲</b> & 乙\n丙"
    assert isinstance(label, QLabel)
