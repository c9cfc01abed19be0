"""The fonts of the printed page: the shipped ones, else one of the system, embedded as TrueType in every PDF.

A character that the font at hand lacks is taken from another one, so that a rare name does not keep a whole file from
being printed. Text extraction from the PDF gives wrong characters above U+FFFF (a limit of reportlab); paper is right.
"""

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from counselroom.domain.refusal import Refusal
from counselroom.resources import fonts_dir

SHIPPED = {
    "sans": "NotoSansSC_400Regular.ttf",
    "sans-strong": "NotoSansSC_600SemiBold.ttf",
    "serif": "NotoSerifSC_400Regular.ttf",
    "serif-strong": "NotoSerifSC_600SemiBold.ttf",
}
# TrueType outlines only: CFF ones (Debian's fonts-noto-cjk) cannot be embedded by reportlab.
_LINUX = (
    "truetype/wqy/wqy-microhei.ttc",
    "truetype/wqy/wqy-zenhei.ttc",
    "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "truetype/arphic/uming.ttc",
    "truetype/arphic-gbsn00lp/gbsn00lp.ttf",
    "truetype/droid/DroidSansFallbackFull.ttf",
    "truetype/hanazono/HanaMinA.ttf",
    "truetype/hanazono/HanaMinB.ttf",
)
# simsunb holds CJK Extension B, SimSunExtG the later ones.
_WINDOWS = ("msyh.ttc", "simhei.ttf", "simsun.ttc", "Deng.ttf", "simsunb.ttf", "SimsunExtG.ttf")
# What the words of print.glyph_missing advise to install; a user without rights installs into the own folder.
_ADVISED = "LXGWWenKai-Regular.ttf"
# A font without these is of no use: DroidSansFallbackFull, for one, has no digits.
_PROBE = "0123456789AZaz–，。　恢复单第份共"
_PLACES = 3  # named in a refusal
_AROUND = 6  # characters shown on each side of a missing one

Run = tuple[str, str]  # a registered font, and the text that it draws


class Typeface(dict[str, float]):
    """Width of each character at one point, looked up once; ``name`` is the registered font that draws most of them."""

    def __init__(self, name: str, others: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.name = name
        self._shipped = tuple(dict.fromkeys((name, *others)))
        self._elsewhere: dict[str, str] = {}

    def __missing__(self, char: str) -> float:
        found = self._find(char)
        if found is None:
            raise LookupError("a character that check_glyphs has not seen")
        name, width = found
        if name != self.name:
            self._elsewhere[char] = name
        self[char] = width
        return width

    def has(self, char: str) -> bool:
        """Whether some font draws the character, or it is one that leaves no mark."""
        return char in self or self._find(char) is not None

    def width(self, text: str) -> float:
        """Width of ``text`` at one point."""
        return sum([self[char] for char in text])

    def runs(self, text: str) -> list[Run]:
        """``text`` by the fonts that draw it, without characters that leave no mark."""
        if not self._elsewhere or self._elsewhere.keys().isdisjoint(text):
            return [(self.name, text)]
        split = groupby(text, lambda char: self._elsewhere.get(char, self.name))
        return [(name, "".join(chars)) for name, chars in split if name]

    def _find(self, char: str) -> tuple[str, float] | None:
        code = ord(char)
        for name in self._shipped:
            if code in _known(name):
                return name, _known(name)[code]
        if _markless(char):
            return "", 0.0
        for name in _substitutes():
            if code in _known(name):
                return name, _known(name)[code]
        return None


@dataclass(frozen=True)
class Faces:
    """Registered names for the four uses, and whether they are a system's replacement for the shipped fonts."""

    sans: str
    sans_strong: str
    serif: str
    serif_strong: str
    replaced: bool = False
    _faces: dict[str, Typeface] = field(default_factory=dict, repr=False, compare=False)

    def face(self, use: str) -> Typeface:
        """The typeface of a use (a field's name); a sister of the same set stands in before a system's font does."""
        if use not in self._faces:
            every = (self.sans, self.sans_strong, self.serif, self.serif_strong)
            self._faces[use] = Typeface(getattr(self, use), every)
        return self._faces[use]


@cache
def faces() -> Faces:
    """Registers the fonts once per process; refused when the computer has none that can be embedded."""
    shipped = {name: fonts_dir() / file for name, file in SHIPPED.items()}
    if all(path.is_file() and _register(name, path, _PROBE) for name, path in shipped.items()):
        return Faces("sans", "sans-strong", "serif", "serif-strong")
    for path in _system_fonts():
        if path.is_file() and _register("system", path, _PROBE):
            return Faces("system", "system", "system", "system", replaced=True)
    raise Refusal("print.no_font")


def check_glyphs(used: Faces, texts: Iterable[str]) -> None:
    """Refuses before anything is drawn when no font has a character: it would be printed as an empty box.

    The refusal tells the characters, and where they stand, each with what is around it.
    """
    every = list(texts)
    face = used.face("serif")
    missing = {char for char in set().union(*every) if not face.has(char)}
    if missing:
        places = list(dict.fromkeys(place for text in every for place in _around(text, missing)))
        raise Refusal("print.glyph_missing", characters="、".join(sorted(missing)), places="、".join(places[:_PLACES]))


def _around(text: str, missing: set[str]) -> Iterator[str]:
    for at, char in enumerate(text):
        if char in missing:
            yield " ".join(text[max(at - _AROUND, 0) : at + _AROUND].split())


def _markless(char: str) -> bool:
    """Controls, odd blanks and the selectors of a variant: nothing is lost when a font lacks them."""
    code = ord(char)
    selector = 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF
    return selector or char.isspace() or unicodedata.category(char) in {"Cc", "Cf"}


def _known(name: str) -> dict[int, float]:
    """Code point to width at one point, of what a registered font can draw."""
    from reportlab.pdfbase import pdfmetrics

    return _widths(pdfmetrics.getFont(name).face)


@cache
def _widths(face: Any) -> dict[int, float]:
    return {code: face.charWidths.get(code, face.defaultWidth) / 1000 for code in face.charToGlyph}


def _substitutes() -> Iterator[str]:
    """Registered names of the system's fonts, each read when all before it lack a character."""
    for number, path in enumerate(_system_fonts()):
        name = _substitute(number, path)
        if name:
            yield name


@cache
def _substitute(number: int, path: Path) -> str:
    name = f"other-{number}"
    return name if path.is_file() and _register(name, path) else ""


def _register(name: str, path: Path, needed: str = "") -> bool:
    """Whether the font could be read and has the characters ``needed``."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font: Any = TTFont(name, str(path), subfontIndex=0)
    except (TTFError, OSError):
        return False
    if any(ord(char) not in font.face.charToGlyph for char in needed):
        return False
    pdfmetrics.registerFont(font)
    return True


def _system_fonts() -> Iterable[Path]:
    if sys.platform == "win32":
        folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"
        own = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Microsoft" / "Windows" / "Fonts"
        return [folder / file for file in (*_WINDOWS, _ADVISED)] + [own / _ADVISED]
    own = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fonts"
    return [Path("/usr/share/fonts") / file for file in _LINUX] + [own / _ADVISED]
