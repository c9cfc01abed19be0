"""In which line of a TOML file a word stands, so that what is wrong with a definition can be pointed at.

Only for files that have been read already: the text is known to be right TOML.
"""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_TABLE = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]")
_WORD = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")
_ELEMENT = re.compile(r"\s*[\[{]")


def line_of(text: str, path: Path) -> int:
    """The line (from 1) of the longest beginning of ``path`` that the text has; 1 when it has none."""
    known = dict(_places(text))
    for length in range(len(path), 0, -1):
        if path[:length] in known:
            return known[path[:length]]
    return 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Path and line of tables, words, and the elements of arrays that stand on lines of their own."""
    table: Path = ()
    counts: dict[Path, int] = {}
    array: Path | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("]"):
            array = None
        elif array is not None and _ELEMENT.match(line):
            yield (*array, counts.get(array, 0)), number
            counts[array] = counts.get(array, 0) + 1
        elif header := _TABLE.match(line):
            table, array = tuple(part.strip('"') for part in header[2].split(".")), None
            if header[1] == "[[":
                counts[table], table = counts.get(table, 0) + 1, (*table, counts.get(table, 0))
            yield table, number
        elif word := _WORD.match(line):
            path = (*table, word[1].strip('"'))
            array = path if line.split("#")[0].rstrip().endswith("[") else None
            yield path, number
