import "server-only";

import { formFields } from "@/app/outcome";
import { SEGMENT_FIELDS } from "@/components/admin/segment-words";
import type { Db } from "@/db/client";
import { findPeopleByEmail } from "@/lib/accounts/people-queries";

export type SegmentForm = { input: Record<string, unknown>; /** Addresses that nobody has. */ unknown: string[] };

/** The form's fields as the input of the command. A condition whose line is there but empty is told at its field. */
export async function segmentFrom(db: Db, form: FormData): Promise<SegmentForm> {
  const { requestId, segmentId, name, nameEn, isActive, people, ...fields } = formFields(form);
  const emails = [...new Set((people ?? "").split(/[\s,;，；]+/).map((email) => email.normalize("NFKC").trim().toLowerCase()).filter(Boolean))];
  const found = await findPeopleByEmail(db, emails);
  const numbers = SEGMENT_FIELDS.flatMap((field) => (field in fields ? [[field, numberIn(fields[field] ?? "")] as const] : []));
  const rfmGroups = form.getAll("rfmGroups").map(String);
  const levelIds = form.getAll("levelIds").map((id) => numberIn(String(id)));
  return {
    unknown: emails.filter((email) => !found.has(email)),
    input: {
      requestId, id: segmentId || undefined, name, nameEn, isActive: isActive !== undefined,
      definition: { ...Object.fromEntries(numbers), ...(levelIds.length > 0 ? { levelIds } : {}), ...(rfmGroups.length > 0 ? { rfmGroups } : {}), ...(found.size > 0 ? { userIds: [...found.values()].sort((a, b) => a - b) } : {}) },
    },
  };
}

/** Digits are a number; anything else stays what it is, for the schema to refuse. */
const numberIn = (text: string): number | string => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : text);
