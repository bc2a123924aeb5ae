import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { inChunks, noteExport, staffDownload, tickedIn } from "../../download";
import { REVIEWS, reviewSearchOf } from "@/lib/reviews/staff-list";
import type { CsvCell } from "@/lib/csv";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";
import { allReviewIds, countReviews, readReviewsForStaff, type StaffReviewRow } from "@/lib/reviews/staff-queries";

/** What the list of reviews shows: its columns, its order, and all pages of it. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("reviews.moderate", async (reading) => {
    const { db, locale, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const state = readList(REVIEWS, searchParams);
    const t = await getTranslations("adminReviews");
    const search = { ...reviewSearchOf(state), ...tickedIn(searchParams) };
    await noteExport(reading, REVIEWS.key, searchParams, await countReviews(db, search), false);
    const cells: Readonly<Record<string, (review: StaffReviewRow) => CsvCell[]>> = {
      review: ({ rating, body }) => [body, rating],
      product: ({ productName, productNameEn }) => [inLanguage(locale, productName, productNameEn)],
      author: ({ username }) => [username],
      status: ({ status }) => [t(`status.${status}`)],
      written: ({ createdAt }) => [formatInstant(locale, createdAt, policy.timeZone)],
    };
    return {
      name: `reviews-${today}`,
      headings: state.columns.flatMap((column) => (column === "review" ? [t("columns.review"), t("rating")] : [t(`columns.${column as "product"}`)])),
      pages: inChunks(allReviewIds(db, search, state.sort), async (some) => (await readReviewsForStaff(db, some)).map((review) => state.columns.flatMap((column) => cells[column]!(review)))),
    };
  });
