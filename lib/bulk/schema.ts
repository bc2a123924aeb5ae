import { z } from "zod";

import { RISK_PREFIX } from "@/lib/accounts/frozen";

import { BULK_AT_ONCE, idsFrom, OPERATION_KEYS, OPERATIONS, type BulkParam } from "./operation";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number({ error: "field_required" }).int("field_invalid").min(1, "field_required").max(Number.MAX_SAFE_INTEGER, "field_invalid").optional());

/** An operation on the rows that were chosen, or on all that match the list's address. */
export const BulkInput = z.strictObject({
  requestId,
  operation: z.enum(OPERATION_KEYS, { error: "field_invalid" }),
  scope: z.enum(["chosen", "matching"], { error: "field_invalid" }),
  ids: z.string().max(5_000, "field_too_long").default("").transform(idsFrom),
  query: z.string().max(2_000, "field_too_long").default(""),
  reason: z.string().trim().max(200, "field_too_long").optional(),
  templateId: id,
  categoryId: id,
}).superRefine(({ operation, scope, ids, ...params }, context) => {
  const say = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  const wanted: readonly BulkParam[] = OPERATIONS[operation].params;
  for (const param of wanted) {
    if (params[param] === undefined || params[param] === "") say(param, "field_required");
    else if (param === "reason" && params.reason!.length < 3) say(param, "field_too_short");
    else if (param === "reason" && params.reason!.startsWith(RISK_PREFIX)) say(param, "field_invalid");
  }
  if (scope === "chosen" && (ids.length === 0 || ids.length > BULK_AT_ONCE)) say("ids", "field_out_of_range");
});
export type BulkInput = z.infer<typeof BulkInput>;

export const StopRunInput = z.strictObject({ requestId, runId: z.string().regex(/^[\w-]{22}$/, "field_invalid") });
