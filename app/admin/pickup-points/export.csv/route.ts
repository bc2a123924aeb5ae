import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, staffDownload } from "../../download";
import { POINTS, pointsIn, pointStatus } from "../list";
import { readList } from "@/lib/list-address";
import { listPickupPoints, type PickupPoint } from "@/lib/orders/pickup-points/queries";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("products.read", async (reading) => {
    const { db, locale, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(POINTS, searchParams);
    const [t, points] = await Promise.all([getTranslations("adminFulfilment.points"), listPickupPoints(db)]);
    const rows = pointsIn(points, state);
    await noteExport(reading, POINTS.key, searchParams, rows.length, false);
    return listTable<PickupPoint>(`pickup-points-${today}`, state.columns, (column) => t(`columns.${column as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      address: ({ address, addressEn }) => inLanguage(locale, address, addressEn),
      hours: ({ hours }) => hours,
      phone: ({ phone }) => phone,
      status: (point) => t(pointStatus(point)),
    }, rows);
  });
