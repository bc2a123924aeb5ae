import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import type { Slice } from "../draw-views";
import { Wheel } from "../wheel";
import { spinForm } from "./actions";
import { Spinner } from "./spinner";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Shopper } from "@/lib/auth";
import { freeSpinsLeft, nextPayment, phaseOf, spinsLeft, type Chances, type SpinPayment } from "@/lib/draws/draw";
import { getChances, type NamedDraw } from "@/lib/draws/queries";
import { formatInstant, formatPoints } from "@/lib/i18n";
import { publicId } from "@/lib/id";
import { getBalance, type Balance } from "@/lib/points/queries";

type SpinPanelProps = { reading: Reading; shopper: Shopper | null; draw: NamedDraw; /** Whether the day's round is open and its seed still a secret. */ isReady: boolean; slices: readonly Slice[] };

/** The wheel with its button, or why there is none; and what the person has to spin with. */
export async function SpinPanel({ reading, shopper, draw, isReady, slices }: SpinPanelProps) {
  const t = await getTranslations("draws");
  const phase = phaseOf(draw, reading.now);
  return (
    <Panel aria-label={t("wheel")}>
      {shopper && isReady && phase === "open" ? <MySpins reading={reading} shopper={shopper} draw={draw} slices={slices} /> : (
        <div className="grid justify-items-center gap-4">
          <div className="aspect-square w-full max-w-80"><Wheel slices={slices} /></div>
          <Closed reading={reading} draw={draw} isGuest={shopper === null} />
        </div>
      )}
      <p className="mt-4 text-center text-caption text-muted">{t("wheelNote")}</p>
    </Panel>
  );
}

async function Closed({ reading: { locale, now, policy }, draw, isGuest }: { reading: Reading; draw: NamedDraw; isGuest: boolean }) {
  const t = await getTranslations("draws");
  switch (phaseOf(draw, now)) {
    case "upcoming":
      return <Notice className="w-full">{t("notOpen", { at: formatInstant(locale, draw.startsAt!, policy.timeZone) })}</Notice>;
    case "open":
      return isGuest ? <Guest slug={draw.slug} /> : <Notice className="w-full">{t("resting")}</Notice>;
    default:
      return <Notice className="w-full">{t("ended")}</Notice>;
  }
}

async function Guest({ slug }: { slug: string }) {
  const t = await getTranslations("draws");
  return (
    <>
      <ButtonLink href={`/sign-in?next=${encodeURIComponent(`/draws/${slug}`)}` as Route} look="points" size="cta" wide className="max-w-80">{t("guestAction")}</ButtonLink>
      <p className="text-center text-dense text-muted"><b className="font-semibold text-fg">{t("guestTitle")}</b> {t("guestHint")}</p>
    </>
  );
}

async function MySpins({ reading, shopper, draw, slices }: { reading: Reading; shopper: Shopper; draw: NamedDraw; slices: readonly Slice[] }) {
  const { db, now, today, locale } = reading;
  const [t, balance, chances] = await Promise.all([getTranslations("draws"), getBalance(db, shopper.id, now), getChances(shopper.id, draw.id, today)]);
  const next = nextPayment(draw, chances, now);
  const payment: SpinPayment = next.ok ? next.value : { with: "points", points: draw.spinPoints };
  const spin = payment.with === "points" && payment.points > 0 ? t("spinPoints", { points: formatPoints(locale, payment.points) }) : payment.with === "free" ? t("spinFree") : t("spinGranted");
  const obstacle = await obstacleOf(reading, draw, balance, next.ok ? payment : null, chances);
  return (
    <>
      <Spinner
        action={spinForm} drawId={draw.id} requestId={publicId()} pointsShown={payment.points} slices={slices.length} obstacle={obstacle}
        words={{ spin, pending: t("spinning"), skip: t("skip"), retry: t("retry") }}
      >
        <Wheel slices={slices} />
      </Spinner>
      <MyChances reading={reading} draw={draw} balance={balance} chances={chances} />
    </>
  );
}

/** Why the person cannot spin now, in a sentence; null when they can. */
async function obstacleOf({ locale }: Reading, draw: NamedDraw, balance: Balance, payment: SpinPayment | null, chances: Chances): Promise<string | null> {
  const t = await getTranslations("draws");
  if (balance.status === "frozen") return t("frozen");
  if (balance.isHeld) return t("held");
  if (!payment) return chances.spunToday > 0 ? t("noSpins") : t("noSpinsGranted");
  const missing = payment.points - balance.pointsAvailable;
  return missing > 0 ? t("missing", { points: formatPoints(locale, missing) }) : null;
}

async function MyChances({ reading: { locale }, draw, balance, chances }: { reading: Reading; draw: NamedDraw; balance: Balance; chances: Chances }) {
  const t = await getTranslations("draws");
  const left = spinsLeft(draw, chances);
  const terms = [
    ...(draw.freeSpinsPerDay > 0 ? [[t("freeLeft"), t("times", { times: freeSpinsLeft(draw, chances) })]] : []),
    ...(chances.granted > 0 || draw.spinPoints === 0 ? [[t("grantedLeft"), t("times", { times: chances.granted })]] : []),
    ...(left !== null ? [[t("dayLeft"), t("times", { times: left })]] : []),
    [t("balance"), formatPoints(locale, balance.pointsAvailable)],
  ] as const;
  return (
    <dl aria-label={t("chances")} className="mt-5 grid grid-cols-2 gap-x-4 gap-y-3 rounded-control bg-sunken p-3.5 text-dense">
      {terms.map(([label, value]) => (
        <div key={label}>
          <dt className="text-caption text-muted">{label}</dt>
          <dd className="font-semibold tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
