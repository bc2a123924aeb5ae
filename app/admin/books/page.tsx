import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../reading";
import { runCheckForm } from "./actions";
import { Cleared } from "./cleared";
import { HeldAccounts } from "./held-accounts";
import { LastCheck } from "./last-check";
import { CommandForm } from "@/components/admin/command-form";
import { PageHeader } from "@/components/page-header";
import { findLastCheck, listClearedHolds, listHeldAccounts } from "@/lib/audit/queries";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminBooks"))("title") };
}

export default async function BooksPage() {
  const reading = await startStaffReading("books.read", "/admin/books");
  const [t, last, held, cleared] = await Promise.all([getTranslations("adminBooks"), findLastCheck(reading.db), listHeldAccounts(reading.db), listClearedHolds(reading.db)]);
  return (
    <>
      <PageHeader
        title={t("title")} lead={t("lead")}
        actions={reading.staff.permissions.has("operations.run") && <CommandForm action={runCheckForm} label={t("run")} hidden={{ requestId: publicId() }} submit={t("run")} pending={t("running")} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] lg:items-start">
        <HeldAccounts held={held} isOwner={reading.staff.permissions.has("books.clear")} reading={reading} />
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <LastCheck last={last} reading={reading} />
          <Cleared holds={cleared} reading={reading} />
        </div>
      </div>
    </>
  );
}
