import { readParams, type SearchParams } from "../../(shop)/reading";
import { idIn, oneOf } from "../reading";
import { hrefWith } from "@/components/admin/href";
import { FLASH_PHASES, type FlashPhase } from "@/lib/flash/sale";

export const SALES_PER_PAGE = 20;
const PAGES_MAX = 5_000;

/** What the list of flash sales shows, as the address says it. */
export type FlashFilter = { q: string; phase?: FlashPhase; page: number };

export async function readFlashFilter(params: SearchParams): Promise<FlashFilter> {
  const { q, phase, page } = await readParams(params, "q", "phase", "page");
  return { q: q.slice(0, 60), phase: oneOf(FLASH_PHASES, phase), page: Math.min(idIn(page) ?? 1, PAGES_MAX) };
}

/** Another view starts again at its first page. */
export const flashHref = (filter: FlashFilter, changed: Partial<FlashFilter> = {}) => {
  const { q, phase, page } = { ...filter, page: 1, ...changed };
  return hrefWith("/admin/flash", { q, phase, page: page > 1 ? page : undefined });
};
