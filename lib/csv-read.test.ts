import { expect, test } from "vitest";

import { readCsv, textOfFile } from "./csv-read";

test("rows are read with a mark at the start, with quotes, and without the empty ones", () => {
  expect(readCsv('\uFEFFa, b ,c\r\n\r\n"1,5",2,"say ""hi"""\n,,\n')).toEqual([["a", "b", "c"], ["1,5", "2", 'say "hi"']]);
});

test("tabs and semicolons, as pasted from a spreadsheet, separate cells too", () => {
  expect([readCsv("a\tb\n1\t2"), readCsv("a;b\n1;2")]).toEqual([[["a", "b"], ["1", "2"]], [["a", "b"], ["1", "2"]]]);
});

test("a quote that does not close is told", () => {
  expect(readCsv('a,"b\n1,2')).toBeNull();
});

test("a file of a Chinese Excel is read in its own encoding", () => {
  expect(textOfFile(new Uint8Array([0xcb, 0xb3, 0xb7, 0xe1]))).toBe("顺丰");
  expect(textOfFile(new TextEncoder().encode("顺丰"))).toBe("顺丰");
});
