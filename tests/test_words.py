"""The catalogue of words: whole, in the right tone, and each code that the program uses has its entry."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from counselroom import resources, words
from counselroom.domain.access import Kind, Role
from counselroom.domain.refusal import Exit, Refusal
from counselroom.domain.settings import SPECS
from counselroom.services import codes
from counselroom.services.vault.location import LocationWarning

SOURCE = Path(words.__file__).parent
CATALOGUE = resources.toml("i18n", "words.toml")
REFUSALS: dict[str, dict[str, str]] = CATALOGUE["refusal"]
DECLARING = {"command", "leaving"}


@cache
def calls() -> tuple[ast.Call, ...]:
    """Every call in the program's source."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    return tuple(node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))


@cache
def constants() -> frozenset[str]:
    """Every string literal in the program's source."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]
    nodes = (node for tree in trees for node in ast.walk(tree))
    return frozenset(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def literal(node: ast.Call, position: int, keyword: str = "") -> Iterator[str]:
    """The string at a position or under a keyword, where it is a literal."""
    given = list(node.args[position : position + 1])
    given += [word.value for word in node.keywords if keyword and word.arg == keyword]
    for value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def literals(names: set[str], position: int, keyword: str = "") -> set[str]:
    return {text for node in calls() if called(node) in names for text in literal(node, position, keyword)}


def texts(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from texts(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def test_every_refusal_of_the_program_has_words() -> None:
    assert literals({"Refusal"}, 0) - REFUSALS.keys() == set()


def test_every_refusal_has_three_parts_and_is_used() -> None:
    for code, entry in REFUSALS.items():
        assert set(entry) == {"what", "safe", "do"}, code
        assert all(len(part) >= 4 for part in entry.values()), code
    assert REFUSALS.keys() - constants() == set()


def test_what_is_a_title_and_the_rest_are_sentences() -> None:
    for code, entry in REFUSALS.items():
        assert not entry["what"].endswith(("。", "，")), code
        assert entry["safe"].endswith("。"), code
        assert entry["do"].endswith(("。", "？")), code


def test_the_tone_holds_everywhere() -> None:
    for key, text in texts(CATALOGUE):
        assert not re.search(r"[!！]|错误|非法|无效|失败了|禁止|你(?!们)|危险等级|问题学生", text), key
        assert text == text.strip(), key
        assert not re.search(r"[\u4e00-\u9fff][,;?:](?!\\)", text), f"{key}: half-width mark between Chinese characters"
        list(string.Formatter().parse(text))  # raises on an unbalanced brace


def test_no_sentence_carries_a_code_or_a_name_of_the_machinery() -> None:
    for key, text in texts(CATALOGUE):
        assert not re.search(r"SQL|pragma|Exception|Error|HMAC|Argon|traceback", text), key


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_reads_as_sentences_even_without_its_values(code: str) -> None:
    filled = words.refusal_words(Refusal(code))
    assert "{" not in filled.what + filled.safe + filled.do


def test_roles_kinds_stages_and_exit_codes() -> None:
    assert set(CATALOGUE["role"]) == set(Role)
    assert set(CATALOGUE["kind"]) == set(Kind)
    assert CATALOGUE["stage"] == {stage.key: stage.name for stage in codes.stages()}
    assert set(CATALOGUE["exit"]) == {code.name.lower() for code in Exit}
    assert words.word("role.principal") == "校长"


def test_every_audit_action_has_words_and_every_word_an_action() -> None:
    actions = literals(DECLARING, 1, "action") | literals({"query"}, 1, "audited") | literals({"append"}, 4, "action")
    listed = CATALOGUE["audit"].keys()
    assert {action for action in actions if "." in action} - listed == set()
    assert listed - constants() == set()


def test_findings_of_the_check_have_words() -> None:
    assert set(CATALOGUE["fault"]) == {"integrity", "pragmas", "chain"}
    assert CATALOGUE["fault"].keys() - constants() == set()


@pytest.mark.parametrize("section", ["alarm", "notice", "hit"])
def test_alarms_notices_and_kinds_of_hits_are_used(section: str) -> None:
    # A refusal that a rescue shows as an alarm keeps its code, with _ for the dot.
    known = constants() | {code.replace(".", "_") for code in REFUSALS}
    assert CATALOGUE[section].keys() - known == set()


def test_every_alarm_and_kind_of_hit_has_words() -> None:
    assert literals({"Alarm"}, 0, "code") - CATALOGUE["alarm"].keys() == set()
    assert {"vault_damaged", "vault_older", "witness_altered", "clock_back"} <= CATALOGUE["alarm"].keys()
    assert literals({"Hit"}, 0, "kind") - CATALOGUE["hit"].keys() == set()


def test_every_reminder_has_a_title_a_reason_and_a_verb() -> None:
    due = {f"{code}.{part}" for code in literals({"Reminder"}, 0, "code") for part in ("title", "why", "verb")}
    assert due == set(CATALOGUE["today"])


def test_every_notice_has_words() -> None:
    assert literals({"add_notice"}, 2, "code") - CATALOGUE["notice"].keys() == set()


def test_settings_have_title_help_choices_and_unit_and_nothing_else() -> None:
    due = {key for spec in SPECS.values() for key in (spec.title_key, spec.help_key)}
    due |= {f"{spec.title_key}.{choice}" for spec in SPECS.values() for choice in spec.choices}
    assert due == {f"setting.{key}" for key in CATALOGUE["setting"]}
    assert {spec.section for spec in SPECS.values()} == set(CATALOGUE["section"])
    assert {spec.unit_key for spec in SPECS.values() if spec.unit_key} == {f"unit.{key}" for key in CATALOGUE["unit"]}
    assert all(words.entry(key) for key in due)


def test_a_warning_about_a_place_has_a_name_a_reason_and_a_way_out() -> None:
    due = {f"{code}{part}" for code in LocationWarning for part in ("", ".why", ".do")}
    assert due == set(CATALOGUE["location"])
