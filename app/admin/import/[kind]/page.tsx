import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { oneOf, startStaffReading } from "../../reading";
import { checkImport, runImport } from "../actions";
import { FileImport } from "@/components/admin/file-import";
import { hrefWith } from "@/components/admin/href";
import { PageHeader } from "@/components/page-header";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { publicId } from "@/lib/id";
import { IMPORT_KINDS } from "@/lib/imports/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminImport"))("title") };
}

const COLUMNS = { members: ["email", "name", "birthday", "language"], products: ["slug", "name", "points", "cash", "stock"] } as const;

export default async function ImportPage({ params }: { params: Promise<{ kind: string }> }) {
  await startStaffReading("import.run", "/admin/import");
  const kind = oneOf(IMPORT_KINDS, (await params).kind);
  if (!kind) notFound();
  const [t, { adminImport }] = await Promise.all([getTranslations("adminImport"), getMessages()]);
  const { words, columns } = adminImport;
  return (
    <>
      <PageHeader
        title={t(`kinds.${kind}`)} back={{ href: hrefWith("/admin/import"), label: t("title") }} lead={t(`leads.${kind}`)}
        actions={<a href={`/admin/import/${kind}/template`} download className={buttonClass({ size: "dense" })}><Icon name="download" size={16} />{t("template")}</a>}
      />
      <p className="mb-4 text-dense text-muted">{t(`columnsHint.${kind}`)}</p>
      <FileImport
        key={kind} check={checkImport.bind(null, kind)} send={runImport.bind(null, kind)} requestId={publicId()}
        words={{ ...words, textHint: t(`textHints.${kind}`), columns: COLUMNS[kind].map((column) => columns[column]) }}
      />
    </>
  );
}
