"""The catalogue of words: what the program asks it for is there, and the values fit."""

import ast
import string
import tomllib
from collections.abc import Iterator, Mapping

import pytest

from architecture.source import ROOT, Source, caught, clean, passed, sources

Catalogue = Mapping[str, Mapping[str, object]]
PARTS = ("what", "safe", "do")


def catalogue() -> Catalogue:
    """resources/i18n/words.toml."""
    return tomllib.loads((ROOT / "resources" / "i18n" / "words.toml").read_text(encoding="utf-8"))


def fields(text: str) -> set[str]:
    """Names of the values that a sentence wants."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def words_for_refusals(source: Source, words: Catalogue) -> Iterator[str]:
    """A refusal without its three sentences, or one whose sentences name a value that it does not carry."""
    for node, name in source.calls:
        if name.rpartition(".")[2] != "Refusal" or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        code = str(node.args[0].value)
        entry = words.get("refusal", {}).get(code)
        if not isinstance(entry, dict) or not all(entry.get(part) for part in PARTS):
            yield source.at(node, f"{code}: words.toml says what happened, what is safe and what to do")
            continue
        given = {word.arg for word in node.keywords}
        named = set().union(*(fields(part) for part in entry.values()))
        if None not in given and named - given:
            yield source.at(node, f"{code}: its words name {sorted(named - given)}, which it does not carry")


def words_for_keys(source: Source, words: Catalogue) -> Iterator[str]:
    """A key that the catalogue does not have, or values that do not fit its words."""
    for node, name in source.calls:
        if name.rpartition(".")[2] != "word" or not node.args:
            continue
        key = node.args[0]
        start = key.values[0] if isinstance(key, ast.JoinedStr) and key.values else key
        if not isinstance(start, ast.Constant) or not isinstance(start.value, str):
            continue
        section, _, rest = start.value.partition(".")
        if isinstance(key, ast.JoinedStr):
            if section not in words:
                yield source.at(node, f"words.toml has no section {section}")
            continue
        text = words.get(section, {}).get(rest)
        if not isinstance(text, str):
            yield source.at(node, f"words.toml has no {start.value}")
        elif not _fits(node, text):
            yield source.at(node, f"{start.value} wants {sorted(fields(text))}")


def values_fit(source: Source) -> Iterator[str]:
    """A sentence in tr() whose values are not the ones that it is given."""
    for node, name in source.calls:
        text = node.args[0] if node.args and name.rpartition(".")[2] == "tr" else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and not _fits(node, text.value):
            yield source.at(node, f"{text.value!r} wants {sorted(fields(text.value))}")


def _fits(call: ast.Call, text: str) -> bool:
    given = {word.arg for word in call.keywords}
    return None in given or given == fields(text)


def test_refusals() -> None:
    words = catalogue()
    clean(lambda source: words_for_refusals(source, words))


def test_keys() -> None:
    words = catalogue()
    clean(lambda source: words_for_keys(source, words))


def test_values_of_sentences() -> None:
    clean(values_fit)


def test_every_refusal_of_the_catalogue_is_used() -> None:
    constants = {str(text.value) for source in sources() for text in source.strings}
    unused = [code for code in catalogue().get("refusal", {}) if code not in constants]
    assert not unused, f"in words.toml, but raised by nobody: {unused}"


WORDS: Catalogue = {
    "role": {"lead": "x", "of": "x {school}"},
    "refusal": {"a.b": {"what": "x {name}", "safe": "y", "do": "z"}, "a.c": {"what": "x", "safe": "", "do": "z"}},
}


@pytest.mark.parametrize("code", ["Refusal('a.a')", "Refusal('a.c')", "Refusal('a.b', file=f)"])
def test_bad_refusal(code: str) -> None:
    caught(lambda source: words_for_refusals(source, WORDS), "services.bad", f"raise {code}")


@pytest.mark.parametrize("code", ["Refusal('a.b', name=n, more=m)", "Refusal('a.b', **values)", "Refusal(code)"])
def test_good_refusal(code: str) -> None:
    passed(lambda source: words_for_refusals(source, WORDS), "services.good", f"raise {code}")


@pytest.mark.parametrize("code", ["word('role.none')", "word('none.lead')", "word(f'none.{a}')", "word('role.of')"])
def test_bad_key(code: str) -> None:
    caught(lambda source: words_for_keys(source, WORDS), "ui.bad", code)


@pytest.mark.parametrize(
    "code", ["word('role.lead')", "words.word('role.of', school=s)", "word(f'role.{a}')", "word(k)"]
)
def test_good_key(code: str) -> None:
    passed(lambda source: words_for_keys(source, WORDS), "ui.good", code)


@pytest.mark.parametrize("code", ["tr('{n}')", "tr('{n}', m=1)", "tr('a', n=1)", "i18n.tr('{n} {m}', n=1)"])
def test_bad_values(code: str) -> None:
    caught(values_fit, "ui.bad", code)


@pytest.mark.parametrize("code", ["tr('a')", "tr('{n}', n=1)", "tr('{n}', **values)", "tr(text, n=1)"])
def test_good_values(code: str) -> None:
    passed(values_fit, "ui.good", code)
