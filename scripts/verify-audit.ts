import mysql, { type RowDataPacket } from "mysql2/promise";

import { excessOf } from "@/db/grants";
import { grantsOf } from "@/db/privileges";
import { BEGINNING, checkSeals, findTail, type Ask } from "@/lib/audit/sealing/queries";
import { CHAINS, type Break, type Chain } from "@/lib/audit/sealing/seal";

/** Rows of a broken seal that are printed; `--json` has them all. */
const PRINTED_MAX = 20;

type ChainReport = { chain: Chain; seals: number; rows: number; sealedTo: number; head: string; tail: { ids: number; since: Date | null }; broken: Break | null };

/**
 * `npm run verify:audit`: computes every seal of the events and the ledger anew from the rows, and prints what it found of each chain.
 * `--expect DIGEST` (more than once, too) also asks whether a seal that was noted earlier is in a chain. `--json` prints one object.
 * Exit code 0 when all is as it was sealed, 1 when something was changed, removed or added since or an expected seal is missing, 2 when it could not run.
 * It only reads.
 */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set");
  const { asJson, expected } = readArguments(process.argv.slice(2));
  const connection = await mysql.createConnection({ uri: url, timezone: "Z", dateStrings: ["DATE"] });
  try {
    await connection.query("SET SESSION max_execution_time = 0, transaction_isolation = 'READ-COMMITTED', time_zone = '+00:00'");
    const ask: Ask = async (sql, values) => (await connection.query<RowDataPacket[]>(sql, [...values]))[0];
    const missing = new Set(expected);
    const chains: ChainReport[] = [];
    for (const chain of CHAINS) {
      const { seals, rows, place, broken } = await checkSeals(ask, chain, BEGINNING, { onSeal: ({ digest }) => void missing.delete(digest) });
      chains.push({ chain, seals, rows, sealedTo: place.to, head: place.digest, tail: await findTail(ask, chain), broken });
    }
    const excess = excessOf(await grantsOf(connection), new URL(url).pathname.slice(1));
    const ok = missing.size === 0 && chains.every(({ broken }) => broken === null);
    const report = { ok, chains, expected: expected.map((digest) => ({ digest, isInChain: !missing.has(digest) })), privileges: { hold: excess.length === 0, excess } };
    if (asJson) console.log(JSON.stringify(report));
    else for (const line of linesOf(report)) console.log(line);
    process.exitCode = ok ? 0 : 1;
  } finally {
    await connection.end();
  }
}

function readArguments(args: readonly string[]): { asJson: boolean; expected: string[] } {
  const expected = args.flatMap((arg, index) => (arg === "--expect" ? [args[index + 1] ?? ""] : arg.startsWith("--expect=") ? [arg.slice(9)] : []));
  const bad = expected.find((digest) => !/^[0-9a-f]{64}$/i.test(digest));
  if (bad !== undefined) throw new Error("--expect takes a seal's digest: 64 hexadecimal figures");
  return { asJson: args.includes("--json"), expected: expected.map((digest) => digest.toLowerCase()) };
}

type Report = { ok: boolean; chains: ChainReport[]; expected: { digest: string; isInChain: boolean }[]; privileges: { hold: boolean; excess: { table: string; privileges: string[] }[] } };

const linesOf = ({ ok, chains, expected, privileges }: Report): string[] => [
  ...chains.flatMap((report) => [...chainLines(report), ""]),
  ...expected.map(({ digest, isInChain }) => `${isInChain ? "ok  " : "FAIL"} the seal ${digest} is ${isInChain ? "in its chain" : "in no chain: what it sealed was put aside, or it was never made here"}`),
  privileges.hold
    ? "ok   the database refuses the app's user to change or remove what is append-only"
    : `note the database does not enforce it: the app's user has ${[...new Set(privileges.excess.flatMap((each) => each.privileges))].join(", ")} on ${privileges.excess.length} append-only tables (README, "The audit trail")`,
  ok ? "\nthe audit trail is whole" : "\nthe audit trail is broken",
];

function chainLines({ chain, seals, rows, sealedTo, head, tail, broken }: ChainReport): string[] {
  const title = chain === "events" ? "events" : "ledger";
  const after = tail.since === null ? "nothing follows" : `at most ${tail.ids} rows follow that are not sealed yet, the oldest of ${tail.since.toISOString()}`;
  return [`${broken ? "FAIL" : "ok  "} ${title}: ${seals} seals over ${rows} rows, up to id ${sealedTo}; ${after}`, `     head ${head}`, ...(broken ? breakLines(broken) : [])];
}

const FAULTS: Record<Break["fault"], string> = {
  gap: "a seal is missing, or its stretch was changed: it does not join the one before it",
  link: "it does not name the seal before it",
  seal: "the seal itself was edited",
  content: "its rows are not those that were sealed",
};

function breakLines({ chain, from, to, fault, rows, found, sealed }: Break): string[] {
  const table = chain === "events" ? "events" : "points_transactions";
  const named = rows.slice(0, PRINTED_MAX).map(({ id, how }) => `     ${table} ${id}: ${how}`);
  const count = fault === "content" ? ` (${sealed} rows were sealed, ${found} are there)` : "";
  const unknown = fault === "content" && rows.length === 0 ? ["     which row it is cannot be told: what the seal kept of its rows is gone or was changed too"] : [];
  return [`     first broken seal: ids ${from + 1} to ${to}: ${FAULTS[fault]}${count}`, ...named, ...unknown, ...(rows.length > PRINTED_MAX ? [`     and ${rows.length - PRINTED_MAX} more (--json prints them)`] : [])];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
