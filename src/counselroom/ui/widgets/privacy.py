"""Privacy mode (F11): names, levels and free text are masked on the screen. It is clearly not a lock.

The shell switches it; whatever shows a person asks ``is_on()`` when it paints and repaints on ``changed``.
"""

import re

from PySide6.QtCore import QObject, Signal

_MASK = "*"
_PHONE = re.compile(r"(\d{3})\d{3,}")
_MOBILE = re.compile(r"(1\d{2})(\d{4})(\d{4})")


class _Privacy(QObject):
    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.on = False


_privacy = _Privacy()
changed = _privacy.changed


def is_on() -> bool:
    """True while names and levels are masked."""
    return _privacy.on


def set_on(on: bool) -> None:
    """Switches the mode; everyone who listens repaints."""
    if on != _privacy.on:
        _privacy.on = on
        _privacy.changed.emit(on)


def name(full: str) -> str:
    """A name as it may be shown now: 何* in privacy mode."""
    return full[:1] + _MASK if _privacy.on and full else full


def phone(number: str) -> str:
    """A phone number as it may be shown now: a mobile one in groups, 138 0000 2716; in privacy mode 138****."""
    return _PHONE.sub(r"\1****", number) if _privacy.on else grouped_phone(number)


def grouped_phone(number: str) -> str:
    """A mobile number in groups: 138 0000 2716; others as they are."""
    found = _MOBILE.fullmatch(number)
    return " ".join(found.groups()) if found else number
