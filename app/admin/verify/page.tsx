import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { startStaffReading } from "../reading";
import { findByCode, handOverForm } from "./actions";
import { Desk } from "./desk";
import { PageHeader } from "@/components/page-header";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminFulfilment.verify"))("title") };
}

export default async function VerifyPage() {
  await startStaffReading("orders.fulfil", "/admin/verify");
  const [t, messages] = await Promise.all([getTranslations("adminFulfilment.verify"), getMessages()]);
  const { code, find, pending, scan, stop, scanning, noCamera, camera, hand, handing, next } = messages.adminFulfilment.verify;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <Desk find={findByCode} handOver={handOverForm} words={{ code, find, pending, scan, stop, scanning, noCamera, camera, hand, handing, next }} />
    </>
  );
}
