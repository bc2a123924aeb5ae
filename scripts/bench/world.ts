import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { eq } from "drizzle-orm";

import { db } from "@/db/client";
import { sessions, users } from "@/db/schema";
import { saveProduct } from "@/lib/catalog/commands";
import { ProductInput } from "@/lib/catalog/schema";
import type { UserId } from "@/lib/ctx";
import { perform } from "@/lib/perform";
import { tokenDigest } from "@/lib/accounts/session-token";

import { seedLoad } from "../seed/load";

import { listSkus } from "@/lib/catalog/queries";

export type LoadUser = { id: UserId; token: string };

/** People with 10,000 points in ten lots each. */
export async function loadUsers(count: number): Promise<LoadUser[]> {
  const file = path.join(tmpdir(), `points-mall-bench-${randomBytes(4).toString("hex")}`);
  await seedLoad(count, file);
  const tokens = (await readFile(file, "utf8")).trim().split("\n");
  await rm(file);
  const rows = await db().select({ id: users.id, digest: sessions.tokenDigest }).from(sessions).innerJoin(users, eq(users.id, sessions.userId));
  const ids = new Map(rows.map(({ id, digest }) => [digest.toString("hex"), id as UserId]));
  return tokens.map((token) => ({ token, id: ids.get(tokenDigest(token).toString("hex"))! }));
}

/** A product of 10 points a piece; returns its id and its SKU's. */
export async function aProduct(stock: number): Promise<{ productId: number; skuId: number }> {
  const name = `bench-${randomBytes(5).toString("hex")}`;
  const input = ProductInput.parse({
    requestId: name, name, slug: name, delivery: "virtual", status: "active", skus: [{ priceMode: "points", pointsPrice: 10, initialStock: stock }],
  });
  const { id } = await perform({ kind: "system", name: "bench" }, (ctx) => saveProduct(ctx, input));
  const [sku] = await listSkus(db(), id);
  return { productId: id, skuId: sku!.id };
}
