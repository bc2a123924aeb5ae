import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { daysLeft, lastMoment, readFaces } from "./coupon-views";
import { Ticket } from "./ticket";
import { ButtonLink } from "@/components/ui/button-link";
import type { MyCoupon } from "@/lib/coupons/queries";
import type { MyTab } from "@/lib/coupons/tabs";
import { formatDayOf, formatInstant } from "@/lib/i18n";

/** From so few days on, the days that are left are counted. */
const SOON_DAYS = 7;

type MyCouponsProps = { coupons: readonly MyCoupon[]; tab: MyTab; reading: Reading; className?: string };

/** Tickets of one tab. */
export async function MyCoupons({ coupons, tab, reading, className = "" }: MyCouponsProps) {
  const [faceOf, t] = await Promise.all([readFaces(reading, coupons), getTranslations("coupons")]);
  return (
    <ul className={`grid gap-3 ${className}`}>
      {coupons.map((coupon) => {
        const face = faceOf(coupon);
        const action = tab === "available" && coupon.usableFrom <= reading.now ? <ButtonLink href={face.href} look="primary" aria-label={t("useLabel", { name: face.name })}>{t("use")}</ButtonLink>
          : tab === "used" && coupon.orderPublicId ? <ButtonLink href={`/orders/${coupon.orderPublicId}` as Route} aria-label={t("orderLabel", { name: face.name })}>{t("order")}</ButtonLink>
          : null;
        return <li key={coupon.publicId}><Ticket face={face} isOver={tab !== "available"} note={<When coupon={coupon} tab={tab} reading={reading} />} action={action} /></li>;
      })}
    </ul>
  );
}

async function When({ coupon, tab, reading }: { coupon: MyCoupon; tab: MyTab; reading: Reading }) {
  const t = await getTranslations("coupons");
  const { locale, now, policy } = reading;
  const until = lastMoment(reading, coupon.expiresAt);
  if (tab === "used") return t("usedAt", { at: formatInstant(locale, coupon.usedAt ?? now, policy.timeZone) });
  if (tab === "expired") return coupon.status === "void" ? t("voided") : t("expiredAt", { at: formatDayOf(locale, new Date(coupon.expiresAt.getTime() - 1), policy.timeZone) });
  if (coupon.usableFrom > now) return t("from", { from: formatInstant(locale, coupon.usableFrom, policy.timeZone), until });
  const left = daysLeft(reading, coupon.expiresAt);
  return (
    <>
      {t("until", { until })}
      {left <= SOON_DAYS && <span className="ms-2 font-semibold text-warning">{left <= 0 ? t("endsToday") : t("endsIn", { days: left })}</span>}
    </>
  );
}
