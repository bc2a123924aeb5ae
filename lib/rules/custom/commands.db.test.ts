import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import { event } from "@/app/api/points/event/handler";
import { perform } from "@/lib/perform";
import { count } from "@/test/database";
import { atOnce, aToken, aUser, balanceOf, eventsAbout, refusalOf, theClock, theShop, unique } from "@/test/world";

import { saveRule } from "../editing/commands";
import { CustomEventInput, RuleInput } from "../schema";
import { receiveEvent } from "./commands";

/** A rule for an event that no other test knows. */
async function aRule(points: number, more: object = {}): Promise<string> {
  const name = unique("app").replaceAll("-", "_");
  await perform(theShop, (ctx) => saveRule(ctx, RuleInput.parse({
    requestId: randomUUID(), actionType: "custom", name, status: "active", definition: { effect: { kind: "fixed", points }, conditions: [{ kind: "event", name }], ...more },
  })));
  return name;
}

const post = async (token: string, body: object) => {
  const response = await event(new Request("http://shop/api/points/event", { method: "POST", headers: { "content-type": "application/json", "x-auth-token": token }, body: JSON.stringify(body) }));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const staffToken = async (): Promise<string> => aToken(await aUser({ role: "staff" }));

test("an event earns what its rule says, once for its id, and says so each time", async () => {
  const [who, token, name] = [await aUser(), await staffToken(), await aRule(15)];
  const first = await post(token, { userId: who.id, event: name, id: "a-1", data: { device: "phone" } });
  expect(first).toMatchObject({ status: 200, body: { user_id: who.id, points: 15, points_pending: 0 } });
  expect(await post(token, { email: who.email.toUpperCase(), event: name, id: "a-1", data: { device: "phone" } })).toEqual(first);
  expect(await balanceOf(who)).toBe(15);
  await post(token, { userId: who.id, event: name, id: "a-2" });
  expect(await balanceOf(who)).toBe(30);
  expect((await eventsAbout("user", who.id)).filter((each) => each.name === "custom.received")).toHaveLength(2);
});

test("the same event sent fifty times at once takes effect once", async () => {
  const [who, name] = [await aUser(), await aRule(10)];
  const input = CustomEventInput.parse({ userId: who.id, event: name, id: "once" });
  const replies = await atOnce(50, () => perform(theShop, (ctx) => receiveEvent(ctx, input)));
  expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  expect(await balanceOf(who)).toBe(10);
  expect(await count("SELECT COUNT(*) FROM custom_events WHERE name = ?", [name])).toBe(1);
});

test("an id that came before for somebody else, or with other data, is refused", async () => {
  const [lin, mei, token, name] = [await aUser(), await aUser(), await staffToken(), await aRule(5)];
  await post(token, { userId: lin.id, event: name, id: "x", data: { step: 1 } });
  expect(await post(token, { userId: mei.id, event: name, id: "x", data: { step: 1 } })).toMatchObject({ status: 422, body: { code: "request_key_reused" } });
  expect(await post(token, { userId: lin.id, event: name, id: "x", data: { step: 2 } })).toMatchObject({ status: 422 });
  expect(await balanceOf(mei)).toBe(0);
});

test("points that waited for an event come with it", async () => {
  const who = await aUser();
  const kept = `${unique("kept").replaceAll("-", "_")}`;
  const opened = await aRule(40, { holding: { kind: "event", name: kept } });
  const send = (name: string, id: string) => perform(theShop, (ctx) => receiveEvent(ctx, CustomEventInput.parse({ userId: who.id, event: name, id })));
  expect(await send(opened, "1")).toMatchObject({ points: 0, pointsPending: 40 });
  expect(await balanceOf(who)).toBe(0);
  theClock.passMinutes(5);
  expect(await send(kept, "2")).toMatchObject({ points: 0, pointsPending: 0 });
  expect(await balanceOf(who)).toBe(40);
  expect(await send(opened, "1")).toMatchObject({ points: 0, pointsPending: 40 });
});

test("shoppers send no events, and an unknown person has none", async () => {
  const [who, staff] = [await aUser(), await staffToken()];
  const body = { userId: who.id, event: "app.opened", id: "1" };
  expect(await post(await aToken(who), body)).toMatchObject({ status: 403 });
  expect(await post("nobody", body)).toMatchObject({ status: 401 });
  expect(await post(staff, { ...body, userId: 4_000_000_000 })).toMatchObject({ status: 404 });
  expect(await post(staff, { event: "app.opened", id: "1", email: "nobody@example.com" })).toMatchObject({ status: 404 });
  expect(await post(staff, { ...body, event: "App opened!" })).toMatchObject({ status: 400 });
  expect(await refusalOf(perform(theShop, (ctx) => receiveEvent(ctx, CustomEventInput.parse({ ...body, userId: 4_000_000_000 }))))).toBe("not_found");
});

test("staff earns nothing by telling the shop of themselves", async () => {
  const [clerk, name] = [await aUser({ role: "staff" }), await aRule(10)];
  expect(await post(await aToken(clerk), { userId: clerk.id, event: name, id: "1" })).toMatchObject({ status: 403 });
  expect(await balanceOf(clerk)).toBe(0);
});
