"""Makes the files that schools really send: every roster mess of the data dictionary that is about the file.

Nothing here is a real person; the files are made in memory when a test asks for them.
"""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlwt.CompoundDoc import XlsDoc

Rows = Sequence[Sequence[object]]

HEADS = ("姓名", "性别", "学号", "班级")
ROSTER: Rows = (HEADS, ("张欣怡", "女", "20250001", "七年级(1)班"), ("李浩宇", "男", "20250002", "七年级(1)班"))


# --- spreadsheets ---------------------------------------------------------------------------------------------------


def xlsx(
    sheets: Mapping[str, Rows],
    *,
    merged: Iterable[str] = (),
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
    epoch_1904: bool = False,
    change: Callable[[openpyxl.Workbook], None] = lambda book: None,
) -> bytes:
    """An .xlsx by openpyxl. A text that begins with ``=`` is a formula without a saved result, ``#N/A`` an error;
    ``merged`` are areas of the first sheet, ``hidden_rows`` its 1-based rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in set(hidden):
            sheet.sheet_state = "hidden"
    for area in merged:
        book.worksheets[0].merge_cells(area)
    for row in hidden_rows:
        book.worksheets[0].row_dimensions[row].hidden = True
    change(book)
    return _saved(book.save)


def with_sheet_xml(rows: str, data: bytes | None = None) -> bytes:
    """An .xlsx whose only sheet holds this XML between ``<sheetData>`` and its end."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(
        data or xlsx({"Sheet": [["a"]]}), {"xl/worksheets/sheet1.xml": f"{head}{rows}</sheetData></worksheet>".encode()}
    )


def repacked(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """The zip with other parts; None leaves one out."""

    def save(target: io.BytesIO) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in dict.fromkeys([*old.namelist(), *parts]):
                content = parts[name] if name in parts else old.read(name)
                if content is not None:
                    new.writestr(name, content)

    return _saved(save)


def xls(sheets: Mapping[str, Rows], *, epoch_1904: bool = False) -> bytes:
    """An .xls by xlwt. ``#N/A`` becomes an error cell; a date is written as a date."""
    return XlsDocument(biff(sheets, epoch_1904=epoch_1904)).data


def biff(sheets: Mapping[str, Rows], *, epoch_1904: bool = False) -> bytes:
    """The stream ``Workbook`` of such a file."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = epoch_1904
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell == "#N/A":
                    sheet.row(number).set_cell_error(place, 0x2A)
                elif cell is not None:
                    sheet.write(number, place, cell, *([date] if hasattr(cell, "isoformat") else []))
    return bytes(book.get_biff_data())


class XlsDocument:
    """A compound file with one stream, which may be called otherwise than ``Workbook``."""

    def __init__(self, stream: bytes, name: str = "Workbook") -> None:
        data = bytearray(_saved(lambda target: XlsDoc().save(target, stream)))
        at = data.index("Workbook".encode("utf-16-le"))
        written = name.encode("utf-16-le")
        data[at : at + 66] = written.ljust(64, b"\0") + struct.pack("<H", len(written) + 2)
        self.data = bytes(data)


def xls_with_password() -> bytes:
    """An .xls with the record that says that the rest is encrypted ([MS-XLS] 2.4.117), after the first one."""
    stream = biff({"名单": ROSTER})
    first = 4 + struct.unpack_from("<H", stream, 2)[0]
    return XlsDocument(stream[:first] + struct.pack("<HH", 0x2F, 54) + bytes(54) + stream[first:]).data


def xlsx_with_password() -> bytes:
    """What Excel makes of a workbook with a password: a compound file around the encrypted package."""
    return XlsDocument(bytes(5000), "EncryptedPackage").data


# --- text -----------------------------------------------------------------------------------------------------------


def csv_bytes(rows: Rows, encoding: str = "utf-8", delimiter: str = ",", *, bom: bool = False) -> bytes:
    """A text table as a spreadsheet program writes it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode(encoding)


def html_as_xls(rows: Rows = ROSTER) -> bytes:
    """What many web platforms call .xls."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'.encode()


def xml_2003(rows: Rows = ROSTER) -> bytes:
    """The XML spreadsheet of Excel 2003, under the name .xls."""
    cells = "".join(f"<Row>{''.join(f'<Cell><Data>{cell}</Data></Cell>' for cell in row)}</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?>\n<Workbook xmlns="{space}"><Table>{cells}</Table></Workbook>'.encode()


# --- bombs ----------------------------------------------------------------------------------------------------------


def two_cells(last: str = "XFD1048576") -> bytes:
    """A few kilobytes that make a reader ask for 500 GB: the first cell and the last possible one."""
    row = last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return with_sheet_xml(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{last}"><v>1</v></c></row>')


def much_text(megabytes: int = 200, *, said: int | None = None) -> bytes:
    """One cell of very much text in a small zip; ``said`` is the size that the zip gives for it."""
    start = b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
    packer, packed = zlib.compressobj(1, zlib.DEFLATED, -15), []
    block = b"a" * (1 << 20)
    for part in (start, *[block] * megabytes):
        packed.append(packer.compress(part))
    packed.append(packer.flush())
    content = b"".join(packed)
    name = b"xl/worksheets/sheet1.xml"
    book = b"xl/workbook.xml"
    size = len(start) + (megabytes << 20) if said is None else said
    return _zip([(book, b"<workbook/>", 0, 11), (name, content, 8, size)])


def _zip(parts: Sequence[tuple[bytes, bytes, int, int]]) -> bytes:
    """A zip of parts: name, packed bytes, method, the size that is said of it."""
    body, directory = b"", b""
    for name, content, method, size in parts:
        about = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0, 0, len(content), size, len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\x03\x04" + about + name + content
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()
