"""Which function answers which verb."""

from argparse import Namespace
from collections.abc import Callable

from counselroom.cli import demo, instruments, questionnaires, students, user, vault

VERBS: dict[str, Callable[[Namespace], int]] = {
    "vault init": vault.init,
    "vault check": vault.check,
    "vault rotate": vault.rotate,
    "vault recover": vault.recover,
    "user add": user.add,
    "user remove": user.remove,
    "user list": user.show,
    "roster import": students.roster_import,
    "students find": students.find,
    "instruments list": instruments.show_list,
    "instruments show": instruments.show,
    "instruments check": questionnaires.check,
    "instruments convert": questionnaires.convert,
    "instruments export": questionnaires.export,
    "instruments responses": questionnaires.responses,
    "score": instruments.score,
    "demo": demo.make,
}
