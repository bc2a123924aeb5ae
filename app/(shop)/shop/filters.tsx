import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { inLanguage } from "../views";
import { isFiltered, shopHref, type ShopFilter } from "./filter";
import { Icon } from "@/components/ui/icon";
import { NavTabs, type NavTab } from "@/components/ui/nav-tabs";
import Link from "next/link";
import { SORTS } from "@/lib/catalog/listing/card";
import type { Category } from "@/lib/catalog/queries";
import { pathOf } from "@/lib/catalog/tree";

type FiltersProps = { filter: ShopFilter; categories: readonly Category[]; reading: Reading; isGuest: boolean };

/** Categories as a way down the tree, what one can afford, and the order. Each choice is an address. */
export async function Filters({ filter, categories, reading: { locale }, isGuest }: FiltersProps) {
  const t = await getTranslations("shop");
  const path = pathOf(categories, categories.find(({ slug }) => slug === filter.category)?.id ?? null);
  const tabFor = ({ slug, name, nameEn }: Category, isCurrent: boolean): NavTab => ({ href: shopHref(filter, { category: slug }), label: inLanguage(locale, name, nameEn), current: isCurrent });
  const inside = (parent: Category | null): Category[] => categories.filter(({ parentId }) => parentId === (parent?.id ?? null));
  return (
    <>
      <NavTabs
        label={t("categories")}
        tabs={[
          { href: shopHref(filter, { category: "" }), label: t("all"), current: filter.category === "" },
          ...inside(null).map((category) => tabFor(category, path[0] === category)),
        ]}
      />
      {path.filter((parent) => inside(parent).length > 0).map((parent) => (
        <NavTabs
          key={parent.id} look="plain" label={t("inside", { category: inLanguage(locale, parent.name, parent.nameEn) })}
          tabs={[{ ...tabFor(parent, path.at(-1) === parent), label: t("allOf", { category: inLanguage(locale, parent.name, parent.nameEn) }) }, ...inside(parent).map((category) => tabFor(category, path.includes(category)))]}
        />
      ))}
      <div className="flex items-center gap-2 lg:justify-end">
        {!isGuest && <NavTabs label={t("only")} tabs={[{ href: shopHref(filter, { affordable: !filter.affordable }), label: t("affordable"), current: filter.affordable }]} className="shrink-0" />}
        <NavTabs
          label={t("order")} look="plain" className="min-w-0"
          tabs={SORTS.map((sort) => ({ href: shopHref(filter, { sort }), label: t(`sorts.${sort === "recommended" && filter.q ? "relevance" : sort}`), current: filter.sort === sort }))}
        />
      </div>
    </>
  );
}

/** What is filtered by, each to be taken away by itself. */
export async function AppliedFilters({ filter, categories, reading: { locale }, isGuest }: FiltersProps) {
  const t = await getTranslations("shop");
  const category = categories.find(({ slug }) => slug === filter.category);
  const applied = [
    ...(filter.q ? [{ label: t("searchedFor", { text: filter.q }), href: shopHref(filter, { q: "" }) }] : []),
    ...(filter.category ? [{ label: category ? inLanguage(locale, category.name, category.nameEn) : t("unknownCategory"), href: shopHref(filter, { category: "" }) }] : []),
    ...(filter.affordable && !isGuest ? [{ label: t("affordable"), href: shopHref(filter, { affordable: false }) }] : []),
  ];
  if (applied.length === 0) return null;
  return (
    <ul aria-label={t("applied")} className="flex flex-wrap items-center gap-2">
      {applied.map(({ label, href }) => (
        <li key={href} className="min-w-0">
          <Link href={href} prefetch={false} scroll={false} aria-label={t("remove", { filter: label })} className="pressable inline-flex h-8 max-w-full items-center gap-1 rounded-full bg-primary-soft ps-3 pe-2 text-caption text-primary">
            <span className="truncate">{label}</span>
            <Icon name="x" size={16} className="shrink-0" />
          </Link>
        </li>
      ))}
      {applied.length > 1 && isFiltered(filter) && (
        <li><Link href={shopHref({ q: "", category: "", affordable: false, sort: filter.sort })} prefetch={false} scroll={false} className="inline-flex h-8 items-center px-1 text-caption font-medium text-primary">{t("clear")}</Link></li>
      )}
    </ul>
  );
}
