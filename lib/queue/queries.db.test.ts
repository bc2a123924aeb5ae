import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { BuiltInRole } from "@/db/schema/people";
import { permissionsOf } from "@/lib/accounts/permission";
import { clearHolds, holdAccounts } from "@/lib/audit/commands";
import type { StaffId } from "@/lib/ctx";
import { publicId } from "@/lib/id";
import { perform } from "@/lib/perform";
import { DEFAULT_POLICY } from "@/lib/settings/policy";
import { rows } from "@/test/database";
import { aKettle, anOrder, aUser, pay, theClock, type TestUser } from "@/test/world";

import { QUEUE_KEYS, type QueueKey } from "./queue";
import { getStaffQueue } from "./queries";

const everything = permissionsOf("owner", null);
const queueOf = async (staff: TestUser, permissions: ReadonlySet<Parameters<typeof everything.has>[0]> = everything): Promise<Partial<Record<QueueKey, number>>> =>
  Object.fromEntries((await getStaffQueue(db(), { id: staff.id as unknown as StaffId, permissions }, { now: theClock.now(), policy: DEFAULT_POLICY })).map(({ key, count }) => [key, count]));

test("an order waits for the shop once it is paid, and not before", async () => {
  const owner = await aUser({ role: "owner" });
  const before = await queueOf(owner);
  const lin = await aUser({ points: 500 });
  const { orderId } = await anOrder(lin, await aKettle());
  expect((await queueOf(owner)).toShip).toBe(before.toShip);
  await pay(lin, orderId);
  expect((await queueOf(owner)).toShip).toBe(before.toShip! + 1);
});

test("an adjustment waits for everybody but who asked for it and whom it is about", async () => {
  const [maker, checker, lin] = [await aUser({ role: "owner" }), await aUser({ role: "owner" }), await aUser()];
  const before = { maker: await queueOf(maker), checker: await queueOf(checker) };
  await rows("INSERT INTO adjustments (public_id, user_id, points, reason, note, status, requested_by) VALUES (?, ?, 5000, 'goodwill', 'sorry', 'pending', ?)", [publicId(), lin.id, maker.id]);
  expect((await queueOf(maker)).approvals).toBe(before.maker.approvals);
  expect((await queueOf(checker)).approvals).toBe(before.checker.approvals! + 1);
});

test("alerts, appeals, reviews and mail that nobody has dealt with are counted, the others are not", async () => {
  const owner = await aUser({ role: "owner" });
  const before = await queueOf(owner);
  const lin = await aUser();
  for (const [subject, status] of [["a", "open"], ["b", "open"], ["c", "dismissed"]] as const)
    await rows("INSERT INTO risk_alerts (user_id, rule, subject, mode, evidence, status) VALUES (?, 'velocity', ?, 'observe', '{}', ?)", [lin.id, subject, status]);
  await rows("INSERT INTO appeals (user_id, body, status) VALUES (?, 'it was me', 'open'), (?, 'it was me', 'declined')", [lin.id, lin.id]);
  for (const [status, at] of [["failed", theClock.now()], ["sent", theClock.now()], ["failed", new Date(theClock.now().getTime() - 40 * 86_400_000)]] as const)
    await rows("INSERT INTO mail_messages (recipient, template, locale, props, subject, status, next_attempt_at, created_at) VALUES ('x@example.com', 'known_address', 'en', '{}', ?, ?, ?, ?)", [randomUUID(), status, at, at]);
  expect(await queueOf(owner)).toMatchObject({ alerts: before.alerts! + 2, appeals: before.appeals! + 1, mail: before.mail! + 1 });
});

test("accounts on hold wait for an owner until they are cleared, and a broken audit chain until it verifies", async () => {
  const owner = await aUser({ role: "owner" });
  const before = await queueOf(owner);
  const lin = await aUser();
  await perform({ kind: "system", name: "test" }, (ctx) => holdAccounts(ctx, ["one", "another"].map((invariant) => ({ userId: lin.id, invariant, evidence: { found: 1, rows: [] } }))));
  const place = { from: 0, to: 0, digest: "0".repeat(64) };
  const check = { seals: 1, rows: 1, next: { events: place, ledger: place }, wholeAt: { events: null, ledger: null } };
  const checked = (broken: object | null) => rows("INSERT INTO job_runs (job, started_at, finished_at, report) VALUES ('audit-check', NOW(3), NOW(3), ?)", [JSON.stringify({ ...check, broken })]);
  await checked({ chain: "ledger", from: 0, to: 9, fault: "content", found: 9, sealed: 9, rows: [] });
  expect(await queueOf(owner)).toMatchObject({ books: before.books! + 1, trail: 1 });
  await checked(null);
  await perform(owner.actor, (ctx) => clearHolds(ctx, { requestId: "x", userId: lin.id, note: "a test" }));
  expect(await queueOf(owner)).toMatchObject({ books: before.books, trail: 0 });
});

test.each<[BuiltInRole, QueueKey[]]>([
  ["analyst", []],
  ["fulfilment", ["toShip", "toPickUp"]],
  ["support", ["reviews"]],
])("%s is told of nothing that the role may not do", async (role, expected) => {
  const staff = await aUser({ role: "staff" });
  const queue = await queueOf(staff, permissionsOf("staff", { builtIn: role, permissions: [] }));
  expect(Object.keys(queue)).toEqual(QUEUE_KEYS.filter((key) => expected.includes(key)));
});
