import "server-only";

import { createHash } from "node:crypto";

import { inArray } from "drizzle-orm";

import { imports, pointAccounts, users } from "@/db/schema";
import { saveProduct } from "@/lib/catalog/commands";
import type { ProductInput } from "@/lib/catalog/schema";
import { actorId, type Ctx } from "@/lib/ctx";
import { emit } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";
import { invariant } from "@/lib/invariant";
import { errnoOf } from "@/lib/log";
import { refuseUnlessAllowed } from "@/lib/staff";

import type { Member } from "./members";
import { digestOf, knownEmails, knownSlugs } from "./queries";
import type { ImportKind } from "./schema";

/** Nobody's password has this hash: who was brought in asks for a link, which proves the address, and chooses one. */
const NO_PASSWORD = "!";

/**
 * Makes accounts for people whom the merchant brings along, as if they had signed up and not opened the link yet. Whose address somebody
 * has already is left out; who has a name that somebody has gets it with an end of its own. Returns how many were made. Refuses `forbidden`.
 */
export async function importMembers(ctx: Ctx, members: readonly Member[]): Promise<number> {
  refuseUnlessAllowed(ctx.actor, "import.run");
  const known = await knownEmails(ctx.tx, members.map(({ email }) => email));
  const fresh = members.filter(({ email }) => !known.has(email));
  if (fresh.length === 0) return 0;
  await insertMembers(ctx, fresh, await freeNames(ctx, fresh));
  const made = await ctx.tx.select({ id: users.id }).from(users).where(inArray(users.email, fresh.map(({ email }) => email)));
  invariant(made.length === fresh.length, "each member has an account");
  await ctx.tx.insert(pointAccounts).values(made.map(({ id }) => ({ userId: id, createdAt: ctx.now })));
  await emit(ctx, ...made.map(({ id }): Fact => ({ name: "account.registered", subject: { type: "user", id: String(id) }, data: {} })));
  return fresh.length;
}

const DUPLICATE_KEY = 1062;

/** The database also takes for one what we do not, such as ß and ss: then every name of the set gets an end. */
async function insertMembers(ctx: Ctx, members: readonly Member[], names: ReadonlyMap<string, string>): Promise<void> {
  const insert = (nameOf: (member: Member) => string) =>
    ctx.tx.insert(users).values(members.map((member) => ({ username: nameOf(member), email: member.email, passwordHash: NO_PASSWORD, locale: member.locale, birthday: member.birthday || null, createdAt: ctx.now, updatedAt: ctx.now })));
  try {
    await insert(({ email }) => names.get(email)!);
  } catch (error) {
    if (errnoOf(error) !== DUPLICATE_KEY) throw error;
    await insert(withEnd);
  }
}

async function freeNames(ctx: Ctx, members: readonly Member[]): Promise<Map<string, string>> {
  const wanted = [...new Set(members.map(({ username }) => username))];
  const holders = await ctx.tx.select({ username: users.username }).from(users).where(inArray(users.username, wanted)).for("update");
  const taken = new Set(holders.map(({ username }) => compared(username)));
  const names = new Map<string, string>();
  for (const member of members) {
    const name = taken.has(compared(member.username)) ? withEnd(member) : member.username;
    taken.add(compared(name));
    names.set(member.email, name);
  }
  return names;
}

/** Letters of a name that stay before its end. */
const NAME_KEPT = 40;

const withEnd = ({ username, email }: Member): string => `${[...username].slice(0, NAME_KEPT).join("")} ${createHash("sha256").update(email).digest("hex").slice(0, 8)}`;

/** Names are one to the database without their case and marks. */
const compared = (name: string): string => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Makes a product that the merchant brings along; false when the shop has one of this slug. Refuses `forbidden` and what `saveProduct` refuses. */
export async function importProduct(ctx: Ctx, product: ProductInput): Promise<boolean> {
  refuseUnlessAllowed(ctx.actor, "import.run");
  // What goes on sale takes whoever may put things on sale.
  if (product.status === "active") refuseUnlessAllowed(ctx.actor, "products.write");
  if ((await knownSlugs(ctx.tx, [product.slug!])).size > 0) return false;
  await saveProduct(ctx, product);
  return true;
}

export type ImportReport = { made: number; known: number; faulty: number };

/** Notes that a file was taken in whole. The same file again changes nothing, and is noted once. */
export async function recordImport(ctx: Ctx, { kind, text, fileName, rows, report }: { kind: ImportKind; text: string; fileName: string; rows: number; report: ImportReport }): Promise<void> {
  const id = actorId(ctx.actor);
  invariant(id !== null, "a person takes files in");
  const [header] = await ctx.tx.insert(imports).ignore().values({ kind, fileDigest: digestOf(text), fileName, rows, report, actorId: id, createdAt: ctx.now });
  if (header.affectedRows > 0) await emit(ctx, { name: "data.imported", subject: { type: "settings", id: kind }, data: { fileName, rows, ...report } });
}
