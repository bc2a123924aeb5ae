import { getTranslations } from "next-intl/server";
import type { Reading } from "../../reading";
import { inLanguage } from "../../views";
import { RefreshSoon } from "./refresh-soon";
import { reveal } from "./reveal-actions";
import { RevealCode } from "./reveal-code";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { formatInstant } from "@/lib/i18n";
import { owedOf } from "@/lib/orders/line";
import type { OrderPage } from "@/lib/orders/queries";

/** The codes that were bought, each behind a button, and how many are still to come. */
export async function CodeList({ order, reading: { locale, policy } }: { order: OrderPage; reading: Reading }) {
  const isOpen = order.status === "paid" || order.status === "shipped";
  if (order.codes.length === 0 && !(isOpen && order.items.some(({ hasCodes }) => hasCodes))) return null;
  const [t, words, common] = await Promise.all([getTranslations("orders.codes"), getTranslations("orders"), getTranslations("common")]);
  const lines = order.items.filter(({ line }) => order.codes.some((code) => code.line === line));
  const missing = isOpen ? order.items.filter(({ hasCodes }) => hasCodes).reduce((sum, item) => sum + owedOf(item), 0) : 0;
  return (
    <Panel aria-labelledby="codes">
      <h2 id="codes" className="text-body font-semibold">{t("title")}</h2>
      <p className="mb-3 text-caption text-muted">{t("hint")}</p>
      <ul className="grid gap-2">
        {lines.flatMap((item) => order.codes.filter(({ line }) => line === item.line).map((code, index) => (
          <li key={code.id}>
            <RevealCode
              action={reveal} orderId={order.publicId} codeId={code.id}
              name={lines.length > 1 ? t("oneOf", { product: inLanguage(locale, item.productName, item.productNameEn), number: index + 1 }) : t("one", { number: index + 1 })}
              seen={code.revealedAt && t("seen", { at: formatInstant(locale, code.revealedAt, policy.timeZone) })}
              words={{ reveal: t(code.revealedAt ? "again" : "reveal"), pending: common("pending"), shown: t("shown"), copy: t("copy"), copied: words("copied") }}
            />
          </li>
        )))}
      </ul>
      {missing > 0 && <><Notice tone="warning" className="mt-3">{t("waiting", { count: missing })}</Notice><RefreshSoon /></>}
    </Panel>
  );
}
