import { expect, test } from "vitest";

import { db, pool } from "@/db/client";
import { askForRun, noteTry, stopRun, TRIES_MAX } from "@/lib/bulk/commands";
import { findRun, listFailures } from "@/lib/bulk/queries";
import { runBulkJob, workOff } from "@/lib/jobs/run-bulk";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { expectErrors } from "@/test/errors";
import { aCouponTemplate, aUser, theClock, usersWith } from "@/test/world";

const soon = () => Date.now() + 60_000;

async function aRun(many: number) {
  const bo = await aUser({ role: "staff" });
  const ids = (await usersWith(1, many)).map(({ id }) => id as number).sort((a, b) => a - b);
  const template = await aCouponTemplate();
  const { runId } = await perform(bo.actor, (ctx) => askForRun(ctx, { operation: "users.coupon", params: { upTo: ids.at(-1)!, templateId: template.id }, selection: { ids }, total: many }));
  const given = () => rows<{ n: number }>("SELECT COUNT(*) AS n FROM coupons WHERE template_id = ? GROUP BY user_id", [template.id]);
  return { bo, runId, given, work: () => workOff(runId, theClock.now(), soon()) };
}

test("of several that work on one run each row is done by one, and the sums are right", async () => {
  const { runId, given, work } = await aRun(40);
  const shares = await Promise.all([work(), work(), work(), work()]);
  expect(shares.reduce((sum, { done }) => sum + done, 0)).toBe(40);
  expect(shares.every(({ isOver }) => isOver)).toBe(true);
  expect(await given()).toEqual(Array.from({ length: 40 }, () => ({ n: 1 })));
  expect(await findRun(db(), runId)).toMatchObject({ status: "done", total: 40, done: 40, failed: 0 });
});

test("a run that is stopped while two work on it does what it has counted, and nothing after", async () => {
  const { bo, runId, given, work } = await aRun(60);
  const stopping = new Promise((resolve) => setTimeout(resolve, 60)).then(() => perform(bo.actor, (ctx) => stopRun(ctx, { runId })).catch(() => undefined));
  await Promise.all([work(), work(), stopping]);
  const run = await findRun(db(), runId);
  expect(["stopped", "done"]).toContain(run!.status);
  expect((await given()).length).toBe(run!.done);
});

test("a row that never can be done fails after some rounds, and holds up no younger run meanwhile", async () => {
  expectErrors();
  const bo = await aUser({ role: "staff" });
  const [first, second] = (await usersWith(1, 2)).map(({ id }) => id as number).sort((a, b) => a - b) as [number, number];
  const ask = async (operation: "users.freeze" | "users.end_sessions", ids: number[]) =>
    (await perform(bo.actor, (ctx) => askForRun(ctx, { operation, params: { upTo: second, reason: "looks odd" }, selection: { ids }, total: ids.length }))).runId;
  const [stuck, younger] = [await ask("users.freeze", [first, second]), await ask("users.end_sessions", [second])];
  const read = async (runId: string) => (await findRun(db(), runId))!;
  const { id } = await read(stuck);
  const failures = async () => (await listFailures(db(), id, { limit: 5 })).map(({ item, code }) => [item, code]);
  // Somebody else holds the account longer than anybody waits for it.
  const holder = await pool().getConnection();
  try {
    await holder.query("START TRANSACTION");
    await holder.query("SELECT user_id FROM point_accounts WHERE user_id = ? FOR UPDATE", [first]);
    await runBulkJob.run(theClock.now(), soon());
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
  expect([await read(stuck), await read(younger), await failures()]).toMatchObject([{ status: "queued", done: 0, failed: 0 }, { status: "done", done: 1 }, []]);
  for (let tries = 2; tries < TRIES_MAX; tries++) expect(await perform(bo.actor, (ctx) => noteTry(ctx, id, first))).toEqual({ isOver: false });
  expect(await perform(bo.actor, (ctx) => noteTry(ctx, id, first))).toEqual({ isOver: true });
  await runBulkJob.run(theClock.now(), soon());
  expect([await read(stuck), await failures()]).toMatchObject([{ status: "done", total: 2, done: 1, failed: 1 }, [[String(first), "unavailable"]]]);
}, 60_000);
