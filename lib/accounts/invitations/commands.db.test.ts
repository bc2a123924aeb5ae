import { expect, test } from "vitest";

import { db } from "@/db/client";
import type { StaffId } from "@/lib/ctx";
import { acceptAsMember, joinAsMember, lookAtInvitation } from "@/lib/invitations";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aToken, aUser, becomes, eventsAbout, linkTokenTo, mailTo, refusalOf, theClock, unique, type TestUser } from "@/test/world";

import { permissionsOf } from "../permission";
import { findSession } from "../queries";
import { deleteRole, saveRole } from "../roles/commands";
import { listRoles } from "../roles/queries";
import { inviteStaff, resendInvitation, revokeInvitation } from "./commands";

const FROM = { address: "203.0.113.11", device: "Chrome · Windows" };
const PASSWORD = "correct horse battery";

const roleId = async (builtIn: string): Promise<number> => (await listRoles(db())).find((role) => role.builtIn === builtIn)!.id;
const invite = async (by: TestUser, email: string, role = "support") => {
  const id = await roleId(role);
  return perform(by.actor, (ctx) => inviteStaff(ctx, { email, roleId: id }));
};
const tokenIn = (path: string): string => new URL(path, "http://shop").searchParams.get("token")!;
const newAddress = (): string => `${unique("guest")}@example.com`;
const join = (token: string, username = unique("wei")) => joinAsMember({ token, username, password: PASSWORD }, FROM);

test("an invitation goes out by mail and makes an account with the role, once", async () => {
  const owner = await aUser({ role: "owner" });
  const email = newAddress();
  const { id, path } = await invite(owner, email);
  expect((await mailTo(email)).map(({ template }) => template)).toEqual(["staff_invited"]);
  expect(await linkTokenTo(email, "staff_invited")).toBe(tokenIn(path));
  expect(await lookAtInvitation(tokenIn(path))).toMatchObject({ email, builtIn: "support", isKnown: false });
  const joined = await join(tokenIn(path));
  if (!joined.ok) throw new Error(joined.code);
  const person = (await findSession(joined.value.token))!;
  expect(person).toMatchObject({ email, role: "staff", staff: { builtIn: "support", hasSecondFactor: false } });
  expect(await rows("SELECT email_verified_at IS NOT NULL AS proved FROM users WHERE id = ?", [person.id])).toEqual([{ proved: 1 }]);
  expect((await eventsAbout("invitation", id)).map(({ name }) => name)).toEqual(["invitation.sent", "invitation.accepted"]);
  expect(await join(tokenIn(path))).toMatchObject({ code: "link_invalid" });
  expect(await lookAtInvitation(tokenIn(path))).toBeNull();
});

test("who has an account accepts with it, and only with the address that was invited", async () => {
  const [owner, wei, other] = [await aUser({ role: "owner" }), await aUser(), await aUser()];
  const { path } = await invite(owner, wei.email, "fulfilment");
  const [weiToken, otherToken] = [await aToken(wei), await aToken(other)];
  expect(await join(tokenIn(path))).toMatchObject({ code: "email_taken" });
  expect(await acceptAsMember((await findSession(otherToken))!, tokenIn(path), FROM)).toMatchObject({ code: "link_invalid" });
  const accepted = await acceptAsMember((await findSession(weiToken))!, tokenIn(path), FROM);
  if (!accepted.ok) throw new Error(accepted.code);
  expect(await findSession(weiToken)).toBeNull();
  expect(await findSession(accepted.value.token)).toMatchObject({ id: wei.id, staff: { builtIn: "fulfilment" } });
  expect(await rows("SELECT device FROM sessions WHERE user_id = ? AND session_version = (SELECT session_version FROM users WHERE id = ?)", [wei.id, wei.id])).toEqual([{ device: FROM.device }]);
});

test("somebody who signed up with the address and never proved it gives way", async () => {
  const owner = await aUser({ role: "owner" });
  const squatter = await aUser({ isVerified: false, password: "the squatter's own" });
  const { path } = await invite(owner, squatter.email);
  const joined = await join(tokenIn(path));
  if (!joined.ok) throw new Error(joined.code);
  expect(joined.value.userId).toBe(squatter.id);
  expect(await findSession(joined.value.token)).toMatchObject({ email: squatter.email, role: "staff" });
});

test("an address is invited once at a time, colleagues are not invited, and what ran out may be sent anew", async () => {
  const [owner, clerk] = [await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  const email = newAddress();
  await invite(owner, email);
  expect(await refusalOf(invite(owner, email))).toBe("already_invited");
  expect(await refusalOf(invite(owner, clerk.email))).toBe("already_staff");
  theClock.passDays(8);
  await invite(owner, email);
});

test("sending it again makes a new link and kills the old one; taking it back kills both", async () => {
  const owner = await aUser({ role: "owner" });
  const first = await invite(owner, newAddress());
  theClock.passDays(6);
  const second = await perform(owner.actor, (ctx) => resendInvitation(ctx, { id: first.id }));
  expect(await join(tokenIn(first.path))).toMatchObject({ code: "link_invalid" });
  theClock.passDays(6);
  expect(await lookAtInvitation(tokenIn(second.path))).not.toBeNull();
  await perform(owner.actor, (ctx) => revokeInvitation(ctx, { id: first.id }));
  expect(await join(tokenIn(second.path))).toMatchObject({ code: "link_invalid" });
  expect(await refusalOf(perform(owner.actor, (ctx) => resendInvitation(ctx, { id: first.id })))).toBe("not_found");
  expect(await refusalOf(perform(owner.actor, (ctx) => revokeInvitation(ctx, { id: first.id })))).toBe("not_found");
});

test("after seven days a link is dead", async () => {
  const owner = await aUser({ role: "owner" });
  const { path } = await invite(owner, newAddress());
  theClock.passDays(7);
  expect(await join(tokenIn(path))).toMatchObject({ code: "link_invalid" });
});

test("nobody invites to more than they have, and an invitation is worth what its sender could give today", async () => {
  const [owner, hr, clerk] = [await aUser({ role: "owner" }), await aUser({ role: "owner" }), await aUser({ role: "staff" })];
  const small = { ...hr, actor: { kind: "staff", id: hr.id as StaffId, role: "staff", permissions: permissionsOf("staff", { builtIn: null, permissions: ["staff.manage", "orders.read"] }) } as const };
  expect(await refusalOf(invite(small, newAddress(), "manager"))).toBe("forbidden");
  expect(await refusalOf(invite(clerk, newAddress(), "fulfilment"))).toBe("forbidden");
  const { path } = await invite(hr, newAddress());
  await becomes(hr, "shopper", owner.actor);
  expect(await join(tokenIn(path))).toMatchObject({ code: "link_invalid" });
});

test("a role that somebody is invited to is kept until the invitation is over", async () => {
  const owner = await aUser({ role: "owner" });
  const role = await perform(owner.actor, (ctx) => saveRole(ctx, { name: unique("packers"), permissions: ["orders.read"] }));
  const { id } = await perform(owner.actor, (ctx) => inviteStaff(ctx, { email: newAddress(), roleId: role.id }));
  expect(await refusalOf(perform(owner.actor, (ctx) => deleteRole(ctx, role)))).toBe("role_in_use");
  await perform(owner.actor, (ctx) => revokeInvitation(ctx, { id }));
  await perform(owner.actor, (ctx) => deleteRole(ctx, role));
});

test.each(["", "x", "A".repeat(43), null, 7, {}])("the token %j leads nowhere", async (token) => {
  expect(await joinAsMember({ token, username: unique("wei"), password: PASSWORD }, FROM)).toMatchObject({ code: "link_invalid" });
});
