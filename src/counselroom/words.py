"""The catalogue of words (resources/i18n/words.toml): what codes, roles and refusals are called. No Qt.

The window passes every entry through Qt's translator (ui/i18n); the command line shows it as it stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from counselroom import resources
from counselroom.domain.refusal import Refusal

MISSING = "—"


@dataclass(frozen=True)
class RefusalWords:
    """What happened, what is safe, what to do next."""

    what: str
    safe: str
    do: str


# Shown for a code that the catalogue does not name: still three sentences, never a bare code.
UNKNOWN = RefusalWords(
    what="这一步没有完成",
    safe="已经保存的内容没有变化。",
    do="请再试一次；仍然不行时，请复制技术信息交给维护人员。",
)


class _Values(dict[str, object]):
    """Values for a sentence; one that is not given shows as a dash, since a refusal must never fail itself."""

    def __missing__(self, key: str) -> str:
        return MISSING


def _catalogue() -> Mapping[str, object]:
    return resources.toml("i18n", "words.toml")


def entry(key: str) -> object | None:
    """The entry ``section.name``; the name may itself hold dots, quoted in the file or nested."""
    section, _, name = key.partition(".")
    table = _catalogue().get(section)
    if not isinstance(table, Mapping):
        return None
    found: object | None = table.get(name)
    if found is not None or "." not in name:
        return found
    nested: object | None = table
    for part in name.split("."):
        nested = nested.get(part) if isinstance(nested, Mapping) else None
    return nested


def fill(text: str, values: Mapping[str, object]) -> str:
    """The sentence with its ``{values}`` filled in; a tuple of texts is listed as the language lists things."""
    return text.format_map(_Values({name: _listed(value) for name, value in values.items()}))


def _listed(value: object) -> object:
    return raw("list.separator").join(map(str, value)) if isinstance(value, tuple) else value


def raw(key: str) -> str:
    """The words of ``key`` as they stand in the catalogue; the last part of the key when it names none."""
    found = entry(key)
    return found if isinstance(found, str) else key.rpartition(".")[2]


def word(key: str, **values: object) -> str:
    """The Chinese words of ``key`` with its values."""
    return fill(raw(key), values)


def raw_refusal(code: str) -> RefusalWords:
    """The three sentences of a refusal code, unfilled."""
    found = entry(f"refusal.{code}")
    if not isinstance(found, Mapping):
        return UNKNOWN
    what, safe, do = (str(found.get(part, "")) for part in ("what", "safe", "do"))
    return RefusalWords(what, safe, do)


def refusal_words(refusal: Refusal) -> RefusalWords:
    """The three sentences of a refusal, filled with its values."""
    words = raw_refusal(refusal.code)
    return RefusalWords(*(fill(part, refusal.values) for part in (words.what, words.safe, words.do)))
