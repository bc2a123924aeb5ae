/**
 * Tables whose rows are only ever inserted: the ledger, the facts, and what was moved, used and sealed. The app's user may read them and add
 * to them, and nothing else; so no statement of the shop updates them, deletes from them, or locks their rows `FOR UPDATE`.
 */
export const APPEND_ONLY = [
  "audit_seals", "claw_backs", "events", "lot_allocations", "order_events", "perk_moves", "points_rule_versions", "points_transactions",
  "refunds", "shipment_lines", "spin_moves", "spins", "stock_moves",
] as const;

const appendOnly: ReadonlySet<string> = new Set(APPEND_ONLY);

export const READ = "SELECT";
const READ_AND_ADD = [READ, "INSERT"];
const WORK = [...READ_AND_ADD, "UPDATE", "DELETE"];

/** What the app's user gets on a table. What the migrations keep for themselves starts with two underscores. */
export const wantedOn = (table: string): readonly string[] => (table.startsWith("__") ? [READ] : appendOnly.has(table) ? READ_AND_ADD : WORK);

/** One line of SHOW GRANTS; null in place of a schema or a table means all of them. */
export type Grant = { privileges: string[]; schema: string | null; table: string | null };

const LINE = /^GRANT (.+) ON (?:TABLE )?(\*|`(?:[^`]|``)+`)\.(\*|`(?:[^`]|``)+`) TO .+?( WITH GRANT OPTION)?$/i;

/** Reads what SHOW GRANTS says. Lines about routines, proxies and roles are left out: the rights of roles are asked for apart. */
export const readGrants = (lines: readonly string[]): Grant[] =>
  lines.flatMap((line) => {
    const [, privileges, schema, table, option] = LINE.exec(line.trim()) ?? [];
    if (!privileges || !schema || !table) return [];
    const names = privileges.replace(/\([^)]*\)/g, "").split(",").map((name) => name.trim().toUpperCase());
    return [{ privileges: [...names, ...(option ? ["GRANT OPTION"] : [])].filter((name) => name !== "USAGE"), schema: nameIn(schema), table: nameIn(table) }];
  });

const nameIn = (quoted: string): string | null => (quoted === "*" ? null : quoted.slice(1, -1).replaceAll("``", "`"));

/** Whether a grant on a schema's name reaches this one: there `%` and `_` stand for other letters unless a backslash is before them. */
export function reaches(pattern: string, schema: string): boolean {
  const parts = pattern.matchAll(/\\?[\s\S]/g);
  const text = [...parts].map(([part]) => (part === "%" ? "[\\s\\S]*" : part === "_" ? "[\\s\\S]" : part.replace(/^\\(?=.)/, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))).join("");
  return new RegExp(`^${text}$`).test(schema);
}

/** With these, rows can be changed or removed, or whoever guards them be put aside. */
const UNDOES = ["ALL PRIVILEGES", "UPDATE", "DELETE", "DROP", "ALTER", "TRIGGER", "GRANT OPTION", "CREATE USER", "SUPER", "ROLE_ADMIN", "SYSTEM_USER", "SET_USER_ID", "SET_ANY_DEFINER"];

/** What a user could still do to the append-only tables of a schema; empty when the database itself keeps them. */
export function excessOf(grants: readonly Grant[], schema: string): { table: string; privileges: string[] }[] {
  const here = grants.filter((grant) => grant.schema === null || (grant.table === null ? reaches(grant.schema, schema) : grant.schema === schema));
  return APPEND_ONLY.flatMap((table) => {
    const held = new Set(here.filter((grant) => grant.table === null || grant.table === table).flatMap(({ privileges }) => privileges));
    const privileges = UNDOES.filter((name) => held.has(name));
    return privileges.length > 0 ? [{ table, privileges }] : [];
  });
}
