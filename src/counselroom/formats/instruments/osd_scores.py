"""The scoring blocks of an Open Scale Definition file as scores and bands of a definition.

A definition codes each item once; a block of the file may code it in its own way. Where one way is another one turned
and moved, a weight and an addition say the same; where it is not, the block cannot be expressed.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from counselroom.domain.instruments.definition.answering import Coding, Kind
from counselroom.domain.instruments.definition.meaning import Bands, Limit
from counselroom.domain.instruments.definition.scores import Bound, Direction, How, Score, Step, StepKind
from counselroom.formats.instruments.foreign import Phrases, Remark, name, number, slug, table, tables, texts, unique
from counselroom.formats.instruments.osd_items import Asked, Words
from counselroom.formats.instruments.osd_scoring import (
    CannotScoreError,
    coded,
    codings,
    thresholds,
    transformed,
    weights,
)

SOURCE = "file"
_METHODS = {
    "sum_coded": How.SUM, "mean_coded": How.MEAN, "max": How.MAX, "min": How.MIN,
    "weighted_sum": How.WEIGHTED, "weighted_mean": How.WEIGHTED,
}  # fmt: skip
_RUNNER_LACKS = ("max", "min")
Line = tuple[float, float, Mapping[str, Any]]  # lowest and highest value of a threshold, and its table
_Way = tuple[tuple[float, float], ...]  # raw code and value, in the order of the codes


@dataclass
class Block:
    """A scoring block that can be followed. ``ways``: how it codes each of its items."""

    id: str
    path: tuple[str, ...]
    data: Mapping[str, Any]
    ways: dict[str, _Way]
    scores: tuple[str, ...]
    weights: dict[str, float] = field(default_factory=dict)


def blocks(scoring: Mapping[str, Any], asked: Mapping[str, Asked], remarks: list[Remark]) -> list[Block]:
    """The blocks that can be followed, each after those that it uses; the others are noted with the reason."""
    found: dict[str, Block] = {}
    left = {str(key): table(block) for key, block in scoring.items()}
    while left:
        ready = [key for key, data in left.items() if not set(texts(data.get("scores"))) & left.keys()]
        for key in ready or list(left):
            path, data = ("scoring", key), left.pop(key)
            try:
                if not ready:
                    raise CannotScoreError("cycle")
                found[key] = _block(key, data, asked, found)
            except CannotScoreError as error:
                remarks.append(Remark(path, str(error), {"method": str(data.get("method"))}))
    for block in found.values():
        if block.data.get("method") in _RUNNER_LACKS:
            remarks.append(Remark(block.path, "runner_lacks", {"method": block.data["method"]}))
    return list(found.values())


def _block(key: str, data: Mapping[str, Any], asked: Mapping[str, Asked], known: Mapping[str, Block]) -> Block:
    if str(data.get("method")) not in _METHODS:
        raise CannotScoreError("method")
    signs, scores = codings(data), tuple(dict.fromkeys(texts(data.get("scores"))))
    if not signs and not scores:
        raise CannotScoreError("no_inputs")
    if not signs.keys() <= asked.keys():
        raise CannotScoreError("input_left_out")
    if not set(scores) <= known.keys() or number(table(data.get("item_coding")).get(key, 1)) != 1:
        raise CannotScoreError("input_left_out")
    if any(number(table(data.get("item_coding")).get(score, 1)) != 1 for score in scores):
        raise CannotScoreError("coding_unknown")
    if not all(asked[item].scorable for item in signs):
        raise CannotScoreError("input_no_number")
    transformed(data, 1.0)
    by = dict.fromkeys([*signs, *scores], 1.0)
    if _METHODS[data["method"]] is How.WEIGHTED:
        by = weights(data, list(by))
        if data["method"] == "weighted_mean" and not sum(by.values()):
            raise CannotScoreError("weights")
    ways = {item: _way(data, asked[item], sign) for item, sign in signs.items() if item in by}
    return Block(key, ("scoring", key), data, ways, tuple(score for score in scores if score in by), by)


def _way(data: Mapping[str, Any], asked: Asked, sign: int) -> _Way:
    responses = asked.responses
    codes = sorted(set(responses.codes())) if responses.kind is Kind.OPTIONS else [responses.least, responses.most]
    if responses.kind is Kind.NUMBER and table(data.get("value_map")).keys() & {asked.id, "default"}:
        raise CannotScoreError("value_map")
    return tuple((code, coded(data, asked, sign, code)) for code in codes)


class Made:
    """The scores, the one coding of each item, and the bands that the blocks come to."""

    def __init__(
        self, blocks: Sequence[Block], asked: Mapping[str, Asked], names: Mapping[str, str], words: Words,
        phrases: Phrases, remarks: list[Remark],
    ) -> None:  # fmt: skip
        self._asked, self._names, self._words, self._phrases = asked, names, words, phrases
        self._remarks = remarks
        self._usual = {
            item: _usual([block.ways[item] for block in blocks if item in block.ways])
            for item in asked if any(item in block.ways for block in blocks)
        }  # fmt: skip
        # What is coded by weights everywhere would be confusing: numbers keep their own value.
        for item, way in self._usual.items():
            if asked[item].responses.kind is Kind.NUMBER:
                self._usual[item] = tuple((code, code) for code, _ in way)
        self.scores: list[Score] = []
        self.helpers: dict[str, str] = {}  # the id of the file → the score that thresholds are looked up with
        self.ids: dict[str, str] = {}
        ids = unique([slug(block.id, f"score{at}") for at, block in enumerate(blocks, 1)])
        self.kept: list[Block] = []
        for block, each in zip(blocks, ids, strict=True):
            try:
                self._add(block, each)
                self.kept.append(block)
            except CannotScoreError as error:
                remarks.append(Remark(block.path, str(error), {}))

    def coding(self) -> tuple[Coding, ...]:
        """The coding of all items: what is reversed, then tables of those that are alike."""
        used = {item for block in self.kept for item in block.ways}
        reverse, tables_ = [], dict[_Way, list[str]]()
        for item, way in self._usual.items():
            asked = self._asked[item]
            low, high = asked.responses.lowest(), asked.responses.highest()
            if item not in used or all(code == value for code, value in way):
                continue
            if all(value == low + high - code for code, value in way):
                reverse.append(asked.number)
            else:
                tables_.setdefault(way, []).append(asked.number)
        found = [Coding(reverse=tuple(reverse))] if reverse else []
        return (*found, *(Coding(items=tuple(items), table=way) for way, items in tables_.items()))

    def _add(self, block: Block, score_id: str) -> None:
        if not set(block.scores) <= self.ids.keys():
            raise CannotScoreError("input_left_out")
        how, by = _METHODS[block.data["method"]], block.weights
        if counted := self._counted(block):
            self._put(block, score_id, How.COUNT, [], [], counted)
            return
        affine = {item: _affine(self._usual[item], way) for item, way in block.ways.items()}
        plain = all(each == (1, 0) for each in affine.values())
        hidden = any(self._asked[item].shown for item in block.ways)
        if not plain and (hidden or how in (How.MAX, How.MIN)):
            raise CannotScoreError("two_codings")
        steps: list[Step] = []
        shares = [by[key] * affine.get(key, (1.0, 0.0))[0] for key in (*block.ways, *block.scores)]
        if how is How.WEIGHTED or not plain:
            moved = sum(by[item] * affine[item][1] for item in block.ways)
            steps = [Step(StepKind.ADD, (moved,))] if moved else []
            divisor = {"weighted_mean": sum(by.values()), "mean_coded": float(len(by))}.get(block.data["method"])
            if divisor and hidden:
                raise CannotScoreError("hidden_mean")
            steps += [Step(StepKind.DIVIDE, (divisor,))] if divisor and divisor != 1 else []
            how = How.WEIGHTED
        self._put(block, score_id, how, steps, shares if how is How.WEIGHTED else [])

    def _counted(self, block: Block) -> tuple[float, ...]:
        """The values that a sum counts, when it gives 1 to some values and 0 to the others, alike for all items."""
        values = {value for way in block.ways.values() for _, value in way}
        if block.data["method"] != "sum_coded" or block.scores or values != {0, 1}:
            return ()
        counted = set()
        for item, way in block.ways.items():
            pairs = {(usual, value) for (_, usual), (_, value) in zip(self._usual[item], way, strict=True)}
            counted.add(frozenset(usual for usual, value in pairs if value))
            if len(pairs) <= len(values) or len({usual for usual, _ in pairs}) < len(pairs):
                return ()
        return tuple(sorted(counted.pop())) if len(counted) == 1 else ()

    def _put(
        self, block: Block, score_id: str, how: How, steps: list[Step], weights: list[float],
        counted: tuple[float, ...] = (),
    ) -> None:  # fmt: skip
        title = self._names.get(block.id) or name(block.id) or score_id
        made = Score(
            id=score_id,
            name=title,
            how=how,
            items=tuple(self._asked[item].number for item in block.ways),
            scores=tuple(self.ids[score] for score in block.scores),
            weights=tuple(weights),
            equal=counted,
            then=tuple(steps),
            direction=Direction.NEITHER,
            source=SOURCE,
        )
        after = tuple(_step(step) for step in tables(block.data.get("transform")))
        self.ids[block.id] = score_id
        self.helpers[block.id] = score_id
        if not after:
            self.scores.append(made)
            return
        if not thresholds(block.data):
            self.scores.append(replace(made, then=made.then + after))
            return
        helper = f"{score_id}_raw"
        self.helpers[block.id] = helper
        self._remarks.append(Remark(block.path, "bands_before_transform", {"score": helper}))
        self.scores.append(replace(made, id=helper, name=self._phrases.untransformed.format(name=title), aside=True))
        self.scores.append(replace(made, items=(), scores=(helper,), weights=(), equal=(), how=How.SUM, then=after))

    def bands(self, block: Block, lines: Sequence[Line], low: float, high: float) -> tuple[Bands, dict[int, str]]:
        """The bands of a block whose score reaches from ``low`` to ``high`` before its transform, and the band of each
        ``osd_scoring.place``; ``lines`` are the thresholds that can be reached."""
        path = (*block.path, "norms", "thresholds")
        titles = {at: self._title(entry) or str(at + 1) for at, (_, _, entry) in enumerate(lines)}
        if lines[0][0] > low:
            titles = {-1: self._phrases.below_bands, **titles}
        if lines[-1][1] < high:
            titles[len(lines)] = self._phrases.beyond_bands
        if len(titles) > len(lines):
            self._remarks.append(Remark(path, "band_added", {}))
        ids = unique([slug(title, f"band{at}") for at, title in enumerate(titles.values(), 1)])
        kept = dict(zip(titles, ids, strict=True))
        limits = [Limit(kept[at], title, self._bound(lines, at, low, path)) for at, title in titles.items()]
        return Bands((self.helpers[block.id],), tuple(limits), source=SOURCE), kept

    def _title(self, entry: Mapping[str, Any]) -> str:
        return name(self._words.of(entry.get("label_key"))) or name(entry.get("label"))

    def _bound(self, lines: Sequence[Line], at: int, low: float, path: tuple[str, ...]) -> Bound:
        """Where a band begins: with its threshold, or right above the one before it where both include a number."""
        if at == -1:
            return Bound(low)
        if at == len(lines):
            return Bound(lines[-1][1], above=True)
        before = max((last for _, last, _ in lines[:at]), default=-math.inf)
        if at and before >= lines[at][0]:
            self._remarks.append(Remark(path, "thresholds_overlap", {"value": before}))
            return Bound(before, above=True)
        return Bound(lines[at][0] if lines[at][0] > -math.inf else low)


def reachable(block: Block, low: float, high: float, remarks: list[Remark]) -> list[Line]:
    """The thresholds of a block in which its score can lie."""
    path = (*block.path, "norms", "thresholds")
    found: list[Line] = []
    far = -math.inf  # how far those before reach: what they include is theirs
    for line in thresholds(block.data):
        first, last, _ = line
        if last < low or first > high or first > last:
            remarks.append(Remark(path, "threshold_beyond", {}))
        elif min(last, high) <= far:
            remarks.append(Remark(path, "threshold_hidden", {}))
        else:
            found.append(line)
            far = last
    return found


def gaps(lines: Sequence[Line], values: Sequence[float]) -> list[tuple[float, float]]:
    """Gaps between neighbouring thresholds in which one of ``values`` lies; without values, every gap."""
    found = []
    for (_, end, _), (start, _, _) in pairwise(lines):
        if any(end < value < start for value in values) or (not values and end < start):
            found.append((end, start))
    return found


def _step(step: Mapping[str, Any]) -> Step:
    operand = number(step["value"]) or 0.0
    kind = {"add": StepKind.ADD, "subtract": StepKind.ADD, "multiply": StepKind.MULTIPLY, "divide": StepKind.DIVIDE}
    return Step(kind[step["op"]], (-operand if step["op"] == "subtract" else operand,))


def _usual(ways: Sequence[_Way]) -> _Way:
    """The commonest way, of those that keep every answer apart when there are any."""
    apart = [way for way in ways if len({value for _, value in way}) == len(way)]
    return Counter(apart or ways).most_common(1)[0][0]


def _affine(usual: _Way, way: _Way) -> tuple[float, float]:
    """Factor and addition that turn the usual values into those of this way. Raises ``CannotScoreError``."""
    if usual == way:
        return 1.0, 0.0
    pairs = sorted({(before, after) for (_, before), (_, after) in zip(usual, way, strict=True)})
    (first, one), (last, other) = pairs[0], pairs[-1]
    if first == last:
        raise CannotScoreError("two_codings")
    factor = (other - one) / (last - first)
    if any(abs(one + factor * (before - first) - after) > 1e-9 for before, after in pairs):
        raise CannotScoreError("two_codings")
    return factor, one - factor * first
