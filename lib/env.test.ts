import { expect, test } from "vitest";

import { EnvError, readEnv } from "./env";

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

test.each(["secret", "changeme", "your_jwt_secret"])("the published secret %j guards no shop, however it is made longer", (known) => {
  expect(complaint({ NEXTAUTH_SECRET: known })).toContain("NEXTAUTH_SECRET");
});

test("everything that is wrong is said at once, a line each, and no value is repeated", () => {
  const lines = complaint({ DATABASE_URL: undefined, NEXTAUTH_SECRET: "tiny-secret", PORT: "x" }).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines.join()).not.toContain("tiny-secret");
});
