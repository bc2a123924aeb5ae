"use server";

import { redirect } from "next/navigation";
import { refreshSoon } from "../segments/refresh-soon";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import type { FormState } from "@/components/ui/form-state";
import { db } from "@/db/client";
import { staffAction } from "@/lib/act";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { once, requestKey } from "@/lib/request-key";
import { saveSegment } from "@/lib/segments/commands";
import { GroupSegmentInput } from "@/lib/segments/schema";
import { findSegmentOfGroup } from "@/lib/segments/staff-queries";
import { staffActor } from "@/lib/staff";
import enReports from "@/messages/en/adminReports.json";
import en from "@/messages/en/adminSegments.json";
import zhReports from "@/messages/zh-CN/adminReports.json";
import zh from "@/messages/zh-CN/adminSegments.json";

/** The segment of an RFM group: the one that is there, or a new one, named in both languages. */
const take = staffAction("marketing.write", GroupSegmentInput, async (staff, { requestId, group }) => {
  const known = await findSegmentOfGroup(db(), group);
  if (known !== null) return succeed({ id: known, isNew: false });
  const input = { requestId, name: zhReports.segment.name.replace("{group}", zh.groups[group]), nameEn: enReports.segment.name.replace("{group}", en.groups[group]), definition: { rfmGroups: [group] }, isActive: true };
  const made = await perform(staffActor(staff), (ctx) => once(ctx, requestKey(requestId, "segment-of-group", { group }), () => saveSegment(ctx, input)));
  return succeed({ id: made.id, isNew: true });
});

/** Goes to the people of a group, where they are given a coupon. */
export async function segmentOfGroup(_: FormState, form: FormData): Promise<FormState> {
  const outcome = await take(formFields(form));
  if (!outcome.ok) return refusedState(outcome);
  if (outcome.value.isNew) await refreshSoon();
  redirect(`${hrefWith(`/admin/segments/${outcome.value.id}`, { created: outcome.value.isNew ? 1 : undefined })}#give-coupon`);
}
