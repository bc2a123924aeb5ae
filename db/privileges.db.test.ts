import { randomBytes } from "node:crypto";

import mysql, { type Connection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, inject, test } from "vitest";

import { BEGINNING, checkSeals } from "@/lib/audit/sealing/queries";
import { CHAINS } from "@/lib/audit/sealing/seal";
import { claimCoupon } from "@/lib/coupons/claiming/commands";
import { checkInAll } from "@/lib/checkin/commands";
import { giveSpins } from "@/lib/draws/granting/commands";
import { saveDraw } from "@/lib/draws/editing/commands";
import { spin } from "@/lib/draws/commands";
import { DrawInput } from "@/lib/draws/schema";
import { jobs } from "@/lib/jobs";
import { sealHistory } from "@/lib/jobs/seal-audit";
import { cancelOrder } from "@/lib/orders/commands";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { perform } from "@/lib/perform";
import { requestKey } from "@/lib/request-key";
import { seedProgramme } from "@/scripts/seed/programme";
import { databaseUrl, rows } from "@/test/database";
import { withSettings } from "@/test/settings";
import { aCouponTemplate, aFlashSale, aKettle, aMug, anOrder, aProduct, aTask, aToken, aUser, becomes, freeze, givePerks, pay, theShop, unfreeze } from "@/test/world";

import { APPEND_ONLY } from "./grants";
import { migrateDatabase } from "./migrate";
import { readRows, statement } from "./packet";
import { PrivilegesError, shareWithApp } from "./privileges";

const schema = `${inject("databasePrefix")}privileges`;
const user = `mall_test_${process.pid}_app`;
const password = randomBytes(12).toString("hex");
const ownerUrl = databaseUrl(schema);
const appUrl = asUser(ownerUrl);
let owner: Connection;

function asUser(url: string): string {
  const address = new URL(url);
  address.username = user;
  address.password = password;
  return address.href;
}

beforeAll(async () => {
  const server = await mysql.createConnection(inject("mysqlUrl"));
  await server.query(`CREATE DATABASE ${mysql.escapeId(schema)}`);
  await server.query(`CREATE USER ${mysql.escape(user)}@'%' IDENTIFIED BY ${mysql.escape(password)}`);
  await server.end();
  await migrateDatabase(ownerUrl);
  owner = await mysql.createConnection(ownerUrl);
});

afterAll(async () => {
  await owner.query(`DROP USER ${mysql.escape(user)}@'%'`);
  await owner.query(`DROP DATABASE ${mysql.escapeId(schema)}`);
  await owner.end();
});

async function grants(): Promise<string[]> {
  const [lines] = await owner.query<RowDataPacket[]>(`SHOW GRANTS FOR ${mysql.escape(user)}@'%'`).catch(async () => {
    // Whoever may not look at other users asks as the user itself.
    const app = await mysql.createConnection(asUser(databaseUrl("")));
    const answer = await app.query<RowDataPacket[]>("SHOW GRANTS");
    await app.end();
    return answer;
  });
  return lines.map((line) => String(Object.values(line)[0]));
}

test("the app's user gets its rights table by table; again, and nothing is said; a new table gets its own", async () => {
  const first = await shareWithApp(ownerUrl, appUrl);
  expect(first).toMatchObject({ account: `'${user}'@'%'`, revoked: 0, excess: [] });
  expect(first!.granted).toBeGreaterThan(60);
  expect(await shareWithApp(ownerUrl, appUrl)).toMatchObject({ granted: 0, revoked: 0, excess: [] });
  await owner.query("CREATE TABLE something_new (id INT PRIMARY KEY)");
  expect(await shareWithApp(ownerUrl, appUrl)).toMatchObject({ granted: 1, revoked: 0 });
  await owner.query("DROP TABLE something_new");
}, 60_000);

test("what reaches further is taken back: of a table that became append-only, and of the whole schema", async () => {
  await owner.query(`GRANT UPDATE, DELETE ON events TO ${mysql.escape(user)}@'%'`);
  await owner.query(`GRANT ALL ON ${mysql.escapeId(schema)}.* TO ${mysql.escape(user)}@'%'`);
  expect(await shareWithApp(ownerUrl, appUrl)).toMatchObject({ granted: 0, revoked: 2, excess: [] });
  expect((await grants()).filter((line) => /ALL PRIVILEGES|DROP|UPDATE.*`events`/.test(line))).toEqual([]);
}, 60_000);

test("one user for both is left as it is; two databases, and a user who cannot sign in, are told", async () => {
  expect(await shareWithApp(ownerUrl, ownerUrl)).toBeNull();
  await expect(shareWithApp(ownerUrl, asUser(databaseUrl("mall_other")))).rejects.toThrow(/two users of one/);
  const stranger = new URL(appUrl);
  stranger.password = "wrong";
  await expect(shareWithApp(ownerUrl, stranger.href)).rejects.toThrow(PrivilegesError);
});

test("MySQL refuses the app's user to change, remove, empty or drop what is append-only", async () => {
  await shareWithApp(ownerUrl, appUrl);
  const app = await mysql.createConnection(appUrl);
  try {
    for (const table of APPEND_ONLY) {
      const [columns] = await app.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
      const column = String(columns.at(-1)!.Field);
      for (const statement of [`UPDATE ${table} SET ${column} = ${column}`, `DELETE FROM ${table}`, `TRUNCATE TABLE ${table}`, `DROP TABLE ${table}`, `ALTER TABLE ${table} ADD COLUMN more INT`, `SELECT * FROM ${table} FOR UPDATE`, `REPLACE INTO ${table} SELECT * FROM ${table}`]) {
        await expect(app.query(statement), statement).rejects.toMatchObject({ errno: 1142 });
      }
    }
    await expect(app.query("CREATE TRIGGER t BEFORE INSERT ON events FOR EACH ROW SET NEW.name = ''")).rejects.toMatchObject({ errno: 1142 });
    await expect(app.query("CREATE TABLE mine (id INT)")).rejects.toMatchObject({ errno: 1142 });
    await expect(app.query("UPDATE __drizzle_migrations SET hash = ''")).rejects.toMatchObject({ errno: 1142 });
  } finally {
    await app.end();
  }
}, 60_000);

test("the shop works as the app's user: what people do, what staff does, and all jobs", async () => {
  await shareWithApp(ownerUrl, appUrl);
  await withSettings({ DATABASE_URL: appUrl, POOL_SIZE: 5 }, async () => {
    const [who] = await rows<{ name: string }>("SELECT CURRENT_USER() AS name");
    expect(who!.name).toBe(`${user}@%`);
    await seedProgramme();
    const [mei, boss, clerk] = [await aUser({ name: "mei", points: 5_000 }), await aUser({ role: "owner" }), await aUser({ role: "staff" })];
    await perform(theShop, (ctx) => checkInAll(ctx, [{ userId: mei.id, request: requestKey(undefined, "check-in", {}) }]));
    const [mug, kettle, tote] = [await aMug({ initialStock: 9 }), await aKettle(), await aProduct({ delivery: "shipped", skus: [{ initialStock: 5 }] })];
    const [held, kept, sent, left] = [await anOrder(mei, kettle), await anOrder(mei, kettle, { quantity: 2 }), await anOrder(mei, tote, { addressMayFollow: true }), await anOrder(mei, kettle)];
    await perform(mei.actor, (ctx) => cancelOrder(ctx, { requestId: "x", orderId: held.orderId }));
    await pay(mei, kept.orderId);
    await perform(clerk.actor, (ctx) => refundItem(ctx, { requestId: "x", orderId: kept.orderId, line: 1, quantity: 1, restock: true, reason: "broken" }));
    await perform(clerk.actor, (ctx) => shipOrder(ctx, { requestId: "x", orderId: sent.orderId, carrier: "SF", trackingNumber: "1" }));
    await perform(clerk.actor, (ctx) => completeOrder(ctx, { requestId: "x", orderId: sent.orderId }));
    await anOrder(mei, await aFlashSale(mug, { pieces: 2 }));
    const draw = await perform(theShop, (ctx) => saveDraw(ctx, DrawInput.parse({ requestId: "x", slug: "wheel", name: "wheel", status: "active", spinPoints: 10, prizes: [{ name: "20", kind: "points", points: 20, oddsPpm: 1_000_000 }] })));
    await perform(mei.actor, (ctx) => spin(ctx, { drawId: draw.id, pointsShown: 10 }));
    await perform(clerk.actor, (ctx) => giveSpins(ctx, { requestId: "x", drawId: draw.id, email: mei.email, quantity: 1, reason: "x" }));
    const template = await aCouponTemplate({ isClaimable: true });
    await perform(mei.actor, (ctx) => claimCoupon(ctx, { templateId: template.id }));
    await aTask();
    await givePerks(mei, "make_up_card", 1);
    await aToken(mei);
    await freeze(mei);
    await unfreeze(mei);
    await becomes(mei, "staff", boss.actor);
    expect(left.orderId).toBeTruthy();
    for (const [name, job] of Object.entries(jobs)) await expect(job.run(new Date(), Date.now() + 20_000), name).resolves.toBeTruthy();
    await sealHistory();
    for (const chain of CHAINS) expect(await checkSeals((sql, values) => readRows(statement(sql, values)), chain, BEGINNING)).toMatchObject({ isAtEnd: true, broken: null });
  });
}, 90_000);
