import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { iconOf, prizeName, type DrawWords } from "../draw-views";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import type { UserId } from "@/lib/ctx";
import { isWin } from "@/lib/draws/prize";
import { listOwnSpins, listWinners, type NamedDraw, type OwnSpin } from "@/lib/draws/queries";
import { formatInstant, formatPoints } from "@/lib/i18n";
import { maskName } from "@/lib/sharing/referral";

const SPINS_SHOWN = 10;
const WINNERS_SHOWN = 6;

/** The person's latest spins of this draw. */
export async function History({ reading, userId, draw }: { reading: Reading; userId: UserId; draw: NamedDraw }) {
  const [t, spins] = await Promise.all([getTranslations("draws"), listOwnSpins(reading.db, userId, draw.id, SPINS_SHOWN)]);
  return (
    <Panel aria-labelledby="history" className="mt-3">
      <h2 id="history" className="mb-1 text-body font-semibold">{t("history")}</h2>
      {spins.length === 0 ? <p className="text-dense text-muted">{t("historyEmpty")}</p> : (
        <ul className="divide-y divide-border">
          {spins.map((spin) => <li key={spin.spinId} className="flex items-center gap-3 py-2.5 text-dense"><Spin reading={reading} t={t} spin={spin} /></li>)}
        </ul>
      )}
    </Panel>
  );
}

function Spin({ reading: { locale, policy }, t, spin }: { reading: Reading; t: DrawWords; spin: OwnSpin }) {
  const { rolled, isGiven, nonce, roll, paidWith, points, createdAt } = spin;
  const won = isWin(rolled);
  return (
    <>
      <span className={won && isGiven ? "text-points" : "text-muted"}><Icon name={iconOf(rolled?.kind ?? "nothing")} size={20} /></span>
      <span className="min-w-0 grow">
        <span className="block font-medium">{rolled ? prizeName(locale, rolled) : t("nothing")}</span>
        <span className="block text-caption text-muted tabular-nums">{formatInstant(locale, createdAt, policy.timeZone)} · {t(`paid.${paidWith}`, { points: formatPoints(locale, points) })}</span>
        <span className="block text-caption text-muted tabular-nums">{t("number", { nonce, roll: String(roll).padStart(6, "0") })}</span>
      </span>
      {won && <span className={isGiven ? "shrink-0 text-caption font-semibold text-success" : "shrink-0 text-caption text-muted"}>{isGiven ? `✓ ${t("historyWon")}` : t("historyGone")}</span>}
    </>
  );
}

/** Who won lately, by the first letter of their name. */
export async function Winners({ reading, draw }: { reading: Reading; draw: NamedDraw }) {
  const [t, winners] = await Promise.all([getTranslations("draws"), listWinners(reading.db, draw.id, WINNERS_SHOWN)]);
  return (
    <Panel aria-labelledby="winners" className="mt-3">
      <h2 id="winners" className="mb-1 text-body font-semibold">{t("winners")}</h2>
      {winners.length === 0 ? <p className="text-dense text-muted">{t("winnersEmpty")}</p> : (
        <ul className="divide-y divide-border">
          {winners.map(({ spinId, username, prize, createdAt }) => (
            <li key={spinId} className="flex items-center gap-3 py-2 text-dense">
              <span className="w-14 shrink-0 font-medium">{maskName(username)}</span>
              <span className="min-w-0 grow truncate">{prizeName(reading.locale, prize)}</span>
              <span className="shrink-0 text-caption text-muted tabular-nums">{formatInstant(reading.locale, createdAt, reading.policy.timeZone)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
