"""Fixtures of these tests."""

from attack.kit import no_stretch, not_hardened, target, untouched

__all__ = ["no_stretch", "not_hardened", "target", "untouched"]
