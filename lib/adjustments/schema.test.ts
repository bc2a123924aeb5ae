import { expect, test } from "vitest";

import { AdjustmentInput, BatchInput, RejectionInput } from "./schema";

const FORM = { requestId: "k", userId: "7", direction: "in", points: "100", reason: "goodwill", note: "late parcel", expiresOn: "", attachmentKey: "" };
const fieldsOf = (changed: Record<string, unknown>): string[] => {
  const parsed = AdjustmentInput.safeParse({ ...FORM, ...changed });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
};

test("a form says a direction and points without a sign", () => {
  expect(AdjustmentInput.parse(FORM)).toMatchObject({ userId: 7, points: 100, expiresOn: null, attachmentKey: null });
  expect(AdjustmentInput.parse({ ...FORM, direction: "out" })).toMatchObject({ points: -100 });
});

test.each([
  [{ points: "" }, "points: field_required"], [{ points: "0" }, "points: field_out_of_range"], [{ points: "-5" }, "points: field_invalid"], [{ points: "1.5" }, "points: field_invalid"], [{ points: "1e3" }, "points: field_invalid"],
  [{ points: "100000001" }, "points: field_out_of_range"], [{ direction: "up" }, "direction: field_required"], [{ reason: "" }, "reason: field_required"], [{ note: " x " }, "note: field_too_short"],
  [{ note: "x".repeat(201) }, "note: field_too_long"], [{ expiresOn: "2026-02-30" }, "expiresOn: field_invalid"], [{ direction: "out", expiresOn: "2027-01-01" }, "expiresOn: field_invalid"],
  [{ attachmentKey: "pictures/00000000000000000000000000000000/320.webp" }, "attachmentKey: field_invalid"], [{ attachmentKey: "attachments/../x.pdf" }, "attachmentKey: field_invalid"], [{ userId: "0" }, "userId: field_out_of_range"],
])("%j is told at its field", (changed, told) => {
  expect(fieldsOf(changed)).toEqual([told]);
});

test("who turns down says why, and a file has a reason and a note", () => {
  expect(RejectionInput.safeParse({ requestId: "k", adjustmentId: "x".repeat(22), note: " " }).success).toBe(false);
  expect(BatchInput.safeParse({ requestId: "k", text: "7,5", reason: "goodwill", note: "outage", fileName: "x" }).success).toBe(true);
  expect(BatchInput.safeParse({ requestId: "k", text: "", reason: "goodwill", note: "outage" }).success).toBe(false);
});
