import { expect, test } from "vitest";

import { csvLines, csvStream } from "./csv";

const cell = (text: string): string => csvLines([[text]]).replace(/\r\n$/, "");

test.each(["=HYPERLINK(\"http://x\",\"y\")", "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"])("%j is no formula to a spreadsheet", (text) => {
  expect(cell(text).replace(/^"/, "").startsWith("'")).toBe(true);
});

test.each([["a plain word", "a plain word"], ["with, comma", "\"with, comma\""], ["with \"quotes\"", "\"with \"\"quotes\"\"\""], ["two\nlines", "\"two\nlines\""], ["a-b", "a-b"], ["", ""]])("%j is written %j", (text, written) => {
  expect(cell(text)).toBe(written);
});

test("a number stays a number, below nothing too, and nothing is an empty cell", () => {
  expect(csvLines([[-120, 3.5, null, "x"]])).toBe("-120,3.5,,x\r\n");
});

test("a file begins with its mark and headings, and is read page by page", async () => {
  let read = 0;
  async function* pages() {
    for (const page of [[["a", 1]], [["b", 2], ["c", 3]]]) {
      read++;
      yield page;
    }
  }
  const stream = csvStream(["名称", "积分"], pages());
  const reader = stream.getReader();
  const first = await reader.read();
  expect([...first.value!.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(read).toBeLessThan(2);
  let text = new TextDecoder().decode(first.value!);
  for (let next = await reader.read(); !next.done; next = await reader.read()) text += new TextDecoder().decode(next.value);
  expect(text).toBe("名称,积分\r\na,1\r\nb,2\r\nc,3\r\n");
});

test("a reader who goes away ends the reading", async () => {
  let ended = false;
  async function* pages() {
    try {
      for (;;) yield [["x"]];
    } finally {
      ended = true;
    }
  }
  const reader = csvStream(["x"], pages()).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(ended).toBe(true);
});
