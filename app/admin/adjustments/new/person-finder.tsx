import { getTranslations } from "next-intl/server";
import Form from "next/form";
import { hrefWith } from "@/components/admin/href";
import { RowLink } from "@/components/admin/data-table";
import { RoleBadge } from "@/components/admin/user-badges";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import type { Db } from "@/db/client";
import { findPeople, type FoundPerson } from "@/lib/accounts/finding/queries";
import type { Staff } from "@/lib/auth";

const FOUND_MAX = 10;

type PersonFinderProps = { search: string; staff: Staff; db: Db };

/** Whose points are meant: by name, by number, or by the whole address. */
export async function PersonFinder({ search, staff, db }: PersonFinderProps) {
  const t = await getTranslations("adminAdjustments.find");
  const found = await findPeople(db, search, staff.permissions.has("staff.read") ? ["shopper", "staff", "owner"] : ["shopper"], FOUND_MAX);
  return (
    <Card as="section" aria-labelledby="find-title" className="max-w-2xl">
      <h2 id="find-title" className="mb-3 text-section font-semibold">{t("title")}</h2>
      <Form action={hrefWith("/admin/adjustments/new")} role="search" className="flex flex-wrap items-end gap-2">
        <TextField key={search} id="q" name="q" type="search" shape="dense" label={t("label")} defaultValue={search} maxLength={100} autoComplete="off" enterKeyHint="search" className="min-w-0 grow" />
        <Button type="submit" look="primary" size="dense">{t("submit")}</Button>
      </Form>
      <p className="mt-1.5 text-caption text-muted">{t("hint")}</p>
      {search !== "" && <Found people={found.filter(({ id }) => id !== staff.id)} />}
    </Card>
  );
}

async function Found({ people }: { people: readonly FoundPerson[] }) {
  const t = await getTranslations("adminAdjustments.find");
  return (
    <section aria-labelledby="found-title" className="mt-4 border-t border-border pt-3">
      <h3 id="found-title" className="text-caption font-medium text-muted">{t("found")}</h3>
      {people.length === 0 && <p role="status" className="py-3 text-dense text-muted">{t("none")}</p>}
      <ul className="divide-y divide-border">
        {people.map((person) => (
          <li key={person.id} className="relative flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control py-2.5 text-dense hover:bg-bg">
            <RowLink href={hrefWith("/admin/adjustments/new", { user: person.id })}>{person.username}</RowLink>
            {person.role !== "shopper" && <RoleBadge role={person.role} />}
            <span className="break-all text-muted">{t("masked", { email: person.emailMasked, id: String(person.id) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
