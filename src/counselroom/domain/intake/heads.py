"""Finds the tables inside a sheet: where their heads are, what each column means, which rows are data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from counselroom.domain.intake.datarows import DataRows
from counselroom.domain.intake.headwords import NAME, HeadWords, plain
from counselroom.domain.intake.neighbours import by_neighbours
from counselroom.domain.intake.tables import Cells, Column, Sheet, Table
from counselroom.domain.refusal import Refusal

_LONGEST_HEAD = 40  # characters of a cell that may be a word for a name, with its remarks
_SEEN = 8  # heads that the refusal names


@dataclass(frozen=True)
class _Block:
    """A table's place: its columns, and the columns of the sheet that belong to it, up to the next block."""

    columns: tuple[Column, ...]
    start: int
    stop: int | None


@dataclass(frozen=True)
class _Head:
    """One or two rows, ``first`` to ``last``, over one table or several side by side."""

    first: int
    last: int
    blocks: tuple[_Block, ...]

    @property
    def layout(self) -> tuple[tuple[int, str], ...]:
        """What a head that is printed again shares with it."""
        return tuple((column.index, plain(column.head)) for block in self.blocks for column in block.columns)


def find_all(sheets: Sequence[Sheet], words: HeadWords) -> tuple[Table, ...]:
    """The tables of all sheets that are shown; hidden sheets are left out. Refuses a file without any."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    tables = tuple(table for sheet in shown for table in find_tables(sheet, words))
    if not tables:
        names = tuple(sheet.name or "CSV" for sheet in shown)  # a text table has no sheets with names
        raise Refusal("roster.no_head", sheets=names, heads=_likely_heads(shown))
    return tables


def find_tables(sheet: Sheet, words: HeadWords) -> tuple[Table, ...]:
    """The tables of a sheet from top to bottom, those side by side from left to right; none without a head.

    A head has a column for the name and at least one more that is known. It may take two rows, may come again in the
    middle, and may stand several times side by side.
    """
    heads = list(_heads(sheet.rows, words))
    tables: list[Table] = []
    at = 0
    while at < len(heads):
        same = at + 1
        while same < len(heads) and _comes_again(sheet.rows, heads[at], heads[same], words):
            same += 1
        stop = _title_start(sheet.rows, heads[same], heads[at].last + 1, words) if same < len(heads) else None
        start = 0 if at == 0 else _title_start(sheet.rows, heads[at], heads[at - 1].last + 1, words)
        again = frozenset(row for head in heads[at + 1 : same] for row in range(head.first, head.last + 1))
        for block in heads[at].blocks:
            tables += _tables(sheet, heads[at], block, (start, stop), again, words)
        at = same
    return tuple(tables)


def with_mapping(table: Table, mapping: Mapping[int, str | None]) -> Table:
    """The table with other fields for some columns, by ``Column.index``. A field that is given to a column is taken
    from the one that had it; two columns of one field are an error (ValueError)."""
    given = [field for field in mapping.values() if field is not None]
    if len(given) != len(set(given)):
        raise ValueError("one field for two columns")

    def field_of(column: Column) -> str | None:
        if column.index in mapping:
            return mapping[column.index]
        return None if column.field in given else column.field

    return replace(table, columns=tuple(replace(column, field=field_of(column)) for column in table.columns))


def signature(table: Table) -> str:
    """Text of the heads in their order, the same for every file that is laid out alike."""
    return "|".join(plain(column.head) for column in table.columns)


def _heads(rows: Sequence[Cells], words: HeadWords) -> Iterator[_Head]:
    names: dict[str, bool] = {}
    number = -1
    for at, row in enumerate(rows):
        if at > number and _has_name(row, words, names):
            head = _head_at(rows, at, number, words)
            if head is not None:
                number = head.last
                yield head


def _has_name(row: Cells, words: HeadWords, names: dict[str, bool]) -> bool:
    """Whether a cell is a word for a name; quick for all the rows where none is."""
    text = "".join(filter(None, row))
    if not any(hint in text for hint in words.hints):
        return False
    for cell in row:
        if cell is None:
            continue
        if cell not in names:
            short = len(cell) <= _LONGEST_HEAD and not words.hints.isdisjoint(cell)
            names[cell] = short and words.field_of(cell) == NAME
        if names[cell]:
            return True
    return False


def _head_at(rows: Sequence[Cells], at: int, taken: int, words: HeadWords) -> _Head | None:
    """The head whose name stands in row ``at``, with the row below or above it when the two are one."""
    below = rows[at + 1] if at + 1 < len(rows) else ()
    above = rows[at - 1] if at - 1 > taken else ()
    if _goes_on(rows[at], below, words):
        first, last = at, at + 1
    elif any(
        words.is_group(over or "") and words.field_of(f"{over}{under}") for over, under in _joined(above, rows[at])
    ):
        first, last = at - 1, at
    else:
        first = last = at
    heads = _joined(rows[first], rows[last]) if last > first else [(None, cell) for cell in rows[at]]
    blocks = _blocks(heads, words)
    known = {column.field for column in blocks[0].columns} - {None}
    return _Head(first, last, blocks) if NAME in known and len(known) > 1 else None


def _goes_on(upper: Cells, lower: Cells, words: HeadWords) -> bool:
    """Whether the head with the name has a second row: words below words, and nothing else below the name."""
    known = other = 0
    for over, under in _joined(upper, lower):
        if under is None:
            continue
        if words.field_of(under) or words.field_of(f"{over}{under}") or plain(over or "") == plain(under):
            known += 1
        else:
            other += 1
    pairs = [(over, under) for over, under in zip(upper, lower, strict=False) if over and under]
    data_below = any(words.field_of(over) == NAME != words.field_of(under) for over, under in pairs)
    return known > other and bool(pairs) and not data_below


def _joined(upper: Cells, lower: Cells) -> list[tuple[str | None, str | None]]:
    """Upper and lower word of each column; an upper word stands over the columns to its right that have none."""
    pairs: list[tuple[str | None, str | None]] = []
    over: str | None = None
    for above, below in zip(upper, lower, strict=False):
        over = above if above is not None else over if below is not None else None
        pairs.append((over, below))
    return pairs


def _blocks(heads: Sequence[tuple[str | None, str | None]], words: HeadWords) -> tuple[_Block, ...]:
    """One block, or as many as the same heads stand side by side."""
    columns = [
        Column(index, shown, _meaning(over, under, words))
        for index, (over, under) in enumerate(heads)
        if (shown := _shown(over, under))
    ]
    texts = {
        index: under or over or ""
        for index, (over, under) in enumerate(heads)
        if under is None or not words.is_group(over or "")
    }
    names = [place for place, column in enumerate(columns) if column.field == NAME]
    starts = [place - names[0] for place in names]
    parts = [columns[start:stop] for start, stop in zip(starts, [*starts[1:], None], strict=True)]
    looks = [[plain(column.head) for column in part] for part in parts]
    if len(parts) < 2 or any(look[: len(looks[0])] != looks[0] for look in looks) or len(looks[0]) < 2:
        parts = [columns]
    edges = [0, *(part[0].index for part in parts[1:]), None]
    return tuple(
        _Block(_once_each(by_neighbours(part, texts, words)), start or 0, stop)
        for part, start, stop in zip(parts, edges[:-1], edges[1:], strict=True)
    )


def _meaning(over: str | None, under: str | None, words: HeadWords) -> str | None:
    if over is None or under is None:
        return words.field_of(over or under or "")
    joined = words.field_of(over + under)
    # Below a person's word, "number" is the person's: it must not be taken for the student's.
    return joined if joined or words.is_group(over) else words.field_of(under)


def _shown(over: str | None, under: str | None) -> str:
    texts = dict.fromkeys("".join(text.split("\n")).strip() for text in (over, under) if text)
    return " ".join(texts)


def _once_each(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The first column of a field keeps it."""
    taken: set[str | None] = {None}
    kept = []
    for column in columns:
        kept.append(column if column.field not in taken else replace(column, field=None))
        taken.add(column.field)
    return tuple(kept)


def _comes_again(rows: Sequence[Cells], head: _Head, later: _Head, words: HeadWords) -> bool:
    """The same head without a title above it: a page of the printed list began there."""
    return head.layout == later.layout and _title_start(rows, later, head.last + 1, words) == later.first


def _title_start(rows: Sequence[Cells], head: _Head, least: int, words: HeadWords) -> int:
    """Where the title above a later head begins: lines of few texts that are no student."""
    start = at = head.first
    names = {column.index for block in head.blocks for column in block.columns if column.field == NAME}
    while at > least:
        at -= 1
        texts = {place: cell for place, cell in enumerate(rows[at]) if cell is not None}
        if not texts:
            continue
        folded = [plain(text) for text in texts.values()]
        titled = any(words.class_title.match(text) for text in folded)
        alone = len(texts) == 1 and names.isdisjoint(texts)
        is_line = words.summary.match(folded[0]) or words.note.match(folded[0])
        if is_line or len(texts) > 2 * len(head.blocks) or not (titled or alone):
            break
        start = at
    return start


def _tables(
    sheet: Sheet, head: _Head, block: _Block, span: tuple[int, int | None], again: frozenset[int], words: HeadWords
) -> Iterator[Table]:
    start, stop = span
    lines: list[str] = []
    skipped: list[tuple[int, str]] = []
    for number in range(start, head.first):
        row = sheet.rows[number]
        if any(row):
            skipped.append((number + 1, "title"))
            alone = sum(cell is not None for cell in row) == 1
            own = [cell for cell in (row if alone else row[block.start : block.stop]) if cell]
            lines += [" ".join(own)] if own else []
    skipped += [(number + 1, "head") for number in range(head.first, head.last + 1)]
    data = DataRows(sheet, block.columns, (block.start, block.stop), words)
    parts = data.parts(range(head.last + 1, len(sheet.rows) if stop is None else stop), again)
    for at, part in enumerate(parts):
        before = skipped if at == 0 else []
        title = "\n".join([*lines, part.title] if at == 0 and part.title else lines if at == 0 else [part.title])
        yield Table(sheet.name, title, block.columns, tuple(part.rows), (*before, *part.skipped))


def _likely_heads(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """What the row with the most texts near the top says, for a refusal that can be understood."""
    rows = [[cell for cell in row if cell] for sheet in sheets for row in sheet.rows[:20]]
    fullest = max(rows, key=len, default=[])
    return tuple(cell[:20] for cell in fullest[:_SEEN])
