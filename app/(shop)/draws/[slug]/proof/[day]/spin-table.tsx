import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../../../reading";
import { prizeName } from "../../../draw-views";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import type { UserId } from "@/lib/ctx";
import type { ProofSpin } from "@/lib/draws/proof";
import { listRoundSpins } from "@/lib/draws/proof-queries";
import type { PublicRound } from "@/lib/draws/queries";
import { formatPoints } from "@/lib/i18n";

const SPINS_SHOWN = 100;

type SpinTableProps = { reading: Reading; round: PublicRound; userId: UserId | undefined; slug: string; from: number };

/** Every spin of the round, a hundred at a time. Nobody is named; one's own are marked for oneself. */
export async function SpinTable({ reading, round, userId, slug, from }: SpinTableProps) {
  const [t, spins] = await Promise.all([getTranslations("draws.proof"), listRoundSpins(reading.db, round.id, { from, limit: SPINS_SHOWN, userId })]);
  const last = spins.at(-1)?.nonce ?? from;
  const after = Math.max(0, round.spins - last - 1);
  const place = (nonce: number) => `/draws/${slug}/proof/${round.day}${nonce > 0 ? `?from=${nonce}` : ""}` as Route;
  return (
    <Panel aria-labelledby="spins" padded={false}>
      <div className="flex flex-wrap items-baseline justify-between gap-2 px-4 pt-4 pb-2 md:px-5">
        <h2 id="spins" className="text-body font-semibold">{t("spins")}</h2>
        {spins.length > 0 && <p className="text-caption text-muted tabular-nums">{t("range", { from: spins[0]!.nonce, to: last, total: round.spins })}</p>}
      </div>
      {spins.length === 0 ? <p className="px-4 pb-4 text-dense text-muted md:px-5">{t("spinsEmpty")}</p> : (
        <table className="w-full text-dense">
          <caption className="sr-only">{t("spinsCaption")}</caption>
          <thead>
            <tr className="text-caption text-muted">
              <th scope="col" className="px-4 py-1.5 text-start font-medium md:px-5">{t("columns.nonce")}</th>
              <th scope="col" className="px-2 py-1.5 text-start font-medium">{t("columns.roll")}</th>
              <th scope="col" className="px-2 py-1.5 text-start font-medium">{t("columns.prize")}</th>
              <th scope="col" className="px-4 py-1.5 text-end font-medium md:px-5">{t("columns.check")}</th>
            </tr>
          </thead>
          <tbody>
            {spins.map((spin) => (
              <tr key={spin.nonce} className="border-t border-border">
                <th scope="row" className="px-4 py-2 text-start font-medium whitespace-nowrap tabular-nums md:px-5">
                  {formatPoints(reading.locale, spin.nonce)}
                  {spin.isOwn && <span className="ms-2"><Badge tone="points">{t("own")}</Badge></span>}
                </th>
                <td className="px-2 py-2 font-mono text-caption tabular-nums">{String(spin.roll).padStart(6, "0")}</td>
                <td className="px-2 py-2"><PrizeOf reading={reading} round={round} spin={spin} /></td>
                <td data-nonce={spin.nonce} className="px-4 py-2 text-end text-caption whitespace-nowrap text-muted md:px-5">{t("unchecked")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {(from > 0 || after > 0) && (
        <div className="flex flex-wrap justify-between gap-3 border-t border-border p-4">
          {from > 0 && <ButtonLink href={place(Math.max(0, from - SPINS_SHOWN))}>{t("previous")}</ButtonLink>}
          {after > 0 && spins.length > 0 && <ButtonLink href={place(last + 1)} className="ms-auto">{t("more", { count: after })}</ButtonLink>}
        </div>
      )}
    </Panel>
  );
}

async function PrizeOf({ reading: { locale }, round, spin }: { reading: Reading; round: PublicRound; spin: ProofSpin }) {
  const t = await getTranslations("draws");
  const hit = round.prizes.find(({ id }) => id === spin.rolledPrizeId);
  if (!hit) return <span className="text-muted">{t("nothing")}</span>;
  return (
    <>
      {prizeName(locale, hit)}
      {spin.prizeId === null && <span className="block text-caption text-muted">{t("proof.notGiven")}</span>}
    </>
  );
}
