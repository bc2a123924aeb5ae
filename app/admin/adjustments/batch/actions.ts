"use server";

import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { db } from "@/db/client";
import { startReading } from "../../../(shop)/reading";
import type { BatchState } from "./batch-state";
import { formFields, refusedState } from "@/app/outcome";
import { hrefWith } from "@/components/admin/href";
import { staffAction, staffCommand } from "@/lib/act";
import { BATCH_ROWS_MAX } from "@/lib/adjustments/batches/batch-file";
import { submitBatch } from "@/lib/adjustments/batches/commands";
import { previewBatch, readBatchRows, type BatchPreview } from "@/lib/adjustments/batches/queries";
import { BATCH_FILE_MAX, BatchInput } from "@/lib/adjustments/schema";
import { textOfFile } from "@/lib/csv-read";
import { formatDay, formatPoints, formatSignedPoints } from "@/lib/i18n";
import { succeed } from "@/lib/outcome";
import { Refusal } from "@/lib/refusal";

const PROBLEMS_SHOWN = 100;
const SAMPLE_SHOWN = 10;

const unreadable = () => new Refusal("batch_unreadable", { limit: BATCH_ROWS_MAX });

const check = staffAction("adjustments.request", BatchInput, async (staff, { text, reason }) => {
  const rows = readBatchRows(text);
  if (!rows) throw unreadable();
  const { now, policy } = await startReading();
  return succeed(await previewBatch(db(), rows, { makerId: staff.id, seesStaff: staff.permissions.has("staff.read"), now, timeZone: policy.timeZone, reason, threshold: policy.adjustmentApprovalPoints }));
});

const submit = staffCommand("submit-adjustments", "adjustments.request", BatchInput, async (ctx, { text, ...rest }) => {
  const rows = readBatchRows(text);
  if (!rows) throw unreadable();
  return submitBatch(ctx, { rows, ...rest });
});

type Sent = { ok: true; input: Record<string, string> } | { ok: false; message: string };

async function sentIn(form: FormData): Promise<Sent> {
  const t = await getTranslations("adminAdjustments.file");
  const file = form.get("file");
  if (!(file instanceof File) || file.size === 0) return { ok: false, message: t("noFile") };
  if (file.size > BATCH_FILE_MAX) return { ok: false, message: t("tooLarge") };
  const { requestId = "", reason = "", note = "" } = formFields(form);
  return { ok: true, input: { requestId, reason, note, fileName: file.name.slice(-120), text: textOfFile(new Uint8Array(await file.arrayBuffer())) } };
}

/** Reads a file and says what would become of each row; nothing is written. */
export async function checkBatch(form: FormData): Promise<BatchState> {
  const sent = await sentIn(form);
  if (!sent.ok) return { step: "refused", fields: { file: sent.message } };
  const outcome = await check(sent.input);
  if (!outcome.ok) {
    const { message, fields } = await refusedState(outcome);
    return { step: "refused", message, fields };
  }
  return told(outcome.value);
}

async function told({ rows, people, pointsIn, pointsOut, problems, needsSecond, known, threshold }: BatchPreview): Promise<BatchState> {
  const [t, words, locale] = await Promise.all([getTranslations("adminAdjustments.file"), getTranslations("adminAdjustments.problems"), getLocale()]);
  const bad = rows.flatMap(({ line, who, problem }) => (problem ? [{ line, who, problem: words(problem) }] : []));
  const figures = [["people", people], ["in", pointsIn], ["out", pointsOut], ["problems", problems]] as const;
  const isReady = problems === 0 && known === null;
  return {
    step: "checked",
    figures: figures.map(([name, value]) => ({ label: t(name), value: formatPoints(locale, value), isBad: name === "problems" && value > 0 })),
    verdict: known ? t("known") : problems > 0 ? t("someProblems") : `${t("noProblems")} ${needsSecond ? t("second", { threshold: formatPoints(locale, threshold) }) : t("alone")}`,
    tone: known || problems > 0 ? "warning" : needsSecond ? "info" : "success",
    problems: bad.slice(0, PROBLEMS_SHOWN), moreProblems: bad.length > PROBLEMS_SHOWN ? t("moreProblems", { count: bad.length - PROBLEMS_SHOWN }) : null,
    sample: rows.slice(0, SAMPLE_SHOWN).map(({ line, who, points, expiresOn, note }) => ({
      line, who, points: points === null ? "—" : formatSignedPoints(locale, points), expires: points !== null && points < 0 ? "—" : expiresOn ? formatDay(locale, expiresOn, "dayAndYear") : t("byRule"), note: note || "—",
    })),
    known: known && { href: hrefWith(`/admin/adjustments/batch/${known.batchId}`), label: t("toKnown") },
    submit: isReady ? t(needsSecond ? "submitSecond" : "submit", { count: people }) : null,
  };
}

/** Submits what was checked, and goes to its page. Judged anew in its transaction. */
export async function sendBatch(form: FormData): Promise<BatchState> {
  const sent = await sentIn(form);
  if (!sent.ok) return { step: "refused", fields: { file: sent.message } };
  const outcome = await submit(sent.input);
  if (!outcome.ok) {
    const { message, fields } = await refusedState(outcome);
    return { step: "refused", message, fields };
  }
  const { batchId, status, isNew } = outcome.value;
  redirect(hrefWith(`/admin/adjustments/batch/${batchId}`, { done: !isNew ? "known" : status === "applied" ? "applied" : "asked" }));
}
