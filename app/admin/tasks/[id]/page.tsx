import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { readParams, type SearchParams } from "../../../(shop)/reading";
import { inLanguage } from "../../../(shop)/views";
import { idIn, startStaffReading } from "../../reading";
import { saveTaskForm } from "../actions";
import { draftOf, readChainChoices, readTaskWords } from "../form-parts";
import { TaskStatusBadge } from "../task-table";
import { TaskForm } from "@/components/admin/task-form";
import { ReadOnly } from "@/components/admin/read-only";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { publicId } from "@/lib/id";
import { findTaskForStaff } from "@/lib/tasks/staff-queries";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTasks"))("edit") };
}

type TaskPageProps = { params: Promise<{ id: string }>; searchParams: SearchParams };

export default async function TaskPage({ params, searchParams }: TaskPageProps) {
  const reading = await startStaffReading("programme.read");
  const id = idIn((await params).id);
  const task = id === undefined ? null : await findTaskForStaff(reading.db, id);
  if (!task) notFound();
  const [t, words, before, { created }] = await Promise.all([getTranslations("adminTasks"), readTaskWords(), readChainChoices(reading, task.id), readParams(searchParams, "created")]);
  return (
    <>
      <PageHeader
        title={inLanguage(reading.locale, task.name, task.nameEn)} back={{ href: "/admin/tasks" as Route, label: t("title") }} lead={<TaskStatusBadge status={task.status} />}
        actions={task.status === "active" && <ButtonLink href={`/tasks#task-${task.id}` as Route} size="dense">{t("seeInShop")}</ButtonLink>}
      />
      {created === "1" && <Notice tone="success" role="status" className="mb-4">{task.status === "active" ? t("createdActive") : t("created")}</Notice>}
      <ReadOnly when={!reading.staff.permissions.has("programme.write")}><TaskForm task={draftOf(task, reading.policy.timeZone)} before={before} words={words} requestId={publicId()} action={saveTaskForm} /></ReadOnly>
    </>
  );
}
