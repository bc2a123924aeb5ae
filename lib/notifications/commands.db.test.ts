import { expect, test } from "vitest";

import { db } from "@/db/client";
import { NOTICE_KINDS, type NoticeKind } from "@/db/schema/loyalty";
import type { UserId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { atOnce, aUser, theShop, unique, type TestUser } from "@/test/world";

import { loadListeners, markAllRead, markRead, notify, setPreferences } from "./commands";
import { byDay, type Notice } from "./notice";
import { countUnread, getPreferences, listNotices, UNREAD_MAX } from "./queries";

const about = ({ id }: TestUser, subject = unique("subject"), kind: NoticeKind = "points_expired"): Notice => ({ userId: id, kind, subject, data: { points: 5 }, link: "/wallet" });
const tell = (...notices: Notice[]): Promise<void> => perform(theShop, async (ctx) => notify(ctx, await loadListeners(ctx, notices.map(({ userId }) => userId)), notices));
const noticesOf = async ({ id }: { id: UserId }, limit = 100, before?: number) => listNotices(db(), id, { limit, before });

test("many are told at once, each their own, and the same is told once", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  const notices = [about(lin, "a"), about(lin, "b"), about(bo, "a")];
  await tell(...notices);
  await tell(...notices);
  expect((await noticesOf(lin)).notices).toHaveLength(2);
  expect((await noticesOf(bo)).notices).toMatchObject([{ kind: "points_expired", data: { points: 5 }, link: "/wallet", isRead: false }]);
});

test("two that tell the same at once tell it once", async () => {
  const lin = await aUser();
  await atOnce(5, () => tell(about(lin, "a"), about(lin, "b")));
  expect(await countUnread(db(), lin.id)).toBe(2);
});

test("what is rolled back tells nobody", async () => {
  const lin = await aUser();
  await expect(perform(theShop, async (ctx) => {
    await notify(ctx, await loadListeners(ctx, [lin.id]), [about(lin)]);
    throw new Error("no");
  })).rejects.toThrow("no");
  expect(await countUnread(db(), lin.id)).toBe(0);
});

test("who wants nothing of a kind hears nothing of it, and of the others all", async () => {
  const lin = await aUser();
  await perform(lin.actor, (ctx) => setPreferences(ctx, { preferences: { points_expired: { inApp: false, byMail: true } } }));
  await tell(about(lin), about(lin, "order", "order_status"));
  expect((await noticesOf(lin)).notices.map(({ kind }) => kind)).toEqual(["order_status"]);
});

test("nobody can switch off what is about the safety of their account", async () => {
  const lin = await aUser();
  await perform(lin.actor, (ctx) => setPreferences(ctx, { preferences: { account_security: { inApp: false, byMail: false } } }));
  await tell(about(lin, "password", "account_security"));
  expect(await countUnread(db(), lin.id)).toBe(1);
  expect((await getPreferences(db(), lin.id)).account_security).toEqual({ inApp: true, byMail: true });
});

test("without a choice everything is on, and a later choice replaces the one before", async () => {
  const lin = await aUser();
  expect(await getPreferences(db(), lin.id)).toEqual(Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, { inApp: true, byMail: true }])));
  const choose = (byMail: boolean) => perform(lin.actor, (ctx) => setPreferences(ctx, { preferences: { order_status: { inApp: true, byMail } } }));
  await choose(false);
  expect((await getPreferences(db(), lin.id)).order_status).toEqual({ inApp: true, byMail: false });
  await choose(true);
  expect((await getPreferences(db(), lin.id)).order_status).toEqual({ inApp: true, byMail: true });
});

test("reading one leaves the others unread, reading all leaves none, and nobody reads another's", async () => {
  const [lin, bo] = [await aUser(), await aUser()];
  await tell(about(lin), about(lin), about(lin), about(bo));
  const [first] = (await noticesOf(lin)).notices;
  await perform(bo.actor, (ctx) => markRead(ctx, { id: first!.id }));
  expect(await countUnread(db(), lin.id)).toBe(3);
  await perform(lin.actor, (ctx) => markRead(ctx, { id: first!.id }));
  expect(await countUnread(db(), lin.id)).toBe(2);
  expect((await noticesOf(lin)).notices.map(({ isRead }) => isRead)).toEqual([true, false, false]);
  await perform(lin.actor, markAllRead);
  expect([await countUnread(db(), lin.id), await countUnread(db(), bo.id)]).toEqual([0, 1]);
});

test("pages follow each other without a gap or a double, though something arrives in between", async () => {
  const lin = await aUser();
  await tell(...Array.from({ length: 5 }, (_, index) => about(lin, `n${index}`)));
  const first = await noticesOf(lin, 2);
  await tell(about(lin, "late"));
  const second = await noticesOf(lin, 2, first.nextBefore!);
  const third = await noticesOf(lin, 2, second.nextBefore!);
  const ids = [first, second, third].flatMap(({ notices }) => notices.map(({ id }) => id));
  expect([ids.length, new Set(ids).size, third.nextBefore]).toEqual([5, 5, null]);
});

test("beyond a hundred unread ones are not counted", async () => {
  const lin = await aUser();
  await tell(...Array.from({ length: UNREAD_MAX + 20 }, (_, index) => about(lin, `n${index}`)));
  expect(await countUnread(db(), lin.id)).toBe(UNREAD_MAX);
});

test("notices are grouped by the programme's day", async () => {
  const zone = "Asia/Shanghai";
  const at = (text: string) => ({ createdAt: new Date(text) });
  const groups = byDay([at("2026-11-21T16:30:00Z"), at("2026-11-21T16:00:00Z"), at("2026-11-21T15:59:59Z")], zone);
  expect(groups.map(({ day, rows }) => [day, rows.length])).toEqual([["2026-11-22", 2], ["2026-11-21", 1]]);
});
