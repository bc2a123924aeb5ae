import { sql } from "drizzle-orm";
import { boolean, check, index, int, json, mysqlTable, varchar } from "drizzle-orm/mysql-core";

import { calendarDay, createdAt, digest, exactText, id, instant, ref, token } from "../columns";

export const ROLES = ["shopper", "staff", "owner"] as const;
export type Role = (typeof ROLES)[number];

export const BUILT_IN_ROLES = ["manager", "support", "fulfilment", "analyst"] as const;
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];

/** What members of staff may do, by role. Those that came with the shop have a key, and their permissions are in `lib/accounts/permission.ts`. */
export const staffRoles = mysqlTable("staff_roles", {
  id: id(),
  builtIn: token("built_in", { length: 20 }).unique("staff_roles_built_in_key").$type<BuiltInRole>(),
  name: varchar("name", { length: 40 }).notNull().unique("staff_roles_name_key"),
  permissions: json("permissions").$type<string[]>().notNull(),
  createdAt: createdAt(),
});

/** People. Cold: nothing on the money path updates this table, because many tables refer to it. */
export const users = mysqlTable(
  "users",
  {
    id: id(),
    username: varchar("username", { length: 50 }).notNull().unique("users_username_key"),
    email: exactText("email", { length: 254 }).notNull().unique("users_email_key"),
    passwordHash: varchar("password_hash", { length: 255 }).notNull(),
    role: varchar("role", { length: 10, enum: ROLES }).notNull().default("shopper"),
    /** What a member of staff may do; owners may do everything, shoppers nothing. */
    staffRoleId: ref("staff_role_id").references(() => staffRoles.id, { onDelete: "restrict" }),
    locale: varchar("locale", { length: 10 }).notNull().default("zh-CN"),
    /** What the person chose, else what their device says. */
    theme: varchar("theme", { length: 5, enum: ["light", "dark"] }),
    /** When the person proved that the address is theirs; until then they have no session and no reward. */
    emailVerifiedAt: instant("email_verified_at"),
    birthday: calendarDay("birthday"),
    /** The zone of the person's check-in days; null means the programme's. A change waits in `next_time_zone` until `time_zone_from`. */
    timeZone: token("time_zone", { length: 64 }),
    nextTimeZone: token("next_time_zone", { length: 64 }),
    timeZoneFrom: instant("time_zone_from"),
    timeZoneChangedAt: instant("time_zone_changed_at"),
    /** When the person asked to be forgotten: what is here about them is a pseudonym since. */
    erasedAt: instant("erased_at"),
    /** Raised by sign-out-everywhere, freeze and role change: sessions of an older version are dead. */
    sessionVersion: int("session_version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
  },
  (t) => [
    index("users_role_idx").on(t.role),
    check("users_role_check", sql`${t.role} in ('shopper','staff','owner')`),
    check("users_staff_role_check", sql`(${t.role} = 'staff') = (${t.staffRoleId} is not null)`),
  ],
);

/** Signed-in devices. Only the digest of the token is stored. */
export const sessions = mysqlTable(
  "sessions",
  {
    tokenDigest: digest("token_digest").primaryKey(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    sessionVersion: int("session_version").notNull(),
    /** What the device called itself when it signed in, in short. */
    device: varchar("device", { length: 80 }).notNull().default(""),
    /** When this session gave the second factor; null where it was not asked for. */
    secondFactorAt: instant("second_factor_at"),
    /** When it was last used, to about a minute for staff and a day for shoppers. */
    seenAt: instant("seen_at").notNull().default(sql`CURRENT_TIMESTAMP(3)`),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [index("sessions_user_idx").on(t.userId), index("sessions_expiry_idx").on(t.expiresAt)],
);

export const addresses = mysqlTable(
  "addresses",
  {
    id: id(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    recipient: varchar("recipient", { length: 60 }).notNull(),
    phone: varchar("phone", { length: 30 }).notNull(),
    /** Its last nine digits, however it was written and with a country's code or without; of fewer than seven, which are nobody's own, null. */
    phoneTail: varchar("phone_tail", { length: 9 }).generatedAlwaysAs(sql`if(char_length(regexp_replace(phone, '[^0-9]', '')) < 7, null, right(regexp_replace(phone, '[^0-9]', ''), 9))`, { mode: "stored" }),
    region: varchar("region", { length: 120 }).notNull(),
    street: varchar("street", { length: 200 }).notNull(),
    postcode: varchar("postcode", { length: 12 }).notNull().default(""),
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [index("addresses_user_idx").on(t.userId, t.id), index("addresses_phone_idx").on(t.phoneTail)],
);

export const TOKEN_PURPOSES = ["verify_email", "reset_password", "change_email"] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

/** What links in mail carry, by digest; each works once. */
export const accountTokens = mysqlTable(
  "account_tokens",
  {
    tokenDigest: digest("token_digest").primaryKey(),
    userId: ref("user_id").notNull().references(() => users.id, { onDelete: "restrict" }),
    purpose: varchar("purpose", { length: 20, enum: TOKEN_PURPOSES }).notNull(),
    /** The address that the link was sent to. */
    email: exactText("email", { length: 254 }).notNull(),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [index("account_tokens_user_idx").on(t.userId, t.purpose), index("account_tokens_expiry_idx").on(t.expiresAt)],
);
