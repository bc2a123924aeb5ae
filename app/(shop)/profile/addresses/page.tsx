import type { Metadata, Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../reading";
import { AddressButtons } from "./address-buttons";
import { EmptyState } from "@/components/empty-state";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { listAddresses, type KeptAddress } from "@/lib/accounts/queries";
import { ADDRESSES_MAX } from "@/lib/accounts/schema";
import { requireShopper } from "@/lib/auth";
import { pressAddress } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("addresses.title") };
}

const NEW = "/profile/addresses/new" as Route;

export default async function AddressesPage() {
  const [{ db }, shopper, t, tProfile] = await Promise.all([startReading(), requireShopper("/profile/addresses"), getTranslations("account"), getTranslations("profile")]);
  const addresses = await listAddresses(db, shopper.id);
  const isFull = addresses.length >= ADDRESSES_MAX;
  const add = <ButtonLink href={NEW} look="primary"><Icon name="plus" />{t("addresses.add")}</ButtonLink>;
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("addresses.title")} lead={t("addresses.lead")} back={{ href: "/profile", label: tProfile("title") }} actions={addresses.length > 0 && !isFull && add} />
      {isFull && <p className="mb-4 text-dense text-muted">{t("addresses.full", { limit: ADDRESSES_MAX })}</p>}
      {addresses.length === 0 ? (
        <Panel><EmptyState title={t("addresses.none")} action={add}>{t("addresses.noneHint")}</EmptyState></Panel>
      ) : (
        <ul className="grid gap-3">{addresses.map((address) => <li key={address.id}><AddressCard address={address} /></li>)}</ul>
      )}
    </div>
  );
}

async function AddressCard({ address: { id, recipient, phone, region, street, postcode, isDefault } }: { address: KeptAddress }) {
  const [t, tCommon] = await Promise.all([getTranslations("account"), getTranslations("common")]);
  return (
    <Panel as="article" aria-label={`${recipient}, ${street}`}>
      <address className="text-body break-words not-italic">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="font-semibold">{recipient}</b> <span className="tabular-nums">{phone}</span>
          {isDefault && <Badge tone="success">{t("addresses.default")}</Badge>}
        </span>
        <span className="text-muted">{region} {street} {postcode}</span>
      </address>
      <div className="mt-3 flex flex-wrap items-start gap-x-2 gap-y-2 border-t border-border pt-3">
        <Link href={`/profile/addresses/${id}` as Route} aria-label={t("addresses.editOne", { recipient, street })} className="inline-flex h-9 items-center gap-1.5 rounded-control px-2.5 text-dense font-medium text-primary hover:bg-primary-soft">
          <Icon name="edit" />{t("addresses.edit")}
        </Link>
        <AddressButtons
          action={pressAddress} id={id} isDefault={isDefault}
          words={{
            makeDefault: t("addresses.makeDefault"), makeDefaultOne: t("addresses.makeDefaultOne", { recipient, street }),
            remove: t("addresses.remove"), removeOne: t("addresses.removeOne", { recipient, street }), pending: tCommon("pending"),
          }}
        />
      </div>
    </Panel>
  );
}
