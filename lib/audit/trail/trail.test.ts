import { expect, test } from "vitest";

import { HIDDEN, plainText, tell } from "./trail";

test("what changed stands apart from what is said beside it", () => {
  expect(tell({ version: 2, changes: { name: ["a", "b"], odd: [1] } }, true)).toEqual({ changes: [{ field: "name", before: "a", after: "b" }], details: [{ field: "version", value: 2 }] });
  expect(tell({ from: 5, to: 3, note: "broken" }, true)).toEqual({ changes: [{ field: "value", before: 5, after: 3 }], details: [{ field: "note", value: "broken" }] });
  expect(tell({ from: "staff", to: "owner", changes: { role: ["staff", "owner"] } }, true)).toEqual({ changes: [{ field: "role", before: "staff", after: "owner" }], details: [] });
  expect(tell({ chain: "ledger", from: 0, to: 9, marks: "abc", ids: "1-9" }, true).details.map(({ field }) => field)).toEqual(["chain", "from", "to"]);
});

test("who may not see how people are reached sees that something is there, and not what", () => {
  const data = { trackingNumber: "SF123", carrier: "SF", changes: { email: ["a@x", "b@x"], address: [null, { street: "1 Road" }], terms: [{ phone: "1", days: 2 }, null] } };
  const { changes, details } = tell(data, false);
  expect(changes).toEqual([{ field: "email", before: HIDDEN, after: HIDDEN }, { field: "address", before: null, after: HIDDEN }, { field: "terms", before: { phone: "•••", days: 2 }, after: null }]);
  expect(details).toEqual([{ field: "trackingNumber", value: HIDDEN }, { field: "carrier", value: "SF" }]);
  expect(JSON.stringify(changes.map(({ before, after }) => [plainText(before), plainText(after)]))).not.toMatch(/@x|Road/);
  expect(tell(data, true).details[0]).toEqual({ field: "trackingNumber", value: "SF123" });
});

test("a value is one line of text, whatever it is", () => {
  expect([null, undefined, true, 3, "x", [1, 2], { a: 1 }, HIDDEN].map(plainText)).toEqual(["", "", "true", "3", "x", "[1,2]", '{"a":1}', "•••"]);
});
