import { expect, test } from "vitest";

import { permissionsOf } from "@/lib/accounts/permission";
import { count, rows } from "@/test/database";
import { aUser, unique } from "@/test/world";
import type { Staff } from "@/lib/staff";

import { judgeFile, takeIn } from "./taking-in";

const staffOf = async (permissions: ReadonlySet<string> = permissionsOf("owner", null)): Promise<Staff> => ({ ...(await aUser({ role: "owner" })), role: "owner", permissions }) as unknown as Staff;
const slugOf = (name: string): string => unique(name).toLowerCase().replace(/[^a-z0-9]+/g, "-");

test("the same file changes nothing, also when its people and products have other names by now", async () => {
  const owner = await staffOf();
  const [email, slug] = [`${unique("member")}@example.com`, slugOf("kettle")];
  const members = { kind: "members" as const, text: `email,name\n${email},${unique("member")}`, fileName: "members.csv" };
  const products = { kind: "products" as const, text: `slug,name,points,stock,status\n${slug},Kettle,240,30,active`, fileName: "products.csv" };
  expect([await takeIn(owner, members), await takeIn(owner, products)]).toMatchObject([{ made: 1, takenAt: null }, { made: 1, takenAt: null }]);
  await rows("UPDATE users SET email = ?, erased_at = NOW(3) WHERE email = ?", [`${unique("gone")}@example.com`, email]);
  await rows("UPDATE products SET slug = ? WHERE slug = ?", [slugOf("renamed"), slug]);
  for (const file of [members, products]) expect(await takeIn(owner, file)).toEqual({ made: 0, known: 1, faulty: 0, takenAt: expect.any(Date) });
  expect([await count("SELECT COUNT(*) FROM users WHERE email = ?", [email]), await count("SELECT COUNT(*) FROM products WHERE slug = ?", [slug])]).toEqual([0, 0]);
  expect(await takeIn(owner, { ...members, text: `${members.text}\n${unique("other")}@example.com,${unique("other")}` })).toMatchObject({ made: 2, takenAt: null });
});

test("who may not write products takes in drafts alone", async () => {
  const importer = await staffOf(new Set(["import.run"]));
  const [sold, draft] = [slugOf("kettle"), slugOf("mug")];
  const text = `slug,name,points,stock,status\n${sold},Kettle,240,30,active\n${draft},Mug,10,5,draft`;
  expect(await judgeFile(importer, "products", text)).toMatchObject({ rows: [{ verdict: "sale_not_allowed" }, { verdict: "new" }] });
  expect(await takeIn(importer, { kind: "products", text, fileName: "" })).toMatchObject({ made: 1, faulty: 1 });
  expect(await rows("SELECT slug, status FROM products WHERE slug IN (?, ?)", [sold, draft])).toEqual([{ slug: draft, status: "draft" }]);
});
