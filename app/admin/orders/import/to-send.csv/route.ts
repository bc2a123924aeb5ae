import { getTranslations } from "next-intl/server";
import { startReading } from "../../../../(shop)/reading";
import { currentShopper } from "@/lib/auth";
import { csvStream, type CsvCell } from "@/lib/csv";
import { emit } from "@/lib/events/commands";
import { limit } from "@/lib/limits";
import { listToSend } from "@/lib/orders/shipping/queries";
import { PARCEL_ROWS_MAX } from "@/lib/orders/shipping/parcel-file";
import { perform } from "@/lib/perform";
import { isRefusal } from "@/lib/refusal";
import { sentenceFor } from "@/lib/sentence";
import { asStaff, staffActor } from "@/lib/staff";

/** The orders that wait for a parcel, as a table to fill in and to bring back. */
export async function GET(): Promise<Response> {
  const [person, { db, locale, today }, t] = await Promise.all([currentShopper(), startReading(), getTranslations("adminFulfilment.import.export")]);
  const staff = person && asStaff(person);
  if (!staff) return new Response(sentenceFor(locale, person ? "forbidden" : "not_signed_in"), { status: person ? 403 : 401 });
  try {
    await limit("staff-write", staff.id);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return new Response(sentenceFor(locale, error.code, error.detail), { status: error.status, headers: { "retry-after": String(error.detail.retryAfterSeconds) } });
  }
  const waiting = await listToSend(db, PARCEL_ROWS_MAX);
  // Whoever took addresses out of the shop is known afterwards.
  await perform(staffActor(staff), (ctx) => emit(ctx, { name: "addresses.exported", subject: { type: "user", id: String(staff.id) }, data: { orders: waiting.length } }));
  const rows = waiting.map(({ number, address, goods }) => [number, address?.recipient ?? "", address?.phone ?? "", address ? [address.region, address.street, address.postcode].filter(Boolean).join(" ") : "", goods, "", ""]);
  const headings = [t("number"), t("recipient"), t("phone"), t("address"), t("goods"), t("carrier"), t("trackingNumber")];
  return new Response(csvStream(headings, onePage(rows)), {
    headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="orders-to-send-${today}.csv"`, "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
  });
}

async function* onePage(rows: CsvCell[][]): AsyncGenerator<CsvCell[][]> {
  if (rows.length > 0) yield rows;
}
