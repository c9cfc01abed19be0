"""Level schemes: severity 0 to 3 is kept, its shape is fixed, a school's scheme gives the word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Severity(IntEnum):
    """How much care is needed; the only form in which a level is kept or compared."""

    DAILY = 0
    LIGHT = 1
    FOCUS = 2
    HIGH = 3


# look.md 3: more severe = more ink, so that the order reads without colour. No scheme may change a shape.
SHAPES: Mapping[Severity, str] = {
    Severity.HIGH: "diamond",
    Severity.FOCUS: "triangle",
    Severity.LIGHT: "half_circle",
    Severity.DAILY: "ring",
}
# Gravest first: the order of every list and every choice.
ORDER = tuple(sorted(Severity, reverse=True))


@dataclass(frozen=True)
class LevelScheme:
    """The words of one school: ``words`` is indexed by severity, ``source`` says where the scheme comes from."""

    code: str
    name: str
    about: str
    source: str
    words: tuple[str, str, str, str]

    def word(self, severity: Severity) -> str:
        """The word of one severity, such as 一级·高危."""
        return self.words[severity]

    def rows(self) -> list[tuple[Severity, str, str]]:
        """Severity, shape and word, gravest first."""
        return [(severity, SHAPES[severity], self.words[severity]) for severity in ORDER]


def schemes(data: Mapping[str, Any]) -> dict[str, LevelScheme]:
    """The schemes of a policy file; a file that lacks a word, a name or a source is a bug and raises ValueError."""
    found = {code: _scheme(code, entry) for code, entry in data.items()}
    if not found:
        raise ValueError("no level scheme in the file")
    return found


def _scheme(code: str, entry: Mapping[str, Any]) -> LevelScheme:
    texts = {key: str(entry.get(key, "")).strip() for key in ("name", "about", "source")}
    empty = [key for key, text in texts.items() if not text]
    given = {str(key): str(text).strip() for key, text in entry.get("words", {}).items()}
    expected = {str(int(severity)) for severity in Severity}
    if empty or set(given) != expected or not all(given.values()):
        raise ValueError(f"level scheme {code}: needs name, about, source and one word for each of severity 0 to 3")
    if len(set(given.values())) != len(expected):
        raise ValueError(f"level scheme {code}: two severities share a word")
    return LevelScheme(code=code, words=(given["0"], given["1"], given["2"], given["3"]), **texts)
