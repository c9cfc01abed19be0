"""Conditions of an Open Scale Definition file: when an item is shown, and what ``computed`` says of scores."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from counselroom.domain.instruments.definition.answering import Kind, Shown
from counselroom.domain.instruments.definition.meaning import All, Compare, Condition, Not
from counselroom.formats.instruments.foreign import Remark, number, plain, table, tables
from counselroom.formats.instruments.osd_items import Asked

_ALWAYS, _NEVER, _OPEN = "always", "never", "open"
_Leaf = Mapping[str, Any]


def visible(
    asked: Sequence[Asked], sections: Mapping[str, Any], parameters: Mapping[str, Any], remarks: list[Remark]
) -> list[Asked]:
    """The items with the conditions that a definition can state. A parameter has the value that it has when nobody
    sets it; an item that is not shown then is left out."""
    kept: list[Asked] = []
    for each in asked:
        conditions = [
            condition for condition in (each.condition, sections.get(each.id)) if isinstance(condition, Mapping)
        ]
        whole: Mapping[str, Any] = conditions[0] if len(conditions) == 1 else {"all": conditions}
        found = _resolved(whole, parameters, {other.id: other for other in kept}) if conditions else _ALWAYS
        path = ("items", each.id, "visible_when")
        if "parameter" in repr(conditions):
            remarks.append(Remark(path, "parameter", {}))
        if found == _OPEN:
            remarks.append(Remark(path, "always_asked", {}))
        if found == _NEVER:
            remarks.append(Remark(path, "never_shown", {}))
        else:
            kept.append(replace(each, shown=found if isinstance(found, Shown) else None))
    return kept


def _resolved(condition: _Leaf, parameters: Mapping[str, Any], before: Mapping[str, Asked]) -> Shown | str:
    for word in ("all", "any"):
        if word in condition:
            parts = [_resolved(each, parameters, before) for each in tables(condition[word])]
            return _every(parts) if word == "all" else _either(parts)
    if "parameter" in condition:
        given = table(parameters.get(str(condition["parameter"]))).get("default")
        met = _met(_said(given), str(condition.get("operator")), condition.get("value"))
        return _OPEN if met is None else _ALWAYS if met else _NEVER
    deciding = before.get(str(condition.get("item", condition.get("question"))))
    return _item(condition, deciding) if deciding else _OPEN


def _every(parts: Sequence[Shown | str]) -> Shown | str:
    if _NEVER in parts:
        return _NEVER
    left = [part for part in parts if part != _ALWAYS]
    return _ALWAYS if not left else left[0] if len(left) == 1 else _OPEN


def _either(parts: Sequence[Shown | str]) -> Shown | str:
    if _ALWAYS in parts or not parts:
        return _ALWAYS if parts else _OPEN
    left = [part for part in parts if part != _NEVER]
    if not left:
        return _NEVER
    shown = [part for part in left if isinstance(part, Shown)]
    if len(shown) < len(left) or len({part.at_least for part in shown}) > 1:
        return _OPEN
    items = tuple(dict.fromkeys(item for part in shown for item in part.any))
    return Shown(any=items, at_least=shown[0].at_least)


def _item(condition: _Leaf, deciding: Asked) -> Shown | str:
    """Only "from some code on" can be stated: the codes for which it holds are all above those for which it does
    not."""
    if deciding.responses.kind is not Kind.OPTIONS:
        return _OPEN
    codes = sorted(deciding.responses.codes())
    answers = {code: _met(plain(code), str(condition.get("operator")), condition.get("value")) for code in codes}
    if None in answers.values():
        return _OPEN
    holds = [code for code in codes if answers[code]]
    if not holds:
        return _NEVER
    if holds != codes[len(codes) - len(holds) :]:
        return _OPEN
    return Shown(any=(deciding.id,), at_least=holds[0])


def _met(given: str, operator: str, value: Any) -> bool | None:
    """Whether an operator holds; None for one that is not known. Texts are compared as texts, orders as numbers."""
    wanted = [_said(each) for each in value] if isinstance(value, list) else [_said(value)]
    left, right = number(given), number(value) if not isinstance(value, list) else None
    equal = given in wanted or (left is not None and left in [number(each) for each in wanted])
    match operator:
        case "equals" | "in":
            return equal
        case "not_equals" | "not_in":
            return not equal
        case "is_answered":
            return True
        case "greater_than" | "less_than" if left is not None and right is not None:
            return left > right if operator == "greater_than" else left < right
    return None


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


_TOKEN = re.compile(r"\s*(&&|>=|<=|==|!=|[()<>!]|-?\d+(?:\.\d+)?|(?:score|answer)\.[A-Za-z0-9_]+|and\b|not\b|true\b)")
_OPS = {">=": "at_least", ">": "above", "<=": "at_most", "<": "below", "==": "equal"}
_TURNED = {">=": "<=", ">": "<", "<=": ">=", "<": ">", "==": "==", "!=": "!="}


def condition(expression: str, scores: Mapping[str, str], items: Mapping[str, str]) -> Condition | None:
    """What a ``computed`` expression says, when it compares scores and answers with numbers, joined by "and" and
    "not"; None for anything else. ``scores`` and ``items`` lead from the file's ids to the definition's."""
    tokens, at = [], 0
    while at < len(expression.rstrip()):
        match = _TOKEN.match(expression, at)
        if match is None:
            return None
        tokens.append(match[1])
        at = match.end()
    reader = _Reader(tokens[:200], scores, items)
    try:
        found = reader.every()
    except (IndexError, KeyError, ValueError, RecursionError):
        return None
    return found if reader.at == len(tokens) else None


class _Reader:
    def __init__(self, tokens: Sequence[str], scores: Mapping[str, str], items: Mapping[str, str]) -> None:
        self.at, self._tokens, self._scores, self._items = 0, tokens, scores, items

    def every(self) -> Condition:
        parts = [self._one()]
        while self.at < len(self._tokens) and self._tokens[self.at] in ("&&", "and"):
            self.at += 1
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        if self._tokens[self.at] in ("!", "not"):
            self.at += 1
            return Not(self._one())
        if self._tokens[self.at] == "(":
            self.at += 1
            found = self.every()
            if self._tokens[self.at] != ")":
                raise ValueError
            self.at += 1
            return found
        left, op, right = self._tokens[self.at : self.at + 3]
        self.at += 3
        if "." in right and not right.lstrip("-")[0].isdigit():
            left, op, right = right, _TURNED[op], left
        space, _, name = left.partition(".")
        named = {"score": self._scores[name]} if space == "score" else {"item": self._items[name]}
        compare = Compare("equal" if op == "!=" else _OPS[op], float(right), **named)
        return Not(compare) if op == "!=" else compare
