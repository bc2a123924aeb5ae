import clsx from "clsx";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { inLanguage } from "../../(shop)/views";
import { moveCategoryForm } from "./actions";
import { MoveButtons } from "./move-buttons";
import { DataTable, RowLink, type Column } from "@/components/admin/data-table";
import { hrefWith } from "@/components/admin/href";
import type { ListFace } from "@/components/admin/list-face";
import type { StaffCategory } from "@/lib/catalog/categories/queries";
import { publicId } from "@/lib/id";

const indents = ["", "ps-6", "ps-12"] as const;

export type CategoryRow = StaffCategory & { /** The way to what it is in; empty at the top. */ inside: string };
type CategoryTableProps = { categories: readonly CategoryRow[]; /** Whether they stand in the tree, each under its parent. */ isTree: boolean; mayMove: boolean; list: ListFace };

/** The categories, row by row: how deep one is, is said in words to whoever does not see where it begins. Out of the tree, each says where it is. */
export function CategoryTable({ categories, isTree, mayMove, list }: CategoryTableProps) {
  const t = useTranslations("adminCategories");
  const locale = useLocale();
  const nameOf = ({ name, nameEn }: StaffCategory): string => inLanguage(locale, name, nameEn);
  const columns: Column<CategoryRow>[] = [
    { key: "name", label: t("columns.name"), phone: "title", cell: (category) => <CategoryName category={category} name={nameOf(category)} isTree={isTree} /> },
    { key: "slug", label: t("columns.slug"), phone: "pair", cell: ({ slug }) => <span className="font-mono text-caption text-muted">{slug}</span> },
    { key: "products", label: t("columns.products"), phone: "pair", cell: (category) => <Products category={category} name={nameOf(category)} /> },
    {
      key: "order", label: t("columns.order"), phone: mayMove ? "corner" : "pair",
      cell: (category) => mayMove ? (
        <MoveButtons
          id={category.id} isFirst={category.isFirst} isLast={category.isLast} requestId={publicId()} action={moveCategoryForm}
          words={{ up: t("upLabel", { name: nameOf(category) }), down: t("downLabel", { name: nameOf(category) }) }}
        />
      ) : category.place,
    },
  ];
  return <DataTable caption={isTree ? t("caption") : t("list")} columns={columns} rows={categories} keyOf={({ id }) => id} list={list} />;
}

function CategoryName({ category, name, isTree }: { category: CategoryRow; name: string; isTree: boolean }) {
  const t = useTranslations("adminCategories");
  const link = <RowLink href={hrefWith(`/admin/categories/${category.id}`)}>{name}</RowLink>;
  if (!isTree) return <>{link}{category.inside !== "" && <span className="block text-caption text-muted">{category.inside}</span>}</>;
  return (
    <span className={clsx("block", indents[category.depth - 1])}>
      <span className="sr-only">{t("inside", { depth: category.depth })}</span>{" "}
      {category.depth > 1 && <span aria-hidden="true" className="text-muted">{"└ "}</span>}
      {link}
    </span>
  );
}

function Products({ category, name }: { category: StaffCategory; name: string }) {
  const t = useTranslations("adminCategories");
  const count = category.products;
  if (count === 0) return <span className="text-muted">{t("productCount", { count })}</span>;
  return (
    <Link
      href={hrefWith("/admin/products", { category: category.id })} prefetch={false} aria-label={t("seeProducts", { count, name })}
      className="relative z-1 inline-flex min-h-6 min-w-6 items-center font-medium text-primary hover:underline"
    >
      {t("productCount", { count })}
    </Link>
  );
}
