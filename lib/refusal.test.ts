import { expect, test, vi } from "vitest";

import en from "@/messages/en/refusals.json";
import zh from "@/messages/zh-CN/refusals.json";

import { allow, isRefusal, orRefuse, refuse, Refusal, REFUSALS, type RefusalCode, type RefusalDetail } from "./refusal";
import { sentenceFor } from "./sentence";

/** What each refusal that has facts tells. */
const DETAILS: Partial<Record<RefusalCode, RefusalDetail>> = {
  role_in_use: { count: 2 }, views_full: { max: 20 }, bulk_too_many: { max: 100_000 },
  points_only_product: { points: 100 }, too_many_points: { pointsMax: 5_000 }, quantity_over_limit: { limit: 5 }, insufficient_points: { pointsMissing: 1 }, batch_rows_wrong: { rows: 3 }, batch_unreadable: { limit: 10_000 }, sold_out: { left: 0 },
  price_changed: { points: 120, cashDueCents: 990 }, purchase_limit: { limit: 2, left: 1 }, stock_too_low: { stock: 3 }, too_many_requests: { retryAfterSeconds: 30 },
  make_up_limit: { limit: 3 }, time_zone_changed_lately: { day: "2026-12-21" }, task_not_done: { missing: 2 }, addresses_full: { limit: 20 }, coupon_minimum: { minimum: 500, missing: 5, unit: "points" }, watches_full: { limit: 50 },
  too_few_points: { pointsMin: 500 }, cart_full: { limit: 20 }, too_many_unpaid: { limit: 10 }, daily_purchase_limit: { limit: 2, left: 1 }, code_known: { count: 3, lines: "259" }, not_sellable: { reason: "no_template" }, stock_of_codes: { about: "switch" }, prizes_need_approver: { threshold: 1_000 },
};

const codes = Object.keys(REFUSALS) as RefusalCode[];

test.each(codes)("%s has a sentence in both languages, with its facts filled in", (code) => {
  for (const locale of ["zh-CN", "en"] as const) {
    const sentence = sentenceFor(locale, code, DETAILS[code]);
    expect(sentence).not.toMatch(/[{}]|refusals?\.|^[a-z_]+$/);
    expect(sentence).toMatch(locale === "en" ? /^[A-Z].*\.$/ : /\p{Script=Han}/u);
    for (const fact of Object.values(DETAILS[code] ?? {}).filter((value) => value !== 0 && !/^[a-z_]+$/.test(String(value)) && code !== "price_changed")) expect(sentence.replace(/,/g, "")).toContain(String(fact));
  }
});

test("every sentence belongs to a refusal or to a field", () => {
  const known = new Set<string>([...codes, "field_required", "field_too_short", "field_too_long", "field_invalid", "field_out_of_range", "field_repeated", "email_invalid", "email_same", "password_weak", "password_wrong", "birthday_set"]);
  expect(Object.keys(en).filter((name) => !known.has(name))).toEqual([]);
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
});

test("a refusal is a client's mistake or the shop's trouble, never a success", () => {
  for (const code of codes) expect(REFUSALS[code]).toBeGreaterThanOrEqual(400);
  expect(codes.filter((code) => REFUSALS[code] >= 500).sort()).toEqual(["internal", "payment_unavailable", "unavailable"]);
});

test("one left is one, two are two", () => {
  expect([1, 2].map((left) => sentenceFor("en", "sold_out", { left }))).toEqual(["Only 1 left.", "Only 2 left."]);
  expect([1, 2].map((pointsMissing) => sentenceFor("en", "insufficient_points", { pointsMissing }))).toEqual(["You need 1 more point.", "You need 2 more points."]);
});

test("a sentence that lacks its facts is found out", () => {
  vi.mocked(console.error).mockImplementation(() => undefined);
  expect(sentenceFor("en", "insufficient_points")).not.toBe("You need 1 more point.");
  expect(vi.mocked(console.error)).toHaveBeenCalled();
  vi.mocked(console.error).mockClear();
});

test("a decision is its value, or its refusal thrown", () => {
  expect(orRefuse(allow(5))).toBe(5);
  expect(() => orRefuse(refuse("sold_out", { left: 0 }))).toThrow(Refusal);
  const refused = new Refusal("sold_out", { left: 0 });
  expect([refused.status, isRefusal(refused), isRefusal(new Error("sold_out")), isRefusal(null)]).toEqual([409, true, false, false]);
});
