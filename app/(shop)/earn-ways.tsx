import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "./reading";
import { MyTasksPanel } from "./tasks/my-tasks-panel";
import { inLanguage } from "./views";
import { Panel } from "@/components/ui/card";
import { Icon, type IconName } from "@/components/ui/icon";
import { formatPoints, formatSignedPoints } from "@/lib/i18n";
import { listRulesInForce, type RuleInForce } from "@/lib/rules/queries";

/** Where a rule's action is done; a visit and a birthday come by themselves. Check-ins have a place of their own on the page. */
const places = {
  register: { icon: "gift", href: "/sign-up" },
  login: { icon: "calendar-check", href: null },
  purchase: { icon: "bag", href: "/shop" },
  first_order: { icon: "bag", href: "/shop" },
  repurchase: { icon: "bag", href: "/shop" },
  share: { icon: "users", href: "/invite" as Route },
  referral: { icon: "users", href: "/invite" as Route },
  review: { icon: "edit", href: "/orders" },
  birthday: { icon: "gift", href: null },
} as const satisfies Record<string, { icon: IconName; href: Route | null }>;
type ShownAction = keyof typeof places;

const ACTIONS = Object.keys(places) as ShownAction[];
const WAYS_MAX = 8;
/** Beside a person's tasks; the page of tasks has the others. */
const WAYS_BESIDE = 5;

/** A person's own tasks, and what else earns points. */
export function EarnWays({ reading, isGuest }: { reading: Reading; isGuest: boolean }) {
  return (
    <>
      {!isGuest && <MyTasksPanel reading={reading} />}
      <RulesPanel reading={reading} isGuest={isGuest} max={isGuest ? WAYS_MAX : WAYS_BESIDE} />
    </>
  );
}

/** What the rules in force give, in the merchant's own words. */
export async function RulesPanel({ reading, isGuest, max = WAYS_MAX }: { reading: Reading; isGuest: boolean; max?: number }) {
  const [rules, t] = await Promise.all([listRulesInForce(reading.db, ACTIONS, reading.now), getTranslations("home")]);
  const ways = await Promise.all(rules.filter((rule) => isOpenTo(rule, isGuest)).map((rule) => wayOf(reading, rule)));
  const shown = ways.filter((way) => way !== null).sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action)).slice(0, max);
  if (shown.length === 0) return null;
  return (
    <Panel aria-labelledby="earn-ways" className="mt-3">
      <h2 id="earn-ways" className="mb-1 text-body font-semibold">{t("earnWays")}</h2>
      <ul className="divide-y divide-border">
        {shown.map((way) => (
          <li key={way.id} className="flex min-h-12 items-center gap-3 py-1.5 text-dense">
            <span className="grid size-8 shrink-0 place-items-center rounded-control bg-points-soft text-points"><Icon name={places[way.action].icon} /></span>
            <span className="min-w-0 grow">
              {way.name}
              {way.limit && <span className="block text-caption text-muted">{way.limit}</span>}
            </span>
            <b className="shrink-0 font-semibold text-points tabular-nums">{way.gives}</b>
            <WayState way={way} isGuest={isGuest} words={{ done: t("wayDone"), go: t("wayGo") }} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type Way = { id: number; action: ShownAction; name: string; gives: string; limit: string | null };

/** Joining is for guests alone; what only some members get is not promised to all. */
const isOpenTo = ({ actionType, definition }: RuleInForce, isGuest: boolean): boolean =>
  (isGuest || actionType !== "register") && !definition.conditions.some(({ kind }) => kind === "level" || kind === "segment");

async function wayOf({ locale }: Reading, { id, actionType, name, nameEn, definition: { effect, caps } }: RuleInForce): Promise<Way | null> {
  const [t, tTasks] = await Promise.all([getTranslations("home.earn"), getTranslations("tasks")]);
  const way = { id, action: actionType as ShownAction, name: inLanguage(locale, name, nameEn), limit: caps.timesPerDay !== null && caps.timesPerDay > 1 ? t("perDay", { times: caps.timesPerDay }) : null };
  switch (effect.kind) {
    case "fixed":
      return { ...way, gives: formatSignedPoints(locale, effect.points) };
    case "per_yuan":
      return { ...way, gives: t("perYuan", { points: formatPoints(locale, effect.points) }) };
    case "per_item":
      return { ...way, gives: t("perItem", { points: formatPoints(locale, effect.points) }) };
    case "perk":
      return { ...way, gives: tTasks(`cards.${effect.perk}`, { count: effect.quantity }) };
    default:
      return null;
  }
}

/** The day's visit counts by itself; the others are a link away. */
function WayState({ way: { action, name }, isGuest, words }: { way: Way; isGuest: boolean; words: { done: string; go: string } }) {
  const { href } = places[action];
  if (!href) return action === "login" && !isGuest ? <span className="shrink-0 text-caption font-medium text-success">✓ {words.done}</span> : null;
  return (
    <Link href={href} className="inline-flex min-h-8 shrink-0 items-center text-caption font-medium text-primary">
      {words.go}<span className="sr-only"> · {name}</span>
      <Icon name="chevron-right" size={16} />
    </Link>
  );
}
