import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import type { Route } from "next";
import Form from "next/form";
import Link from "next/link";
import { Button } from "../ui/button";
import { Input } from "../ui/field";
import { Icon } from "../ui/icon";
import { ListPopover } from "./list-popover";
import type { Chip } from "./resource-index";
import { formatDay, formatPoints } from "@/lib/i18n";
import { listAddress, listParams, type AnyShape, type AnyState } from "@/lib/list-address";

/** A filter that can be chosen: one of a few, a day, a number, or one that only a link elsewhere sets. */
export type FilterField =
  | { name: string; label: string; options: readonly { value: string | number; label: string }[] }
  | { name: string; label: string; kind: "day" | "number"; /** Fields of one group stand in one popover. */ group?: string }
  | { name: string; label: string; kind: "hidden"; chip: (value: string | number) => string };

type FiltersProps = { shape: AnyShape; state: AnyState; fields: readonly FilterField[] };
type Typed = Extract<FilterField, { kind: "day" | "number" }>;

const isTyped = (field: FilterField): field is Typed => "kind" in field && field.kind !== "hidden";

/** The filters of a list, each under its button. */
export function ListFilters({ shape, state, fields }: FiltersProps) {
  const groups = new Map<string, Typed[]>();
  for (const field of fields) if (isTyped(field)) groups.set(field.group ?? field.label, [...(groups.get(field.group ?? field.label) ?? []), field]);
  return (
    <>
      {fields.map((field) => "options" in field && field.options.length > 0 && <Options key={field.name} shape={shape} state={state} field={field} />)}
      {[...groups].map(([label, some]) => <Typing key={label} shape={shape} state={state} label={label} fields={some} />)}
    </>
  );
}

const ButtonWords = ({ children }: { children: string }) => <>{children}<Icon name="chevron-down" size={16} className="size-3.5! text-muted" /></>;

function Options({ shape, state, field }: Omit<FiltersProps, "fields"> & { field: Extract<FilterField, { options: unknown }> }) {
  const chosen = state.filters[field.name];
  return (
    <ListPopover label={<ButtonWords>{field.label}</ButtonWords>}>
      <ul aria-label={field.label} className="-m-1.5 max-h-80 overflow-y-auto">
        {field.options.map(({ value, label }) => (
          <li key={value}>
            <Link
              href={listAddress(shape, state, { filters: { [field.name]: value } }) as Route} scroll={false} prefetch={false} aria-current={chosen === value ? "true" : undefined}
              className={clsx("flex min-h-9 items-center gap-2 rounded-control px-2.5 text-dense hover:bg-sunken", chosen === value && "font-semibold text-primary")}
            >
              <span className="min-w-0 grow truncate">{label}</span>
              {chosen === value && <Icon name="check" size={16} />}
            </Link>
          </li>
        ))}
      </ul>
    </ListPopover>
  );
}

function Typing({ shape, state, label, fields }: Omit<FiltersProps, "fields"> & { label: string; fields: readonly Typed[] }) {
  const t = useTranslations("admin.list");
  const none = Object.fromEntries(fields.map(({ name }) => [name, undefined]));
  return (
    <ListPopover label={<ButtonWords>{label}</ButtonWords>}>
      <Form key={listAddress(shape, state)} action={shape.path as Route} prefetch={false} scroll={false} data-closes="" aria-label={label} className="grid gap-3">
        <Kept params={listParams(shape, state, { filters: none })} />
        {fields.map(({ name, kind, label: own }) => (
          <label key={name} className="grid gap-1 text-caption font-medium">
            {own}
            <Input
              name={name} shape="dense" defaultValue={state.filters[name] === undefined ? "" : String(state.filters[name])}
              {...(kind === "day" ? { type: "date" } : { type: "text", inputMode: "numeric" as const, pattern: "[1-9][0-9]{0,14}", maxLength: 15 })}
            />
          </label>
        ))}
        <Button type="submit" look="primary" size="dense" className="justify-self-start">{t("apply")}</Button>
      </Form>
    </ListPopover>
  );
}

/** What a form keeps of its list's address. */
export const Kept = ({ params }: { params: URLSearchParams }) => <>{[...params].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}</>;

/** Filters in force: each a link to the list without it. */
export function useChips({ shape, state, fields }: FiltersProps): Chip[] {
  const t = useTranslations("admin.list");
  const locale = useLocale();
  const chips: Chip[] = state.q ? [{ key: "q", label: t("searchChip", { text: state.q }), href: listAddress(shape, state, { q: "" }) as Route }] : [];
  for (const field of fields) {
    const value = state.filters[field.name];
    if (value === undefined) continue;
    const said = "options" in field ? (field.options.find((option) => option.value === value)?.label ?? String(value))
      : field.kind === "hidden" ? field.chip(value) : field.kind === "day" ? formatDay(locale, String(value), "dayAndYear") : formatPoints(locale, Number(value));
    chips.push({ key: field.name, label: t("filterChip", { name: field.label, value: said }), href: listAddress(shape, state, { filters: { [field.name]: undefined } }) as Route });
  }
  return chips;
}
