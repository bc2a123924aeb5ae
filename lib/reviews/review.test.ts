import { expect, test } from "vitest";

import { lengthOf, maskedName, plainText, summaryOf } from "./review";
import { ModerationInput, ReviewInput } from "./schema";

test("what was written is plain text: lines, and nothing hidden between the letters", () => {
  expect(plainText("  好杯子！\r\n\r\n\r\n\r\n第二行\t有制表\u0000符  ")).toBe("好杯子！\n\n第二行 有制表 符");
  expect(plainText("abc\u202Edef\u2066ghi")).toBe("abc def ghi");
  expect(plainText("<b>bold</b> & <script>alert(1)</script>")).toBe("<b>bold</b> & <script>alert(1)</script>");
});

test("a character is what a person counts", () => {
  expect(lengthOf("杯子👍")).toBe(3);
});

test("an author is shown by the first letter", () => {
  expect([maskedName("林溪"), maskedName("Marcus Lee"), maskedName("👍ok"), maskedName(" ")]).toEqual(["林***", "M***", "👍***", "***"]);
});

test("ratings are summed up to a decimal", () => {
  expect(summaryOf([])).toMatchObject({ count: 0, average: 0 });
  expect(summaryOf([{ rating: 5, count: 2 }, { rating: 4, count: 1 }, { rating: 1, count: 1 }])).toEqual({ count: 4, average: 3.8, byRating: { 1: 1, 2: 0, 3: 0, 4: 1, 5: 2 } });
});

const review = { requestId: "k", orderId: "A".repeat(22), productId: "1", rating: "5", body: "很好用的杯子" };
const accepts = (schema: typeof ReviewInput | typeof ModerationInput, input: object): boolean => schema.safeParse(input).success;

test.each([
  ["four characters", { body: "很好的杯" }], ["blanks", { body: "         " }], ["hidden marks", { body: "\u202A\u202A\u202A\u202A\u202A\u202A" }], ["1,001 characters", { body: "好".repeat(1_001) }], ["far too much", { body: "x".repeat(20_000) }],
  ["no star", { rating: "0" }], ["six stars", { rating: "6" }], ["half a star", { rating: "4.5" }], ["no rating", { rating: undefined }], ["no order", { orderId: "1" }], ["a status of its own", { status: "approved" }], ["no text", { body: undefined }],
])("a review of %s is refused", (_, wrong) => {
  expect(accepts(ReviewInput, review)).toBe(true);
  expect(accepts(ReviewInput, { ...review, ...wrong })).toBe(false);
});

test("a thousand characters fit, emoji too", () => {
  expect(accepts(ReviewInput, { ...review, body: "👍".repeat(1_000) })).toBe(true);
});

test("who is told no is told why", () => {
  const verdict = { requestId: "k", reviewId: "1", verdict: "approved" };
  expect(accepts(ModerationInput, verdict)).toBe(true);
  expect(accepts(ModerationInput, { ...verdict, verdict: "rejected" })).toBe(false);
  expect(accepts(ModerationInput, { ...verdict, verdict: "rejected", note: "广告" })).toBe(true);
  expect(accepts(ModerationInput, { ...verdict, verdict: "pending" })).toBe(false);
});
