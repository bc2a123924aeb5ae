import { generateKeyPairSync } from "node:crypto";

import { expect, test } from "vitest";

import { EnvError, readEnv, s3SettingsOf } from "./env";

const good = {
  DATABASE_URL: "mysql://mall:secret@localhost:3306/mall", NEXTAUTH_SECRET: "w8Jm2nR5vX0qL7tY4bK9sD1fG6hZ3cPa", CRON_SECRET: "k2Vb7Nq4Xz9Lm1Rt6Yw3Hs8Jd5Fg0PcQ", NEXTAUTH_URL: "https://shop.example.com",
};

const complaint = (changes: Record<string, string | undefined>): string => {
  try {
    readEnv({ ...good, ...changes });
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as Error).message;
  }
  throw new Error("it was accepted");
};

test("settings that are whole are read, with defaults for the rest", () => {
  expect(readEnv(good)).toMatchObject({ DATABASE_URL: good.DATABASE_URL, RATE_LIMIT_SCALE: 1, TRUST_PROXY_HOPS: 0, PORT: 3000, POOL_SIZE: 10, SHOP_DEMO: false, PAYMENT_TEST_CASHIER: false });
});

test.each(["shop@example.com", "Points Mall <shop@example.com>", "积分商城 <shop@example.com>"])("mail may come from %s", (MAIL_FROM) => {
  expect(readEnv({ ...good, SMTP_URL: "smtps://user:p%40ss@smtp.example.com:465", MAIL_FROM })).toMatchObject({ MAIL_FROM });
});

test("a variable that is set to nothing is not set", () => {
  expect(readEnv({ ...good, REDIS_URL: "", PORT: "" })).toMatchObject({ PORT: 3000 });
  expect(readEnv({ ...good, REDIS_URL: "" }).REDIS_URL).toBeUndefined();
});

test.each([
  ["no database", "DATABASE_URL", undefined], ["another database", "DATABASE_URL", "postgres://x"], ["no secret", "NEXTAUTH_SECRET", undefined], ["a short secret", "NEXTAUTH_SECRET", "short"],
  ["a secret of one letter", "NEXTAUTH_SECRET", "a".repeat(40)], ["no cron secret", "CRON_SECRET", undefined], ["a short cron secret", "CRON_SECRET", "x".repeat(31)], ["an address that is none", "NEXTAUTH_URL", "shop.example.com"],
  ["a port that is none", "PORT", "99999"], ["no connections", "POOL_SIZE", "0"], ["half a connection", "POOL_SIZE", "1.5"], ["limits of nothing", "RATE_LIMIT_SCALE", "0"], ["limits below nothing", "RATE_LIMIT_SCALE", "-1"],
  ["proxies beyond count", "TRUST_PROXY_HOPS", "11"], ["a flag that is a word", "SHOP_DEMO", "true"], ["a level that is none", "LOG_LEVEL", "loud"],
  ["a mail server that is none", "SMTP_URL", "smtp.example.com"], ["two senders", "MAIL_FROM", "a@example.com, b@example.com"], ["a sender with a header in it", "MAIL_FROM", "Shop\r\nBcc: x@example.com <a@example.com>"], ["a sender without an address", "MAIL_FROM", "Points Mall"],
] as const)("%s is refused, and %s is named", (_, name, value) => {
  expect(complaint({ [name]: value })).toContain(name);
});

const key = generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: { type: "spki", format: "pem" }, privateKeyEncoding: { type: "pkcs8", format: "pem" } });
const waysToPay = {
  stripe: { STRIPE_SECRET_KEY: "sk_test_123", STRIPE_WEBHOOK_SECRET: "whsec_123" },
  wechat: {
    WECHAT_PAY_APP_ID: "wx0123456789abcdef", WECHAT_PAY_MERCHANT_ID: "1900000109", WECHAT_PAY_CERT_SERIAL: "0123456789ABCDEF0123456789ABCDEF01234567", WECHAT_PAY_PRIVATE_KEY: key.privateKey,
    WECHAT_PAY_PUBLIC_KEY_ID: "PUB_KEY_ID_0119", WECHAT_PAY_PUBLIC_KEY: key.publicKey, WECHAT_PAY_API_V3_KEY: "0123456789abcdef0123456789abcdef",
  },
  alipay: { ALIPAY_APP_ID: "2021000000000001", ALIPAY_SELLER_ID: "2088000000000001", ALIPAY_PRIVATE_KEY: key.privateKey, ALIPAY_PUBLIC_KEY: key.publicKey },
};

test("a way to pay is set up whole or not at all: for each variable that is missing there is one line that names it", () => {
  for (const settings of Object.values(waysToPay)) {
    expect(readEnv({ ...good, ...settings })).toMatchObject(settings);
    for (const name of Object.keys(settings)) {
      const lines = complaint({ ...settings, [name]: undefined }).split("\n");
      expect(lines).toHaveLength(1);
      expect(lines[0]!.startsWith(`${name} not set`)).toBe(true);
    }
  }
});

test.each([
  ["a publishable key", { ...waysToPay.stripe, STRIPE_SECRET_KEY: "pk_live_123" }, "STRIPE_SECRET_KEY"], ["a key that is none", { ...waysToPay.wechat, WECHAT_PAY_PRIVATE_KEY: "secret" }, "WECHAT_PAY_PRIVATE_KEY"],
  ["the private key for the public one", { ...waysToPay.alipay, ALIPAY_PUBLIC_KEY: key.privateKey }, "ALIPAY_PUBLIC_KEY"], ["a short key of API v3", { ...waysToPay.wechat, WECHAT_PAY_API_V3_KEY: "short" }, "WECHAT_PAY_API_V3_KEY"],
  ["an address that anybody on the way may read", { ...waysToPay.stripe, STRIPE_API_URL: "http://stripe.example.com" }, "STRIPE_API_URL"],
])("%s is refused for paying, and named without its value", (_, settings, name) => {
  expect(complaint(settings)).toContain(name);
  expect(complaint(settings)).not.toMatch(/pk_live|BEGIN|short$/);
});

test("no cashier that takes nothing stands beside one that takes money, except in a demo", () => {
  const both = { ...waysToPay.stripe, PAYMENT_TEST_CASHIER: "1" };
  expect(complaint(both)).toContain("PAYMENT_TEST_CASHIER");
  expect(readEnv({ ...good, ...both, SHOP_DEMO: "1" })).toMatchObject({ PAYMENT_TEST_CASHIER: true, SHOP_DEMO: true });
});

test.each(["secret", "changeme", "your_jwt_secret"])("the published secret %j guards no shop, however it is made longer", (known) => {
  expect(complaint({ NEXTAUTH_SECRET: known })).toContain("NEXTAUTH_SECRET");
});

test("everything that is wrong is said at once, a line each, and no value is repeated", () => {
  const lines = complaint({ DATABASE_URL: undefined, NEXTAUTH_SECRET: "tiny-secret", PORT: "x" }).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines.join()).not.toContain("tiny-secret");
});

const bucket = { S3_REGION: "eu-central-1", S3_BUCKET: "my-shop", S3_ACCESS_KEY_ID: "AKIA", S3_SECRET_ACCESS_KEY: "only this test knows it" };

test("pictures stay on the disk, or go to a bucket that is described in full", () => {
  expect(s3SettingsOf(readEnv(good))).toBeNull();
  expect(readEnv(good).STORAGE_DIR).toBe(".data/uploads");
  expect(s3SettingsOf(readEnv({ ...good, ...bucket }))).toEqual({ endpoint: undefined, region: "eu-central-1", bucket: "my-shop", accessKeyId: "AKIA", secretAccessKey: "only this test knows it", pathStyle: false });
  expect(s3SettingsOf(readEnv({ ...good, ...bucket, S3_ENDPOINT: "https://s3.example.com", S3_PATH_STYLE: "1" }))).toMatchObject({ endpoint: "https://s3.example.com", pathStyle: true });
});

test.each(Object.keys(bucket))("a bucket without %s is refused, and it is named", (name) => {
  const lines = complaint({ ...bucket, [name]: undefined }).split("\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^${name} is not set`));
});

test("a bucket's address alone is half a bucket, and what is wrong elsewhere is said with it", () => {
  expect(complaint({ S3_ENDPOINT: "https://s3.example.com", PORT: "x" }).split("\n")).toHaveLength(5);
});
