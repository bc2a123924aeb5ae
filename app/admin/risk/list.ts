import { ALERT_STATUSES, APPEAL_STATUSES, RISK_MODES, RISK_RULES } from "@/db/schema/control";
import { dayIn, defineList, idIn, oneOf } from "@/lib/list-address";

/** The queue of alerts, as its address says it. */
export const ALERTS = defineList({
  key: "risk", path: "/admin/risk",
  filters: { status: oneOf(ALERT_STATUSES), rule: oneOf(RISK_RULES), mode: oneOf(RISK_MODES), from: dayIn, to: dayIn, user: idIn },
  columns: ["person", "rule", "evidence", "mode", "status", "created"], sorts: ["created"], sort: "-created",
});

export const APPEALS = defineList({
  key: "appeals", path: "/admin/risk/appeals",
  filters: { status: oneOf(APPEAL_STATUSES) },
  columns: ["person", "body", "status", "created"], sorts: ["created"], sort: "-created",
});
