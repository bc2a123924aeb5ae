import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { readParams, startReading, type Reading, type SearchParams } from "../reading";
import { inLanguage } from "../views";
import { rememberThisDevice } from "./actions";
import { ShareLink } from "./share-link";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Badge, type Progress, type Tone } from "@/components/ui/badge";
import { Panel } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Toaster } from "@/components/ui/toast";
import { requireShopper, type Shopper } from "@/lib/auth";
import { GUEST } from "@/lib/catalog/audience";
import { findProduct, type ProductPage } from "@/lib/catalog/queries";
import { env } from "@/lib/env";
import { formatDayOf, formatPoints } from "@/lib/i18n";
import { getBalance } from "@/lib/points/queries";
import { listRulesInForce, type RuleInForce } from "@/lib/rules/queries";
import { FRIENDS_SHOWN, getInvitations, type Friend, type ReferralStatus } from "@/lib/sharing/queries";
import { isSubject, SHOP } from "@/lib/sharing/share";
import { shareToken } from "@/lib/sharing/token";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("share");
  return { title: t("title"), description: t("description") };
}

/** With `?product=<slug>` the link leads to that product, else to the shop. */
export default async function InvitePage({ searchParams }: { searchParams: SearchParams }) {
  const { product: slug } = await readParams(searchParams, "product");
  const [reading, shopper, t] = await Promise.all([startReading(), requireShopper(isSubject(slug) ? `/invite?product=${slug}` : "/invite"), getTranslations("share")]);
  const product = isSubject(slug) ? await findProduct(reading.db, slug, GUEST) : null;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} back={product ? { href: `/products/${product.slug}` as Route, label: inLanguage(reading.locale, product.name, product.nameEn) } : undefined} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_360px] lg:items-start">
        <MyLink reading={reading} shopper={shopper} product={product} />
        <Rewards reading={reading} />
        <Friends reading={reading} shopper={shopper} />
      </div>
      <Toaster />
    </>
  );
}

async function MyLink({ reading: { db, now, policy, locale }, shopper, product }: { reading: Reading; shopper: Shopper; product: ProductPage | null }) {
  const [t, balance] = await Promise.all([getTranslations("share"), getBalance(db, shopper.id, now)]);
  const link = new URL(`/s/${shareToken({ sharerId: shopper.id, subject: product?.slug ?? SHOP })}`, env().NEXTAUTH_URL).href;
  const shop = inLanguage(locale, policy.shopName, policy.shopNameEn);
  const name = product && inLanguage(locale, product.name, product.nameEn);
  return (
    <Panel>
      {balance.status === "frozen" && <Notice tone="warning" className="mb-4">{t("frozen")}</Notice>}
      <ShareLink
        link={link} onTaken={rememberThisDevice}
        words={{ link: name ? t("linkTo", { product: name }) : t("link"), hint: t("linkHint"), copy: t("copy"), copied: t("copied"), failed: t("copyFailed"), share: t("share"), text: name ? t("shareProduct", { shop, product: name }) : t("shareText", { shop }) }}
      />
    </Panel>
  );
}

const SIDES = ["share", "referral", "referred"] as const;

/** What each side gets, read from the rules in force. */
async function Rewards({ reading: { db, now, locale } }: { reading: Reading }) {
  const [rules, t, tTasks] = await Promise.all([listRulesInForce(db, SIDES, now), getTranslations("share"), getTranslations("tasks")]);
  const gives = ({ definition: { effect } }: RuleInForce): string | null =>
    effect.kind === "fixed" ? t("gives", { points: `+${formatPoints(locale, effect.points)}` }) : effect.kind === "perk" ? tTasks(`cards.${effect.perk}`, { count: effect.quantity }) : null;
  const lines = SIDES.flatMap((side) =>
    rules.filter(({ actionType }) => actionType === side).flatMap((rule) => {
      const text = gives(rule);
      return text === null ? [] : [{ id: rule.id, side, text, times: rule.definition.caps.timesPerDay }];
    }));
  return (
    <Panel aria-labelledby="rewards" className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
      <h2 id="rewards" className="mb-1 text-body font-semibold">{t("rewards")}</h2>
      {lines.length === 0 ? <p className="text-dense text-muted">{t("rewardsNone")}</p> : (
        <ul className="divide-y divide-border">
          {lines.map(({ id, side, text, times }) => (
            <li key={id} className="flex min-h-12 items-center gap-3 py-1.5 text-dense">
              <span className="min-w-0 grow">
                {t(`sides.${side}`)}
                {times !== null && side === "share" && <span className="block text-caption text-muted">{t("perDay", { times })}</span>}
              </span>
              <b className="shrink-0 font-semibold text-points tabular-nums">{text}</b>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

async function Friends({ reading, shopper }: { reading: Reading; shopper: Shopper }) {
  const [{ friends, joined, visits }, t] = await Promise.all([getInvitations(reading.db, shopper.id), getTranslations("share")]);
  const { locale } = reading;
  return (
    <Panel aria-labelledby="friends">
      <h2 id="friends" className="mb-3 text-section font-semibold">{t("friends")}</h2>
      <dl className="mb-4 grid grid-cols-2 gap-3 rounded-control bg-sunken p-3 text-center">
        {([["visits", visits], ["joined", joined]] as const).map(([key, figure]) => (
          <div key={key} className="flex flex-col-reverse justify-end">
            <dt className="text-caption text-muted">{t(`figures.${key}`)}</dt>
            <dd className="text-title font-semibold tabular-nums">{formatPoints(locale, figure)}</dd>
          </div>
        ))}
      </dl>
      {friends.length === 0 ? <EmptyState heading="p" title={t("empty")}>{t("emptyHint")}</EmptyState> : <FriendTable friends={friends} reading={reading} />}
      {joined > friends.length && <p className="mt-3 text-caption text-muted">{t("more", { shown: FRIENDS_SHOWN, total: joined })}</p>}
    </Panel>
  );
}

const looks: Record<ReferralStatus, { tone: Tone; progress: Progress }> = {
  open: { tone: "info", progress: "waiting" },
  rewarded: { tone: "success", progress: "done" },
  review: { tone: "warning", progress: "underway" },
  refused: { tone: "neutral", progress: "ended" },
};

async function FriendTable({ friends, reading: { locale, policy } }: { friends: readonly Friend[]; reading: Reading }) {
  const t = await getTranslations("share");
  return (
    <table className="w-full text-dense">
      <caption className="sr-only">{t("friends")}</caption>
      <thead>
        <tr className="text-caption text-muted">
          {(["friend", "joinedOn", "state"] as const).map((key) => <th key={key} scope="col" className="py-2 pe-3 text-start font-medium last:pe-0 last:text-end">{t(key)}</th>)}
        </tr>
      </thead>
      <tbody>
        {friends.map((friend, index) => (
          <tr key={index} className="border-t border-border">
            <td className="py-2.5 pe-3 font-medium">{friend.name}</td>
            <td className="py-2.5 pe-3 text-muted">{formatDayOf(locale, friend.joinedAt, policy.timeZone, "short")}</td>
            <td className="py-2.5 text-end"><Badge {...looks[friend.status]}>{t(`status.${friend.status}`)}</Badge></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
