"""The fonts of the window: Noto Sans SC and Noto Serif SC from the shipped folder, a system font when they are absent.

Each file takes a few milliseconds to register, so the lock screen gets the three that it draws with and the rest follow
after the first paint (or before the first page that needs them).
"""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from counselroom import resources

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"

FIRST = ("NotoSansSC_400Regular.ttf", "NotoSerifSC_400Regular.ttf", "NotoSansSC_500Medium.ttf")
REST = ("NotoSansSC_600SemiBold.ttf", "NotoSerifSC_600SemiBold.ttf")

# Looked for, in this order, when the shipped fonts cannot be had.
_SYSTEM_SANS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "PingFang SC",
)
_SYSTEM_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "AR PL UMing CN", "Songti SC")


class _Families:
    """What was found: chosen once per process."""

    sans = SANS
    serif = SERIF
    missing = False
    loaded: frozenset[str] = frozenset()


def _add(name: str, folder: Path) -> bool:
    """Registers one font file once; False when it is absent or not a font."""
    if name in _Families.loaded:
        return True
    file = folder / name
    if not file.is_file() or QFontDatabase.addApplicationFont(str(file)) < 0:
        return False
    _Families.loaded = _Families.loaded | {name}
    return True


def _choose(candidates: tuple[str, ...], otherwise: str) -> str:
    installed = set(QFontDatabase.families())
    return next((family for family in candidates if family in installed), otherwise)


def load_first() -> None:
    """Registers what the first paint needs and settles the families."""
    folder = resources.fonts_dir()
    has_sans, has_serif = _add(FIRST[0], folder), _add(FIRST[1], folder)
    for name in FIRST[2:]:
        _add(name, folder)
    _Families.missing = not (has_sans and has_serif)
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    _Families.sans = SANS if has_sans else _choose((SANS, *_SYSTEM_SANS), general)
    _Families.serif = SERIF if has_serif else _choose((SERIF, *_SYSTEM_SERIF), _Families.sans)


def load_rest() -> None:
    """Registers the heavier weights; harmless when called again."""
    folder = resources.fonts_dir()
    for name in REST:
        _add(name, folder)


def missing() -> bool:
    """True when the window stands on a system font: shown on the lock screen and in the settings."""
    return _Families.missing


def sans() -> str:
    """Family of everything but titles."""
    return _Families.sans


def serif() -> str:
    """Family of titles, names as headings and the clock."""
    return _Families.serif
