import "server-only";

import { insertRows, type Statement } from "@/db/packet";
import { riskReason } from "@/lib/accounts/frozen";
import { eventRows } from "@/lib/events/commands";
import type { Fact } from "@/lib/events/event";

import type { Crossing } from "../velocity";

/** What is told when people earned more in a day than the programme expects, in the transaction of the earning that did it: staff find an alert. */
export function crossingRows(crossings: readonly Crossing[], now: Date): Statement[] {
  if (crossings.length === 0) return [];
  return [alertRows(crossings, now), eventRows(crossings.flatMap(factsOf).map((fact) => ({ fact, by: null })), now)];
}

/** A line that was raised during the day can be crossed again: that day's alert is open again. */
function alertRows(crossings: readonly Crossing[], now: Date): Statement {
  const insert = insertRows("risk_alerts", ["user_id", "rule", "subject", "mode", "evidence", "created_at"],
    crossings.map(({ userId, day, points, pointsPerDay, mode }) => [userId, "velocity", day, mode, JSON.stringify({ day, points, pointsPerDay }), now]));
  return { ...insert, sql: `${insert.sql} AS fresh ON DUPLICATE KEY UPDATE mode = fresh.mode, evidence = fresh.evidence, status = 'open', created_at = fresh.created_at, decided_by = NULL, decision_note = NULL, decided_at = NULL` };
}

function factsOf({ userId, mode }: Crossing): Fact[] {
  const subject = { type: "user", id: String(userId) } as const;
  const raised: Fact = { name: "risk.raised", subject, data: { rule: "velocity", mode } };
  return mode === "freeze" ? [{ name: "account.frozen", subject, data: { reason: riskReason("velocity"), until: null } }, raised] : [raised];
}
