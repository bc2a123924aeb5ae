import { z } from "zod";

import { privateKeyFrom, publicKeyFrom, reads } from "./payment-keys";

/** Values that were published in examples and must never guard a shop. */
const KNOWN_SECRETS = new Set(["secret", "changeme", "change-me", "replace-me", "your_jwt_secret", "development-secret"]);

const secret = (name: string) =>
  z
    .string({ error: `${name} is not set: generate one with "openssl rand -base64 32"` })
    .min(32, `${name} is too short: it needs at least 32 characters`)
    .refine((value) => !KNOWN_SECRETS.has(value) && new Set(value).size > 4, `${name} is a default value: generate one with "openssl rand -base64 32"`);

/** Keys of 32 bytes, in base64, the newest first. */
const codesKey = z.string().refine((value) => value.split(",").every((key) => Buffer.from(key.trim(), "base64").length === 32), 'CODES_KEY must be 32 bytes in base64: generate it with "openssl rand -base64 32"');

const flag = z.enum(["0", "1"]).default("0").transform((value) => value === "1");
const count = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback);

/** One address, with or without a name before it. A line break in it would be another header. */
const mailbox = z.string().regex(/^(?:[^<>"\\\p{Cc}]{1,80}<[^\s<>"@,;]+@[^\s<>"@,;]+>|[^\s<>"@,;]+@[^\s<>"@,;]+)$/u, "MAIL_FROM must be one address: shop@example.com, or Points Mall <shop@example.com>");

const rsaKey = (name: string, read: (text: string) => unknown, kind: string) => z.string().refine((text) => reads(read, text), `${name} is no RSA ${kind} key: give PEM, or the bare base64 of it`).optional();
/** Where a provider is asked instead of at its own address: its sandbox, or a server of the tests. */
const endpoint = (name: string) => z.string().refine(isEndpoint, `${name} must start with https://`).optional();

function isEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost"].includes(hostname));
}

const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string({ error: "DATABASE_URL is not set: mysql://user:password@host:3306/database" }).startsWith("mysql://", "DATABASE_URL must start with mysql://"),
  REDIS_URL: z.string().optional(),
  UPSTASH_REDIS_REST_URL: z.string().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  NEXTAUTH_SECRET: secret("NEXTAUTH_SECRET"),
  NEXTAUTH_URL: z.url({ error: "NEXTAUTH_URL must be the shop's public address, for example https://shop.example.com" }).default("http://localhost:3000"),
  CRON_SECRET: secret("CRON_SECRET"),
  CODES_KEY: codesKey.optional(),
  SMTP_URL: z.string().regex(/^smtps?:\/\/\S+$/, "SMTP_URL must start with smtp:// or smtps://").optional(),
  MAIL_FROM: mailbox.optional(),
  RATE_LIMIT_SCALE: z.coerce.number().positive().max(1_000_000).default(1),
  TRUST_PROXY_HOPS: count(0, 0, 10),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  PORT: count(3000, 0, 65_535),
  POOL_SIZE: count(10, 1, 500),
  STORAGE_DIR: z.string().max(1_000).default(".data/uploads"),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "S3_ENDPOINT must be an address: https://s3.example.com" }).optional(),
  S3_REGION: z.string().regex(/^[a-z0-9-]{1,40}$/, "S3_REGION must be a region's name, for example eu-central-1").optional(),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "S3_BUCKET must be a bucket's name").optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: flag,
  FLASH_GATE: z.enum(["auto", "on", "off"]).default("auto"),
  SHOP_DEMO: flag,
  PAYMENT_TEST_CASHIER: flag,
  STRIPE_SECRET_KEY: z.string().regex(/^(sk|rk)_(test|live)_\w+$/, "STRIPE_SECRET_KEY must start with sk_live_, sk_test_, rk_live_ or rk_test_").optional(),
  STRIPE_WEBHOOK_SECRET: z.string().regex(/^whsec_\S+$/, "STRIPE_WEBHOOK_SECRET must start with whsec_").optional(),
  STRIPE_API_URL: endpoint("STRIPE_API_URL"),
  WECHAT_PAY_APP_ID: z.string().regex(/^wx\w{8,30}$/, "WECHAT_PAY_APP_ID must start with wx").optional(),
  WECHAT_PAY_MERCHANT_ID: z.string().regex(/^\d{8,12}$/, "WECHAT_PAY_MERCHANT_ID must be the merchant's number").optional(),
  WECHAT_PAY_CERT_SERIAL: z.string().regex(/^[0-9A-Fa-f]{20,64}$/, "WECHAT_PAY_CERT_SERIAL must be the serial number of the merchant's certificate").optional(),
  WECHAT_PAY_PRIVATE_KEY: rsaKey("WECHAT_PAY_PRIVATE_KEY", privateKeyFrom, "private"),
  WECHAT_PAY_PUBLIC_KEY_ID: z.string().regex(/^PUB_KEY_ID_\w+$/, "WECHAT_PAY_PUBLIC_KEY_ID must start with PUB_KEY_ID_").optional(),
  WECHAT_PAY_PUBLIC_KEY: rsaKey("WECHAT_PAY_PUBLIC_KEY", publicKeyFrom, "public"),
  WECHAT_PAY_API_V3_KEY: z.string().regex(/^[\x21-\x7e]{32}$/, "WECHAT_PAY_API_V3_KEY must have 32 characters").optional(),
  WECHAT_PAY_API_URL: endpoint("WECHAT_PAY_API_URL"),
  WECHAT_PAY_H5: flag,
  WECHAT_APP_SECRET: z.string().optional(),
  WECHAT_API_URL: endpoint("WECHAT_API_URL"),
  ALIPAY_APP_ID: z.string().regex(/^\d{16}$/, "ALIPAY_APP_ID must be the app's number").optional(),
  ALIPAY_SELLER_ID: z.string().regex(/^2088\d{12}$/, "ALIPAY_SELLER_ID must be the merchant's number, which starts with 2088").optional(),
  ALIPAY_PRIVATE_KEY: rsaKey("ALIPAY_PRIVATE_KEY", privateKeyFrom, "private"),
  ALIPAY_PUBLIC_KEY: rsaKey("ALIPAY_PUBLIC_KEY", publicKeyFrom, "public"),
  ALIPAY_GATEWAY: endpoint("ALIPAY_GATEWAY"),
});

export type Env = z.infer<typeof Env>;

const S3_NEEDED = ["S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** A bucket that is half described would be found out with the first picture: what is missing is said at the start. */
const missingOfS3 = (given: Record<string, string | undefined>): string[] =>
  [...S3_NEEDED, "S3_ENDPOINT"].some((name) => given[name]) ? S3_NEEDED.filter((name) => !given[name]).map((name) => `${name} is not set: a bucket needs ${S3_NEEDED.join(", ")}`) : [];

export type S3Settings = { endpoint?: string; region: string; bucket: string; accessKeyId: string; secretAccessKey: string; pathStyle: boolean };

/** The bucket that uploads go to; null when they stay on this machine's disk. */
export function s3SettingsOf({ S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PATH_STYLE }: Env): S3Settings | null {
  if (!S3_BUCKET || !S3_REGION || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null;
  return { endpoint: S3_ENDPOINT, region: S3_REGION, bucket: S3_BUCKET, accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY, pathStyle: S3_PATH_STYLE };
}

/** What a payment provider needs: it is on when all of it is set. */
const PROVIDERS_NEED = {
  stripe: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
  wechat: ["WECHAT_PAY_APP_ID", "WECHAT_PAY_MERCHANT_ID", "WECHAT_PAY_CERT_SERIAL", "WECHAT_PAY_PRIVATE_KEY", "WECHAT_PAY_PUBLIC_KEY_ID", "WECHAT_PAY_PUBLIC_KEY", "WECHAT_PAY_API_V3_KEY"],
  alipay: ["ALIPAY_APP_ID", "ALIPAY_SELLER_ID", "ALIPAY_PRIVATE_KEY", "ALIPAY_PUBLIC_KEY"],
} as const satisfies Record<string, readonly (keyof Env)[]>;
const NEEDS: readonly (readonly string[])[] = Object.values(PROVIDERS_NEED);

/** The variables that a provider needs and that are not set, by name. */
export const missingOf = (provider: keyof typeof PROVIDERS_NEED, given: Env): string[] => PROVIDERS_NEED[provider].filter((name) => !given[name]);

/** A provider that is half set up would be found out with the first payment; a cashier that takes nothing beside one, with the first loss. */
function paymentComplaints(given: Record<string, string | undefined>): string[] {
  const half = NEEDS.flatMap((names) => {
    const missing = names.filter((name) => !given[name]);
    return missing.length === 0 || missing.length === names.length ? [] : [`${missing.join(", ")} not set: this way to pay needs ${names.join(", ")}, or none of them`];
  });
  const takesMoney = NEEDS.some((names) => names.every((name) => given[name]));
  const givesAway = takesMoney && given.PAYMENT_TEST_CASHIER === "1" && given.SHOP_DEMO !== "1";
  return givesAway ? [...half, "PAYMENT_TEST_CASHIER gives goods away for nothing: outside a demo it cannot be 1 beside a real way to pay"] : half;
}

/** The settings are unusable; the message has one line for each, naming the variable. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = Env.safeParse(given);
  const issues = parsed.success ? [] : parsed.error.issues.map((issue) => (issue.message.includes(String(issue.path[0])) ? issue.message : `${issue.path.join(".")}: ${issue.message}`));
  const complaints = [...issues, ...missingOfS3(given), ...paymentComplaints(given)];
  if (parsed.success && complaints.length === 0) return parsed.data;
  throw new EnvError(complaints.join("\n"));
}

let cached: Env | undefined;

/** The process's settings, checked once. Throws `EnvError` when one is missing or a published default. */
export const env = (): Env => (cached ??= readEnv(process.env));
