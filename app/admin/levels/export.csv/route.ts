import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, staffDownload } from "../../download";
import { LEVELS, levelsIn, levelStatus } from "../list";
import { listLevelsForStaff, type StaffLevel } from "@/lib/levels/queries";
import { readList } from "@/lib/list-address";

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("programme.read", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(LEVELS, searchParams);
    const [t, levels] = await Promise.all([getTranslations("adminLevels"), listLevelsForStaff(db)]);
    const rows = levelsIn(levels, state);
    await noteExport(reading, LEVELS.key, searchParams, rows.length, false);
    const headings: Readonly<Record<string, string>> = { rank: t("form.rank"), threshold: t(`csv.${policy.levelBasis}`) };
    return listTable<StaffLevel>(`levels-${today}`, state.columns.flatMap((column) => (column === "name" ? ["name", "rank"] : column)), (part) => headings[part] ?? t(`columns.${part as "name"}`), {
      name: ({ name, nameEn }) => inLanguage(locale, name, nameEn),
      rank: ({ rank }) => rank,
      threshold: ({ threshold }) => threshold,
      multiplier: ({ multiplierPercent }) => multiplierPercent / 100,
      members: ({ members }) => members,
      status: (level) => t(levelStatus(level)),
    }, rows);
  });
