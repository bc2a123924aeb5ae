import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startReading } from "../../../reading";
import { AddressForm } from "../address-form";
import { PageHeader } from "@/components/page-header";
import { listAddresses } from "@/lib/accounts/queries";
import { requireShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("addresses.add") };
}

export default async function NewAddressPage() {
  const [{ db }, shopper, t] = await Promise.all([startReading(), requireShopper("/profile/addresses/new"), getTranslations("account")]);
  const known = await listAddresses(db, shopper.id);
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("addresses.add")} back={{ href: "/profile/addresses" as Route, label: t("addresses.title") }} />
      <AddressForm isFirst={known.length === 0} />
    </div>
  );
}
