"""New passphrases under the rule of the policy pack in use."""

from counselroom.domain import passphrase as rules
from counselroom.services import codes


def least() -> int:
    """How many characters a new passphrase has at least."""
    return codes.policy_number("passphrase.least")


def check_new(passphrase: str, *, name: str) -> str:
    """A new passphrase of ``name``, tidied; refused when it is too short or too simple."""
    return rules.check_new(passphrase, name=name, least=least())
