import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { MoveList, type WhyHref } from "../trace";
import { LotLine } from "./past-balance";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import type { UserId } from "@/lib/ctx";
import type { PastBalance } from "@/lib/points/history";
import { listLotMoves } from "@/lib/points/history-queries";

const MOVES_PER_PAGE = 50;

type LotPageProps = { past: PastBalance; userId: UserId; lotId: number; before: number | undefined; at: string; why: WhyHref; reading: Reading };

/** One lot alone, with every entry that moved it, page by page. */
export async function LotPage({ past, userId, lotId, before, at, why, reading }: LotPageProps) {
  const t = await getTranslations("why");
  const { moves, nextBefore } = await listLotMoves(reading.db, userId, lotId, { entryIdMax: past.lastEntry?.id ?? 0, before, limit: MOVES_PER_PAGE });
  const lot = past.lots.find((each) => each.lotId === lotId);
  return (
    <Panel aria-labelledby="lot">
      <h2 id="lot" className="mb-2 text-section font-semibold">{t("lot")}</h2>
      {lot ? <LotLine lot={lot} reading={reading} /> : <p className="text-dense text-muted">{moves.length === 0 && before === undefined ? t("unknownLot") : t("emptiedLot")}</p>}
      {(moves.length > 0 || before !== undefined) && <MoveList moves={moves} reading={reading} none={t("noMoreMoves")} />}
      <p className="mt-2 flex flex-wrap gap-2">
        <ButtonLink href={why({ at })} size="dense">{t("allLots")}</ButtonLink>
        {before !== undefined && <ButtonLink href={why({ at, lot: lotId })} size="dense">{t("newestMoves")}</ButtonLink>}
        {nextBefore !== null && <ButtonLink href={why({ at, lot: lotId, before: nextBefore })} size="dense">{t("olderMoves")}</ButtonLink>}
      </p>
    </Panel>
  );
}
