import fc from "fast-check";
import { expect, test } from "vitest";

import type { UserId } from "./ctx";
import { findReply, keepReply, knownReplies, REQUEST_KEY, requestKey } from "./request-key";

const digest = (body: unknown, operation = "spend"): string => requestKey("k", operation, body).bodyDigest.toString("hex");

/** The same value with the fields of every object in another order. */
const shuffled = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(shuffled)
    : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).reverse().map(([name, inner]) => [name, shuffled(inner)])) : value;

const someBody = fc.dictionary(fc.constantFrom("a", "b", "quantity", "productId", "ß"), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 });

test("fields in another order are the same request, at any depth", () => {
  fc.assert(fc.property(someBody, (body) => {
    expect(digest(shuffled(body))).toBe(digest(body));
  }));
});

test("another value, another field or another operation is another request", () => {
  fc.assert(fc.property(someBody, someBody, (a, b) => {
    const isSame = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
    expect(digest(a) === digest(b)).toBe(isSame);
  }));
  expect(digest({ a: 1 }, "spend")).not.toBe(digest({ a: 1 }, "create"));
});

const sorted = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(sorted) : value !== null && typeof value === "object" ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, sorted(inner)]) : value;

test.each([
  [{ quantity: 1 }, { quantity: "1" }], [{ quantity: 1 }, { quantity: [1] }], [{ quantity: null }, {}], [[1, 2], [2, 1]], [{ a: { b: 1 } }, { a: 1, b: 1 }], [{ "a\n": 1 }, { a: 1 }], [{}, null], [{}, []],
])("%j is not %j", (a, b) => {
  expect(digest(a)).not.toBe(digest(b));
});

test("an operation cannot be mixed up with a body", () => {
  expect(digest({ a: 1 }, "x")).not.toBe(digest("{\"a\":1}", "x"));
  expect(requestKey("k", "x\n{}", "y").bodyDigest).not.toEqual(requestKey("k", "x", "{}\ny").bodyDigest);
});

test("a request without a key gets one that no other has", () => {
  const [first, second] = [requestKey(undefined, "spend", {}), requestKey(undefined, "spend", {})];
  expect([first.isFresh, second.isFresh, requestKey("k", "spend", {}).isFresh]).toEqual([true, true, false]);
  expect(first.key).not.toBe(second.key);
  expect(first.key).toMatch(REQUEST_KEY);
});

test("a key is 1 to 255 letters that can be seen", () => {
  for (const key of ["k", "a".repeat(255), "!~", "8e03978e-40d5-43e8-bc93-6894a57f9324"]) expect(key).toMatch(REQUEST_KEY);
  for (const key of ["", "a".repeat(256), "a b", "é", "a\n", "\u007f", "ｋ"]) expect(key).not.toMatch(REQUEST_KEY);
});

test("a reply is found by its person and key, refused for another body, and kept for a repeat in the same set", () => {
  const [lin, mei] = [1 as UserId, 2 as UserId];
  const request = requestKey("k", "spend", { quantity: 1 });
  const known = knownReplies([]);
  expect(findReply(known, { userId: lin, request })).toEqual({ ok: true, value: null });
  keepReply(known, { userId: lin, request }, { orderId: "x" });
  expect(findReply(known, { userId: lin, request })).toEqual({ ok: true, value: { orderId: "x" } });
  expect(findReply(known, { userId: mei, request })).toEqual({ ok: true, value: null });
  expect(findReply(known, { userId: lin, request: requestKey("k", "spend", { quantity: 2 }) })).toEqual({ ok: false, code: "request_key_reused", detail: {} });
});
