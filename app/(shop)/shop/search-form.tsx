import { getTranslations } from "next-intl/server";
import type { ShopFilter } from "./filter";
import { SearchBox } from "./search-box";
import { buttonClass } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";

/** Searching keeps the chosen category and order. */
export async function SearchForm({ filter }: { filter: ShopFilter }) {
  const t = await getTranslations("shop");
  return (
    <SearchBox className="mb-3 flex max-w-2xl gap-2">
      <div className="relative grow">
        <Icon name="search" className="pointer-events-none absolute start-3.5 top-1/2 -translate-y-1/2 text-muted" />
        <Input key={filter.q} type="search" name="q" defaultValue={filter.q} aria-label={t("search")} placeholder={t("searchHint")} maxLength={60} enterKeyHint="search" className="ps-10" />
      </div>
      {filter.category && <input type="hidden" name="category" value={filter.category} />}
      {filter.sort !== "recommended" && <input type="hidden" name="sort" value={filter.sort} />}
      {filter.affordable && <input type="hidden" name="affordable" value="1" />}
      <button type="submit" className={buttonClass({ size: "cta" }, "rounded-control!")}>{t("searchAction")}</button>
    </SearchBox>
  );
}
