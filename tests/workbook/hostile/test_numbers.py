"""Hostile numbers and number formats: shown in bounded time, as something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbook.handmade import DECLARATION, MAIN, book, style_sheet
from tests.workbook.hostile.conftest import Open

NUMBERS = [
    "1e999999", "-1e999999", "1e-999999", "1e308", "-1e308", "1.7976931348623157e308", "5e-324",
    "nan", "NaN", "inf", "-Infinity", "0x10", "1_000", "１２", "٣", "", " 1 ", "1e", "e1", "--1",
    "1e+", "+1", ".", "-0", "-0.0", "00012", "1" * 400, "0." + "0" * 400 + "1", "1e15", "1e-15",
    "2958465.99999999", "2958466", "-1", "60", "0.99999999", "99999999999999999999", "1,5", "1\n2",
]  # fmt: skip
KILOBYTES = 200_000
CODES = {
    "zeros": "0" * KILOBYTES,
    "hashes": "#" * KILOBYTES,
    "decimals": "0." + "0" * KILOBYTES,
    "commas": "0" + "," * KILOBYTES,
    "percents": "0" + "%" * KILOBYTES,
    "points": "0" + "." * KILOBYTES,
    "exponent": "0E+" + "0" * KILOBYTES,
    "exponents": "0" + "E+0" * (KILOBYTES // 3),
    "fraction": "# " + "?" * KILOBYTES + "/" + "?" * KILOBYTES,
    "large fraction": "0/" + "9" * KILOBYTES,
    "fractions": "0/0" * (KILOBYTES // 3),
    "quotes": '"' * (KILOBYTES + 1),
    "backslashes": "\\" * (KILOBYTES + 1),
    "underscores": "_" * (KILOBYTES + 1),
    "stars": "*" * (KILOBYTES + 1),
    "brackets": "[" * KILOBYTES,
    "closed brackets": "[]" * (KILOBYTES // 2),
    "locales": "[$-409]" * (KILOBYTES // 7) + "0",
    "long locale": f"[${'x' * KILOBYTES}-{'f' * KILOBYTES}]0",
    "system date": "[$-F800]" * 2_000 + "0",
    "conditions": "[>1]" * (KILOBYTES // 4) + "0",
    "long condition": f"[>{'1' * KILOBYTES}]0;0",
    "long exponent": "[>1e999999999]0;0",
    "sections": ";" * KILOBYTES,
    "days": "d" * KILOBYTES,
    "years": "y" * KILOBYTES,
    "dates": "y-m-d h:m:s." * (KILOBYTES // 12),
    "seconds": "ss." + "0" * KILOBYTES,
    "elapsed": f"[{'h' * KILOBYTES}]",
    "noons": "h AM/PM " * (KILOBYTES // 8),
    "eras": "ggge" * (KILOBYTES // 4),
    "texts": "@" * KILOBYTES,
    "general": "General" * (KILOBYTES // 7),
    "scaled up": "0" + "%" * 1_000,
    "scaled down": "0" + "," * 1_000,
    "odd letters": "\u202e\u0000f\uffff" * 100,
}


@pytest.mark.parametrize("code", CODES)
def test_number_formats_that_could_keep_busy(tmp_path: Path, opened: Open, code: str) -> None:
    cells = "".join(f'<c s="0"><v>{number}</v></c>' for number in NUMBERS)
    text = CODES[code].replace("\0", "")  # no XML can hold it
    path = book(tmp_path / "n.xlsx", f'<row r="1">{cells}</row>', styles=style_sheet(text))
    opened(path)


@pytest.mark.parametrize("kind", ["", "n", "b", "e", "d", "s", "str", "inlineStr", "x"])
def test_numbers_in_cells_of_every_type(tmp_path: Path, opened: Open, kind: str) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="{kind}"><v>{number}</v></c></row>'
        for row, number in enumerate(NUMBERS, 1)
    )
    opened(book(tmp_path / "n.xlsx", rows))
    for row, number in enumerate(NUMBERS, 1):
        cell = f'<row r="{row}"><c r="A{row}" t="{kind}"><v>{number}</v></c></row>'
        opened(book(tmp_path / "one.xlsx", cell))


STYLES = {
    "many formats of cells": "<cellXfs>" + '<xf numFmtId="14"/>' * 300_000 + "</cellXfs>",
    "too many elements": "<cellXfs>" + '<xf numFmtId="14"/>' * 1_010_000 + "</cellXfs>",
    "many codes": "<numFmts>"
    + "".join(f'<numFmt numFmtId="{n}" formatCode="0{n}"/>' for n in range(150_000))
    + "</numFmts><cellXfs>"
    + "".join(f'<xf numFmtId="{n}"/>' for n in range(150_000))
    + "</cellXfs>",
    "formats of nothing": '<cellXfs><xf/><xf numFmtId="-1"/><xf numFmtId="1e9"/></cellXfs>',
    "a long number": f'<cellXfs><xf numFmtId="{"9" * 1_000_000}"/></cellXfs>',
    "codes of nothing": '<numFmts><numFmt/><numFmt numFmtId="x"/></numFmts>',
}


@pytest.mark.parametrize("styles", STYLES)
def test_styles_without_end(tmp_path: Path, opened: Open, styles: str) -> None:
    cells = "".join(f'<c s="{style}"><v>45000</v></c>' for style in (0, 1, 2, 299_000))
    path = book(
        tmp_path / "s.xlsx",
        f'<row r="1">{cells}</row>',
        styles=f'{DECLARATION}<styleSheet xmlns="{MAIN}">{STYLES[styles]}</styleSheet>',
    )
    opened(path)
