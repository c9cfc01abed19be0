"""A fictional school to look around in and to try things out: a real vault, filled through the use cases."""

from counselroom.services.demo.making import Created, create_demo, demo_folder, take_back
from counselroom.services.demo.staff import PassphraseFile, Staff, write_passphrases
from counselroom.services.demo.term_times import LOOK_AROUND, Size, checked_size

__all__ = [
    "LOOK_AROUND",
    "Created",
    "PassphraseFile",
    "Size",
    "Staff",
    "checked_size",
    "create_demo",
    "demo_folder",
    "take_back",
    "write_passphrases",
]
