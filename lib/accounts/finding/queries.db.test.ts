import { expect, test } from "vitest";

import { db } from "@/db/client";
import { findProducts } from "@/lib/catalog/finding/queries";
import { findOrderByNumber } from "@/lib/orders/finding/queries";
import { orderNumber } from "@/lib/orders/status";
import { rows } from "@/test/database";
import { aMug, anOrder, aUser } from "@/test/world";

import { findPeople } from "./queries";

const found = async (text: string, roles: Parameters<typeof findPeople>[2] = ["shopper"]): Promise<number[]> => (await findPeople(db(), text, roles, 5)).map(({ id }) => id);

test("a person is found by a part of the name, by the id and by the whole address, never by a part of the address", async () => {
  const lin = await aUser({ name: "palette" });
  const [{ email }] = (await rows<{ email: string }>("SELECT email FROM users WHERE id = ?", [lin.id])) as [{ email: string }];
  expect(await found(lin.username.slice(1))).toContain(lin.id);
  expect(await found(`#${lin.id}`)).toContain(lin.id);
  expect(await found(` ${email.toUpperCase()} `)).toEqual([lin.id]);
  expect(await found(email.slice(0, -1))).toEqual([]);
  expect((await findPeople(db(), email, ["shopper"], 5))[0]!.emailMasked).not.toBe(email);
});

test("a role that sees only shoppers finds no colleague, and wildcards are letters", async () => {
  const staff = await aUser({ name: "colleague", role: "staff" });
  expect(await found(staff.username)).toEqual([]);
  expect(await found(staff.username, ["staff", "owner"])).toEqual([staff.id]);
  expect(await found(staff.username, [])).toEqual([]);
  expect(await found("%")).toEqual([]);
  expect(await found("  ")).toEqual([]);
});

test("an order is found by its number, with its letter or without, and by the id in its address", async () => {
  const lin = await aUser({ points: 500 });
  const { orderId } = await anOrder(lin, await aMug());
  const [row] = await rows<{ id: number; created_at: Date }>("SELECT id, created_at FROM orders WHERE public_id = ?", [orderId]);
  const number = orderNumber({ id: row!.id, createdAt: row!.created_at });
  for (const text of [number, ` ${number.toLowerCase()} `, number.slice(1), orderId]) expect(await findOrderByNumber(db(), text)).toMatchObject({ publicId: orderId, number, username: lin.username });
  for (const text of ["P2611", "mug", `${number}1x`, ""]) expect(await findOrderByNumber(db(), text)).toBeNull();
});

test("a product is found by either name, by its address and by its id", async () => {
  const mug = await aMug();
  const [row] = await rows<{ id: number; slug: string }>("SELECT p.id, p.slug FROM products p JOIN skus s ON s.product_id = p.id WHERE s.id = ?", [mug.skuId]);
  expect((await findProducts(db(), row!.slug, 5)).map(({ id }) => id)).toEqual([row!.id]);
  expect((await findProducts(db(), String(row!.id), 5)).map(({ id }) => id)).toContain(row!.id);
  expect(await findProducts(db(), " ", 5)).toEqual([]);
});
