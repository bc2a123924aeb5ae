import { z } from "zod";

const requestId = z.string().regex(/^[\x21-\x7e]{1,255}$/, "field_invalid");

export const RunJobInput = z.strictObject({ requestId, job: z.string().max(40, "field_invalid") });

export const RetryEventInput = z.strictObject({ requestId, id: z.coerce.number("field_invalid").int("field_invalid").positive("field_invalid") });
