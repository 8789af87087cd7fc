// Make workbooks for the tests as SheetJS (xlsx) and exceljs write them, into the folder argv[3].

import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(process.argv[2] + "/");
const XLSX = require("xlsx");
const ExcelJS = require("exceljs");
const folder = process.argv[3];

const people = [
  ["Name", "Email", "Seats", "Since", "Member"],
  ["Ada Lovelace", "ada@example.org", 2, new Date(Date.UTC(2024, 1, 29)), true],
  ["Grace <&> Hopper", "grace@example.org", 1.5, new Date(Date.UTC(1999, 11, 31)), false],
  ["東京 花子 😀", " hanako@example.jp ", -3, new Date(Date.UTC(2030, 6, 1, 12, 30)), true],
];

for (const shared of [true, false]) {
  const book = XLSX.utils.book_new();
  const sheet = XLSX.utils.aoa_to_sheet(people, { cellDates: true, origin: "B3" });
  sheet["!merges"] = [{ s: { r: 0, c: 1 }, e: { r: 0, c: 4 } }];
  sheet["!cols"] = [{ wch: 4 }, { wch: 30 }, { hidden: true }];
  sheet["!autofilter"] = { ref: "B3:F6" };
  sheet.H9 = { t: "n", v: 6, f: "SUM(D4:D6)" };
  sheet.B4.l = { Target: "mailto:ada@example.org" };
  XLSX.utils.sheet_add_aoa(sheet, [["below"]], { origin: "A12" });
  XLSX.utils.book_append_sheet(book, sheet, "Guests & more");
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[]]), "Nothing");
  const name = shared ? "sheetjs-shared.xlsx" : "sheetjs-inline.xlsx";
  XLSX.writeFile(book, join(folder, name), { bookSST: shared, compression: shared });
}

const book = new ExcelJS.Workbook();
const sheet = book.addWorksheet("Guests", { views: [{ state: "frozen", ySplit: 1 }] });
sheet.addTable({
  name: "Guests", ref: "B2", headerRow: true, totalsRow: true,
  columns: people[0].map((name) => ({ name, filterButton: true, totalsRowLabel: "Sum" })),
  rows: people.slice(1),
});
sheet.getCell("B9").value = { richText: [{ text: "rich " }, { font: { bold: true }, text: "text" }] };
sheet.getCell("B10").value = { text: "a link", hyperlink: "https://example.org/?a&b", tooltip: "tip" };
sheet.getCell("B11").value = { formula: "1+1", result: 2 };
sheet.getCell("B12").note = "a note";
sheet.getCell("B13").dataValidation = { type: "list", formulae: ['"yes,no"'] };
sheet.addConditionalFormatting({ ref: "D3:D5", rules: [{ type: "dataBar", cfvo: [{ type: "min" }, { type: "max" }] }] });
await sheet.protect("secret", {});
await book.xlsx.writeFile(join(folder, "exceljs-table.xlsx"));

const stream = new ExcelJS.stream.xlsx.WorkbookWriter({
  filename: join(folder, "exceljs-stream.xlsx"), useStyles: true, useSharedStrings: false,
});
const rows = stream.addWorksheet("Guests");
for (const row of people) rows.addRow(row).commit();
rows.commit();
await stream.commit();
