import { expect, test } from "vitest";

import { signInWithPassword } from "@/lib/entrance";
import { perform } from "@/lib/perform";
import { rows } from "@/test/database";
import { aToken, aUser, eventsAbout, refusalOf, theShop, unique } from "@/test/world";

import { confirmEmailChange, resetPassword } from "../credentials/commands";
import { issueLink } from "../links/commands";
import { findSession } from "../queries";
import { appointOwner } from "./commands";

const appoint = (email: string) => perform(theShop, (ctx) => appointOwner(ctx, email));
const passwordOf = async (email: string) => (await rows<{ hash: string }>("SELECT password_hash AS hash FROM users WHERE email = ?", [email]))[0]!.hash;
const roleOf = async (email: string) => (await rows<{ id: number; role: string }>("SELECT id, role FROM users WHERE email = ?", [email]))[0]!;

test("an address that nobody has becomes an owner with a link to choose a password, which works once", async () => {
  const email = `${unique("founder")}@example.com`;
  const { isNew, path } = await appoint(email);
  expect(isNew).toBe(true);
  const owner = await roleOf(email);
  expect(owner.role).toBe("owner");
  expect((await eventsAbout("user", owner.id)).map(({ name }) => name)).toContain("account.role_changed");
  const token = new URL(path, "http://shop").searchParams.get("token");
  await perform(theShop, (ctx) => resetPassword(ctx, token, "a new hash"));
  expect(await appoint(email)).toMatchObject({ isNew: false, keepsPassword: true });
  expect(await passwordOf(email)).toBe("a new hash");
});

test.each([true, false])("whoever signed up with the address before comes in by nothing that they had, whether or not it was taken as proved (%s)", async (isVerified) => {
  const squatter = await aUser({ password: "correct horse battery", isVerified });
  const token = await aToken(squatter);
  await rows("INSERT INTO second_factors (user_id, secret, confirmed_at, recovery_digests, created_at) VALUES (?, 'x', NOW(3), '[]', NOW(3))", [squatter.id]);
  const elsewhere = `${unique("elsewhere")}@example.com`;
  const links = await perform(theShop, async (ctx) => [await issueLink(ctx, { userId: squatter.id, email: elsewhere }, "change_email"), await issueLink(ctx, { userId: squatter.id, email: squatter.email }, "reset_password")]);
  const { isNew, keepsPassword, path } = await appoint(squatter.email);
  expect([isNew, keepsPassword, (await roleOf(squatter.email)).role]).toEqual([false, false, "owner"]);
  expect(await findSession(token)).toBeNull();
  expect(await signInWithPassword({ email: squatter.email, password: "correct horse battery" }, "203.0.113.9")).toMatchObject({ code: "wrong_credentials" });
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [squatter.id])).toEqual([]);
  expect(await refusalOf(perform(theShop, (ctx) => confirmEmailChange(ctx, links[0], null)))).toBe("link_invalid");
  expect(await refusalOf(perform(theShop, (ctx) => resetPassword(ctx, links[1], "theirs")))).toBe("link_invalid");
  await perform(theShop, (ctx) => resetPassword(ctx, new URL(path, "http://shop").searchParams.get("token"), "the owner's"));
  expect(await passwordOf(squatter.email)).toBe("the owner's");
});

test.each(["staff", "owner"] as const)("a member of the team keeps password and authenticator, and may choose another by the link (%s)", async (role) => {
  const wei = await aUser({ role, password: "correct horse battery" });
  const [token, hash] = [await aToken(wei), await passwordOf(wei.email)];
  expect(await appoint(wei.email)).toMatchObject({ isNew: false, keepsPassword: true, path: expect.stringContaining("token=") });
  expect((await roleOf(wei.email)).role).toBe("owner");
  expect(await findSession(token)).toBeNull();
  expect(await passwordOf(wei.email)).toBe(hash);
  expect(await rows("SELECT user_id FROM second_factors WHERE user_id = ?", [wei.id])).toHaveLength(1);
});

test("nobody appoints an owner from inside the shop", async () => {
  const owner = await aUser({ role: "owner" });
  await expect(perform(owner.actor, (ctx) => appointOwner(ctx, owner.email))).rejects.toThrow("from inside the shop");
});
