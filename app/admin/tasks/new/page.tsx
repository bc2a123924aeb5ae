import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { startStaffReading } from "../../reading";
import { createTaskForm } from "../actions";
import { emptyTask, readChainChoices, readTaskWords } from "../form-parts";
import { TaskForm } from "@/components/admin/task-form";
import { PageHeader } from "@/components/page-header";
import { publicId } from "@/lib/id";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("adminTasks"))("new") };
}

export default async function NewTaskPage() {
  const reading = await startStaffReading("programme.write", "/admin/tasks/new");
  const [t, words, before] = await Promise.all([getTranslations("adminTasks"), readTaskWords(), readChainChoices(reading)]);
  return (
    <>
      <PageHeader title={t("new")} back={{ href: "/admin/tasks" as Route, label: t("title") }} />
      <TaskForm task={emptyTask} before={before} words={words} requestId={publicId()} action={createTaskForm} />
    </>
  );
}
