/** What an event set, field by field, and what it says beside that. */
export type Change = { field: string; before: unknown; after: unknown };
export type Detail = { field: string; value: unknown };
export type Told = { changes: Change[]; details: Detail[] };

/** A value that the reader may not see. */
export const HIDDEN = Symbol("hidden");

/** Fields that may say where somebody lives or how they are reached. */
const PERSONAL = /e-?mail|phone|address|recipient|tracking|street|postcode|birthday|username|withPeople|^ip$/i;
/** What only a machine reads. */
const UNSAID = new Set(["marks", "ids", "changes"]);

/** An event's data as a person reads it. Without `showsContacts` what is personal is hidden. */
export function tell(data: Readonly<Record<string, unknown>>, showsContacts: boolean): Told {
  const seen = (field: string, value: unknown): unknown => (!showsContacts && PERSONAL.test(field) && value !== null && value !== "" ? HIDDEN : shown(value, showsContacts));
  const given = Object.entries((data.changes ?? {}) as Record<string, unknown>).flatMap(([field, pair]): Change[] =>
    Array.isArray(pair) && pair.length === 2 ? [{ field, before: seen(field, pair[0]), after: seen(field, pair[1]) }] : [],
  );
  // Some tell a single value as "from" and "to".
  const isPair = "from" in data && "to" in data && data.changes === undefined && !("chain" in data);
  const changes = isPair ? [...given, { field: "value", before: shown(data.from, showsContacts), after: shown(data.to, showsContacts) }] : given;
  const details = Object.entries(data).flatMap(([field, value]): Detail[] => (UNSAID.has(field) || (isPair && (field === "from" || field === "to")) || (data.changes !== undefined && (field === "from" || field === "to")) ? [] : [{ field, value: seen(field, value) }]));
  return { changes, details };
}

function shown(value: unknown, showsContacts: boolean): unknown {
  if (showsContacts || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((each) => shown(each, showsContacts));
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, PERSONAL.test(field) ? "•••" : shown(inner, showsContacts)]));
}

/** A value in one line of plain text. */
export function plainText(value: unknown): string {
  if (value === HIDDEN) return "•••";
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
