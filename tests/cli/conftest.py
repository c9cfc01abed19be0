"""Fixtures of these tests."""

from attack.kit import no_stretch, target, untouched

__all__ = ["no_stretch", "target", "untouched"]
