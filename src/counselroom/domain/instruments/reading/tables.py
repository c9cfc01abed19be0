"""Reading plain tables word by word: what is missing, of the wrong kind or not known becomes a flaw."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeVar

from counselroom.domain.instruments.definition.ranges import RangeError, chosen
from counselroom.domain.instruments.reading.flaws import Flaw, Path

_T = TypeVar("_T")
_Number = (int, float)
_EMPTY: Mapping[type, Any] = {str: "", list: [], Mapping: {}}
_PAIRS = [list(pair) for pair in product(_Number, _Number)]
_LARGEST = 1e15  # of a number that is written without a point


def _counts(number: float) -> bool:
    """Whether one can calculate with it: TOML knows ``nan``, ``inf``, and whole numbers of any length."""
    return math.isfinite(number) if isinstance(number, float) else abs(number) <= _LARGEST


class Table:
    """One table of a file; every word that nobody asked for is a flaw when ``close`` is called."""

    def __init__(self, data: Any, path: Path, flaws: list[Flaw]) -> None:
        self.path, self.flaws = path, flaws
        self._data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self._asked: set[str] = set()
        if not isinstance(data, Mapping):
            self.flaw("kind", wanted="table")

    def flaw(self, code: str, *where: str | int, **values: Any) -> None:
        """Notes what is wrong."""
        self.flaws.append(Flaw((*self.path, *where), code, values))

    def has(self, word: str) -> bool:
        """Whether the word is there."""
        return word in self._data

    def close(self) -> None:
        """Ends the reading: what was not asked for is not known."""
        for word in self._data:
            if word not in self._asked:
                self.flaw("unknown_word", word, word=word)

    def text(self, word: str, default: str | None = None) -> str:
        """A text that is not blank; required without a default."""
        found = self._of(word, (str,), default, "text")
        if default is None and self.has(word) and not found.strip():
            self.flaw("blank", word, word=word)
        return str(found)

    def one_of(self, word: str, allowed: Sequence[str], default: str | None = None) -> str:
        """One of some words."""
        found = self.text(word, default)
        if found not in allowed and (self.has(word) or default is not None):
            self.flaw("not_one_of", word, word=word, found=found, allowed=tuple(allowed))
            return allowed[0]
        return found if found in allowed else allowed[0]

    def whole(self, word: str, default: int | None = None) -> int:
        """A whole number."""
        return int(self._of(word, (int,), default, "whole"))

    def number(self, word: str, default: float | None = None) -> float:
        """A number."""
        found = self._of(word, _Number, default, "number")
        if not _counts(found):
            self.flaw("kind", word, word=word, wanted="number")
            return 0
        return float(found)

    def maybe(self, word: str) -> float | None:
        """A number, or None when the word is not there."""
        return self.number(word) if self.has(word) else None

    def yes(self, word: str) -> bool:
        """True when it says so."""
        return bool(self._of(word, (bool,), False, "bool"))

    def numbers(self, word: str, count: int | None = None) -> tuple[float, ...]:
        """A list of numbers, of a fixed length when ``count`` is given; empty when the word is not there."""
        found = self._of(word, (list,), [], "numbers")
        if not all(isinstance(each, _Number) and not isinstance(each, bool) and _counts(each) for each in found):
            self.flaw("kind", word, word=word, wanted="numbers")
            return ()
        if count is not None and found and len(found) != count:
            self.flaw("length", word, word=word, wanted=count)
            return ()
        return tuple(map(float, found))

    def pairs(self, word: str) -> tuple[tuple[float, float], ...]:
        """A list of pairs of numbers; empty when the word is not there."""
        found = self._of(word, (list,), [], "pairs")
        if not all(
            isinstance(each, list) and list(map(type, each)) in _PAIRS and all(map(_counts, each)) for each in found
        ):
            self.flaw("kind", word, word=word, wanted="pairs")
            return ()
        return tuple((float(first), float(second)) for first, second in found)

    def span(self, word: str) -> tuple[int, int] | None:
        """A range of whole numbers, both ends included."""
        if not self.has(word):
            return None
        found = self.numbers(word, 2)
        if len(found) != 2 or found[0] > found[1] or not all(map(float.is_integer, found)):
            self.flaw("range", word, word=word)
            return None
        return int(found[0]), int(found[1])

    def texts(self, word: str) -> tuple[str, ...]:
        """A list of texts; empty when the word is not there."""
        found = self._of(word, (list,), [], "texts")
        if not all(isinstance(each, str) for each in found):
            self.flaw("kind", word, word=word, wanted="texts")
            return ()
        return tuple(found)

    def text_or_texts(self, word: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        if isinstance(self._data.get(word), str):
            return (self.text(word),)
        return self.texts(word)

    def items(self, word: str, numbers: Sequence[str]) -> tuple[str, ...]:
        """A list of items (``"1-15, 81"``); empty when the word is not there."""
        text = self.text(word, "")
        if not text:
            return ()
        try:
            return chosen(text, numbers)
        except RangeError as error:
            self.flaw("items", word, found=error.args[0])
            return ()

    def table(self, word: str) -> "Table":
        """A table below this one; a missing one is a flaw."""
        self._asked.add(word)
        if word not in self._data:
            self.flaw("missing_word", word=word)
        return Table(self._data.get(word, {}), (*self.path, word), self.flaws)

    def mapping(self, word: str) -> Mapping[str, Any]:
        """The plain content of a table below this one; empty when it is not there."""
        found = self._of(word, (Mapping,), {}, "table")
        return dict(found)

    def raw(self, word: str) -> Any:
        """What stands there, whatever it is; None when nothing does."""
        self._asked.add(word)
        return self._data.get(word)

    def each(self, word: str, read: Callable[["Table"], _T]) -> tuple[_T, ...]:
        """What ``read`` makes of every table of an array; empty when the word is not there."""
        return tuple(self._each(word, read))

    def _each(self, word: str, read: Callable[["Table"], _T]) -> Iterator[_T]:
        for place, data in enumerate(self._of(word, (list,), [], "tables")):
            table = Table(data, (*self.path, word, place), self.flaws)
            found = read(table)
            table.close()
            yield found

    def _of(self, word: str, kinds: tuple[type, ...], default: Any, wanted: str) -> Any:
        self._asked.add(word)
        empty = _EMPTY.get(kinds[0], 0)
        if word not in self._data:
            if default is None:
                self.flaw("missing_word", word=word)
            return empty if default is None else default
        found = self._data[word]
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            self.flaw("kind", word, word=word, wanted=wanted)
            return empty if default is None else default
        return found
