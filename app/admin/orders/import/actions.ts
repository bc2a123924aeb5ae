"use server";

import { refresh } from "next/cache";
import { getTranslations } from "next-intl/server";
import { formFields, refusedState } from "@/app/outcome";
import { NOTHING_READ, type ImportState } from "@/components/admin/import-words";
import type { Tone } from "@/components/ui/badge";
import { db } from "@/db/client";
import { staffAction } from "@/lib/act";
import { readCsv, textOfFile } from "@/lib/csv-read";
import { publicId } from "@/lib/id";
import { ParcelFileInput } from "@/lib/orders/schema";
import { shipOrder } from "@/lib/orders/shipping/commands";
import { judgeParcels, orderIdsIn, PARCEL_ROWS_MAX, parcelRows, type JudgedParcel, type ParcelVerdict } from "@/lib/orders/shipping/parcel-file";
import { listParcelOrders } from "@/lib/orders/shipping/queries";
import { succeed } from "@/lib/outcome";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";
import { staffActor } from "@/lib/staff";

const TONES: Record<ParcelVerdict, Tone> = { ready: "success", sent: "neutral", incomplete: "danger", too_long: "danger", unknown: "danger", repeated: "warning", not_shippable: "warning" };

type Judged = { fault: "unreadable" | "tooMany"; rows: [] } | { fault: null; rows: JudgedParcel[] };

/** Every row with its verdict; nothing is written. */
async function judge(text: string): Promise<Judged> {
  const cells = readCsv(text);
  if (!cells) return { fault: "unreadable", rows: [] };
  const rows = parcelRows(cells);
  if (rows.length > PARCEL_ROWS_MAX) return { fault: "tooMany", rows: [] };
  return { fault: null, rows: judgeParcels(rows, await listParcelOrders(db(), orderIdsIn(rows))) };
}

const check = staffAction("orders.fulfil", ParcelFileInput, async (_, { text }) => succeed(await judge(text)));

/** Sends what can be sent, each order in a transaction of its own. Judged anew: the same file again finds everything sent. */
const send = staffAction("orders.fulfil", ParcelFileInput, async (staff, { text }) => {
  const ready = (await judge(text)).rows.filter(({ verdict }) => verdict === "ready");
  let sent = 0;
  for (const { orderId, carrier, trackingNumber } of ready) {
    try {
      await perform(staffActor(staff), (ctx) => shipOrder(ctx, { requestId: publicId(), orderId: orderId!, carrier, trackingNumber }));
      sent++;
    } catch (error) {
      // Somebody sent or refunded it since it was judged.
      if (!isRefusal(error)) throw error;
    }
  }
  return succeed({ sent, skipped: ready.length - sent });
});

/** Reads a table, from the file or as it was pasted, and says what would become of each row. */
export async function checkParcels(_: ImportState, form: FormData): Promise<ImportState> {
  const { text = "", requestId } = formFields(form);
  const file = form.get("file");
  const read = file instanceof File && file.size > 0 ? textOfFile(new Uint8Array(await file.arrayBuffer())) : text;
  const [outcome, t] = await Promise.all([check({ requestId, text: read }), getTranslations("adminFulfilment.import")]);
  const nothing = { ...NOTHING_READ, text };
  if (!outcome.ok) {
    const { message, fields } = await refusedState(outcome);
    return { ...nothing, step: "refused", message: message ?? fields?.text };
  }
  if (outcome.value.fault) return { ...nothing, step: "refused", message: t(outcome.value.fault, { max: PARCEL_ROWS_MAX }) };
  const rows = outcome.value.rows.map(({ row, number, carrier, trackingNumber, verdict }) => ({ row, cells: [number, carrier, trackingNumber], verdict: t(`verdicts.${verdict}`), tone: TONES[verdict] }));
  const ready = outcome.value.rows.filter(({ verdict }) => verdict === "ready").length;
  const others = rows.length - ready;
  const summary = ready === 0 ? t("nothing") : [t("ready", { count: ready }), others > 0 ? t("others", { count: others }) : ""].filter(Boolean).join(" · ");
  return { ...NOTHING_READ, step: "checked", text: read, rows, ready, summary, confirm: t("confirm", { count: ready }) };
}

export async function sendParcels(state: ImportState, form: FormData): Promise<ImportState> {
  const { requestId, text } = formFields(form);
  const [outcome, t] = await Promise.all([send({ requestId, text }), getTranslations("adminFulfilment.import")]);
  if (!outcome.ok) {
    const { message, fields } = await refusedState(outcome);
    return { ...state, step: "refused", message: message ?? fields?.text };
  }
  refresh();
  const { sent, skipped } = outcome.value;
  return { ...NOTHING_READ, step: "done", message: [t("done", { count: sent }), skipped > 0 ? t("skipped", { count: skipped }) : ""].filter(Boolean).join(" ") };
}
