"""Python's collector, kept waiting while something makes objects by the hundred thousand."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Inside, nothing is collected: the collector would look again and again through objects that are all in use,
    7 % of the import of 5,000 students. In the window it is off anyway (ui/collector), and stays off."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # All of it is in use: it goes to the generation that is looked at last.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
