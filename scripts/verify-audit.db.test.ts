import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { beforeAll, expect, test } from "vitest";

import { readRows, statement } from "@/db/packet";
import { findHead } from "@/lib/audit/sealing/queries";
import { sealHistory } from "@/lib/jobs/seal-audit";
import { perform } from "@/lib/perform";
import { eraseAccount } from "@/lib/privacy/commands";
import { count, rows } from "@/test/database";
import { anOrder, aMug, aUser } from "@/test/world";

const run = promisify(execFile);

type Ended = { code: number; out: string; err: string };
/** The program as an auditor starts it, on this worker's database. */
async function verify(...args: string[]): Promise<Ended> {
  const env = { ...process.env, DATABASE_URL: process.env.DATABASE_URL!, MIGRATE_DATABASE_URL: "" };
  return run(process.execPath, ["scripts/run.mjs", "scripts/verify-audit.ts", ...args], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, out: error.stdout, err: error.stderr }),
  );
}

const head = async (): Promise<string> => (await findHead((sql, values) => readRows(statement(sql, values)), "ledger"))!.digest;

beforeAll(async () => {
  const person = await aUser({ points: 300 });
  await anOrder(person, await aMug());
  await sealHistory();
});

test("a whole trail ends with 0, says how far it goes and that one user may do everything", async () => {
  const { code, out } = await verify();
  expect(out).toContain("the audit trail is whole");
  expect(out).toMatch(/ok {3}ledger: 1 seals over \d+ rows, up to id \d+; nothing follows/);
  expect(out).toContain(`head ${await head()}`);
  expect(out).toContain("the database does not enforce it");
  expect(code).toBe(0);
}, 60_000);

test("a head that was noted earlier is found again; another is not, and what is no digest is told", async () => {
  const noted = await head();
  await aUser({ points: 5 });
  await sealHistory();
  expect(await verify("--expect", noted)).toMatchObject({ code: 0, out: expect.stringContaining(`${noted} is in its chain`) as string });
  const other = await verify(`--expect=${"ab".repeat(32)}`, "--json");
  expect(other.code).toBe(1);
  expect(JSON.parse(other.out)).toMatchObject({ ok: false, expected: [{ isInChain: false }], chains: [{ broken: null }, { broken: null }], privileges: { hold: false } });
  expect(await verify("--expect", "abc")).toMatchObject({ code: 2, err: expect.stringContaining("64 hexadecimal figures") as string });
}, 60_000);

test("a changed row ends with 1 and is named, by its table, its id and what became of it", async () => {
  const [entry] = await rows<{ id: number }>("SELECT MIN(id) AS id FROM points_transactions");
  await rows("UPDATE points_transactions SET reason = CONCAT(COALESCE(reason, ''), 'x') WHERE id = ?", [entry!.id]);
  const { code, out } = await verify();
  await rows("UPDATE points_transactions SET reason = LEFT(reason, CHAR_LENGTH(reason) - 1) WHERE id = ?", [entry!.id]);
  expect(code).toBe(1);
  expect(out).toContain(`points_transactions ${entry!.id}: changed`);
  expect(out).toContain("the audit trail is broken");
  expect((await verify()).code).toBe(0);
}, 60_000);

test("to forget a person changes nothing that was sealed", async () => {
  const leaver = await aUser({ points: 120 });
  const [kept] = await rows<{ hash: string }>("SELECT password_hash AS hash FROM users WHERE id = ?", [leaver.id]);
  await sealHistory();
  await perform(leaver.actor, (ctx) => eraseAccount(ctx, { userId: leaver.id, passwordHash: kept!.hash }));
  expect(await count("SELECT erased_at IS NOT NULL FROM users WHERE id = ?", [leaver.id])).toBe(1);
  await sealHistory();
  expect((await verify()).code).toBe(0);
}, 60_000);
