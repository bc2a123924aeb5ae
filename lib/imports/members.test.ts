import fc from "fast-check";
import { expect, test } from "vitest";

import { emailsIn, judgeMembers, memberRows } from "./members";

const judged = (lines: string[][], known: string[] = []) => judgeMembers(memberRows(lines)!, new Set(known));
const HEAD = ["E-mail", "Name", "Birthday", "Language"];

test.each([
  [["lin@example.com", "Lin", "", ""], "new"],
  [["LIN@Example.com ", "Lin", "2000-02-29", "en"], "new"],
  [["not an address", "Lin", "", ""], "email_wrong"],
  [["a@b.c,d@e.f", "Lin", "", ""], "email_wrong"],
  [["lin@example.com", "", "", ""], "name_wrong"],
  [["lin@example.com", "=HYPERLINK(1)", "", ""], "name_wrong"],
  [["lin@example.com", "Lin", "2001-02-29", ""], "birthday_wrong"],
  [["lin@example.com", "Lin", "1/2/2000", ""], "birthday_wrong"],
  [["lin@example.com", "Lin", "", "fr"], "language_wrong"],
])("%j is %s", (row, verdict) => {
  expect(judged([HEAD, row])).toMatchObject([{ row: 2, verdict }]);
});

test("an address is compared as it is stored, and of two rows for one the first counts", () => {
  expect(judged([HEAD, ["Lin@Example.com", "Lin"], ["lin@example.com", "Other"], ["mei@example.com", "Mei"]], ["mei@example.com"]).map(({ verdict }) => verdict)).toEqual(["new", "repeated", "known"]);
  expect(emailsIn([{ email: "Lin@Example.com" }, { email: "nobody" }])).toEqual(["lin@example.com"]);
});

test("headings are found in either language and any order, and needed ones must be there", () => {
  expect(memberRows([["姓名", "邮箱"], ["林", "lin@example.com"]])).toEqual([{ row: 2, email: "lin@example.com", name: "林", birthday: "", language: "" }]);
  expect(memberRows([["lin@example.com", "Lin"]])).toBeNull();
  expect(memberRows([])).toBeNull();
});

test("whatever a table holds, every row has one verdict and nothing breaks", () => {
  fc.assert(fc.property(fc.array(fc.array(fc.string(), { maxLength: 6 }), { maxLength: 20 }), (rows) => {
    const all = judged([HEAD, ...rows]);
    expect(all).toHaveLength(rows.length);
    for (const { verdict, email } of all) if (verdict === "new") expect(email).toMatch(/^[^\s@,<>"]+@[^\s@,<>"]+$/);
  }));
});
