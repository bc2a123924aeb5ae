import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { startStaffReading } from "../reading";
import { readRuleFilter, RULES_PER_PAGE, rulesHref, type RuleFilter } from "./filter";
import { RuleTable, type RuleView } from "./rule-table";
import { readWarningWords } from "./warning-words";
import { FirstUse, NoResults } from "@/components/admin/list-empty";
import { Pager, ResourceIndex, type Chip } from "@/components/admin/resource-index";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { NavTabs } from "@/components/ui/nav-tabs";
import { RULE_STATUSES } from "@/db/schema/points";
import { formatPoints } from "@/lib/i18n";
import { ACTIONS, type Action } from "@/lib/rules/rule";
import { ruleSentence } from "@/lib/rules/sentence";
import { getRuleNames, listRulesForStaff, type RuleCounts, type RuleList } from "@/lib/rules/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRules"))("title") };
}

const sumOf = (counts: RuleCounts): number => RULE_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function RulesPage({ searchParams }: { searchParams: SearchParams }) {
  const { db, now, policy, locale } = await startStaffReading("/admin/rules");
  const [t, filter, say] = await Promise.all([getTranslations("adminRules"), readRuleFilter(searchParams), readWarningWords()]);
  const [list, names] = await Promise.all([
    listRulesForStaff(db, { search: filter.q, status: filter.status, action: filter.trigger, page: filter.page, pageSize: RULES_PER_PAGE }, now, policy),
    getRuleNames(db, locale, policy),
  ]);
  const rules: RuleView[] = list.rules.map((rule) => ({ ...rule, sentence: ruleSentence(rule, locale, names), doubts: rule.warnings.map(say) }));
  const clear = rulesHref(filter, { q: "", trigger: undefined });
  return (
    <>
      <PageHeader title={t("title")} actions={<NewRule label={t("new")} />} />
      <ResourceIndex
        label={t("list")} views={await viewsOf(filter, list.counts)} chips={await chipsOf(filter)} clear={clear}
        search={{ action: "/admin/rules", label: t("search"), value: filter.q, keep: { status: filter.status, trigger: filter.trigger } }}
        pager={rules.length > 0 && <RulePager filter={filter} shown={rules.length} total={list.total} />}
      >
        {sumOf(list.counts) > 0 && <Triggers filter={filter} list={list} />}
        {rules.length > 0 ? <RuleTable rules={rules} now={now} zone={policy.timeZone} /> : sumOf(list.counts) === 0 ? (
          <FirstUse title={t("first")} action={<NewRule label={t("new")} />}>{t("firstHint")}</FirstUse>
        ) : <NoResults clear={rulesHref(filter, { q: "", status: undefined, trigger: undefined })} />}
      </ResourceIndex>
    </>
  );
}

const NewRule = ({ label }: { label: string }) => <ButtonLink href="/admin/rules/new" look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function viewsOf(filter: RuleFilter, counts: RuleCounts) {
  const [t, status, locale] = await Promise.all([getTranslations("admin.list"), getTranslations("adminRules.statuses"), getLocale()]);
  return {
    label: t("views"),
    tabs: [
      { href: rulesHref(filter, { status: undefined }), label: t("all"), current: !filter.status, count: formatPoints(locale, sumOf(counts)) },
      ...RULE_STATUSES.map((each) => ({ href: rulesHref(filter, { status: each }), label: status(each), current: filter.status === each, count: formatPoints(locale, counts[each]) })),
    ],
  };
}

/** Triggers that have a rule, and the one that is chosen. */
async function Triggers({ filter, list }: { filter: RuleFilter; list: RuleList }) {
  const [t, locale] = await Promise.all([getTranslations("adminRules"), getLocale()]);
  const used = ACTIONS.filter((action) => list.byAction.has(action) || filter.trigger === action);
  const tab = (action: Action) => ({
    href: rulesHref(filter, { trigger: action }), label: t(`actions.${action}`), current: filter.trigger === action, count: formatPoints(locale, list.byAction.get(action) ?? 0),
  });
  return (
    <div className="px-3 pb-2">
      <NavTabs look="plain" label={t("triggers")} tabs={[{ href: rulesHref(filter, { trigger: undefined }), label: t("allTriggers"), current: !filter.trigger }, ...used.map(tab)]} />
    </div>
  );
}

async function chipsOf(filter: RuleFilter): Promise<Chip[]> {
  const [t, list] = await Promise.all([getTranslations("adminRules"), getTranslations("admin.list")]);
  const chips: Chip[] = [];
  if (filter.q) chips.push({ key: "q", label: list("searchChip", { text: filter.q }), href: rulesHref(filter, { q: "" }) });
  if (filter.trigger) chips.push({ key: "trigger", label: t("triggerChip", { trigger: t(`actions.${filter.trigger}`) }), href: rulesHref(filter, { trigger: undefined }) });
  return chips;
}

async function RulePager({ filter, shown, total }: { filter: RuleFilter; shown: number; total: number }) {
  const t = await getTranslations("admin.list");
  const first = (filter.page - 1) * RULES_PER_PAGE + 1;
  const last = first + shown - 1;
  return (
    <Pager
      summary={t("range", { first, last, total })}
      previous={filter.page > 1 ? rulesHref(filter, { page: filter.page - 1 }) : null}
      next={last < total ? rulesHref(filter, { page: filter.page + 1 }) : null}
    />
  );
}
