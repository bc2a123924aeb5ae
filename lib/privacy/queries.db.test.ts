import { afterAll, expect, test } from "vitest";

import { db } from "@/db/client";
import { addAddress } from "@/lib/accounts/address-book/commands";
import { findSession } from "@/lib/accounts/queries";
import { exportOwnData } from "@/lib/own-account";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aMug, anOrder, aToken, aUser, eventsAbout, ledgerOf, theClock, type TestUser } from "@/test/world";

import { ownData } from "./queries";

const home = { recipient: "林溪远", phone: "13811112222", region: "上海市 徐汇区", street: "复兴西路 199 弄 6 号", postcode: "200031" };

// A skipped day of its own is no streak: it is here to be read, and goes before the books are looked at.
afterAll(() => rows("DELETE FROM check_ins WHERE kind = 'skipped'"));

type OwnData = Record<string, Record<string, unknown>[]> & { account: Record<string, unknown>; exportedAt: string };

async function read(pieces: AsyncGenerator<string>): Promise<OwnData> {
  let text = "";
  for await (const piece of pieces) text += piece;
  return JSON.parse(text) as OwnData;
}

/** Has an address, an order, points, a notice and a review. */
async function somebody(name: string): Promise<TestUser> {
  const who = await aUser({ name, points: 500 });
  await perform(who.actor, (ctx) => addAddress(ctx, { ...home, recipient: who.username, isDefault: false }));
  await anOrder(who, await aMug(), { address: { ...home, recipient: who.username } });
  const [item] = await rows<{ product_id: number; order_id: number }>("SELECT product_id, order_id FROM order_items WHERE user_id = ?", [who.id]);
  await rows("INSERT INTO reviews (user_id, product_id, order_id, rating, body) VALUES (?, ?, ?, 5, ?)", [who.id, item!.product_id, item!.order_id, `by ${who.username}`]);
  await rows("INSERT INTO notifications (user_id, kind, subject, data) VALUES (?, 'order_status', 'n', ?)", [who.id, JSON.stringify({ name: who.username })]);
  await rows("INSERT INTO check_ins (user_id, local_day, kind, streak_days, points) VALUES (?, '2020-02-29', 'skipped', 1, 0)", [who.id]);
  await rows("INSERT INTO visits (user_id, local_day) VALUES (?, '2020-02-29')", [who.id]);
  await rows("INSERT INTO product_views (local_day, user_id, product_id) VALUES ('2020-02-29', ?, ?), ('2020-03-01', ?, ?)", [who.id, item!.product_id, who.id, item!.product_id]);
  await rows("INSERT INTO report_people (user_id, last_order_on, orders, value_cents, recency, frequency, value_score, rfm_group) VALUES (?, '2020-02-29', 1, 100, 1, 1, 1, 'lost')", [who.id]);
  return who;
}

test("a person's own data is all of theirs, as JSON", async () => {
  const lin = await somebody("lin");
  const data = await read(ownData(db(), lin.id, theClock.now()));
  expect(data.account).toMatchObject({ username: lin.username, email: lin.email, pointsBalance: 400, role: "shopper" });
  expect(data.addresses).toMatchObject([{ recipient: lin.username, street: home.street, isDefault: 1 }]);
  expect(data.ledger!.map(({ kind, pointsChange }) => [kind, pointsChange])).toEqual([["adjust", 500], ["spend", -100]]);
  expect(data.lots).toMatchObject([{ pointsGranted: 500, pointsRemaining: 400 }]);
  expect(data.orders).toMatchObject([{ status: "paid", pointsSpent: 100, address: { recipient: lin.username }, items: [{ product: "mug", quantity: 1, points: 100 }] }]);
  expect(data.checkIns).toMatchObject([{ localDay: "2020-02-29", kind: "skipped" }]);
  expect(data.lookedAt).toEqual([{ localDay: "2020-02-29", product: "mug" }, { localDay: "2020-03-01", product: "mug" }]);
  expect(data.orderGroup).toMatchObject([{ orders: 1, valueCents: 100, group: "lost" }]);
  expect(data.visits).toMatchObject([{ localDay: "2020-02-29" }]);
  expect(data.notifications).toMatchObject([{ kind: "order_status", data: { name: lin.username } }]);
  expect(data.reviews).toMatchObject([{ product: "mug", rating: 5, body: `by ${lin.username}` }]);
  expect(data.history!.map(({ name }) => name)).toContain("account.registered");
});

test("nothing of anybody else's is in it, and no secret", async () => {
  const [lin, bo] = [await somebody("lin"), await somebody("bo")];
  const text = JSON.stringify(await read(ownData(db(), lin.id, theClock.now())));
  for (const word of [bo.username, bo.email, "nobody signs in", "password"]) expect(text).not.toContain(word);
});

test("a long ledger comes whole and in order", async () => {
  const lin = await aUser();
  for (let batch = 0; batch < 3; batch++) {
    await rows(`INSERT INTO visits (user_id, local_day) VALUES ${Array.from({ length: 400 }, (_, index) => `(${lin.id}, '2020-01-01' + INTERVAL ${batch * 400 + index} DAY)`).join(",")}`);
  }
  const { visits } = await read(ownData(db(), lin.id, theClock.now()));
  const days = visits!.map(({ localDay }) => String(localDay));
  expect(days).toHaveLength(1_200);
  expect(days).toEqual([...new Set(days)].sort());
});

test("handing it out is an event", async () => {
  const lin = await aUser();
  const person = (await findSession(await aToken(lin)))!;
  await read(await exportOwnData(person));
  expect((await eventsAbout("user", lin.id)).at(-1)).toEqual({ name: "account.exported", actor_id: lin.id, data: {} });
  expect(await ledgerOf(lin)).toEqual([]);
});
