"""An .xlsx looked at before the reading library gets it: a zip whose parts are XML.

The look is bounded whatever the zip says of itself: every part is unpacked by us with an end to it. What it is for:

- a file of 1.4 kB with the two cells A1 and XFD1048576 makes the library ask for 500 GB; so a cell with content beyond
  the limits is found here. Cells that merely carry a colour or a border do not count: whole columns often do;
- a small zip with 400 MB of text;
- errors (``#N/A``) and formulas whose result was not saved: the library shows both as empty cells.
"""

import re

from counselroom.domain.refusal import Refusal
from counselroom.formats.sheets import calamine, limits
from counselroom.formats.sheets.calamine import Faults
from counselroom.formats.sheets.wire import Page
from counselroom.formats.sheets.zipped import Entry, entries, unpack

_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# A cell beyond row 20000 or column OJ (limits.ROWS, limits.COLUMNS), with the end of its tag. Up to NZ9999 a cell is
# passed over at once: so are nearly all, and this takes half the time.
_FAR = re.compile(
    rb' r="(?![A-N]?[A-Z][0-9]{1,4}")(?:(?:[A-Z]{3,}|[P-Z][A-Z]|O[K-Z])[0-9]+'
    rb"|[A-Z]{1,2}(?:[0-9]{6,}|[3-9][0-9]{4}|2[1-9][0-9]{3}|20[1-9][0-9]{2}|200[1-9][0-9]|2000[1-9]))"
    rb'"[^>]*>(?:</c>)?'
)
_REFERENCE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_UNKNOWN = re.compile(rb"<c ([^>]*)><f(?:[^>]*/>|[^>]*>[^<]*</f>)(<v ?/>|<v></v>)?</c>")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_HEAD = 2048  # the first element stands within so many bytes
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")


def read(data: bytes) -> list[Page]:
    """The sheets; refuses a zip that is no .xlsx by what it is."""
    parts = {entry.name.lower(): entry for entry in entries(data)}
    _check_kind(data, parts)
    budget = limits.UNPACKED
    faults: dict[str, Faults] = {}
    for name, entry in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue  # pictures, macros: nobody opens them
        content = unpack(data, entry, budget)
        budget -= len(content)
        if "/worksheets/" in name and name.endswith(".xml"):
            faults[name] = scan(content)
    return calamine.read(data, _by_sheet(data, parts, faults) if any(faults.values()) else [])


def scan(xml: bytes) -> Faults:
    """Cells of a worksheet without a known value; refuses a cell with content beyond the limits."""
    if b"<x:" in xml[:_HEAD]:  # some programs write a prefix before every name
        xml = xml.replace(b"<x:", b"<").replace(b"</x:", b"</")
    if any(not found[0].endswith((b"/>", b"</c>")) for found in _FAR.finditer(xml)):
        raise limits.too_large()
    faults: dict[tuple[int, int], str] = {}
    at = xml.find(b't="e"')
    while at >= 0:
        tag, end = xml.rfind(b"<", 0, at), xml.find(b"</c>", at)
        shown = _VALUE.search(xml, at, max(end, at))
        _note(faults, xml[tag:at], shown[1].decode(errors="replace") if shown else "")
        at = xml.find(b't="e"', at + 1)
    if b"<f" in xml:
        for found in _UNKNOWN.finditer(xml):
            # An empty text that was saved as such is a known result.
            if not (found[2] and b't="str"' in found[1]):
                _note(faults, b" " + found[1], "")
    return faults


def _note(faults: dict[tuple[int, int], str], tag: bytes, shown: str) -> None:
    place = _REFERENCE.search(tag)
    if place is None:
        return
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    row = int(place[2])
    if not 1 <= row <= limits.ROWS or column > limits.COLUMNS:
        raise limits.too_large()
    faults[row - 1, column - 1] = shown


def _check_kind(data: bytes, parts: dict[str, Entry]) -> None:
    if any(entry.encrypted for entry in parts.values()):
        raise Refusal("sheet.protected")
    if _WORKBOOK in parts:
        return
    if "xl/workbook.bin" in parts:
        raise Refusal("sheet.xlsb")
    kind = unpack(data, parts["mimetype"], limits.FILE) if "mimetype" in parts else b""
    if b"opendocument.spreadsheet" in kind:
        raise Refusal("sheet.ods")
    folders = {name.partition("/")[0] for name in parts}
    names = {"word": "Word", "ppt": "PowerPoint", "meta-inf": "OpenDocument" if kind else "ZIP"}
    raise Refusal("sheet.kind", kind=next((name for folder, name in names.items() if folder in folders), "ZIP"))


def _by_sheet(data: bytes, parts: dict[str, Entry], faults: dict[str, Faults]) -> list[Faults]:
    """The faults in the order in which the workbook lists its sheets."""
    targets: dict[bytes, str] = {}
    if _RELATIONS in parts:
        for relation in _RELATION.findall(unpack(data, parts[_RELATIONS], limits.UNPACKED)):
            target = _attribute(relation, b"Target").decode(errors="replace").lower()
            targets[_attribute(relation, b"Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
    listed = _SHEET.findall(unpack(data, parts[_WORKBOOK], limits.UNPACKED))
    return [faults.get(targets.get(_attribute(sheet, rb"\w+:id"), ""), {}) for sheet in listed]


def _attribute(tag: bytes, name: bytes) -> bytes:
    found = re.search(rb"(?:^|\s)" + name + rb"""\s*=\s*["']([^"']*)""", tag)
    return found[1] if found else b""
