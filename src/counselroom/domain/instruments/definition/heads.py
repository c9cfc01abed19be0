"""Printed numbers and scores as files write them."""


def head(number: str) -> int | str:
    """A printed number: a number where it is one (``17``, ``5a``)."""
    return int(number) if number.isdigit() else number


def plain(value: float | None) -> float | int | None:
    """A score: unrounded, without a point where it is whole."""
    return int(value) if value is not None and value.is_integer() else value
