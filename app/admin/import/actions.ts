"use server";

import { refresh } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { judgeFile, rowsShown, takeIn } from "./taking-in";
import { catalogChanged } from "@/app/catalog-cache";
import { formFields, refusedState } from "@/app/outcome";
import { NOTHING_READ, type ImportState } from "@/components/admin/import-words";
import { db } from "@/db/client";
import { staffAction, type Outcome } from "@/lib/act";
import { textOfFile } from "@/lib/csv-read";
import { formatInstant, formatPoints, type Locale } from "@/lib/i18n";
import { findImportOf } from "@/lib/imports/queries";
import { ImportInput } from "@/lib/imports/schema";
import { faultyIn, newIn } from "@/lib/imports/sheet";
import { succeed } from "@/lib/outcome";
import { getPolicy } from "@/lib/settings/queries";

const check = staffAction("import.run", ImportInput, async (staff, { kind, text }) => {
  const [read, before] = await Promise.all([judgeFile(staff, kind, text), findImportOf(db(), kind, text)]);
  return succeed({ read, takenAt: before?.createdAt ?? null });
});
const run = staffAction("import.run", ImportInput, async (staff, input) => succeed(await takeIn(staff, input)));

/** Reads a table, from the file or as it was pasted, and says what would become of each row, with the sums. Nothing is written. */
export async function checkImport(kind: string, _: ImportState, form: FormData): Promise<ImportState> {
  const { text: pasted = "", requestId } = formFields(form);
  const file = form.get("file");
  const isFile = file instanceof File && file.size > 0;
  const text = isFile ? textOfFile(new Uint8Array(await file.arrayBuffer())) : pasted;
  const fileName = isFile ? file.name.slice(-120) : "";
  const [outcome, t, locale] = await Promise.all([check({ requestId, kind, fileName, text }), getTranslations("adminImport"), getLocale()]);
  if (!outcome.ok) return { ...NOTHING_READ, text: pasted, step: "refused", message: await messageOf(outcome) };
  const { read, takenAt } = outcome.value;
  if (read.fault) return { ...NOTHING_READ, text: pasted, step: "refused", message: t(`faults.${read.fault}`, { max: read.max }) };
  const verdicts: { verdict: string }[] = read.rows;
  const [ready, bad] = [newIn(verdicts).length, faultyIn(verdicts).length];
  const known = read.rows.length - ready - bad;
  if (takenAt) {
    const summary = [t("takenBefore", { day: await dayOfTaking(takenAt) }), known > 0 ? t("found.known", { count: known }) : ""].filter(Boolean).join(" ");
    return { ...NOTHING_READ, step: "checked", fileName, text, rows: await rowsShown(read), summary };
  }
  const parts = [t("found.new", { count: ready }), known > 0 ? t("found.known", { count: known }) : "", bad > 0 ? t("found.faulty", { count: bad }) : ""];
  const number = (value: number) => formatPoints(locale as Locale, value);
  const sums = read.kind === "products" ? t("sums.products", { products: number(ready), stock: number(read.sums.stock), points: number(read.sums.points) }) : t("sums.members", { members: number(ready) });
  return { step: "checked", fileName, text, rows: await rowsShown(read), ready, summary: parts.filter(Boolean).join(" · "), sums, confirm: t(`confirm.${read.kind}`, { count: ready }) };
}

/** Takes in what is good. Judged anew: the same table again finds everything there. */
export async function runImport(kind: string, state: ImportState, form: FormData): Promise<ImportState> {
  const { requestId, text, fileName } = formFields(form);
  const [outcome, t] = await Promise.all([run({ requestId, kind, fileName, text }), getTranslations("adminImport")]);
  if (!outcome.ok) return { ...state, step: "refused", message: await messageOf(outcome) };
  if (kind === "products") await catalogChanged();
  refresh();
  const { made, known, faulty, takenAt } = outcome.value;
  if (takenAt) return { ...NOTHING_READ, step: "done", message: t("takenBefore", { day: await dayOfTaking(takenAt) }) };
  return { ...NOTHING_READ, step: "done", message: t("done", { made, left: known + faulty }) };
}

const dayOfTaking = async (at: Date): Promise<string> => formatInstant((await getLocale()) as Locale, at, (await getPolicy(db())).timeZone);

async function messageOf(outcome: Extract<Outcome<unknown>, { ok: false }>): Promise<string | undefined> {
  const { message, fields } = await refusedState(outcome);
  return message ?? Object.values(fields ?? {})[0];
}
