import { expect, test } from "vitest";

import type { Actor, StaffId, UserId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { db } from "@/db/client";
import { rows } from "@/test/database";
import { aToken, aUser, eventsAbout, refusalOf, staffWith, unique } from "@/test/world";

import { changeRole, endSessions, freezeAccount } from "../commands";
import { permissionsOf, type Permission } from "../permission";
import { findSession } from "../queries";
import { deleteRole, saveRole } from "./commands";
import { findRole, listRoles } from "./queries";

const custom = (id: UserId, permissions: readonly Permission[]): Actor => ({ kind: "staff", id: id as StaffId, role: "staff", permissions: permissionsOf("staff", { builtIn: null, permissions }) });
const save = (actor: Actor, role: Parameters<typeof saveRole>[1]) => perform(actor, (ctx) => saveRole(ctx, role));
const remove = (actor: Actor, id: number) => perform(actor, (ctx) => deleteRole(ctx, { id }));
const assign = (actor: Actor, userId: number, staffRoleId: number) => perform(actor, (ctx) => changeRole(ctx, { requestId: "r", userId, role: "staff", staffRoleId }));

test("a custom role is made, given, changed and read at the next request, and each step tells before and after", async () => {
  const owner = await aUser({ role: "owner" });
  const name = unique("packers");
  const { id } = await save(owner.actor, { name, permissions: ["orders.read", "orders.fulfil"] });
  expect(await eventsAbout("staff_role", id)).toMatchObject([{ name: "staff_role.created", actor_id: owner.id, data: { changes: { name: [null, name], permissions: [null, ["orders.fulfil", "orders.read"]] } } }]);
  const wei = await aUser();
  await assign(owner.actor, wei.id, id);
  const token = await aToken(wei);
  expect([...(await findSession(token))!.staff!.permissions].sort()).toEqual(["orders.fulfil", "orders.read"]);
  await save(owner.actor, { id, name, permissions: ["orders.read"] });
  expect([...(await findSession(token))!.staff!.permissions]).toEqual(["orders.read"]);
  expect((await eventsAbout("staff_role", id)).at(-1)).toMatchObject({ name: "staff_role.changed", data: { changes: { permissions: [["orders.fulfil", "orders.read"], ["orders.read"]] } } });
  expect((await eventsAbout("user", wei.id)).at(-1)).toMatchObject({ name: "account.role_changed", data: { from: "shopper", to: "staff", changes: { role: ["shopper", "staff"], staffRole: [null, name] } } });
});

test("saving what is there already is no change", async () => {
  const owner = await aUser({ role: "owner" });
  const role = { name: unique("same"), permissions: ["orders.read"] as Permission[] };
  const { id } = await save(owner.actor, role);
  await save(owner.actor, { id, ...role });
  expect(await eventsAbout("staff_role", id)).toHaveLength(1);
});

test("nobody makes, changes, gives or deletes a role with more in it than they have", async () => {
  const [owner, hr, wei] = [await aUser({ role: "owner" }), await aUser({ role: "staff" }), await aUser()];
  const actor = custom(hr.id, ["staff.read", "staff.manage", "orders.read"]);
  const { id } = await save(owner.actor, { name: unique("money"), permissions: ["orders.read", "orders.refund"] });
  expect(await refusalOf(save(actor, { name: unique("mine"), permissions: ["orders.refund"] }))).toBe("forbidden");
  expect(await refusalOf(save(actor, { id, name: unique("less"), permissions: ["orders.read"] }))).toBe("forbidden");
  expect(await refusalOf(assign(actor, wei.id, id))).toBe("forbidden");
  expect(await refusalOf(assign(actor, hr.id, id))).toBe("forbidden");
  expect(await refusalOf(remove(actor, id))).toBe("forbidden");
  expect(await refusalOf(perform(actor, (ctx) => changeRole(ctx, { requestId: "r", userId: hr.id, role: "owner" })))).toBe("forbidden");
  expect(await refusalOf(perform(actor, (ctx) => changeRole(ctx, { requestId: "r", userId: owner.id, role: "shopper" })))).toBe("forbidden");
  const own = await save(actor, { name: unique("reads"), permissions: ["orders.read"] });
  await assign(actor, wei.id, own.id);
  expect(await findRole(db(), own.id)).toMatchObject({ members: 1 });
});

test("who manages the staff neither demotes, freezes nor signs out a colleague who may do what they may not; an owner does", async () => {
  const [owner, manager, hr, clerk] = [await aUser({ role: "owner" }), await aUser({ role: "staff" }), await aUser({ role: "staff" }), await aUser()];
  const actor = custom(hr.id, ["staff.read", "staff.manage", "orders.read"]);
  const { id } = await save(owner.actor, { name: unique("reads"), permissions: ["orders.read"] });
  await assign(owner.actor, clerk.id, id);
  const ways = [
    (by: Actor, userId: UserId) => perform(by, (ctx) => freezeAccount(ctx, { requestId: "r", userId, reason: "in my way" })),
    (by: Actor, userId: UserId) => perform(by, (ctx) => endSessions(ctx, { requestId: "r", userId })),
    (by: Actor, userId: UserId) => perform(by, (ctx) => changeRole(ctx, { requestId: "r", userId, role: "shopper" })),
  ];
  for (const way of ways) {
    expect(await refusalOf(way(actor, manager.id))).toBe("forbidden");
    await way(actor, clerk.id);
    await way(owner.actor, manager.id);
  }
  expect(await rows("SELECT role FROM users WHERE id IN (?, ?)", [clerk.id, manager.id])).toEqual([{ role: "shopper" }, { role: "shopper" }]);
});

test("without the permission to manage the staff nothing of it can be done", async () => {
  const [clerk, wei] = [await aUser({ role: "staff" }), await aUser()];
  for (const actor of [clerk.actor, staffWith(clerk.id, "staff", "support"), wei.actor]) {
    expect(await refusalOf(save(actor, { name: unique("no"), permissions: ["orders.read"] }))).toBe("forbidden");
    expect(await refusalOf(remove(actor, 1))).toBe("forbidden");
    expect(await refusalOf(perform(actor, (ctx) => changeRole(ctx, { requestId: "r", userId: wei.id, role: "staff" })))).toBe("forbidden");
  }
});

test("the roles that came with the shop stay as they are, a name is there once, and one that somebody has is not deleted", async () => {
  const [owner, wei] = [await aUser({ role: "owner" }), await aUser()];
  const support = (await listRoles(db())).find(({ builtIn }) => builtIn === "support")!;
  expect(await refusalOf(save(owner.actor, { id: support.id, name: "x", permissions: ["orders.read"] }))).toBe("forbidden");
  expect(await refusalOf(remove(owner.actor, support.id))).toBe("forbidden");
  const name = unique("once");
  const { id } = await save(owner.actor, { name, permissions: ["orders.read"] });
  expect(await refusalOf(save(owner.actor, { name, permissions: ["orders.read"] }))).toBe("role_name_taken");
  await assign(owner.actor, wei.id, id);
  expect(await refusalOf(remove(owner.actor, id))).toBe("role_in_use");
  await perform(owner.actor, (ctx) => changeRole(ctx, { requestId: "r", userId: wei.id, role: "shopper" }));
  await remove(owner.actor, id);
  expect(await findRole(db(), id)).toBeNull();
  expect((await eventsAbout("staff_role", id)).at(-1)).toMatchObject({ name: "staff_role.deleted", data: { changes: { name: [name, null] } } });
  expect(await refusalOf(assign(owner.actor, wei.id, id))).toBe("not_found");
});

test("who leaves the team is a shopper at once: sessions end and the second factor is gone", async () => {
  const [owner, wei] = [await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  const token = await aToken(wei);
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [wei.id])).toHaveLength(1);
  await perform(owner.actor, (ctx) => changeRole(ctx, { requestId: "r", userId: wei.id, role: "shopper" }));
  expect(await findSession(token)).toBeNull();
  expect(await findSession(await aToken(wei))).toMatchObject({ role: "shopper", staff: null });
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [wei.id])).toEqual([]);
});
