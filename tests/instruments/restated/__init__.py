"""The scoring rules of every instrument of the library, restated in plain Python from the literature.

Written without a look at the definition files and without the program's engine: what both come to must be equal.
Every module of this package except sheet and gates has its own RESTATED, VARIANTS and ITEMS and, where a variant
changes the raw codes, VARIANT_ITEMS: here they are joined.
"""

import importlib
import pkgutil

from .sheet import Restated, Rule, Sheet

RESTATED: dict[str, Rule] = {}
VARIANTS: dict[str, dict[str, tuple[str, ...]]] = {}  # id -> part -> names, the default first
# id -> printed number -> allowed raw codes in printed order; ("number", least, most), ("clock",), ticks: option codes
ITEMS: dict[str, dict[str, tuple[object, ...]]] = {}
# id -> variant name -> the items whose raw codes are other ones when it is in force
VARIANT_ITEMS: dict[str, dict[str, dict[str, tuple[object, ...]]]] = {}

for _found in pkgutil.iter_modules(__path__):
    if _found.name in ("sheet", "gates"):
        continue
    _module = importlib.import_module(f"{__name__}.{_found.name}")
    RESTATED.update(_module.RESTATED)
    VARIANTS.update(getattr(_module, "VARIANTS", {}))
    ITEMS.update(_module.ITEMS)
    VARIANT_ITEMS.update(getattr(_module, "VARIANT_ITEMS", {}))


def defaults(instrument: str) -> frozenset[str]:
    """The variant names in force when nothing is chosen."""
    return frozenset(names[0] for names in VARIANTS.get(instrument, {}).values())


def chosen(instrument: str, *names: str) -> frozenset[str]:
    """The defaults with the named ones in place of those of their part."""
    parts = VARIANTS.get(instrument, {}).values()
    return frozenset(next((name for name in part if name in names), part[0]) for part in parts)


def items_of(instrument: str, variants: frozenset[str] = frozenset()) -> dict[str, tuple[object, ...]]:
    """Allowed raw codes by printed number with these variants in force."""
    items = dict(ITEMS[instrument])
    for name in variants:
        items.update(VARIANT_ITEMS.get(instrument, {}).get(name, {}))
    return items


__all__ = ["ITEMS", "RESTATED", "VARIANTS", "VARIANT_ITEMS", "Restated", "Sheet", "chosen", "defaults", "items_of"]
