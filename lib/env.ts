import { z } from "zod";

/** Values that were published in examples and must never guard a shop. */
const KNOWN_SECRETS = new Set(["secret", "changeme", "change-me", "replace-me", "your_jwt_secret", "development-secret"]);

const secret = (name: string) =>
  z
    .string({ error: `${name} is not set: generate one with "openssl rand -base64 32"` })
    .min(32, `${name} is too short: it needs at least 32 characters`)
    .refine((value) => !KNOWN_SECRETS.has(value) && new Set(value).size > 4, `${name} is a default value: generate one with "openssl rand -base64 32"`);

const flag = z.enum(["0", "1"]).default("0").transform((value) => value === "1");
const count = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback);

/** One address, with or without a name before it. A line break in it would be another header. */
const mailbox = z.string().regex(/^(?:[^<>"\\\p{Cc}]{1,80}<[^\s<>"@,;]+@[^\s<>"@,;]+>|[^\s<>"@,;]+@[^\s<>"@,;]+)$/u, "MAIL_FROM must be one address: shop@example.com, or Points Mall <shop@example.com>");

const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string({ error: "DATABASE_URL is not set: mysql://user:password@host:3306/database" }).startsWith("mysql://", "DATABASE_URL must start with mysql://"),
  REDIS_URL: z.string().optional(),
  UPSTASH_REDIS_REST_URL: z.string().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  NEXTAUTH_SECRET: secret("NEXTAUTH_SECRET"),
  NEXTAUTH_URL: z.url({ error: "NEXTAUTH_URL must be the shop's public address, for example https://shop.example.com" }).default("http://localhost:3000"),
  CRON_SECRET: secret("CRON_SECRET"),
  SMTP_URL: z.string().regex(/^smtps?:\/\/\S+$/, "SMTP_URL must start with smtp:// or smtps://").optional(),
  MAIL_FROM: mailbox.optional(),
  RATE_LIMIT_SCALE: z.coerce.number().positive().max(1_000_000).default(1),
  TRUST_PROXY_HOPS: count(0, 0, 10),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  PORT: count(3000, 0, 65_535),
  POOL_SIZE: count(10, 1, 500),
  SHOP_DEMO: flag,
  PAYMENT_TEST_CASHIER: flag,
});

export type Env = z.infer<typeof Env>;

/** The settings are unusable; the message has one line for each, naming the variable. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Env.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvError(parsed.error.issues.map((issue) => (issue.message.includes(String(issue.path[0])) ? issue.message : `${issue.path.join(".")}: ${issue.message}`)).join("\n"));
}

let cached: Env | undefined;

/** The process's settings, checked once. Throws `EnvError` when one is missing or a published default. */
export const env = (): Env => (cached ??= readEnv(process.env));
