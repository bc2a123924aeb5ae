import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../../reading";
import { Panel } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Icon } from "@/components/ui/icon";
import { listToldRounds, type NamedDraw, type PublicRound } from "@/lib/draws/queries";
import { formatDay } from "@/lib/i18n";

const DAYS_SHOWN = 7;

type FairnessProps = { reading: Reading; draw: NamedDraw; today: PublicRound | null; tomorrow: PublicRound | null };

/** What the shop has committed to, and the proofs of the days that are over. */
export async function Fairness({ reading: { db, locale }, draw, today, tomorrow }: FairnessProps) {
  const [t, told] = await Promise.all([getTranslations("draws"), listToldRounds(db, draw.id, DAYS_SHOWN)]);
  return (
    <Panel aria-labelledby="fairness" className="mt-3">
      <h2 id="fairness" className="mb-2 flex items-center gap-2 text-body font-semibold"><span className="text-primary"><Icon name="shield" size={20} /></span>{t("fairness")}</h2>
      <p className="text-dense text-muted">{t("commitmentNote")}</p>
      <dl className="mt-3 grid gap-3">
        {today && <Commitment label={t("commitmentToday", { day: formatDay(locale, today.day) })} hash={today.commitment} words={{ copy: t("copy"), copied: t("copied") }} />}
        {tomorrow && <Commitment label={t("commitmentTomorrow", { day: formatDay(locale, tomorrow.day) })} hash={tomorrow.commitment} words={{ copy: t("copy"), copied: t("copied") }} />}
      </dl>
      <h3 className="mt-4 mb-1 text-dense font-semibold">{t("proofs")}</h3>
      {told.length === 0 && <p className="text-dense text-muted">{t("proofsEmpty")}</p>}
      <ul className="flex flex-wrap gap-x-5">
        {today && <li><ProofLink slug={draw.slug} day={today.day} label={t("toProof")} /></li>}
        {told.map(({ day, spins }) => <li key={day}><ProofLink slug={draw.slug} day={day} label={t("proofOf", { day: formatDay(locale, day), spins })} /></li>)}
      </ul>
    </Panel>
  );
}

function Commitment({ label, hash, words }: { label: string; hash: string; words: { copy: string; copied: string } }) {
  return (
    <div className="rounded-control bg-sunken px-3.5 py-2.5">
      <dt className="flex items-center justify-between gap-3 text-caption text-muted">{label}<CopyButton text={hash} label={words.copy} copiedLabel={words.copied} /></dt>
      <dd className="font-mono text-caption break-all">{hash}</dd>
    </div>
  );
}

const ProofLink = ({ slug, day, label }: { slug: string; day: string; label: string }) => (
  <Link href={`/draws/${slug}/proof/${day}` as Route} prefetch={false} className="inline-flex min-h-11 items-center text-dense font-medium text-primary hover:underline">{label}</Link>
);
