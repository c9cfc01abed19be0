"""Bare words of a person in a head (关系, 联系电话): whose they are is told by the columns to their left."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counselroom.domain.intake.headwords import HeadWords
from counselroom.domain.intake.tables import Column

_NAMED = "_name"


def by_neighbours(columns: Sequence[Column], texts: Mapping[int, str], words: HeadWords) -> list[Column]:
    """The columns of one table with the bare words right of a guardian's name given to that guardian.

    ``texts`` are the words by ``Column.index``; a column below a group's word has none, since the group says whose it
    is. A guardian's columns end where the next name begins, or a column about the student; what is not understood
    (工作单位), or stands there a second time, does not end them. Left of every guardian's name a bare number is the
    student's, and so it is where the guardian's number stands in a column that says so.
    """
    bare = {column.index: suffix for column in columns if (suffix := words.of_person(texts.get(column.index, "")))}
    stated = {column.field for column in columns if column.index not in bare}
    who = ""
    seen: set[str] = set()
    found = []
    for column in columns:
        if column.index in bare:
            field = f"{who}_{bare[column.index]}"
            if who and field not in stated:
                # Of a parent the relation is not asked: such a column says nothing about anybody else.
                column = replace(column, field=field if field in words.people else None)
        elif column.field or column.index not in texts:
            who = _after(column.field or "", who if column.index in texts else "", seen, words)
        seen.add(column.field or "")
        found.append(column)
    return found


def _after(field: str, who: str, seen: set[str], words: HeadWords) -> str:
    """Whose the next bare word is; empty for the student's."""
    if field in words.people:
        return field.removesuffix(_NAMED) if field.endswith(_NAMED) else who
    return who if field in words.goes_on or field in seen else ""
