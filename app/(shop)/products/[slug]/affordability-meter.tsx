import { getTranslations } from "next-intl/server";
import { formatPoints, type Locale } from "@/lib/i18n";

/** How much of the price the shopper already has, as a bar and in words. */
export async function AffordabilityMeter({ points, balance, locale }: { points: number; balance: number; locale: Locale }) {
  const t = await getTranslations("product");
  const part = Math.min(1, balance / points);
  const missing = points - balance;
  return (
    <div className="mt-4">
      <svg viewBox="0 0 100 2" preserveAspectRatio="none" className="h-2 w-full rounded-full bg-sunken" aria-hidden="true">
        <rect width={100 * part} height="2" className={missing > 0 ? "fill-points-fill" : "fill-primary"} />
      </svg>
      <p className="mt-1.5 text-caption text-muted tabular-nums">
        {missing > 0
          ? t("meterMissing", { balance: formatPoints(locale, balance), points: formatPoints(locale, missing) })
          : t("meterEnough", { balance: formatPoints(locale, balance) })}
      </p>
    </div>
  );
}
