import { getTranslations } from "next-intl/server";
import { pagesOf, staffDownload } from "../../../download";
import { emit } from "@/lib/events/commands";
import { PARCEL_ROWS_MAX } from "@/lib/orders/shipping/parcel-file";
import { listToSend } from "@/lib/orders/shipping/queries";
import { perform } from "@/lib/perform";
import { refuseUnlessAllowed, staffActor } from "@/lib/staff";

/** The orders that wait for a parcel, as a table to fill in and to bring back: for who may see how to reach people. */
export const GET = (): Promise<Response> =>
  staffDownload("orders.fulfil", async ({ db, today, staff }) => {
    refuseUnlessAllowed(staffActor(staff), "people.contact");
    const [t, waiting] = await Promise.all([getTranslations("adminFulfilment.import.export"), listToSend(db, PARCEL_ROWS_MAX)]);
    // Whoever took addresses out of the shop is known afterwards.
    await perform(staffActor(staff), (ctx) => emit(ctx, { name: "addresses.exported", subject: { type: "user", id: String(staff.id) }, data: { orders: waiting.length } }));
    const rows = waiting.map(({ number, address, goods }) => [number, address?.recipient ?? "", address?.phone ?? "", address ? [address.region, address.street, address.postcode].filter(Boolean).join(" ") : "", goods, "", ""]);
    const headings = [t("number"), t("recipient"), t("phone"), t("address"), t("goods"), t("carrier"), t("trackingNumber")];
    return { name: `orders-to-send-${today}`, headings, pages: pagesOf(rows) };
  });
