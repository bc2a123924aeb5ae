import { RULE_STATUSES } from "@/db/schema/points";
import { defineList, oneOf } from "@/lib/list-address";

import { ACTIONS } from "./rule";

export const RULES = defineList({
  key: "rules", path: "/admin/rules", filters: { status: oneOf(RULE_STATUSES), trigger: oneOf(ACTIONS) },
  columns: ["rule", "status", "priority", "budget", "updated"],
  sorts: [], sort: "",
});
