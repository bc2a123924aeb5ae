import { z } from "zod";

import { isListKey, keptColumns, keptQuery, VIEW_NAME_MAX, VIEW_QUERY_MAX, type ListKey } from "./list";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const name = z.string({ error: "field_required" }).trim().min(1, "field_required").max(VIEW_NAME_MAX, "field_too_long");
const query = z.string().max(VIEW_QUERY_MAX, "field_too_long").default("").transform(keptQuery).pipe(z.string().max(VIEW_QUERY_MAX, "field_too_long"));
/** As the form sends them: keys with commas between. Nothing means the list's own choice. */
const columns = z.string().max(VIEW_QUERY_MAX, "field_too_long").default("").transform((text) => keptColumns(text.split(",").filter(Boolean)));
/** A box that is ticked is sent as "on". */
const isShared = z.union([z.boolean(), z.literal("on").transform(() => true)]).default(false);

export const NewViewInput = z.strictObject({ requestId, list: z.string().refine(isListKey, "field_invalid").transform((key) => key as ListKey), name, query, columns, isShared });
export const ViewInput = z.strictObject({ requestId, viewId: id });
export const RenameViewInput = z.strictObject({ requestId, viewId: id, name });
export const OverwriteViewInput = z.strictObject({ requestId, viewId: id, query, columns });
