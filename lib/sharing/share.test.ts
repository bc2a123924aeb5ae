import { expect, test } from "vitest";

import { flagsOf, mailboxOf, maskName, type ReferralFacts } from "./referral";
import { isOpening, isSubject, pageOf } from "./share";

const asks = (method: string, headers: Record<string, string> = {}) => isOpening({ method, headers: new Headers(headers) });

test("a person's browser that goes to the page opens the link, an old one too", () => {
  expect(asks("GET", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" })).toBe(true);
  expect(asks("GET")).toBe(true);
});

test.each([
  ["a preview that asks for the head", "HEAD", {}],
  ["a prefetch", "GET", { "sec-purpose": "prefetch" }], ["a prerender", "GET", { "sec-purpose": "prefetch;prerender" }], ["an old prefetch", "GET", { purpose: "prefetch" }],
  ["a picture on a page elsewhere", "GET", { "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" }], ["a frame", "GET", { "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" }], ["a script", "GET", { "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }],
] as const)("%s does not", (_, method, headers) => {
  expect(asks(method, headers)).toBe(false);
});

test.each(["", "..", "//evil.example", "https://evil.example", "a/b", "A", "a".repeat(65), "-a", "a?b", "a\nb"])("a link never leads to %j", (text) => {
  expect(isSubject(text)).toBe(false);
});

test("a link leads to the shop or to a product's page", () => {
  expect([pageOf("shop"), pageOf("stoneware-mug")]).toEqual(["/", "/products/stoneware-mug"]);
});

const facts: ReferralFacts = { friendId: 2, inviterId: 1, friendEmail: "mei@example.com", otherEmails: ["lin@example.com"], devicePeople: [], line: [] };

test("a friend on a device and with an address of their own is nobody's second account", () => {
  expect(flagsOf(facts)).toEqual([]);
  expect(flagsOf({ ...facts, devicePeople: [2], line: [7, 8] })).toEqual([]);
});

test.each([
  ["the inviter's own device", { devicePeople: [1] }, ["same_device"]],
  ["a device of somebody else", { devicePeople: [9] }, ["same_device"]],
  ["somebody up the line, on their own device", { devicePeople: [7], line: [6, 7] }, ["same_device", "ring"]],
  ["the friend up the line", { line: [6, 2] }, ["ring"]],
  ["the inviter's mailbox by another name", { friendEmail: "L.in+2@Example.com" }, ["similar_email"]],
  ["the mailbox of a friend of before", { otherEmails: ["lin@example.com", "mei+1@example.com"] }, ["similar_email"]],
])("%s is looked at", (_, more, flags) => {
  expect(flagsOf({ ...facts, ...more })).toEqual(flags);
});

test("the same name at another provider is another mailbox", () => {
  expect(mailboxOf("a.b+c@x.com")).toBe("ab@x.com");
  expect(mailboxOf("ab@y.com")).not.toBe(mailboxOf("ab@x.com"));
});

test("a friend's name is told by its first letter, whole", () => {
  expect([maskName("林溪"), maskName("Marcus"), maskName("👩🏽x")]).toEqual(["林***", "M***", "👩***"]);
});
