"""Make ``resources/samples/guests.xlsx``, the guest list that practice mode opens.

Run it from the root of the checkout after changing the list below; the same list gives the same
bytes. The people are made up, and so are their mistakes: one of each that real lists have.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

TARGET = Path(__file__).resolve().parent.parent / "resources" / "samples" / "guests.xlsx"
HEADINGS = (
    "Guest ID", "Given name", "Surname", "E-Mail", "Company", "Table no.", "Invited on", "Notes",
)  # fmt: skip
WIDTHS = (10, 16, 24, 42, 24, 10, 14, 34)
HEADER_ROW = 2  # the third row of the sheet
INVITED = date(2026, 9, 1)

NORTHWIND, CONTOSO = "northwind.example.com", "contoso.example.com"
FABRIKAM, HARBOUR = "fabrikam.example.net", "harbour.example.org"

# given name, surname, address, company, notes
GUESTS = (
    ("Amara", "Okafor", f"amara.okafor@{NORTHWIND}", "Northwind Traders", ""),
    ("Björn", "Lindqvist", f"bjorn.lindqvist@{CONTOSO}", "Contoso", "vegetarian"),
    ("Chloé", "Dubois", f"chloe.dubois@{FABRIKAM}", "Fabrikam", ""),
    ("Daiki", "Tanaka", f"daiki.tanaka@{HARBOUR}", "Harbour Institute", ""),
    ("Elif", "Yılmaz", f"elif.yilmaz@{NORTHWIND}", "Northwind Traders", "arrives at 10:30"),
    ("Fatima", "Al-Sayed", f"fatima.alsayed@{CONTOSO}", "Contoso", ""),
    ("Gabriela", "Fernández Ruiz", f"gabriela.fernandez@{FABRIKAM}", "Fabrikam", ""),
    ("Hana", "Nováková", "hana.novakova@gmial.com", "", "met at the spring fair"),
    ("Ibrahim", "Diallo", f"ibrahim.diallo@{HARBOUR}", "Harbour Institute", ""),
    ("Jürgen", "Weiß", f"juergen.weiss@{CONTOSO}", "Contoso", "needs an invoice"),
    ("Katarzyna", "Wiśniewska", f"katarzyna.wisniewska@{NORTHWIND}", "Northwind Traders", ""),
    ("Liam", "O’Sullivan", f"liam.osullivan@{FABRIKAM}", "Fabrikam", ""),
    ("Mei", "陈", f"mei.chen@{HARBOUR}", "Harbour Institute", "interpreter booked"),
    ("Nikolai", "Петров", f"nikolai.petrov@{NORTHWIND}", "Northwind Traders", ""),
    ("Oluwaseun", "Adeyemi", f"oluwaseun.adeyemi@{CONTOSO}", "Contoso", ""),
    ("Priya", "Raghunathan", f"priya.raghunathan@{FABRIKAM}", "Fabrikam", "vegan"),
    ("Quentin", "van der Berg", f"quentin.vandenberg@{HARBOUR}", "Harbour Institute", ""),
    ("Rosa", "Conceição", f"rosa.conceicao@{NORTHWIND}", "Northwind Traders", ""),
    ("Ana", "García", f'"Ana García" <ana.garcia@{CONTOSO}>', "Contoso", "copied from Outlook"),
    ("Søren", "Kjærgaard", f"soren.kjaergaard@{FABRIKAM}", "Fabrikam", ""),
    ("Thảo", "Nguyễn", f"thao.nguyen@{HARBOUR}", "Harbour Institute", ""),
    ("Ulrike", "Schäfer", f"  ulrike.schaefer@{NORTHWIND} ", "Northwind Traders", ""),
    ("Viktória", "Szabó", "viktoria.szabo@gmial.com", "", ""),
    ("William", "Hughes", f"william.hughes@{CONTOSO}", "Contoso", ""),
    ("Xóchitl", "Hernández", f"xochitl.hernandez@{FABRIKAM}", "Fabrikam", ""),
    ("Yuki", "佐藤", f"yuki.sato@{HARBOUR}", "Harbour Institute", ""),
    ("Zoë", "Papadopoulou", f"zoe.papadopoulou@{NORTHWIND}", "Northwind Traders", "speaker"),
    ("Anders", "Holm", f"anders.holm@{CONTOSO}", "Contoso", ""),
    ("Bianca", "Rossi", f"bianca.rossi@{FABRIKAM}", "Fabrikam", ""),
    ("Carlos", "Mendes", "carlos.mendes(at)example.org", "", "check the address"),
    ("Deborah", "Cohen", f"deborah.cohen@{HARBOUR}", "Harbour Institute", ""),
    ("Emre", "Şahin", f"emre.sahin@{NORTHWIND}", "Northwind Traders", ""),
    ("Amara", "Okafor", f"amara.okafor@{NORTHWIND}", "Northwind Traders", "on the list twice"),
    ("Freya", "Jónsdóttir", f"freya.jonsdottir@{CONTOSO}", "Contoso", ""),
    ("Giorgos", "Παπαδάκης", f"giorgos.papadakis@{FABRIKAM}", "Fabrikam", ""),
    ("Hye-jin", "김", f"hyejin.kim@{HARBOUR}", "Harbour Institute", ""),
    ("Ingrid", "Haugen", f"ingrid.haugen@{NORTHWIND}", "Northwind Traders", "assistant: Tor"),
    ("", "Reception desk", f"reception@{CONTOSO}", "Contoso", "whoever is on duty"),
    ("Jan", "Kowalski", "jan.kowalski@gmial.com", "", ""),
    (
        "Maria Antonieta Guadalupe",
        "Vasconcelos de Albuquerque e Montenegro-Hohenberg",
        f"maria.vasconcelos@{FABRIKAM}", "Fabrikam", "",
    ),
    ("Kwame", "Mensah", f"kwame.mensah@{HARBOUR}", "Harbour Institute", ""),
    ("Lucía", "Ibáñez", f"lucia.ibanez@{NORTHWIND}", "Northwind Traders", ""),
    ("Bjorn", "Lindqvist", f"Bjorn.Lindqvist@{CONTOSO.title()}", "Contoso", "second entry"),
    ("Marek", "Dvořák", f"marek.dvorak@{FABRIKAM}", "Fabrikam", ""),
    ("Noor", "de Vries", f"noor.devries@{HARBOUR}", "Harbour Institute", ""),
    ("Oskar", "Müller", f"oskar.mueller@{NORTHWIND}", "Northwind Traders", ""),
    ("Paula", "Żak", f"paula.zak@{CONTOSO}", "Contoso", ""),
    ("Rajesh", "Iyer", f"rajesh.iyer@{FABRIKAM}", "Fabrikam", ""),
)  # fmt: skip
LINKED = "Liam"
SPEAKERS = (
    ("Zoë Papadopoulou", f"zoe.papadopoulou@{NORTHWIND}", "Opening"),
    ("Kwame Mensah", f"kwame.mensah@{HARBOUR}", "What guests ask"),
    ("Priya Raghunathan", f"priya.raghunathan@{FABRIKAM}", "Looking back"),
)
BUDGET = (("Room", 1200), ("Catering", 2480.5), ("Interpreter", 640), ("Printing", 185.75))


def make(target: Path) -> None:
    """Write the workbook to ``target``."""
    book = xlsxwriter.Workbook(str(target))
    book.set_properties({"title": "Autumn reception", "created": datetime(2026, 9, 1)})  # noqa: DTZ001 the library takes naive times only
    _guests(book)
    _speakers(book)
    _budget(book)
    book.close()


def _guests(book: Any) -> None:
    sheet = book.add_worksheet("Guests")
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F3864"})
    formats = {
        "Guest ID": book.add_format({"num_format": "00000"}),
        "Table no.": book.add_format({"align": "center"}),
        "Invited on": book.add_format({"num_format": "d mmm yyyy"}),
    }
    sheet.write(0, 0, "Autumn reception: guest list", title)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    first, last = HEADER_ROW + 1, HEADER_ROW + len(GUESTS)
    for index, (given, surname, address, company, notes) in enumerate(GUESTS):
        row = first + index
        invited = INVITED.replace(day=1 + index // 4)
        sheet.write_number(row, 0, 417 + 13 * index, formats["Guest ID"])
        for column, text in ((1, given), (2, surname), (4, company), (7, notes)):
            if text:
                sheet.write_string(row, column, text)
        sheet.write_number(row, 5, 1 + index // 8, formats["Table no."])
        sheet.write_datetime(row, 6, invited, formats["Invited on"])
        if given == LINKED:
            sheet.write_url(row, 3, f"mailto:{address}", string=address)
        else:
            sheet.write_string(row, 3, address)
    columns = [{"header": heading, "format": formats.get(heading)} for heading in HEADINGS]
    sheet.add_table(
        HEADER_ROW, 0, last, len(HEADINGS) - 1,
        {"name": "Guests", "columns": columns, "style": "Table Style Medium 2"},
    )  # fmt: skip
    sheet.freeze_panes(first, 0)


def _speakers(book: Any) -> None:
    sheet = book.add_worksheet("Speakers")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ("Name", "Email", "Talk"), bold)
    for row, speaker in enumerate(SPEAKERS, start=1):
        sheet.write_row(row, 0, speaker)
    sheet.set_column(0, 2, 34)


def _budget(book: Any) -> None:
    sheet = book.add_worksheet("Budget")
    bold = book.add_format({"bold": True})
    money = book.add_format({"num_format": "[$€-2] #,##0.00"})
    total = book.add_format({"num_format": "[$€-2] #,##0.00", "bold": True, "top": 1})
    sheet.write_row(0, 0, ("Item", "Cost"), bold)
    for row, (item, cost) in enumerate(BUDGET, start=1):
        sheet.write_string(row, 0, item)
        sheet.write_number(row, 1, cost, money)
    row = len(BUDGET) + 1
    sheet.write_string(row, 0, "Total", bold)
    sheet.write_formula(row, 1, f"=SUM(B2:B{row})", total, sum(cost for _, cost in BUDGET))
    sheet.set_column(0, 1, 18)


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    make(TARGET)
    print(TARGET)
