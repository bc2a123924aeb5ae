import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { inChunks, noteExport, staffDownload } from "../../download";
import { FLASH_SALES } from "../list";
import type { CsvCell } from "@/lib/csv";
import { phaseOf, soldOf } from "@/lib/flash/sale";
import { allFlashIds, countFlash, readFlashForStaff, type StaffFlashRow } from "@/lib/flash/staff-queries";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";

/** What a column of the list is in the file. */
const PARTS: Readonly<Record<string, readonly string[]>> = { name: ["name", "product"], window: ["startsAt", "endsAt"], price: ["points", "cash"], sold: ["sold", "pieces"] };

/** What the list shows: its columns, its order, and all pages of it. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("marketing.read", async (reading) => {
    const { db, locale, now, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const { q, filters, columns } = readList(FLASH_SALES, searchParams);
    const t = await getTranslations("adminFlash");
    const search = { search: q, phase: filters.phase };
    await noteExport(reading, FLASH_SALES.key, searchParams, await countFlash(db, search, now), false);
    const headings: Readonly<Record<string, string>> = {
      product: t("csv.product"), startsAt: t("csv.startsAt"), endsAt: t("csv.endsAt"), points: t("csv.points"), cash: t("csv.cash"), pieces: t("csv.pieces"),
    };
    const cells: Readonly<Record<string, (sale: StaffFlashRow) => CsvCell>> = {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      product: (sale) => [inLanguage(locale, sale.productName, sale.productNameEn), inLanguage(locale, sale.skuName, sale.skuNameEn)].filter((part) => part !== "").join(" · "),
      status: (sale) => t(`phase.${phaseOf(sale, now)}`),
      startsAt: ({ startsAt }) => formatInstant(locale, startsAt, policy.timeZone),
      endsAt: ({ endsAt }) => formatInstant(locale, endsAt, policy.timeZone),
      points: ({ pointsPrice }) => pointsPrice,
      cash: ({ cashPriceCents }) => cashPriceCents / 100,
      sold: soldOf,
      pieces: ({ pieces }) => pieces,
      left: ({ left }) => left,
      waiting: ({ waiting }) => waiting,
    };
    const parts = columns.flatMap((column) => PARTS[column] ?? column);
    return {
      name: `flash-${today}`, headings: parts.map((part) => headings[part] ?? t(`columns.${part as "name"}`)),
      pages: inChunks(allFlashIds(db, search, now), async (some) => (await readFlashForStaff(db, some)).map((sale) => parts.map((part) => cells[part]!(sale)))),
    };
  });
