import { useTranslations } from "next-intl";
import type { Route } from "next";
import Form from "next/form";
import { Input } from "../ui/field";
import { Icon } from "../ui/icon";

export type SearchFormProps = { action: Route; label: string; value: string; /** Filters that a new search keeps. */ keep: Readonly<Record<string, string | undefined>> };

/** As long as the longest name that can be found. */
const SEARCH_MAX = 100;

export function SearchForm({ action, label, value, keep }: SearchFormProps) {
  const t = useTranslations("admin.list");
  return (
    <Form action={action} role="search" prefetch={false} className="relative w-full sm:w-64">
      <Icon name="search" size={16} className="pointer-events-none absolute start-2.5 top-1/2 -translate-y-1/2 text-muted" />
      <Input
        key={value} type="search" name="q" shape="dense" defaultValue={value} aria-label={label} placeholder={label} maxLength={SEARCH_MAX}
        enterKeyHint="search" className="min-h-8! ps-8!"
      />
      {Object.entries(keep).map(([name, kept]) => (kept ? <input key={name} type="hidden" name={name} value={kept} /> : null))}
      <button type="submit" className="sr-only">{t("search")}</button>
    </Form>
  );
}
