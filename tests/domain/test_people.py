"""Names of people."""

import pytest

from counselroom.domain.people import NAME_LIMIT, tidy_name
from counselroom.domain.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王老师", "王老师"),
        ("  王　 老师\n", "王 老师"),
        ("Ａ老师", "A老师"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("𠮷田", "𠮷田"),
        ("王" * NAME_LIMIT, "王" * NAME_LIMIT),
    ],
)
def test_names_are_tidied(text: str, name: str) -> None:
    assert tidy_name(text) == name
    assert tidy_name(name) == name


@pytest.mark.parametrize("text", ["", " ", "\t\u3000\n"])
def test_a_missing_name(text: str) -> None:
    with pytest.raises(Refusal, match=r"people\.name_missing"):
        tidy_name(text)


@pytest.mark.parametrize("text", ["王" * (NAME_LIMIT + 1), "王\x07老师", "王\u200b老师", "王\u202e老师"])
def test_an_unusable_name(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        tidy_name(text)
    assert caught.value.code == "people.name_unusable"
    assert caught.value.values == {"limit": NAME_LIMIT}
