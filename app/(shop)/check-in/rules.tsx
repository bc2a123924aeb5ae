import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { listCheckInRules } from "@/lib/checkin/queries";
import { formatPoints, formatZone, type Locale } from "@/lib/i18n";
import { listLevels } from "@/lib/levels/queries";
import { findLadder, type Ladder, type RuleInForce } from "@/lib/rules/queries";
import { pointsNameOf } from "@/lib/points-name";
import { fieldPhrase, ruleSentence, type RuleNames } from "@/lib/rules/sentence";
import type { Policy } from "@/lib/settings/policy";

/** A longer ladder is told by its first steps and its length. */
const STEPS_SHOWN = 14;

type RulesProps = { reading: Reading; /** The zone of the reader's days. */ timeZone: string; /** The month that is shown beside them, as the address says it. */ month: string; isOpen: boolean };

/** The rules in force, written from the configuration itself: rewards, zone, reset, make-up, freezes, validity. */
export async function Rules({ reading, timeZone, month, isOpen }: RulesProps) {
  const { db, locale, now } = reading;
  const [rules, ladder, t] = await Promise.all([listCheckInRules(db, now), findLadder(db, now), getTranslations("checkIn")]);
  if (rules.length === 0) return <Panel><p className="text-dense text-muted">{t("rules.closed")}</p></Panel>;
  const query = new URLSearchParams({ ...(month ? { month } : {}), ...(isOpen ? {} : { rules: "1" }) }).toString();
  return (
    <Panel id="rules" className="scroll-mt-24">
      {ladder && <Steps ladder={ladder} locale={locale} />}
      {/* A page of its own address: few read the rules, and their text would weigh on everybody's visit. */}
      <Link href={`/check-in${query && `?${query}`}#rules` as Route} scroll={false} prefetch={false} className="mt-3 inline-flex min-h-11 items-center gap-1 font-medium text-primary">
        {t(isOpen ? "rules.close" : "rules.title")}
        <Icon name="chevron-down" size={16} className={isOpen ? "rotate-180" : undefined} />
      </Link>
      {isOpen && <Sentences rules={rules} ladder={ladder} reading={reading} timeZone={timeZone} />}
    </Panel>
  );
}

type SentencesProps = { rules: readonly RuleInForce[]; ladder: Ladder | null; reading: Reading; timeZone: string };

async function Sentences({ rules, ladder, reading: { db, locale, policy, now }, timeZone }: SentencesProps) {
  const [levels, t] = await Promise.all([listLevels(db), getTranslations("checkIn")]);
  const names: RuleNames = { categories: new Map(), levels: levels.map((level) => ({ rank: level.rank, name: inLanguage(locale, level.name, level.nameEn) })), timeZone: policy.timeZone, points: pointsNameOf(policy) };
  return (
    <ul className="grid list-disc gap-1.5 ps-5 text-dense text-muted">
      <li>{t("rules.once", { zone: formatZone(locale, timeZone, now) })}</li>
      {policy.ownTimeZone && <li>{t("rules.ownZone")}</li>}
      {ladder && <li>{t(`rules.${ladder.after}`, { days: ladder.steps.length })}</li>}
      {rules.filter((rule) => !isLadderAlone(rule)).map((rule) => <li key={rule.id}>{ruleSentence(rule, locale, names)}</li>)}
      <li>{t("rules.reset")}</li>
      <MakeUpRules policy={policy} locale={locale} />
      {policy.freezesHeldMax > 0 && <li>{t("rules.freezes", { max: policy.freezesHeldMax })}</li>}
      <li>{t("rules.validity", { life: fieldPhrase("expiry", policy.expiry, locale, names) ?? "" })}</li>
    </ul>
  );
}

/** A ladder without any terms is told by its steps; every other rule is told by its sentence. */
const isLadderAlone = ({ startsAt, endsAt, definition: { conditions, effect, caps, holding, expiry } }: RuleInForce): boolean =>
  effect.kind === "ladder" && conditions.length === 0 && holding.kind === "none" && expiry === null && startsAt === null && endsAt === null &&
  [caps.timesPerDay, caps.pointsPerDay, caps.timesInAll, caps.pointsInAll, caps.budget, caps.cooldownHours].every((cap) => cap === null);

async function Steps({ ladder: { steps }, locale }: { ladder: Ladder; locale: Locale }) {
  const t = await getTranslations("checkIn");
  const top = Math.max(...steps);
  return (
    <>
      <h2 className="mb-3 text-body font-semibold">{t("ladder")}</h2>
      <ol className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2">
        {steps.slice(0, STEPS_SHOWN).map((points, index) => (
          <li key={index} className="grid justify-items-center rounded-control bg-sunken py-2 tabular-nums">
            <span className="text-meta text-muted">{t("ladderDay", { day: index + 1 })}</span>
            <b className={`text-dense font-semibold ${points === top ? "text-streak" : "text-points"}`}>{t("ladderPoints", { points: formatPoints(locale, points) })}</b>
          </li>
        ))}
      </ol>
      {steps.length > STEPS_SHOWN && <p className="mt-2 text-caption text-muted">{t("ladderMore", { days: steps.length })}</p>}
    </>
  );
}

async function MakeUpRules({ policy, locale }: { policy: Policy; locale: Locale }) {
  const t = await getTranslations("checkIn");
  if (policy.makeUpDays === 0 || policy.makeUpsPerMonth === 0) return <><li>{t("rules.noMakeUp")}</li><li>{t("rules.noBackdating")}</li></>;
  return (
    <>
      <li>{t("rules.makeUp", { days: policy.makeUpDays, limit: policy.makeUpsPerMonth })}</li>
      <li>{policy.makeUpPoints > 0 ? t("rules.makeUpPoints", { points: formatPoints(locale, policy.makeUpPoints) }) : t("rules.makeUpCards")}</li>
      <li>{t("rules.makeUpBonus")}</li>
      <li>{t("rules.noBackdating")}</li>
    </>
  );
}
