import { Definition, RuleSnapshot } from "./rule";
import type { RuleDraft } from "./schema";

/** Field by field, what was and what is. */
export type RuleChanges = Record<string, [unknown, unknown]>;

export function snapshotOf({ actionType, name, nameEn, status, priority, startsAt, endsAt, definition }: RuleDraft): RuleSnapshot {
  return { actionType, name, nameEn, status, priority, startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null, definition: Definition.parse(definition) };
}

export const draftFrom = ({ startsAt, endsAt, ...rest }: RuleSnapshot): RuleDraft => ({
  ...rest, startsAt: startsAt === null ? null : new Date(startsAt), endsAt: endsAt === null ? null : new Date(endsAt),
});

/**
 * The fields in which two versions differ, those of the definition by their own names. Both sides are read by the schema first:
 * MySQL keeps the keys of JSON in an order of its own.
 */
export function changesBetween(before: RuleSnapshot | null, after: RuleSnapshot): RuleChanges {
  const [old, now] = [before ? fieldsOf(before) : {}, fieldsOf(after)];
  return Object.fromEntries(
    Object.entries(now).flatMap(([field, value]) => (JSON.stringify(old[field] ?? null) === JSON.stringify(value ?? null) ? [] : [[field, [old[field] ?? null, value]]])),
  );
}

function fieldsOf(snapshot: RuleSnapshot): Record<string, unknown> {
  const { definition, ...rest } = RuleSnapshot.parse(snapshot);
  const { caps, ...parts } = definition;
  return { ...rest, ...parts, ...Object.fromEntries(Object.entries(caps).map(([name, value]) => [`caps.${name}`, value])) };
}
