"""The one table of exit codes covers every refusal that the program can make, and nothing else."""

import re

import pytest

from architecture.source import sources
from counselroom.cli.exits import TABLE, exit_of
from counselroom.domain.refusal import Exit, Refusal

CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def _made() -> set[str]:
    """First arguments of ``Refusal("…")`` all over the program."""
    return {
        str(call.args[0].value)
        for source in sources() for call, name in source.calls
        if name.rpartition(".")[2] == "Refusal" and call.args and hasattr(call.args[0], "value")
        and isinstance(call.args[0].value, str)
    }  # fmt: skip


def test_every_refusal_has_an_exit_code() -> None:
    missing = _made() - set(TABLE)
    assert not missing, f"cli/exits.py: {sorted(missing)}"


def test_no_entry_without_a_refusal() -> None:
    constants = {str(text.value) for source in sources() if source.name != "cli.exits" for text in source.strings}
    assert not set(TABLE) - constants
    assert all(CODE.fullmatch(code) for code in TABLE)


def test_no_refusal_is_a_success() -> None:
    assert Exit.DONE not in TABLE.values()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("passphrase.wrong", 3), ("access.denied", 3), ("access.holder", 3), ("approval.missing", 3),
        ("recovery.too_few", 3), ("recovery.share_mistyped", 3),
        ("keyring.limits", 4), ("keyring.damaged", 4), ("keyring.altered", 4), ("vault.damaged", 4),
        ("keyring.newer", 8), ("vault.newer_schema", 8),
        ("disk.full", 9), ("disk.read_only", 9), ("vault.open_elsewhere", 9), ("shares.folder_used", 9),
        ("something.unheard_of", 1),
    ],
)  # fmt: skip
def test_codes(code: str, expected: int) -> None:
    assert exit_of(Refusal(code)) == expected
