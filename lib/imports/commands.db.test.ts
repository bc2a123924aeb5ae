import { randomUUID } from "node:crypto";

import { expect, test } from "vitest";

import type { Actor, StaffId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { parseInput } from "@/lib/outcome";
import { ProductInput } from "@/lib/catalog/schema";
import { count, rows } from "@/test/database";
import { atOnce, aUser, eventsAbout, refusalOf, staffWith, unique } from "@/test/world";

import { importMembers, importProduct, recordImport } from "./commands";
import type { Member } from "./members";
import { listImports } from "./queries";
import { db } from "@/db/client";

const member = (changes: Partial<Member> = {}): Member => ({ email: `${unique("member")}@example.com`, username: unique("member"), birthday: "", locale: "zh-CN", ...changes });
const anOwner = async () => (await aUser({ role: "owner" })).actor;
const people = (emails: string[]) => rows<{ id: number; username: string; role: string; emailVerifiedAt: Date | null }>(`SELECT id, username, role, email_verified_at AS emailVerifiedAt FROM users WHERE email IN (${emails.map(() => "?").join(",")}) ORDER BY id`, emails);

test("members come with an account, unproved and without points, and the same again makes nobody", async () => {
  const [owner, members] = [await anOwner(), [member(), member({ birthday: "2000-02-29", locale: "en" }), member()]];
  expect(await perform(owner, (ctx) => importMembers(ctx, members))).toBe(3);
  const made = await people(members.map(({ email }) => email));
  expect(made).toHaveLength(3);
  expect(made.every(({ role, emailVerifiedAt }) => role === "shopper" && emailVerifiedAt === null)).toBe(true);
  expect(await count("SELECT COUNT(*) FROM point_accounts WHERE points_balance = 0 AND user_id IN (?, ?, ?)", made.map(({ id }) => id))).toBe(3);
  expect(await eventsAbout("user", made[0]!.id)).toMatchObject([{ name: "account.registered" }]);
  expect(await perform(owner, (ctx) => importMembers(ctx, members))).toBe(0);
});

test("who has a name that somebody has, also but for its case or marks, gets it with an end", async () => {
  const [owner, lin] = [await anOwner(), await aUser()];
  const members = [member({ username: lin.username.toUpperCase() }), member({ username: `Zoë ${lin.id}` }), member({ username: `zoe ${lin.id}` }), member({ username: `Weiß ${lin.id}` }), member({ username: `Weiss ${lin.id}` })];
  expect(await perform(owner, (ctx) => importMembers(ctx, members))).toBe(5);
  const names = (await people(members.map(({ email }) => email))).map(({ username }) => username);
  expect(new Set(names).size).toBe(5);
  expect(names.every((name) => [...name].length <= 50)).toBe(true);
});

test("one file taken in by two people at once makes each member once", async () => {
  const [owner, members] = [await anOwner(), Array.from({ length: 30 }, () => member())];
  const made = await atOnce(4, () => perform(owner, (ctx) => importMembers(ctx, members)).catch(() => 0));
  expect(made.reduce((sum, each) => sum + each, 0)).toBe(30);
  expect(await people(members.map(({ email }) => email))).toHaveLength(30);
});

test("a product is made once, with its stock", async () => {
  const owner = await anOwner();
  const slug = unique("kettle").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const parsed = parseInput(ProductInput, { requestId: "import", slug, name: "Kettle", skus: [{ priceMode: "points", pointsPrice: 240, initialStock: 30 }] });
  if (!parsed.ok) throw new Error("the product is sound");
  expect(await perform(owner, (ctx) => importProduct(ctx, parsed.value))).toBe(true);
  expect(await perform(owner, (ctx) => importProduct(ctx, parsed.value))).toBe(false);
  expect(await count("SELECT stock FROM sku_stock s JOIN skus k ON k.id = s.sku_id JOIN products p ON p.id = k.product_id WHERE p.slug = ?", [slug])).toBe(30);
});

test("a product goes on sale only by whoever may write products", async () => {
  const actor: Actor = { kind: "staff", id: (await aUser({ role: "staff" })).id as StaffId, role: "staff", permissions: new Set(["import.run"]) };
  const take = (status: "active" | "draft") => {
    const parsed = parseInput(ProductInput, { requestId: "import", slug: unique("mug").toLowerCase().replace(/[^a-z0-9]+/g, "-"), name: "Mug", status, skus: [{ priceMode: "points", pointsPrice: 1, initialStock: 3 }] });
    if (!parsed.ok) throw new Error("the product is sound");
    return perform(actor, (ctx) => importProduct(ctx, parsed.value));
  };
  expect([await refusalOf(take("active")), await take("draft")]).toEqual(["forbidden", true]);
});

test("the same file is noted once, with who took it in", async () => {
  const owner = await aUser({ role: "owner" });
  const file = { kind: "members" as const, text: randomUUID(), fileName: "members.csv", rows: 3, report: { made: 2, known: 0, faulty: 1 } };
  await perform(owner.actor, (ctx) => recordImport(ctx, file));
  await perform(owner.actor, (ctx) => recordImport(ctx, file));
  expect((await listImports(db())).filter(({ actor }) => actor === owner.username)).toMatchObject([{ fileName: "members.csv", rows: 3, report: file.report }]);
});

test.each(["manager", "support", "analyst"] as const)("a %s takes nothing in", async (role) => {
  const actor = staffWith((await aUser({ role: "staff" })).id, "staff", role);
  expect(await refusalOf(perform(actor, (ctx) => importMembers(ctx, [member()])))).toBe("forbidden");
});
