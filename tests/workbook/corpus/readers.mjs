// Read workbooks for the tests with programs of another world: SheetJS (xlsx) and exceljs.
//
// One process for all workbooks. A request is a line {"reader": "xlsx" | "exceljs", "path": ...};
// the answer is a line {"cells": [[sheet, row, column, value, rest], ...]} or {"error": ...}.
// `value` is what the cell holds, `rest` is all else that the reader knows of the cell, as JSON.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.argv[2] + "/");
const readers = { xlsx: readSheetJs, exceljs: readExcelJs };

async function readSheetJs(path) {
  const XLSX = require("xlsx");
  const book = XLSX.readFile(path, { cellStyles: true, cellNF: true });
  const cells = [];
  for (const [name, sheet] of Object.entries(book.Sheets)) {
    for (const [address, cell] of Object.entries(sheet)) {
      if (address.startsWith("!") || cell.v === undefined) continue;
      const { r, c } = XLSX.utils.decode_cell(address);
      const { v, h, r: rich, ...rest } = cell; // h and r say a text once more, as HTML and XML
      cells.push([name, r + 1, c + 1, v, JSON.stringify(rest)]);
    }
  }
  return cells;
}

async function readExcelJs(path) {
  const ExcelJS = require("exceljs");
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  if (!book.worksheets.length) throw new Error("no sheets found"); // their parts have odd names
  const cells = [];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.isMerged && cell.master !== cell) return;
        const { type, style, note, hyperlink } = cell;
        const held = hyperlink ? cell.value.text : cell.value;
        const plain = held === null || typeof held !== "object";
        const value = plain ? held : JSON.stringify(held);
        const rest = JSON.stringify({ type, style, note, hyperlink });
        cells.push([sheet.name, cell.row, cell.col, value, rest]);
      }),
    ),
  );
  return cells;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { reader, path } = JSON.parse(line);
  let answer;
  try {
    answer = { cells: await readers[reader](path) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
