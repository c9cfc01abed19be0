"""A refusal: something that the user can understand and put right.

A ``Refusal`` carries a code and values; its words stand in one catalogue (resources/i18n/refusals.toml), so that
another language is a file. A bug is not a refusal: it is any other exception, and ends on the error page.
"""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command, one table now and later."""

    DONE = 0
    FAILED = 1  # a check failed (verbs that check a definition, pack or table)
    USAGE = 2
    DENIED = 3  # wrong passphrase or no right
    DAMAGED = 4  # file damaged or altered
    NOT_FOR_US = 5
    UNTRUSTED = 6  # sender unknown or untrusted
    DUPLICATE = 7  # already imported
    VERSION = 8  # version or suite
    ENVIRONMENT = 9  # disk, folder, lock


class Refusal(Exception):  # noqa: N818  a refusal is no error: the user can put it right
    """Refuses with ``code`` (a key of the catalogue) and the values that its words name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        # Values may hold names: they are shown through the catalogue only, never in a log or a traceback.
        return self.code
