import { useTranslations } from "next-intl";
import type { Route } from "next";
import Form from "next/form";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Kept } from "./list-filters";
import { ListPopover } from "./list-popover";
import { chosenColumns, listAddress, listParams, usualColumns, type AnyShape, type AnyState } from "@/lib/list-address";

/** Where the words have the columns' names, by their keys. */
export type ColumnWords = NonNullable<Parameters<typeof useTranslations>[0]>;

type ColumnsProps = { shape: AnyShape; state: AnyState; namesIn: ColumnWords };

/** Which columns a list shows. The first names the row and stays. */
export function ListColumns({ shape, state, namesIn }: ColumnsProps) {
  const [t, name] = [useTranslations("admin.list"), useTranslations(namesIn)];
  const kept = listParams(shape, state, { columns: usualColumns(shape) });
  const [first, ...others] = shape.columns;
  return (
    <ListPopover label={t("columns")} look="h-8 rounded-control px-2.5 text-caption font-medium text-primary hover:bg-primary-soft" end>
      <Form key={listAddress(shape, state)} action={shape.path as Route} prefetch={false} scroll={false} data-closes="" aria-label={t("columns")} className="grid gap-1">
        <Kept params={kept} />
        <input type="hidden" name="cols" value={first} />
        {others.map((column) => (
          <label key={column} className="flex min-h-8 cursor-pointer items-center gap-2.5 text-dense">
            <input type="checkbox" name="cols" value={column} defaultChecked={state.columns.includes(column)} className="size-6 shrink-0 accent-primary" />
            {name(column as never)}
          </label>
        ))}
        <span className="mt-2 flex flex-wrap gap-2">
          <Button type="submit" look="primary" size="filter">{t("apply")}</Button>
          {chosenColumns(shape, state) && <ButtonLink href={listAddress(shape, state, { columns: usualColumns(shape) }) as Route} scroll={false} look="quiet" size="filter">{t("usualColumns")}</ButtonLink>}
        </span>
      </Form>
    </ListPopover>
  );
}
