import { expect, test } from "vitest";

import { submitBatch } from "@/lib/adjustments/batches/commands";
import { approveAdjustment, rejectAdjustment, requestAdjustment, withdrawAdjustment } from "@/lib/adjustments/commands";
import { dispatchEventsJob } from "@/lib/jobs/dispatch-events";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aUser, theClock, type TestUser } from "@/test/world";

const ask = (by: TestUser, who: { id: number }, points = 5_000) =>
  perform(by.actor, (ctx) => requestAdjustment(ctx, { userId: who.id, points, reason: "goodwill", note: "late parcel", expiresOn: null, attachmentKey: null }));
const dispatch = () => dispatchEventsJob.run(theClock.now(), Date.now() + 20_000);
const told = async ({ id }: TestUser) => (await rows<{ subject: string; data: Record<string, unknown>; link: string }>("SELECT subject, data, link FROM notifications WHERE user_id = ? AND kind = 'approval' ORDER BY id", [id]));

test("those who may approve hear that something waits, its maker and whom it is about do not", async () => {
  const [lin, wei, manager, owner] = [await aUser(), await aUser({ role: "staff" }), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const support = await aUser({ role: "staff" });
  await rows("UPDATE users SET staff_role_id = (SELECT id FROM staff_roles WHERE built_in = 'support') WHERE id = ?", [support.id]);
  const { adjustmentId } = await ask(wei, lin);
  const aboutOwner = await ask(wei, owner);
  await dispatch();
  await dispatch();
  const notice = { subject: `asked:${adjustmentId}`, data: { how: "asked", people: 1, points: 5_000 }, link: `/admin/adjustments/${adjustmentId}` };
  expect(await told(owner)).toEqual([notice]);
  expect((await told(manager)).map(({ subject }) => subject).sort()).toEqual([notice.subject, `asked:${aboutOwner.adjustmentId}`].sort());
  for (const other of [lin, wei, support]) expect(await told(other)).toEqual([]);
});

test("the maker hears what was decided, with nobody's name in it; of what was taken back or took effect at once nobody hears", async () => {
  const [lin, wei, owner] = [await aUser(), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const [first, second, third] = [await ask(wei, lin), await ask(wei, lin), await ask(wei, lin)];
  await ask(wei, lin, 5);
  await perform(owner.actor, (ctx) => approveAdjustment(ctx, { adjustmentId: first.adjustmentId, note: "" }));
  await perform(owner.actor, (ctx) => rejectAdjustment(ctx, { adjustmentId: second.adjustmentId, note: "no" }));
  await perform(wei.actor, (ctx) => withdrawAdjustment(ctx, { adjustmentId: third.adjustmentId }));
  await dispatch();
  // Events of different subjects are handled side by side.
  expect(Object.fromEntries((await told(wei)).map(({ subject, data }) => [subject, data.how]))).toEqual({ [`decided:${first.adjustmentId}`]: "applied", [`decided:${second.adjustmentId}`]: "rejected" });
  // Decided before anybody was told, it waits for nobody.
  expect(await told(owner)).toEqual([]);
  expect(JSON.stringify(await told(wei))).not.toContain(lin.username);
});

test("a batch is told of as one", async () => {
  const [lin, mei, wei, owner] = [await aUser(), await aUser(), await aUser({ role: "staff" }), await aUser({ role: "owner" })];
  const row = ({ id }: TestUser, line: number, points: string) => ({ line, who: String(id), points, expiresOn: "", note: "" });
  const { batchId } = await perform(wei.actor, (ctx) => submitBatch(ctx, { rows: [row(lin, 1, "2000"), row(mei, 2, "500")], reason: "goodwill", note: "outage", fileName: "x" }));
  await dispatch();
  expect(await told(owner)).toEqual([{ subject: `asked:${batchId}`, data: { how: "asked", people: 2, points: 2_500 }, link: `/admin/adjustments/batch/${batchId}` }]);
});
