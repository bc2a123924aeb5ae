import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "../../(shop)/reading";
import { readBulkChoices, readSelectionWords } from "../bulk/bulk-choices";
import { ListFrame, openList, type ListTab } from "../list-frame";
import { startStaffReading } from "../reading";
import { RULES } from "@/lib/rules/staff-list";
import { RuleTable, type RuleView } from "./rule-table";
import { readWarningWords } from "./warning-words";
import type { FilterField } from "@/components/admin/list-filters";
import { FirstUse } from "@/components/admin/list-empty";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Icon } from "@/components/ui/icon";
import { RULE_STATUSES } from "@/db/schema/points";
import { LIST_PAGE } from "@/lib/list-address";
import { ACTIONS } from "@/lib/rules/rule";
import { ruleSentence } from "@/lib/rules/sentence";
import { getRuleNames, listRulesForStaff, type RuleCounts, type RuleList } from "@/lib/rules/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminRules"))("title") };
}

const sumOf = (counts: RuleCounts): number => RULE_STATUSES.reduce((sum, status) => sum + counts[status], 0);

export default async function RulesPage({ searchParams }: { searchParams: SearchParams }) {
  const reading = await startStaffReading("programme.read", "/admin/rules");
  const { db, now, policy, locale, staff } = reading;
  const mayWrite = staff.permissions.has("programme.write");
  const [t, choices, words, list, say] = await Promise.all([
    getTranslations("adminRules"), readBulkChoices(db, "rules", staff), readSelectionWords(), openList(RULES, searchParams, reading, true), readWarningWords(),
  ]);
  const { state } = list;
  const [found, names] = await Promise.all([
    listRulesForStaff(db, { search: state.q, status: state.filters.status, action: state.filters.trigger, page: state.page, pageSize: LIST_PAGE }, now, policy),
    getRuleNames(db, locale, policy),
  ]);
  const rules: RuleView[] = found.rules.map((rule) => ({ ...rule, sentence: ruleSentence(rule, locale, names), doubts: rule.warnings.map(say) }));
  return (
    <>
      <PageHeader title={t("title")} actions={mayWrite && <NewRule label={t("new")} />} />
      <ListFrame
        list={list} label={t("list")} search={t("search")} tabs={await tabsOf(found.counts)} fields={await fieldsOf(found)} columnsIn="adminRules.columns" exportTo="/admin/rules/export.csv"
        bulk={{ choices, words, rowsKey: rules.map(({ id }) => id).join() }} shown={rules.length} total={found.total} first={<FirstUse title={t("first")} action={mayWrite && <NewRule label={t("new")} />}>{t("firstHint")}</FirstUse>}
      >
        <RuleTable rules={rules} now={now} zone={policy.timeZone} list={list.face} />
      </ListFrame>
    </>
  );
}

const NewRule = ({ label }: { label: string }) => <ButtonLink href="/admin/rules/new" look="primary" size="dense"><Icon name="plus" size={16} />{label}</ButtonLink>;

async function tabsOf(counts: RuleCounts): Promise<ListTab[]> {
  const [t, list] = await Promise.all([getTranslations("adminRules"), getTranslations("admin.list")]);
  return [
    { label: list("all"), count: sumOf(counts), filters: {} },
    ...RULE_STATUSES.map((value): ListTab => ({ label: t(`statuses.${value}`), count: counts[value], filters: { status: value } })),
  ];
}

/** Triggers that have a rule. */
async function fieldsOf({ byAction }: RuleList): Promise<FilterField[]> {
  const t = await getTranslations("adminRules");
  return [
    { name: "status", label: t("columns.status"), options: RULE_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })) },
    { name: "trigger", label: t("triggers"), options: ACTIONS.filter((action) => byAction.has(action)).map((value) => ({ value, label: t(`actions.${value}`) })) },
  ];
}
