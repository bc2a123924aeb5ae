import { randomUUID } from "node:crypto";

import { beforeEach, expect, test } from "vitest";

import { pool } from "@/db/client";
import { readRows, statement } from "@/db/packet";
import { AUDIT_CHECK } from "@/lib/audit/sealing/check";
import { BEGINNING, checkSeals, findHead, findTail, type Ask, type Checked } from "@/lib/audit/sealing/queries";
import { CHAINS, ROWS_PER_SEAL, type Chain } from "@/lib/audit/sealing/seal";
import { emit } from "@/lib/events/commands";
import { SETTLED_MS } from "@/lib/events/handling/progress";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { anOrder, aMug, atOnce, aUser, theShop } from "@/test/world";

import { sealAuditJob, sealHistory, sealUpTo } from "./seal-audit";

const ask: Ask = (sql, values) => readRows(statement(sql, values));
const check = (chain: Chain): Promise<Checked> => checkSeals(ask, chain, BEGINNING);
const later = (): number => Date.now() + 60_000;
const run = () => sealAuditJob.run(new Date(), later());
/** The runs so far were longer ago than any transaction lives. */
const settle = () => rows(`UPDATE job_runs SET report = JSON_SET(report, '$.seenAt', CAST(report -> '$.seenAt' AS SIGNED) - ${SETTLED_MS}) WHERE job = 'seal-audit' AND report -> '$.seenAt' IS NOT NULL`);
/** The job's report is kept by `runJob`; here it is kept by hand. */
const runKept = async () => {
  const report = await run();
  await rows("INSERT INTO job_runs (job, started_at, finished_at, report) VALUES ('seal-audit', NOW(3), NOW(3), ?)", [JSON.stringify(report)]);
  return report;
};

/** A small shop with a past, sealed: tampering with it starts from a whole chain. */
let lin: Awaited<ReturnType<typeof aUser>>;
beforeEach(async () => {
  await rows("DELETE FROM audit_seals");
  await rows("DELETE FROM events WHERE name LIKE 'audit.%'");
  await rows("DELETE FROM job_runs");
  lin = await aUser({ points: 500 });
  await anOrder(lin, await aMug({ initialStock: 5 }), { quantity: 2 });
});

const sealed = async (): Promise<void> => {
  await sealHistory();
  for (const chain of CHAINS) expect(await check(chain)).toMatchObject({ isAtEnd: true, broken: null });
};
const spend = async (): Promise<number> => (await rows<{ id: number }>("SELECT id FROM points_transactions WHERE user_id = ? AND kind = 'spend'", [lin.id]))[0]!.id;

/** Does something behind the shop's back, expects what the chain says of it, and puts it right again. */
async function tamper(chain: Chain, how: readonly string[], undo: readonly string[], found: object): Promise<void> {
  for (const sql of how) await rows(sql);
  expect((await check(chain)).broken, how.join("; ")).toMatchObject(found);
  for (const sql of undo) await rows(sql);
  expect((await check(chain)).broken, undo.join("; ")).toBeNull();
}

test("a changed entry, a changed allocation and a changed event are named", async () => {
  await sealed();
  const entry = await spend();
  await tamper("ledger", [`UPDATE points_transactions SET points_change = points_change - 1 WHERE id = ${entry}`], [`UPDATE points_transactions SET points_change = points_change + 1 WHERE id = ${entry}`], { fault: "content", rows: [{ id: entry, how: "changed" }] });
  await tamper("ledger", [`UPDATE points_transactions SET reason = 'x' WHERE id = ${entry}`], [`UPDATE points_transactions SET reason = NULL WHERE id = ${entry}`], { fault: "content", rows: [{ id: entry, how: "changed" }] });
  await tamper("ledger", [`UPDATE lot_allocations SET points = points - 1 WHERE entry_id = ${entry}`], [`UPDATE lot_allocations SET points = points + 1 WHERE entry_id = ${entry}`], { fault: "content", rows: [{ id: entry, how: "changed" }] });
  const [event] = await rows<{ id: number }>("SELECT id FROM events WHERE name = 'order.redeemed' ORDER BY id DESC LIMIT 1");
  await tamper("events", [`UPDATE events SET actor_id = COALESCE(actor_id, 0) + 1 WHERE id = ${event!.id}`], [`UPDATE events SET actor_id = NULLIF(actor_id - 1, 0) WHERE id = ${event!.id}`], { fault: "content", rows: [{ id: event!.id, how: "changed" }] });
  await tamper("events", [`UPDATE events SET created_at = created_at + INTERVAL 1 DAY WHERE id = ${event!.id}`], [`UPDATE events SET created_at = created_at - INTERVAL 1 DAY WHERE id = ${event!.id}`], { rows: [{ id: event!.id, how: "changed" }] });
});

test("a removed row, an inserted one and two that changed places are named", async () => {
  const [event] = await rows<{ id: number }>("SELECT MAX(id) AS id FROM events");
  await rows(`INSERT INTO events (id, name, subject_type, subject_id, data) VALUES (${event!.id + 5}, 'account.changed', 'user', '1', '{"fields": []}')`);
  await sealed();
  const [a, b] = [event!.id, event!.id + 5];
  await tamper("events", ["CREATE TABLE kept AS SELECT * FROM events", `DELETE FROM events WHERE id = ${a}`], [`INSERT INTO events SELECT * FROM kept WHERE id = ${a}`, "DROP TABLE kept"], { fault: "content", found: expect.any(Number), rows: [{ id: a, how: "missing" }] });
  await tamper("events", [`INSERT INTO events (id, name, subject_type, subject_id, data) VALUES (${a + 2}, 'account.changed', 'user', '1', '{}')`], [`DELETE FROM events WHERE id = ${a + 2}`], { rows: [{ id: a + 2, how: "added" }] });
  const swap = [`UPDATE events SET id = ${b + 50} WHERE id = ${a}`, `UPDATE events SET id = ${a} WHERE id = ${b}`, `UPDATE events SET id = ${b} WHERE id = ${b + 50}`];
  await tamper("events", swap, swap, { rows: [{ id: a, how: "changed" }, { id: b, how: "changed" }] });
});

test("an edited seal, a removed one and a chain whose end was cut off are found", async () => {
  await sealed();
  for (let more = 0; more < 2; more++) {
    await aUser({ points: 1 });
    await sealHistory();
  }
  const seals = await rows<{ id: number; rows_sealed: number }>("SELECT id, rows_sealed FROM audit_seals WHERE chain = 'ledger' ORDER BY id");
  expect(seals.length).toBe(3);
  const [first, second, third] = seals.map(({ id }) => id);
  await tamper("ledger", [`UPDATE audit_seals SET rows_sealed = rows_sealed + 1 WHERE id = ${second}`], [`UPDATE audit_seals SET rows_sealed = rows_sealed - 1 WHERE id = ${second}`], { fault: "seal" });
  await tamper("ledger", [`UPDATE audit_seals SET created_at = created_at + INTERVAL 1 HOUR WHERE id = ${first}`], [`UPDATE audit_seals SET created_at = created_at - INTERVAL 1 HOUR WHERE id = ${first}`], { fault: "seal" });
  await rows("CREATE TABLE kept_seals AS SELECT * FROM audit_seals");
  for (const [gone, fault] of [[first, "gap"], [second, "gap"], [third, "gap"]] as const) {
    await tamper("ledger", [`DELETE FROM audit_seals WHERE id = ${gone}`], [`INSERT INTO audit_seals SELECT * FROM kept_seals WHERE id = ${gone}`], { fault });
  }
  await tamper("ledger", [`UPDATE audit_seals SET previous_digest = REPEAT('x', 32) WHERE id = ${third}`], [`UPDATE audit_seals s JOIN kept_seals k USING (id) SET s.previous_digest = k.previous_digest`], { fault: "link" });
  await rows("DROP TABLE kept_seals");
});

test("when what a seal kept of its rows was changed too, the stretch is told and no row is guessed", async () => {
  await sealed();
  // What a seal kept is sealed with the events that follow.
  await aUser();
  await sealHistory();
  const entry = await spend();
  await rows("UPDATE points_transactions SET reason = 'x' WHERE id = ?", [entry]);
  await rows("UPDATE events SET data = JSON_SET(data, '$.marks', '') WHERE name = 'audit.sealed' AND subject_id LIKE 'ledger-%'");
  expect((await check("ledger")).broken).toMatchObject({ fault: "content", rows: [] });
  expect((await check("events")).broken).not.toBeNull();
  await rows("UPDATE points_transactions SET reason = NULL WHERE id = ?", [entry]);
});

test("the job seals what has settled, and nothing that is younger; a shop at rest seals nothing more", async () => {
  expect(await runKept()).toMatchObject({ seals: 0 });
  expect(await runKept()).toMatchObject({ seals: 0 });
  await settle();
  expect(await runKept()).toMatchObject({ seals: 2, waiting: 0, broken: 0 });
  const head = await findHead(ask, "ledger");
  expect(await findTail(ask, "ledger")).toEqual({ ids: 0, since: null });
  await settle();
  await runKept();
  await settle();
  const before = await rows("SELECT id FROM audit_seals");
  await runKept();
  await settle();
  expect(await runKept()).toMatchObject({ seals: 0 });
  expect(await rows("SELECT id FROM audit_seals")).toEqual(before);
  await aUser({ points: 3 });
  await runKept();
  await settle();
  expect(await runKept()).toMatchObject({ seals: 2 });
  expect((await findHead(ask, "ledger"))!.previous).toBe(head!.digest);
  for (const chain of CHAINS) expect((await check(chain)).broken).toBeNull();
});

test("a row that is written and not committed is never passed by: the seal waits, and then has it", async () => {
  const connection = await pool().getConnection();
  await connection.query("START TRANSACTION");
  await connection.query("INSERT INTO events (name, subject_type, subject_id, data) VALUES ('account.changed', 'user', '1', '{}')");
  const [[own]] = (await connection.query("SELECT LAST_INSERT_ID() AS id")) as unknown as [[{ id: number }]];
  await aUser();
  const [newest] = await rows<{ id: number }>("SELECT MAX(id) AS id FROM events");
  expect(newest!.id).toBeGreaterThan(own.id);
  expect(await sealUpTo({ events: newest!.id, ledger: 0 }, later())).toMatchObject({ seals: 0, waiting: 1 });
  await connection.query("COMMIT");
  connection.release();
  expect(await sealUpTo({ events: newest!.id, ledger: 0 }, later())).toMatchObject({ seals: 1, waiting: 0 });
  expect(await check("events")).toMatchObject({ broken: null });
});

test("two who seal at once while others write make one chain, and one that is stopped in between is gone on with", async () => {
  const writers = atOnce(4, async (index) => {
    for (let turn = 0; turn < 5; turn++) await aUser({ name: `w${index}`, points: 10 });
  });
  const sealers = atOnce(2, async () => {
    for (let turn = 0; turn < 6; turn++) {
      const [newest] = await rows<{ events: number; ledger: number }>("SELECT (SELECT MAX(id) FROM events) AS events, (SELECT MAX(id) FROM points_transactions) AS ledger");
      // Some runs are over before they are through.
      await sealUpTo(newest!, turn % 3 === 2 ? Date.now() + 15 : later());
    }
  });
  await Promise.all([writers, sealers]);
  await sealed();
  const [count] = await rows<{ entries: number; sealed: number }>("SELECT (SELECT COUNT(*) FROM points_transactions) AS entries, (SELECT SUM(rows_sealed) FROM audit_seals WHERE chain = 'ledger') AS sealed");
  expect(Number(count!.sealed)).toBe(count!.entries);
}, 60_000);

test("books of any size verify, in seals of a thousand rows at most", async () => {
  for (const many of [1, ROWS_PER_SEAL - 1, 700]) {
    await perform(theShop, (ctx) => emit(ctx, ...Array.from({ length: many }, (_, index) => ({ name: "account.changed" as const, subject: { type: "user" as const, id: String(lin.id) }, data: { fields: [randomUUID(), `${index % 7}é"\\`] } }))));
    if (many !== 1) await sealHistory();
  }
  await sealed();
  const sizes = await rows<{ size: number }>("SELECT rows_sealed AS size FROM audit_seals");
  expect(Math.max(...sizes.map(({ size }) => size))).toBe(ROWS_PER_SEAL);
});

test("the job finds on its own what was tampered with, stays there, and goes on once it was put right", async () => {
  await sealed();
  expect(await run()).toMatchObject({ broken: 0 });
  const entry = await spend();
  await rows("UPDATE points_transactions SET reason = 'x' WHERE id = ?", [entry]);
  expectErrors();
  expect(await run()).toMatchObject({ broken: 1 });
  expect(await run()).toMatchObject({ broken: 1 });
  const told = await rows<{ data: object }>("SELECT data FROM events WHERE name = 'audit.broken'");
  expect(told, "once, however often it is found").toMatchObject([{ data: { chain: "ledger", fault: "content" } }]);
  const [last] = await rows<{ report: object }>("SELECT report FROM job_runs WHERE job = ? ORDER BY id DESC LIMIT 1", [AUDIT_CHECK]);
  expect(last!.report).toMatchObject({ broken: { chain: "ledger", rows: [{ id: entry, how: "changed" }] } });
  await rows("UPDATE points_transactions SET reason = NULL WHERE id = ?", [entry]);
  expect(await run()).toMatchObject({ broken: 0 });
});
