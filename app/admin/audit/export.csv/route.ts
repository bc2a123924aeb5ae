import { getTranslations } from "next-intl/server";
import { staffDownload } from "../../download";
import { factSentence, fieldWord, subjectWord } from "../fact-words";
import { filterOf, TRAIL } from "../list";
import { tell, plainText } from "@/lib/audit/trail/trail";
import { walkTrail, type TrailRow } from "@/lib/audit/trail/queries";
import type { CsvCell } from "@/lib/csv";
import { emit } from "@/lib/events/commands";
import { readList, storedQuery, withoutSearch } from "@/lib/list-address";
import { perform } from "@/lib/perform";
import { staffActor } from "@/lib/staff";

/** Rows of one file: more are asked for by a narrower filter. */
const ROWS_MAX = 200_000;

export const GET = (request: Request): Promise<Response> =>
  staffDownload("audit.read", async ({ staff, policy, today }) => {
    const [t, state] = [await getTranslations("adminAudit"), readList(TRAIL, new URL(request.url).searchParams)];
    const mayContact = staff.permissions.has("people.contact");
    // Whoever takes the trail along is in it, before the first row leaves.
    await perform(staffActor(staff), (ctx) => emit(ctx, { name: "audit.exported", subject: { type: "audit", id: "events" }, data: { filter: withoutSearch(new URLSearchParams(storedQuery(TRAIL, state))).slice(0, 300) } }));
    const row = ({ id, createdAt, actorId, actorName, name, subjectType, subjectId, data }: TrailRow): CsvCell[] => {
      const { changes, details } = tell(data, mayContact);
      return [
        id, createdAt.toISOString(), actorName ?? (actorId === null ? t("clock") : ""), actorId, factSentence(t, name), name, subjectWord(t, subjectType), subjectId,
        changes.map(({ field, before, after }) => `${fieldWord(t, field)}: ${plainText(before)} → ${plainText(after)}`).join("\n"),
        details.map(({ field, value }) => `${fieldWord(t, field)}: ${plainText(value)}`).join("\n"),
      ];
    };
    const headings = (["number", "time", "who", "whoId", "what", "name", "type", "subject", "changes", "details"] as const).map((each) => t(`export.${each}`));
    return { name: `audit-${today}`, headings, pages: rowsOf(walkTrail(filterOf(state), policy.timeZone, ROWS_MAX), row) };
  });

async function* rowsOf(pages: AsyncGenerator<TrailRow[]>, row: (each: TrailRow) => CsvCell[]): AsyncGenerator<CsvCell[][]> {
  for await (const page of pages) yield page.map(row);
}
