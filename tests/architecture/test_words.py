"""Visible words pass through one seam, so that another language is a file; colours stand in one file."""

import ast
import re
from collections.abc import Iterator

import pytest

from architecture.source import Checker, Source, caught, clean, needless, passed

CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\s*\(|\bhsla?\s*\(")
THEME = "ui.theme"

# ui and app: tr("…") at once, or mark("…") for a constant that tr() gets later.
SEAMS = {"tr", "mark"}
# Setters of visible words: a bare Latin word there is a bare string too.
SHOWING = {
    "setText", "setWindowTitle", "setToolTip", "setPlaceholderText", "setTitle", "setStatusTip", "setWhatsThis",
    "setAccessibleName", "setAccessibleDescription", "setInformativeText", "setLabelText", "addTab", "addItem",
    "addAction", "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu",
}  # fmt: skip

# The inner rings carry codes; these modules are about words themselves.
WORDY = {
    "domain.dates": "writes dates the way they are read",
    "domain.school": "reads the code list of places, whose own words a path leaves out",
    "formats.slip39": "reads what was copied from paper, with Chinese marks between the groups",
    "reports.pdf": "the page number at the foot is printed",
    "reports.fonts": "characters that a font has to have",
    "reports.recovery_sheet": "the words of the printed sheet are its subject",
    "reports.growth_file": "the words of the printed file are its subject",
    "reports.class_list": "the words of the printed list are its subject",
    "reports.assessment": "the words of the printed report are its subject",
    "reports.student_feedback": "the words of the printed letter are its subject",
    "reports.questionnaire": "the words of the printed sheet are its subject",
    "reports.layout.text": "marks with which no line begins or ends",
    "services.vault.location": "names of folders as they stand on the disk",
    "words": "the seam itself; its last words must come even without the catalogue",
}
INNER = ("services", "domain", "formats", "db", "reports", "cli", "words", "resources", "__main__")


def _seamed(source: Source) -> set[int]:
    """Identities of the strings that are the first argument of tr() or mark()."""
    return {
        id(node.args[0]) for node, name in source.calls
        if node.args and name.rpartition(".")[2] in SEAMS and isinstance(node.args[0], ast.Constant)
    }  # fmt: skip


def through_the_seam(source: Source) -> Iterator[str]:
    """A visible string in ui or app that is not handed to tr() or mark() as it stands."""
    if not source.within("ui", "app"):
        return
    seamed = _seamed(source)
    for text in source.strings:
        if _chinese(text) and id(text) not in seamed:
            yield source.at(text, f"bare string {text.value!r}: tr(…), or mark(…) where it is a constant")
    for node, name in source.calls:
        last = name.rpartition(".")[2]
        if last in SEAMS and node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp):
            yield source.at(node, f"{last}() takes the sentence as it stands, its values by name")
        if last in SHOWING and node.args and _bare_latin(node.args[0]):
            yield source.at(node, f"{last}() shows a bare string")


def _chinese(text: ast.Constant) -> bool:
    """Chinese characters or marks; an ideographic blank alone is a distance, not a word."""
    return bool(CJK.search(str(text.value).strip()))


def _bare_latin(node: ast.expr) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    return any(letter.isalpha() for letter in node.value) and not CJK.search(node.value)


def codes_inside(source: Source, allowed: frozenset[str] = frozenset(WORDY)) -> Iterator[str]:
    """A Chinese literal in a ring that speaks in codes."""
    if not source.within(*INNER) or source.within(*allowed):
        return
    for text in source.strings:
        if _chinese(text):
            yield source.at(text, f"{text.value!r}: visible words stand in resources/i18n/words.toml")


def colours_in_the_theme(source: Source) -> Iterator[str]:
    """A colour outside the theme."""
    if source.ring not in {"ui", "app"} or source.name == THEME:
        return
    for text in source.strings:
        if COLOUR.search(str(text.value)):
            yield source.at(text, f"{text.value!r}: colours stand in ui/theme.py")
    for node, name in source.calls:
        literals = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        if name.rpartition(".")[2] == "QColor" and any(literals):  # QColor(0, 0, 0, 0) draws nothing
            yield source.at(node, "QColor of a literal: colours stand in ui/theme.py")
    for part in ast.walk(source.tree):
        name = source.dotted(part) if isinstance(part, ast.Attribute) else ""
        if "Qt.GlobalColor." in name and not name.endswith(".transparent"):
            yield source.at(part, f"{name}: colours stand in ui/theme.py")


CHECKS = [through_the_seam, codes_inside, colours_in_the_theme]


@pytest.mark.parametrize("check", CHECKS)
def test_the_program(check: Checker) -> None:
    clean(check)


def test_no_needless_allowance() -> None:
    needless(WORDY, codes_inside)


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (through_the_seam, "ui.shell", "label.setText('锁定')"),
        (through_the_seam, "ui.shell", "TITLE = '今天'"),
        (through_the_seam, "ui.shell", "tr(f'{n} 人')"),
        (through_the_seam, "ui.shell", "tr('共' + str(n))"),
        (through_the_seam, "ui.shell", "x = f'{n}。'"),
        (through_the_seam, "ui.shell", "tr('{n}', n='人')"),
        (through_the_seam, "ui.shell", "QPushButton('Lock')"),
        (through_the_seam, "app", "box.setWindowTitle('心理室')"),
        (codes_inside, "services.people", "raise Refusal('姓名已有')"),
        (codes_inside, "db.people", "x = '、'.join(y)"),
        (codes_inside, "cli.main", "print('好')"),
        (colours_in_the_theme, "ui.shell", "widget.setStyleSheet('color: #ff0000')"),
        (colours_in_the_theme, "ui.shell", "x = 'rgba(0, 0, 0, 10)'"),
        (colours_in_the_theme, "ui.icons", "QColor('red')"),
        (colours_in_the_theme, "ui.icons", "from PySide6.QtGui import QColor as C\nC(255, 0, 0)"),
        (colours_in_the_theme, "ui.icons", "from PySide6.QtCore import Qt\nx = Qt.GlobalColor.red"),
    ],
)
def test_bad(check: Checker, name: str, code: str) -> None:
    caught(check, name, code)


@pytest.mark.parametrize(
    ("check", "name", "code"),
    [
        (through_the_seam, "ui.shell", "'''文档'''\nlabel.setText(tr('锁定 {n}', n=3))"),
        (through_the_seam, "ui.shell", "TITLE = mark('今天')\nx = tr(TITLE)"),
        (through_the_seam, "ui.shell", "label.setObjectName('title')\nlabel.setText('')\nlabel.setText('—')"),
        (codes_inside, "services.people", "'''文档'''\nraise Refusal('people.name_taken')"),
        (codes_inside, "domain.dates", "x = '月'"),
        (colours_in_the_theme, "ui.theme", "RED = '#ff0000'"),
        (colours_in_the_theme, "ui.icons", "from PySide6.QtCore import Qt\nx = Qt.GlobalColor.transparent"),
        (colours_in_the_theme, "ui.icons", "from PySide6.QtGui import QColor\nQColor(theme.ink)\nQColor(0, 0, 0, 0)"),
    ],
)
def test_good(check: Checker, name: str, code: str) -> None:
    passed(check, name, code)
