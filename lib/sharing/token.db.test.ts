import { expect, test } from "vitest";

import type { UserId } from "@/lib/ctx";

import { deviceKeyOf, newDevice, readShareToken, REFERRER_DAYS, referrerCookieFor, referrerFrom, shareToken } from "./token";

const lin = 123_456 as UserId;
const NOW = new Date("2026-03-10T08:00:00.000Z");
const daysOn = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

test("a link tells who shared what, and fits into an address", () => {
  for (const subject of ["shop", "stoneware-mug"]) {
    const token = shareToken({ sharerId: lin, subject });
    expect(token).toMatch(/^[\w.-]+$/);
    expect(readShareToken(token)).toEqual({ sharerId: lin, subject });
  }
});

test("a link that was changed anywhere, or made elsewhere, is none", () => {
  const token = shareToken({ sharerId: lin, subject: "shop" });
  for (let place = 0; place < token.length; place++) {
    const changed = token.slice(0, place) + (token[place] === "a" ? "b" : "a") + token.slice(place + 1);
    expect(readShareToken(changed)).toBeNull();
  }
  for (const forged of ["", ".", "shop", "..", `${lin.toString(36)}.shop`, `${lin.toString(36)}.shop.`, `${token}=`, `${token}.x`, "a".repeat(5_000), "１.shop.x"]) expect(readShareToken(forged)).toBeNull();
});

test("what is signed for one use is none for another", () => {
  const device = newDevice();
  expect(deviceKeyOf(device)).toMatch(/^[0-9a-f]{64}$/);
  expect(referrerFrom(shareToken({ sharerId: lin, subject: "shop" }), NOW)).toBeNull();
  expect(readShareToken(referrerCookieFor(lin, NOW))).toBeNull();
  expect(deviceKeyOf(shareToken({ sharerId: lin, subject: "shop" }))).toBeNull();
});

test("two devices differ, and a device stays itself; one that nobody made here is none", () => {
  const [one, other] = [newDevice(), newDevice()];
  expect(deviceKeyOf(one)).toBe(deviceKeyOf(one));
  expect(deviceKeyOf(one)).not.toBe(deviceKeyOf(other));
  for (const cookie of [undefined, "", "guess", "guess.guess", `${one.slice(0, -22)}${other.slice(-22)}`]) expect(deviceKeyOf(cookie)).toBeNull();
});

test("who brought a person is known for a month after the visit, and not a second longer", () => {
  const cookie = referrerCookieFor(lin, NOW);
  expect(referrerFrom(cookie, daysOn(REFERRER_DAYS))).toBe(lin);
  expect(referrerFrom(cookie, new Date(daysOn(REFERRER_DAYS).getTime() + 1_000))).toBeNull();
  for (const forged of [undefined, "", "x", "1.1.x", cookie.slice(1)]) expect(referrerFrom(forged, NOW)).toBeNull();
});
