"""What a process that will hold a key keeps from others on the same computer. No Qt: window and commands share it."""

import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core dump, no debugger of the same user: both would write the key down."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
