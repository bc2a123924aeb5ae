import { useLocale, useTranslations } from "next-intl";
import { restoreRuleForm } from "../actions";
import { CommandForm } from "@/components/admin/command-form";
import { Moment } from "@/components/admin/moment";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { publicId } from "@/lib/id";
import { draftFrom, changesBetween } from "@/lib/rules/snapshot";
import { fieldPhrase, ruleSentence, type RuleNames } from "@/lib/rules/sentence";
import type { StaffRule, RuleVersion } from "@/lib/rules/staff-queries";

type RuleVersionsProps = { rule: StaffRule; versions: readonly RuleVersion[]; names: RuleNames; now: Date };

/** What the rule was, who made it so and when, and the way back. */
export function RuleVersions({ rule, versions, names, now }: RuleVersionsProps) {
  const t = useTranslations("adminRules.versions");
  const locale = useLocale();
  if (versions.length === 0) return null;
  return (
    <Card as="section" aria-labelledby="versions-title" className="mt-4">
      <h2 id="versions-title" className="mb-1 text-section font-semibold">{t("title")}</h2>
      <p className="mb-3 text-caption text-muted">{t("hint")}</p>
      <ol className="divide-y divide-border">
        {versions.map((version, index) => {
          const isCurrent = version.version === rule.version;
          return (
            <li key={version.version} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
              <div className="grid max-w-3xl min-w-0 gap-1 text-dense">
                <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
                  {t("version", { version: version.version })}
                  {isCurrent && <Badge tone="success">{t("current")}</Badge>}
                  <span className="text-caption font-normal text-muted">
                    <Moment at={version.createdAt} now={now} zone={names.timeZone} />{" · "}{version.actorName ? t("by", { name: version.actorName }) : t("bySystem")}
                  </span>
                </p>
                <p className="text-caption text-pretty text-muted">{ruleSentence(draftFrom(version.snapshot), locale, names)}</p>
                <Changes version={version} before={versions[index + 1]} names={names} />
              </div>
              {!isCurrent && (
                <CommandForm
                  key={rule.version} action={restoreRuleForm} label={t("restoreLabel", { version: version.version })} look="secondary" submit={t("restore")} pending={t("restoring")}
                  hidden={{ requestId: publicId(), id: rule.id, version: rule.version, restored: version.version }}
                />
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}

function Changes({ version, before, names }: { version: RuleVersion; before: RuleVersion | undefined; names: RuleNames }) {
  const t = useTranslations("adminRules.versions");
  const say = useFieldWords(names);
  if (version.version === 1) return <p className="text-caption">{t("first")}</p>;
  if (!before) return null;
  const changes = Object.entries(changesBetween(before.snapshot, version.snapshot));
  return (
    <ul className="grid gap-0.5 text-caption">
      {changes.map(([field, [was, is]]) => <li key={field} className="break-words">{t("change", { field: say.name(field), before: say.value(field, was), after: say.value(field, is) })}</li>)}
    </ul>
  );
}

/** Fields and their values as the editor calls them. */
function useFieldWords(names: RuleNames) {
  const t = useTranslations("adminRules");
  const locale = useLocale();
  const nameOf = (field: string): string => t(`versions.fields.${field.replace("caps.", "") as "name"}`);
  const valueOf = (field: string, value: unknown): string => {
    if (field === "actionType" && typeof value === "string") return t(`actions.${value as "login"}`);
    if (field === "status" && typeof value === "string") return t(`statuses.${value as "draft"}`);
    if (field === "stacks") return value ? t("versions.yes") : t("versions.no");
    if (field === "caps.overflow" && typeof value === "string") return t(`form.overflows.${value as "reject"}`);
    return fieldPhrase(field, value, locale, names) || t("versions.nothing");
  };
  return { name: nameOf, value: valueOf };
}
