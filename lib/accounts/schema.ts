import { z } from "zod";

import { ROLES } from "@/db/schema/people";
import { parseDay } from "@/lib/day";

import { PERMISSIONS } from "./permission";

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

/** `code` is a second factor's, for programs that sign in as staff: a browser is asked for it on a page of its own. */
export const SignInInput = z.strictObject({ email: Email, password: Secret, code: z.string().max(40, "field_too_long").optional() });

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

/** Why somebody is frozen, as they will read it; and the last day of it, or nothing when a person has to end it. */
export const FreezeReason = z.string({ error: "field_required" }).trim().min(3, "field_too_short").max(200, "field_too_long").refine((text) => !text.startsWith("risk:"), "field_invalid");
export const FreezeUntil = z.string().trim().refine((day) => day === "" || isDay(day), "field_invalid").optional();

export const FreezeInput = z.strictObject({ requestId, userId, reason: FreezeReason, until: FreezeUntil });
export const UserInput = z.strictObject({ requestId, userId });
/** `staffRoleId` is for staff: which of their roles. */
export const RoleInput = z.strictObject({ requestId, userId, role: z.enum(ROLES), staffRoleId: z.coerce.number().int().positive().optional() });

/** A custom role: a form sends each permission that is ticked. */
export const StaffRoleInput = z.strictObject({
  requestId,
  id: z.coerce.number().int().positive().optional(),
  name: z.string({ error: "field_required" }).trim().min(2, "field_too_short").max(40, "field_too_long"),
  permissions: z.array(z.enum(PERMISSIONS)).min(1, "field_required").max(PERMISSIONS.length).transform((all) => [...new Set(all)]),
});
export type StaffRoleInput = z.infer<typeof StaffRoleInput>;
export const RoleIdInput = z.strictObject({ requestId, id: z.coerce.number().int().positive() });

export const InvitationInput = z.strictObject({ requestId, email: Email, roleId: z.coerce.number({ error: "field_required" }).int().positive() });
export const InvitationIdInput = z.strictObject({ requestId, id: z.coerce.number().int().positive() });
/** What makes an account for somebody who was invited. */
export const InvitedInput = z.strictObject({ token: z.unknown().optional(), username: Username, password: NewPassword, locale: z.enum(["zh-CN", "en"]).default("zh-CN") });

/** Six digits of an authenticator, or a recovery code; what is wrong with it is judged where it is used. */
const FactorCode = z.string({ error: "field_required" }).trim().min(1, "field_required").max(40, "field_too_long");
export const FactorBeginInput = z.strictObject({ current: Secret });
export const FactorInput = z.strictObject({ code: FactorCode });
export const FactorChangeInput = z.strictObject({ current: Secret, code: FactorCode });

/** One of one's own sessions, by the digest of its token. */
export const OwnSessionInput = z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/, "field_invalid") });

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
