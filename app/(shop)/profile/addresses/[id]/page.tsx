import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { startReading } from "../../../reading";
import { AddressForm } from "../address-form";
import { PageHeader } from "@/components/page-header";
import { findAddress } from "@/lib/accounts/queries";
import { requireShopper } from "@/lib/auth";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("account"))("addresses.edit") };
}

export default async function AddressPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [{ db }, shopper, t] = await Promise.all([startReading(), requireShopper("/profile/addresses"), getTranslations("account")]);
  const address = /^[1-9]\d{0,14}$/.test(id) ? await findAddress(db, shopper.id, Number(id)) : null;
  if (!address) notFound();
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader title={t("addresses.edit")} back={{ href: "/profile/addresses" as Route, label: t("addresses.title") }} />
      <AddressForm address={address} />
    </div>
  );
}
