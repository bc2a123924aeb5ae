import "server-only";

import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { lotView } from "../views";
import { entryView, namesIn } from "./entries";
import { LotLife } from "@/components/lot-list";
import { PointsAmount } from "@/components/points-amount";
import { ButtonLink } from "@/components/ui/button-link";
import type { UserId } from "@/lib/ctx";
import { formatInstant, formatSignedPoints } from "@/lib/i18n";
import { listLotMoves, type LotMove } from "@/lib/points/history-queries";
import { findEntries, type LotDraw } from "@/lib/points/queries";

/** Moves that a trace shows at once; the page about the lot has all. */
const MOVES_SHOWN = 6;
/** An order of many lots names the first; each is on the page about the balance. */
const LOTS_TRACED = 8;

/** The address of the page about a moment, and about a lot at it. */
export type WhyHref = (params?: { at?: string; lot?: number; before?: number; page?: number }) => Route;
export const whyHref = (path: string): WhyHref => ({ at, lot, before, page } = {}) => {
  const query = new URLSearchParams(Object.entries({ at, lot, before, page }).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, String(value)]]))).toString();
  return (query ? `${path}?${query}` : path) as Route;
};
export const walletWhy = whyHref("/wallet/why");

type TraceProps = { reading: Reading; userId: UserId; entryId: number; why: WhyHref };

/** Of points that went out: what had filled their lots. Of points that came in: what became of them since. */
export async function EntryTrace({ reading, userId, entryId, why }: TraceProps) {
  const [[entry], t] = await Promise.all([findEntries(reading.db, userId, [entryId]), getTranslations("why")]);
  if (!entry) return <p className="py-2 text-caption text-muted">{t("unknownEntry")}</p>;
  const side = entry.pointsChange < 0 ? "in" : "out";
  if (entry.draws.length === 0) return <p className="py-2 text-caption text-muted">{t("noLots")}</p>;
  const traced = entry.draws.slice(0, LOTS_TRACED);
  const moves = await Promise.all(traced.map(({ lotId }) => listLotMoves(reading.db, userId, lotId, { side, entryIdMax: side === "in" ? entry.id : undefined, limit: MOVES_SHOWN })));
  return (
    <>
      {traced.map((draw, index) => (
        <section key={draw.lotId} className="border-t border-border py-2">
          <LotHeading draw={draw} side={side} reading={reading} />
          <MoveList moves={moves[index]!.moves} reading={reading} none={side === "in" ? t("notFilled") : t("untouched")} />
          <ButtonLink href={why({ lot: draw.lotId })} look="quiet" size="filter" className="-ms-2.5">{moves[index]!.nextBefore === null ? t("toLot") : t("allMoves")}</ButtonLink>
        </section>
      ))}
      {entry.draws.length > LOTS_TRACED && <p className="border-t border-border py-2 text-caption text-muted">{t("moreLots", { lots: entry.draws.length - LOTS_TRACED })}</p>}
    </>
  );
}

async function LotHeading({ draw, side, reading: { policy, now } }: { draw: LotDraw; side: "in" | "out"; reading: Reading }) {
  const t = await getTranslations("why");
  return (
    <p className="text-caption">
      <span className="font-medium">{side === "in" ? t("filledBy") : t("takenBy")}</span>
      <span className="text-muted">{" · "}<LotLife lot={lotView(draw, now)} zone={policy.timeZone} /></span>
    </p>
  );
}

type LotTraceProps = { reading: Reading; userId: UserId; lotId: number; entryIdMax: number };

/** Everything that moved a lot, the latest first; the rest is a page away. */
export async function LotTrace({ reading, userId, lotId, entryIdMax }: LotTraceProps) {
  const [{ moves }, t] = await Promise.all([listLotMoves(reading.db, userId, lotId, { entryIdMax, limit: MOVES_SHOWN * 2 }), getTranslations("why")]);
  return <MoveList moves={moves} reading={reading} none={t("notFilled")} />;
}

/** Entries with what each put into a lot or took from it, and the rules that an earning is made of. */
export async function MoveList({ moves, reading: { db, locale, policy, now }, none }: { moves: readonly LotMove[]; reading: Reading; none: string }) {
  const [t, names] = await Promise.all([getTranslations("wallet"), namesIn(db, moves.map(({ entry }) => entry), locale)]);
  if (moves.length === 0) return <p className="py-2 text-caption text-muted">{none}</p>;
  return (
    <ul className="grid gap-1 py-1.5 text-caption">
      {moves.map(({ entry, points }) => {
        const { title, parts } = entryView(entry, { t, locale, now, names });
        return (
          <li key={entry.id} className="flex items-baseline justify-between gap-4">
            <span className="min-w-0">
              {title}
              <span className="text-muted">{" · "}<time dateTime={entry.createdAt.toISOString()}>{formatInstant(locale, entry.createdAt, policy.timeZone)}</time></span>
              {parts.length > 1 && <span className="block text-muted">{parts.map((part) => `${part.label} ${formatSignedPoints(locale, part.points)}`).join(" · ")}</span>}
            </span>
            <PointsAmount points={points} signed className="shrink-0 font-medium" />
          </li>
        );
      })}
    </ul>
  );
}
