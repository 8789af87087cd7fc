"""What fuzzing begins with: small sound inputs that have much to change."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from tests.conftest import ROOT
from tests.workbook.handmade import MAIN, book, string_table, style_sheet
from tests.workbook.hostile.test_markup import full_book
from zoomdesk.workbook.display.styles import BUILTIN_FORMATS

CORPUS = ROOT.parent / "shared" / "workbooks" / "corpus"
LARGEST_BOOK, LARGEST_PART = 16_000, 4_000

_RUN = "".join(
    f'<row r="{n}" spans="1:3"><c r="A{n}" t="s"><v>{n % 3}</v></c><c r="B{n}" s="1"><v>{n}</v></c>'
    f'<c r="C{n}" t="str"><v>t{n}</v></c></row>'
    for n in range(1, 12)
)
_SHEETS = [
    (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:C11"/><sheetData>{_RUN}</sheetData>'
        '<mergeCells count="1"><mergeCell ref="E1:F2"/></mergeCells></worksheet>'
    ),
    (
        f'<?xml version="1.0"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c r="a1"/>'
        '<x:c><x:f t="shared" ref="B1:B2" si="0">A1</x:f><x:v>1</x:v></x:c></x:row>'
        "<!-- <x:row> -->"
        '<x:row r="7"><x:c t="inlineStr"><x:is><x:t xml:space="preserve"> a&amp;_x000D_</x:t>'
        "</x:is></x:c></x:row></x:sheetData></x:worksheet>"
    ),
    (
        f"<worksheet xmlns='{MAIN}'>\n<sheetData >\n<row r='2' hidden='1'>\n"
        "<c r='B2' t='b' ><v>1</v >"
        "</c>\n</row ><row/><row r='9' ht='0'/></sheetData ></worksheet >"
    ),
    (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[<c>&]]></v>'
        '</c><?pi <c/>?><c r="C1" t="e"><v>#N/A</v></c><c><f>1+1</f><v>2</v></c></row></sheetData>'
        "</worksheet>"
    ),
    f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
]
_STRINGS = [
    string_table("<si><t>a</t></si><si/><si><r><t>b</t></r><r><t> c</t></r></si>"),
    string_table('<si><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t><![CDATA[b]]></t></si>'),
    f'<y:sst xmlns:y="{MAIN}"><y:si><y:t xml:space="preserve"> _x0041_&#10;</y:t></y:si></y:sst>',
    string_table("").replace("></sst>", "/>"),
]
_NUMBERS = ["0", "-1.5", "45000.75", "1e300", "0.1", "12345678901234567890", "x", "-1e-9"]
_CODES = [
    "[Red][>=100]#,##0.00;[<0](0);\"n\"@", "[$-409]d mmm yyyy h:mm:ss.000 AM/PM", "[h]:mm:ss",
    "# ??/16", "0.00E+00", "00000\\-0000", "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
    "[$€-407] 0,0.0,,%", "yyyy/mm/dd aaa ggge", "General;-General",
]  # fmt: skip
_TEXTS = [
    "Name;E-Mail\r\nAda;ada@example.org\r\n\"Bob; \"\"B\"\"\";bob@example.org\r\n",
    "a,b\tc\n1,2\t3\n", "sep=|\na|b\n", "\"never ends\n", "姓名,邮箱\n张三,a@b.cn\n",
]  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Return the inputs that a target begins with."""
    if target in ("tokenizer", "sheet"):
        return [text.encode(code) for text in _SHEETS for code in ("utf-8", "utf-16")] + _parts()
    if target == "strings":
        return [text.encode() for text in _STRINGS]
    if target == "numbers":
        codes = [*_CODES, *BUILTIN_FORMATS.values()]
        return [f"{code}\n{_NUMBERS[n % 8]}".encode() for n, code in enumerate(codes)]
    if target == "csv":
        codes = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "cp932", "cp1252")
        return [text.encode(code, "replace") for text in _TEXTS for code in codes]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "seed.xlsx")
        sheets = [book(path, text, styles=style_sheet("0")).read_bytes() for text in _SHEETS]
        return [*sheets, full_book(path).read_bytes(), _open_document(path), *_corpus()]


def _corpus() -> list[bytes]:
    """Return the small ones of the workbooks that lie beside the checkout, if they do."""
    files = sorted(CORPUS.glob("*.xls[xm]"))
    return [path.read_bytes() for path in files if path.stat().st_size < LARGEST_BOOK]


def _parts() -> list[bytes]:
    """Return the small worksheets of the corpus."""
    found: list[bytes] = []
    for path in sorted(CORPUS.glob("*.xls[xm]")):
        with zipfile.ZipFile(path) as archive:
            found += [
                archive.read(info)
                for info in archive.infolist()
                if "worksheets/" in info.filename and info.file_size < LARGEST_PART
            ]
    return [part for part in found if b"sheetData" in part]


def _open_document(path: Path) -> bytes:
    """Return a package of the other kind: its first member says so."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return path.read_bytes()
