"""Number formats held against LibreOffice's "as shown", code by code and number by number."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.workbook.libreoffice import as_shown
from zoomdesk.workbook.display.number_format import NumberFormat

pytestmark = pytest.mark.libreoffice

NUMBER_CODES = (
    "0", "0.00", "#,##0", "#,##0.00", '"$"#,##0_);\\("$"#,##0\\)', "0%", "0.00%", "0.00E+00",
    "# ?/?", "# ??/??", "##0.0E+0", "0000000000", "000-00-0000", "(###) ###-####", "0.0#",
    "???.???", ".00", "0.0,", '#,##0,,"M"', '0;(0);"zero"', "0.00;[Red]-0.00",
    '[>=100]"big" 0;[<0]"neg" 0;0.0', '0" kg"',
    '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-',
    '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    "[$£-809]#,##0", "00\\ 00\\ 00", "#", "?", "0.0%;-0.0%", "?/?", "0.00E-00",
    "[Blue]0.0;[Red]-0.0", "0,0.0", "+0;-0;0",
)  # fmt: skip
NUMBERS = (
    0, 1, -1, 0.5, 1.005, 12.345, -1234.5678, 99.995, 612345678, 1234567.891, 0.3333333, 45000.5,
)  # fmt: skip
DATE_CODES = (
    "m/d/yyyy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss",
    "m/d/yyyy h:mm", "mm:ss", "[h]:mm:ss", "mm:ss.0", "yyyy-mm-dd hh:mm:ss", "dddd, mmmm d, yyyy",
    "[$-407]dddd, d. mmmm yyyy", "[$-40C]d mmm yyyy", "[$-410]mmmm", "[$-C0A]ddd d mmm",
    "[$-416]dddd", "[$-413]mmm mmmm", "[$-415]mmmm", "[$-804]mmmm", "yy", "mmmmm", "[mm]:ss",
    "hh:mm:ss.000", "dd.mm.yyyy",
)  # fmt: skip
SERIALS = (61, 366, 45000, 45000.5, 45000.75, 45000.430555555556, 45291.25, 2958465)

AGREED_TO_DIFFER = {("0%", 1.005)}
"""LibreOffice multiplies before it rounds to 15 digits and shows 100 %; Excel shows 101 %."""


def excused(ours: str, shown: str) -> bool:
    """Allow the sign that Excel keeps on a rounded zero, and what LibreOffice gives up."""
    return ours == f"-{shown}" or shown == "#FMT"


def test_formats_agree_with_libreoffice(tmp_path: Path) -> None:
    cases = [(code, value) for code in NUMBER_CODES for value in NUMBERS]
    cases += [(code, value) for code in DATE_CODES for value in SERIALS]
    path = tmp_path / "formats.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("S")
    for row, (code, value) in enumerate(cases):
        sheet.write_string(row, 0, "an empty line would be no row")
        sheet.write_number(row, 1, value, book.add_format({"num_format": code}))
    book.close()
    rows = as_shown([path], tmp_path)["formats-S"]
    shown = {case: row[1] for case, row in zip(cases, rows, strict=True)}
    ours = {(code, value): NumberFormat(code).number(value) for code, value in cases}
    differing = {
        case: (ours[case], shown[case])
        for case in cases
        if ours[case] != shown[case] and not excused(ours[case], shown[case])
    }
    assert set(differing) == AGREED_TO_DIFFER, differing
