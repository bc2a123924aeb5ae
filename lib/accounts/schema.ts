import { z } from "zod";

import { ROLES } from "@/db/schema/people";
import { parseDay } from "@/lib/day";

/** The most used passwords of public leaks that are eight characters or longer; shorter ones are refused for their length. */
const COMMON_PASSWORDS = new Set(
  ("password password1 password123 passw0rd 12345678 123456789 1234567890 11111111 00000000 88888888 66666666 87654321 123123123 12341234 11223344 " +
    "qwertyui qwertyuiop qwerty123 1q2w3e4r 1qaz2wsx abcd1234 abc12345 a1234567 a12345678 aa123456 asdfghjkl iloveyou sunshine princess football " +
    "baseball superman trustno1 letmein1 welcome1 admin123 woaini1314 5201314520 1314520520 zxcvbnm1 wang1234 dragon123 monkey123").split(" "),
);

/** Normalised once, stored so, compared so: NFKC and lower case, one @, plain ASCII, and none of what a mail header could misread. */
export const Email = z
  .string({ error: "field_required" })
  .max(254, "field_too_long")
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .refine((text) => /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/.test(text), "email_invalid");

/** At least 8 characters, not a well-known one; up to 200 are used whole. */
export const NewPassword = z
  .string({ error: "field_required" })
  .min(8, "password_weak")
  .max(200, "field_too_long")
  .refine((password) => !COMMON_PASSWORDS.has(password.toLowerCase()) && new Set(password).size >= 4, "password_weak");

export const Username = z
  .string({ error: "field_required" })
  .trim()
  .min(2, "field_too_short")
  .max(50, "field_too_long")
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._·'-]*$/u, "field_invalid");

export const SignUpInput = z.strictObject({
  username: Username,
  email: Email,
  password: NewPassword,
  locale: z.enum(["zh-CN", "en"]).default("zh-CN"),
});

/** A password to compare with: no rules but a bound. */
const Secret = z.string({ error: "field_required" }).min(1, "field_required").max(200, "field_too_long");

export const SignInInput = z.strictObject({ email: Email, password: Secret });

/** Whose mail is to be sent again, or whose password was forgotten. */
export const EmailInput = z.strictObject({ email: Email });

/** What a link carries is judged where it is used, so that every wrong one is refused alike. */
export const VerifyInput = z.strictObject({ token: z.unknown().optional() });
export const ResetInput = z.strictObject({ token: z.unknown().optional(), password: NewPassword });

export const PasswordChangeInput = z.strictObject({ current: Secret, password: NewPassword });
export const EmailChangeInput = z.strictObject({ current: Secret, email: Email });
export const ErasureInput = z.strictObject({ current: Secret, confirmed: z.literal("on", { error: "field_required" }) });

const EARLIEST_BIRTHDAY = "1900-01-01";

/** Whether it is past is decided with the clock, when it is saved. */
const Birthday = z
  .string()
  .trim()
  .refine((day) => day === "" || isDay(day), "field_invalid")
  .refine((day) => !isDay(day) || day >= EARLIEST_BIRTHDAY, "field_out_of_range")
  .default("");

function isDay(text: string): boolean {
  try {
    return Boolean(parseDay(text));
  } catch {
    return false;
  }
}

export const ProfileInput = z.strictObject({ username: Username, birthday: Birthday });

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const userId = z.coerce.number().int().positive();

export const FreezeInput = z.strictObject({ requestId, userId, reason: z.string().trim().min(3, "field_too_short").max(200, "field_too_long") });
export const UserInput = z.strictObject({ requestId, userId });
export const RoleInput = z.strictObject({ requestId, userId, role: z.enum(ROLES) });

/** Addresses that one person keeps. */
export const ADDRESSES_MAX = 20;

/** Where to ship. */
export const AddressInput = z.strictObject({
  recipient: z.string({ error: "field_required" }).trim().min(1, "field_required").max(60, "field_too_long"),
  phone: z.string({ error: "field_required" }).trim().regex(/^\+?[0-9 ()-]{5,30}$/, "field_invalid"),
  region: z.string({ error: "field_required" }).trim().min(1, "field_required").max(120, "field_too_long"),
  street: z.string({ error: "field_required" }).trim().min(1, "field_required").max(200, "field_too_long"),
  postcode: z.string().trim().max(12, "field_too_long").default(""),
});

const flag = z.literal("on").optional().transform((value) => value === "on");
const addressId = z.coerce.number().int().positive();

/** A line of the address book: a form sends `isDefault` when its box is ticked. */
export const NewAddressInput = AddressInput.extend({ isDefault: flag });
export const AddressChangeInput = NewAddressInput.extend({ id: addressId });
export const AddressIdInput = z.strictObject({ id: addressId });
