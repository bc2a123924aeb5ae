import "server-only";

import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

import type { UserId } from "@/lib/ctx";
import { env } from "@/lib/env";

import { isSubject, type Share } from "./share";

// What leaves the shop with its signature and is believed when it comes back: share links, device cookies, referrer cookies.
// Each use has a key of its own, so that none passes for another.

type Use = "share" | "device" | "referrer";

const DAY_MS = 86_400_000;
/** A friend who signs up within this time of the visit was brought by the link. */
export const REFERRER_DAYS = 30;
/** The longest that browsers keep a cookie. */
const DEVICE_DAYS = 400;
const MAC_BYTES = 16;

function mac(use: Use, text: string): string {
  const key = Buffer.from(hkdfSync("sha256", env().NEXTAUTH_SECRET, "", `points-mall ${use}`, 32));
  return createHmac("sha256", key).update(text).digest().subarray(0, MAC_BYTES).toString("base64url");
}

const seal = (use: Use, text: string): string => `${text}.${mac(use, text)}`;

/** The text that was sealed here for this use; null for anything else. */
function unseal(use: Use, sealed: string): string | null {
  const end = sealed.lastIndexOf(".");
  if (end < 1 || sealed.length > 200) return null;
  const text = sealed.slice(0, end);
  // The letters are compared, not the bytes: several spellings of the same bytes would be several links.
  const [given, right] = [Buffer.from(sealed.slice(end + 1)), Buffer.from(mac(use, text))];
  return given.length === right.length && timingSafeEqual(given, right) ? text : null;
}

const idIn = (text: string | undefined): UserId | null => {
  const id = /^[0-9a-z]{1,11}$/.test(text ?? "") ? parseInt(text!, 36) : 0;
  return Number.isSafeInteger(id) && id > 0 ? (id as UserId) : null;
};

export const shareToken = ({ sharerId, subject }: Share): string => seal("share", `${sharerId.toString(36)}.${subject}`);

/** Who shared what; null for a link that was not made here. */
export function readShareToken(token: string): Share | null {
  const [id, subject = "", ...more] = (unseal("share", token) ?? "").split(".");
  const sharerId = idIn(id);
  return sharerId !== null && more.length === 0 && isSubject(subject) ? { sharerId, subject } : null;
}

/** The value of a new device's cookie. */
export const newDevice = (): string => seal("device", randomBytes(16).toString("base64url"));

/** The digest by which a device is known; null for a cookie that was not made here. */
export function deviceKeyOf(cookie: string | undefined): string | null {
  const device = cookie === undefined ? null : unseal("device", cookie);
  return device === null ? null : createHash("sha256").update(device).digest("hex");
}

/** What a visit through a share link leaves on the device until its owner signs up. */
export const referrerCookieFor = (sharerId: UserId, now: Date): string => seal("referrer", `${sharerId.toString(36)}.${now.getTime().toString(36)}`);

/** Who brought the person on this device, when that was not long ago. */
export function referrerFrom(cookie: string | undefined, now: Date): UserId | null {
  const [id, at = ""] = (cookie === undefined ? "" : (unseal("referrer", cookie) ?? "")).split(".");
  const age = now.getTime() - parseInt(at, 36);
  return age >= -DAY_MS && age <= REFERRER_DAYS * DAY_MS ? idIn(id) : null;
}

const isSecure = (): boolean => env().NEXTAUTH_URL.startsWith("https://");
const cookieName = (name: string): string => (isSecure() ? `__Host-points-mall.${name}` : `points-mall.${name}`);
const cookieOptions = (days: number) => ({ httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(), maxAge: days * 86_400 }) as const;

export const deviceCookie = () => ({ name: cookieName("device"), options: cookieOptions(DEVICE_DAYS) });
export const referrerCookie = () => ({ name: cookieName("referrer"), options: cookieOptions(REFERRER_DAYS) });
