"""The fonts of the printed page: the shipped ones, else one of the system, embedded as TrueType in every PDF."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
)
_WINDOWS = ("msyh.ttc", "simhei.ttf", "simsun.ttc", "Deng.ttf")
# A font without these is of no use: DroidSansFallbackFull, for one, has no digits.
_PROBE = "0123456789AZaz–，。　恢复单第份共"


@dataclass(frozen=True)
class Faces:
    """Registered names for the four uses, and whether they are a system's replacement for the shipped fonts."""

    sans: str
    sans_strong: str
    serif: str
    serif_strong: str
    replaced: bool = False


@cache
def faces() -> Faces:
    """Registers the fonts once per process; refused when the computer has none that can be embedded."""
    shipped = {name: fonts_dir() / file for name, file in SHIPPED.items()}
    if all(path.is_file() and _register(name, path) for name, path in shipped.items()):
        return Faces("sans", "sans-strong", "serif", "serif-strong")
    for path in _system_fonts():
        if path.is_file() and _register("system", path):
            return Faces("system", "system", "system", "system", replaced=True)
    raise Refusal("print.no_font")


def check_glyphs(used: Faces, texts: Iterable[str]) -> None:
    """Refuses before anything is drawn when a character is missing: it would be printed as an empty box."""
    from reportlab.pdfbase import pdfmetrics

    names = {used.sans, used.sans_strong, used.serif, used.serif_strong}
    known = set.intersection(*(set(pdfmetrics.getFont(name).face.charToGlyph) for name in names))
    needed = {char for text in texts for char in text if char != "\n"} | {"\xa0"}
    missing = sorted(char for char in needed if ord(char) not in known)
    if missing:
        raise Refusal("print.glyph_missing", characters="、".join(missing))


def _register(name: str, path: Path) -> bool:
    """Whether the font could be read and has the characters that every page needs."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(name, str(path), subfontIndex=0)
    except (TTFError, OSError):
        return False
    if any(ord(char) not in font.face.charToGlyph for char in _PROBE):
        return False
    pdfmetrics.registerFont(font)
    return True


def _system_fonts() -> Iterable[Path]:
    if sys.platform == "win32":
        folder = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts"
        return [folder / file for file in _WINDOWS]
    return [Path("/usr/share/fonts") / file for file in _LINUX]
