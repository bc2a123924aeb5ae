import { getTranslations } from "next-intl/server";
import { inLanguage } from "../../../(shop)/views";
import { listTable, noteExport, onlyTicked, staffDownload } from "../../download";
import { RULES } from "@/lib/rules/staff-list";
import { formatInstant } from "@/lib/i18n";
import { readList } from "@/lib/list-address";
import { ruleSentence } from "@/lib/rules/sentence";
import { getRuleNames, listRulesForStaff, RULES_MAX, type StaffRule } from "@/lib/rules/staff-queries";
import { standingOf } from "@/lib/rules/standing";

/** What a column of the list is in the file. */
const PARTS: Readonly<Record<string, readonly string[]>> = { rule: ["rule", "trigger", "sentence"], budget: ["budget", "granted"] };

/** What the list shows: its columns, its order, and all of its rows. */
export const GET = (request: Request): Promise<Response> =>
  staffDownload("programme.read", async (reading) => {
    const { db, locale, now, policy, today } = reading;
    const { searchParams } = new URL(request.url);
    const { q, filters, columns } = readList(RULES, searchParams);
    const [t, { rules }, names] = await Promise.all([
      getTranslations("adminRules"),
      listRulesForStaff(db, { search: q, status: filters.status, action: filters.trigger, page: 1, pageSize: RULES_MAX }, now, policy),
      getRuleNames(db, locale, policy),
    ]);
    const rows = onlyTicked(rules, searchParams);
    await noteExport(reading, RULES.key, searchParams, rows.length, false);
    const headings: Readonly<Record<string, string>> = { trigger: t("triggers"), sentence: t("csv.sentence"), granted: t("csv.granted") };
    return listTable<StaffRule>(`rules-${today}`, columns.flatMap((column) => PARTS[column] ?? column), (part) => headings[part] ?? t(`columns.${part as "rule"}`), {
      rule: ({ name, nameEn, actionType }) => inLanguage(locale, name, nameEn) || t(`actions.${actionType}`),
      trigger: ({ actionType }) => t(`actions.${actionType}`),
      sentence: (rule) => ruleSentence(rule, locale, names),
      status: (rule) => t(`statuses.${standingOf(rule, now)}`),
      priority: ({ priority }) => priority,
      budget: ({ definition }) => definition.caps.budget,
      granted: ({ definition, budgetGranted }) => (definition.caps.budget === null ? null : budgetGranted),
      updated: ({ updatedAt }) => formatInstant(locale, updatedAt, policy.timeZone),
    }, rows);
  });
