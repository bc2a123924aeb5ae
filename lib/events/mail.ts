import { z } from "zod";

const name = z.string().max(60);
const link = z.string().regex(/^\/[^\s]*$/, "a path of the shop");

/** What each kind of mail is told. Links are paths: the shop's address is added when it is sent. */
export const MAIL_PROPS = {
  verify_email: z.strictObject({ name, link }),
  known_address: z.strictObject({ name, link }),
  reset_password: z.strictObject({ name, link }),
  change_email: z.strictObject({ name, link }),
  email_changed: z.strictObject({ name, newAddress: z.string() }),
  password_changed: z.strictObject({ name }),
  second_factor_changed: z.strictObject({ name, change: z.enum(["added", "removed", "reset", "code_used", "codes_renewed"]), /** Recovery codes that can still be used. */ left: z.number().int().nonnegative() }),
  points_expiring: z.strictObject({ name, points: z.number().int().positive(), day: z.string(), daysLeft: z.number().int().nonnegative(), link }),
  account_erased: z.strictObject({ name }),
  level_changed: z.strictObject({ name, level: z.string(), isUp: z.boolean(), link }),
  order_status: z.strictObject({ name, orderId: z.string(), status: z.string(), product: z.string(), link }),
  stock_low: z.strictObject({ name, skus: z.number().int().positive(), items: z.array(z.strictObject({ name: z.string(), stock: z.number().int() })).min(1).max(10), link }),
  stock_back: z.strictObject({ name, product: z.string(), link }),
  staff_invited: z.strictObject({ /** Who invites. */ name, role: z.string().max(60), days: z.number().int().positive(), link }),
  test_mail: z.strictObject({ name }),
  books_alert: z.strictObject({ name, findings: z.number().int().positive(), link }),
  trail_alert: z.strictObject({ name, link }),
  control_changed: z.strictObject({ name, /** Who changed it. */ by: name, link }),
} as const;

export type MailTemplate = keyof typeof MAIL_PROPS;

/** What these say may be kept after they were given up, so that they can be sent after all. The others hold a link that signs in, or somebody's address. */
const SAFE_TO_KEEP: ReadonlySet<string> = new Set<MailTemplate>(["password_changed", "second_factor_changed", "points_expiring", "level_changed", "order_status", "stock_low", "stock_back", "books_alert", "trail_alert", "control_changed"]);
export const isSafeToKeep = (template: string): boolean => SAFE_TO_KEEP.has(template);
export type MailProps<Template extends MailTemplate = MailTemplate> = z.infer<(typeof MAIL_PROPS)[Template]>;
