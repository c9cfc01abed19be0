"""A refusal tells its code and never its values, which may hold names."""

import traceback

from counselroom.domain.refusal import Exit, Refusal


def test_values_stay_out_of_text_and_traceback() -> None:
    refusal = Refusal("people.name_taken", name="王小明")
    assert str(refusal) == "people.name_taken"
    assert refusal.values == {"name": "王小明"}
    shown = "".join(traceback.format_exception(refusal)) + repr(refusal)
    assert "people.name_taken" in shown
    assert "王小明" not in shown


def test_exit_codes_are_the_published_table() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "DONE": 0, "FAILED": 1, "USAGE": 2, "DENIED": 3, "DAMAGED": 4, "NOT_FOR_US": 5, "UNTRUSTED": 6,
        "DUPLICATE": 7, "VERSION": 8, "ENVIRONMENT": 9,
    }  # fmt: skip
