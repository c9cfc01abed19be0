"""JSON from outside."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.formats.strict_json import NotJsonError, loads

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(st.text(), VALUES))
def test_ordinary_objects_are_read(value: dict[str, object]) -> None:
    assert loads(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "content",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 2}}',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b"[1]",
        b"1",
        b"",
        b"{",
        b'{"a": "\xff"}',
        b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
)
def test_tricks_are_refused(content: bytes) -> None:
    with pytest.raises(NotJsonError):
        loads(content)


def test_brackets_inside_text_do_not_count_as_depth() -> None:
    value = {"a": "[" * 100 + '\\"' + "{" * 100}
    assert loads(json.dumps(value).encode()) == value
