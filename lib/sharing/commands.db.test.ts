import { randomBytes, randomUUID } from "node:crypto";

import { beforeEach, expect, test } from "vitest";

import { GET, HEAD } from "@/app/s/[token]/route";
import { db } from "@/db/client";
import { signUpWithPassword, verifyWithLink } from "@/lib/entrance";
import { completeOrder } from "@/lib/orders/receiving/commands";
import { refundItem } from "@/lib/orders/refunding/commands";
import { perform } from "@/lib/perform";
import { count, rows } from "@/test/database";
import { aMug, anOrder, aUser, balanceOf, eventsAbout, freeze, ledgerOf, linkTokenTo, refusalOf, theShop, unique, type TestUser } from "@/test/world";

import { recordShareVisit, rememberDevice, type Visit } from "./commands";
import { getInvitations } from "./queries";
import { decideReferral, onOrderCompleted, onOrderRefunded, openReferral } from "./referrals/commands";
import { listReferrals } from "./staff-queries";
import { deviceCookie, newDevice, referrerCookie, referrerFrom, shareToken } from "./token";

const aDevice = (): string => randomBytes(32).toString("hex");
const visit = async (sharer: TestUser, more: Partial<Visit> = {}): Promise<boolean> =>
  (await perform(theShop, (ctx) => recordShareVisit(ctx, { sharerId: sharer.id, subject: "shop", deviceKey: aDevice(), visitorId: null, ...more }))) === "counted";
const knows = (who: TestUser, deviceKey: string) => perform(theShop, (ctx) => rememberDevice(ctx, who.id, deviceKey));
const refer = (friend: TestUser, inviter: TestUser, deviceKey: string | null = aDevice()) =>
  perform(theShop, (ctx) => openReferral(ctx, { friendId: friend.id, inviterId: inviter.id, deviceKey }));
const referralOf = async (friend: TestUser) => (await rows<{ status: string; flags: string[]; inviter_id: number }>("SELECT status, flags, inviter_id FROM referrals WHERE friend_id = ?", [friend.id]))[0];

const RULES = [["share", 5, 3], ["referral", 50, null], ["referred", 30, null]] as const;
beforeEach(async () => {
  await rows("UPDATE points_rules SET status = 'archived'");
  for (const [action, points, timesPerDay] of RULES) {
    const definition = { conditions: [], effect: { kind: "fixed", points }, stacks: true, caps: { timesPerDay, pointsPerDay: null, timesInAll: null, pointsInAll: null, budget: null, cooldownHours: null, overflow: "truncate" }, holding: { kind: "none" }, expiry: null };
    await rows("INSERT INTO points_rules (action_type, name, status, definition) VALUES (?, ?, 'active', ?)", [action, action, JSON.stringify(definition)]);
  }
});

test("a visit counts once, earns by the rule under its own name, and is told", async () => {
  const lin = await aUser();
  const deviceKey = aDevice();
  expect(await visit(lin, { deviceKey, subject: "stoneware-mug" })).toBe(true);
  expect(await visit(lin, { deviceKey })).toBe(false);
  const [row] = await rows<{ id: number; subject: string }>("SELECT id, subject FROM share_visits WHERE sharer_id = ?", [lin.id]);
  expect(row!.subject).toBe("stoneware-mug");
  expect(await ledgerOf(lin)).toMatchObject([{ kind: "earn", points_change: 5, source_type: "share", source_id: String(row!.id) }]);
  expect((await eventsAbout("user", lin.id)).find(({ name }) => name === "share.visited")).toEqual({ name: "share.visited", actor_id: null, data: { subject: "stoneware-mug" } });
});

test("the rule's cap holds for the day, and further visits still count", async () => {
  const lin = await aUser();
  for (let times = 0; times < 5; times++) expect(await visit(lin)).toBe(true);
  expect(await balanceOf(lin)).toBe(15);
  expect(await count("SELECT COUNT(*) FROM share_visits WHERE sharer_id = ?", [lin.id])).toBe(5);
});

test("one's own visits never count: signed in, or on a device one was signed in on", async () => {
  const lin = await aUser();
  const own = aDevice();
  expect(await visit(lin, { visitorId: lin.id, deviceKey: own })).toBe(false);
  expect(await visit(lin, { deviceKey: own })).toBe(false);
  const phone = aDevice();
  await knows(lin, phone);
  expect(await visit(lin, { deviceKey: phone, visitorId: (await aUser()).id })).toBe(false);
  expect(await balanceOf(lin)).toBe(0);
});

test("a visitor counts once, on whichever of their devices, signed in or not", async () => {
  const [lin, mei] = [await aUser(), await aUser()];
  const [phone, laptop] = [aDevice(), aDevice()];
  expect(await visit(lin, { deviceKey: phone, visitorId: mei.id })).toBe(true);
  expect(await visit(lin, { deviceKey: laptop, visitorId: mei.id })).toBe(false);
  expect(await visit(lin, { deviceKey: laptop })).toBe(false);
  const [tom, tablet] = [await aUser(), aDevice()];
  expect(await visit(lin, { deviceKey: tablet })).toBe(true);
  expect(await visit(lin, { deviceKey: tablet, visitorId: tom.id })).toBe(false);
  expect(await visit(lin, { deviceKey: aDevice(), visitorId: tom.id })).toBe(false);
  expect(await visit(await aUser(), { deviceKey: phone })).toBe(true);
});

test("links of nobody, of the unproved and of the forgotten count for nothing", async () => {
  expect(await visit({ id: 999_999_999 } as TestUser)).toBe(false);
  expect(await visit(await aUser({ isVerified: false }))).toBe(false);
  const gone = await aUser();
  await rows("UPDATE users SET erased_at = NOW(3) WHERE id = ?", [gone.id]);
  expect(await visit(gone)).toBe(false);
});

test("a friend is brought once, and nobody by themselves", async () => {
  const [lin, mei, friend] = [await aUser({ name: "lin" }), await aUser({ name: "mei" }), await aUser({ name: "friend" })];
  expect(await refer(friend, lin)).toBe(true);
  expect(await refer(friend, mei)).toBe(false);
  expect(await refer(lin, lin)).toBe(false);
  expect(await referralOf(friend)).toEqual({ status: "open", flags: [], inviter_id: lin.id });
  expect((await eventsAbout("user", friend.id)).at(-1)).toEqual({ name: "referral.opened", actor_id: null, data: { inviterId: lin.id, flags: [] } });
});

test("one device, a ring and one mailbox wait for staff; one address is no reason", async () => {
  const [lin, mei] = [await aUser(), await aUser({ name: "mei" })];
  const device = aDevice();
  await knows(lin, device);
  const [second, third, plus] = [await aUser({ name: "b" }), await aUser({ name: "c" }), await aUser({ name: "d" })];
  await refer(second, lin, device);
  expect(await referralOf(second)).toMatchObject({ status: "review", flags: ["same_device"] });
  await refer(mei, lin);
  await refer(third, mei, device);
  expect(await referralOf(third)).toMatchObject({ status: "review", flags: ["same_device", "ring"] });
  await rows("UPDATE users SET email = ? WHERE id = ?", [lin.email.replace("@", "+2@"), plus.id]);
  await refer(plus, lin);
  expect(await referralOf(plus)).toMatchObject({ status: "review", flags: ["similar_email"] });
  // A ring of accounts that exist already: the friend is up the inviter's line.
  await refer(lin, third);
  expect(await referralOf(lin)).toMatchObject({ status: "review", flags: ["ring"] });
});

const kept = async (friend: TestUser): Promise<string> => {
  const { orderId } = await anOrder(friend, await aMug());
  await perform(theShop, (ctx) => completeOrder(ctx, { requestId: randomUUID(), orderId }));
  return orderId;
};
const told = (orderId: string) =>
  perform(theShop, (ctx) => onOrderCompleted.handle(ctx, { id: 1, name: "order.completed", actorId: null, subjectId: orderId, data: {}, createdAt: ctx.now }));

test("after the friend's first kept order both earn, once, however often it is told", async () => {
  const [lin, friend] = [await aUser(), await aUser({ name: "friend", points: 200 })];
  await refer(friend, lin);
  const pending = await anOrder(friend, await aMug());
  await told(pending.orderId);
  expect(await balanceOf(lin)).toBe(0);
  const orderId = await kept(friend);
  await told(orderId);
  await told(orderId);
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([50, 30]);
  expect((await ledgerOf(lin)).at(-1)).toMatchObject({ source_type: "referral", source_id: String(friend.id) });
  expect((await ledgerOf(friend)).at(-1)).toMatchObject({ source_type: "referred", source_id: String(friend.id) });
  expect(await referralOf(friend)).toMatchObject({ status: "rewarded" });
  expect((await eventsAbout("user", friend.id)).filter(({ name }) => name === "referral.settled")).toEqual([{ name: "referral.settled", actor_id: null, data: { inviterId: lin.id, status: "rewarded" } }]);
});

test("a flagged referral earns nothing until staff has let it pass; then at once, when the order is there", async () => {
  const [lin, owner, device] = [await aUser(), await aUser({ role: "owner" }), aDevice()];
  await knows(lin, device);
  const [early, late] = [await aUser({ name: "x", points: 100 }), await aUser({ name: "y", points: 100 })];
  await refer(early, lin, device);
  await refer(late, lin, device);
  await told(await kept(early));
  expect(await balanceOf(lin)).toBe(0);
  const decide = (friend: TestUser, decision: "approve" | "refuse") => perform(owner.actor, (ctx) => decideReferral(ctx, { requestId: randomUUID(), friendId: friend.id, decision }));
  expect(await decide(early, "approve")).toEqual({ status: "rewarded" });
  expect([await balanceOf(lin), await balanceOf(early)]).toEqual([50, 30]);
  expect(await decide(late, "approve")).toEqual({ status: "open" });
  await told(await kept(late));
  expect(await balanceOf(lin)).toBe(100);
  expect(await refusalOf(decide(late, "refuse"))).toBe("already_settled");
  expect(await refusalOf(decide(owner, "refuse"))).toBe("not_found");
});

test("staff do not judge a referral of their own, on either side", async () => {
  const [inviter, friend, device] = [await aUser({ role: "staff" }), await aUser({ role: "staff" }), aDevice()];
  await knows(inviter, device);
  await refer(friend, inviter, device);
  for (const own of [inviter, friend]) {
    expect(await refusalOf(perform(own.actor, (ctx) => decideReferral(ctx, { requestId: randomUUID(), friendId: friend.id, decision: "approve" })))).toBe("forbidden");
  }
  expect(await referralOf(friend)).toMatchObject({ status: "review" });
});

test("when the friend's order is refunded whole both rewards go back, once; another kept order holds them until it is gone too", async () => {
  const [lin, friend, staff] = [await aUser(), await aUser({ name: "friend", points: 200 }), await aUser({ name: "staff", role: "staff" })];
  await refer(friend, lin);
  const undo = async (orderId: string) => {
    await perform(staff.actor, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: false, reason: "broken" }));
    for (let times = 0; times < 2; times++) await perform(theShop, (ctx) => onOrderRefunded.handle(ctx, { id: 2, name: "order.refunded", actorId: null, subjectId: orderId, data: {}, createdAt: ctx.now }));
  };
  const [first, second] = [await kept(friend), await kept(friend)];
  await told(first);
  await undo(first);
  expect(await balanceOf(lin)).toBe(50);
  await undo(second);
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([0, 200]);
  expect((await ledgerOf(lin)).slice(-1)).toMatchObject([{ kind: "claw_back", points_change: -50, source_type: "referral_undo" }]);
  await told(await kept(friend));
  expect(await balanceOf(lin)).toBe(0);
});

test("an order that was refunded before it could be rewarded earns nothing", async () => {
  const [lin, friend, staff] = [await aUser(), await aUser({ name: "friend", points: 100 }), await aUser({ name: "staff", role: "staff" })];
  await refer(friend, lin);
  const orderId = await kept(friend);
  await perform(staff.actor, (ctx) => refundItem(ctx, { requestId: randomUUID(), orderId, line: 1, quantity: 1, restock: false, reason: "broken" }));
  await told(orderId);
  expect(await balanceOf(lin)).toBe(0);
});

test("a refused referral never earns", async () => {
  const [lin, owner, device, friend] = [await aUser(), await aUser({ role: "owner" }), aDevice(), await aUser({ name: "z", points: 100 })];
  await knows(lin, device);
  await refer(friend, lin, device);
  expect(await perform(owner.actor, (ctx) => decideReferral(ctx, { requestId: "x", friendId: friend.id, decision: "refuse" }))).toEqual({ status: "refused" });
  await told(await kept(friend));
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([0, 0]);
});

test("a frozen inviter earns nothing, and the friend does", async () => {
  const [lin, friend] = [await aUser(), await aUser({ name: "friend", points: 100 })];
  await refer(friend, lin);
  await freeze(lin);
  await told(await kept(friend));
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([0, 30]);
});

test("who asked to be forgotten is given nothing for a friend, who still is", async () => {
  const [lin, friend] = [await aUser(), await aUser({ name: "friend", points: 100 })];
  await refer(friend, lin);
  await rows("UPDATE users SET erased_at = NOW(3) WHERE id = ?", [lin.id]);
  await told(await kept(friend));
  expect([await balanceOf(lin), await balanceOf(friend)]).toEqual([0, 30]);
});

test("an inviter sees their friends by a letter, and only those who proved their address", async () => {
  const [lin, friend, unproved] = [await aUser(), await aUser({ name: "Marcus" }), await aUser({ name: "x", isVerified: false })];
  await refer(friend, lin);
  await refer(unproved, lin);
  await visit(lin);
  expect(await getInvitations(db(), lin.id)).toMatchObject({ friends: [{ name: "M***", status: "open" }], joined: 1, visits: 1 });
  const found = await listReferrals(db(), { page: 1, pageSize: 50, status: "open" });
  expect(found.referrals.some(({ friendId, inviterName }) => friendId === friend.id && inviterName === lin.username)).toBe(true);
});

const open = (token: string, cookies: Record<string, string> = {}, { query = "", method = "GET", headers = {} }: { query?: string; method?: string; headers?: Record<string, string> } = {}) => {
  const request = new Request(`http://shop/s/${token}${query}`, { method, headers: { cookie: Object.entries(cookies).map(([name, value]) => `${name}=${value}`).join("; "), ...headers } });
  return (method === "HEAD" ? HEAD : GET)(request, { params: Promise.resolve({ token }) });
};
const cookiesOf = (reply: Response): Record<string, string> => Object.fromEntries(reply.headers.getSetCookie().map((line) => line.split(";")[0]!.split("=", 2) as [string, string]));
const visitsOf = (who: TestUser) => count("SELECT COUNT(*) FROM share_visits WHERE sharer_id = ?", [who.id]);

test("a new device counts when its cookie comes back, and then goes on to the page with the referrer noted", async () => {
  const lin = await aUser();
  const token = shareToken({ sharerId: lin.id, subject: "stoneware-mug" });
  const first = await open(token);
  expect([first.status, first.headers.get("location"), await visitsOf(lin)]).toEqual([303, `/s/${token}?back=1`, 0]);
  const second = await open(token, cookiesOf(first), { query: "?back=1" });
  expect([second.status, second.headers.get("location"), await visitsOf(lin)]).toEqual([303, "/products/stoneware-mug", 1]);
  expect(referrerFrom(cookiesOf(second)[referrerCookie().name], new Date())).toBe(lin.id);
  const again = await open(token, { [deviceCookie().name]: cookiesOf(first)[deviceCookie().name]! });
  expect([again.headers.get("location"), await visitsOf(lin)]).toEqual(["/products/stoneware-mug", 1]);
});

test("without cookies, by a head, a prefetch or a picture nothing counts and nothing is left behind", async () => {
  const lin = await aUser();
  const token = shareToken({ sharerId: lin.id, subject: "shop" });
  const device = { [deviceCookie().name]: newDevice() };
  for (const reply of [
    await open(token, {}, { query: "?back=1" }), await open(token, device, { method: "HEAD" }), await open(token, device, { headers: { "sec-purpose": "prefetch" } }),
    await open(token, device, { headers: { "sec-fetch-dest": "image", "sec-fetch-mode": "no-cors" } }),
  ]) expect([reply.status, reply.headers.get("location"), reply.headers.getSetCookie()]).toEqual([303, "/", []]);
  expect(await visitsOf(lin)).toBe(0);
});

test("a forged link leads home and counts for nobody", async () => {
  const lin = await aUser();
  const token = shareToken({ sharerId: lin.id, subject: "shop" });
  for (const forged of [token.slice(0, -1), `${lin.id.toString(36)}.shop.AAAAAAAAAAAAAAAAAAAAAA`, "x", token.replace("shop", "evil")]) {
    const reply = await open(forged, { [deviceCookie().name]: newDevice() });
    expect([reply.status, reply.headers.get("location"), reply.headers.getSetCookie()]).toEqual([303, "/", []]);
  }
  expect(await visitsOf(lin)).toBe(0);
});

const aForm = () => ({ username: unique("new"), email: `${unique("new")}@example.com`, password: "jade amber lotus 26" });
const HERE = "127.0.0.1";

test("who brought a newcomer is noted with the form, and still holds when the link is opened on another device", async () => {
  const [lin, mei] = [await aUser(), await aUser({ name: "mei" })];
  const form = aForm();
  const friend = async () => ({ id: (await rows<{ id: number }>("SELECT id FROM users WHERE email = ?", [form.email]))[0]!.id }) as TestUser;
  await signUpWithPassword(form, HERE, "", { deviceKey: aDevice(), inviterId: lin.id });
  await signUpWithPassword(form, HERE, "", { deviceKey: aDevice(), inviterId: mei.id });
  expect((await getInvitations(db(), mei.id)).joined).toBe(0);
  expect(await verifyWithLink({ token: await linkTokenTo(form.email, "verify_email") }, HERE, { deviceKey: aDevice(), inviterId: lin.id })).toMatchObject({ ok: true });
  expect(await referralOf(await friend())).toMatchObject({ inviter_id: mei.id, status: "open" });
  expect((await getInvitations(db(), mei.id)).joined).toBe(1);
  // Somebody who has an account is brought by nobody, whatever form is sent in their name.
  await signUpWithPassword({ ...aForm(), email: form.email }, HERE, "", { deviceKey: aDevice(), inviterId: lin.id });
  expect(await referralOf(await friend())).toMatchObject({ inviter_id: mei.id });
});

test("a newcomer whose form said nothing is brought by the link of the device on which they prove their address", async () => {
  const [lin, form] = [await aUser(), aForm()];
  await signUpWithPassword(form, HERE);
  await verifyWithLink({ token: await linkTokenTo(form.email, "verify_email") }, HERE, { deviceKey: aDevice(), inviterId: lin.id });
  expect((await getInvitations(db(), lin.id)).joined).toBe(1);
});
