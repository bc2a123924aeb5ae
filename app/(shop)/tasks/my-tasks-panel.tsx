import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import Link from "next/link";
import type { Reading } from "../reading";
import { nameOf, rewardOf } from "./task-views";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { currentShopper } from "@/lib/auth";
import type { TaskState } from "@/lib/tasks/progress";
import { listTasks } from "@/lib/tasks/queries";

const TASKS_SHOWN = 3;
/** What can be claimed comes first, then what is nearest to it. */
const SHOWN: readonly TaskState[] = ["claimable", "open"];

/** The few tasks that are nearest to their reward, on pages about something else. */
export async function MyTasksPanel({ reading }: { reading: Reading }) {
  const [shopper, t, tTasks] = await Promise.all([currentShopper(), getTranslations("home.earn"), getTranslations("tasks")]);
  if (!shopper) return null;
  const tasks = (await listTasks(reading.db, shopper.id, reading.now, reading.policy))
    .filter(({ state }) => SHOWN.includes(state))
    .sort((a, b) => SHOWN.indexOf(a.state) - SHOWN.indexOf(b.state) || b.progress / b.target - a.progress / a.target)
    .slice(0, TASKS_SHOWN);
  if (tasks.length === 0) return null;
  return (
    <Panel aria-labelledby="my-tasks" className="mt-3">
      <div className="mb-1 flex items-center justify-between gap-4">
        <h2 id="my-tasks" className="text-body font-semibold">{t("tasks")}</h2>
        <Link href={"/tasks" as Route} className="inline-flex min-h-6 items-center gap-0.5 text-caption font-medium text-primary">
          {t("allTasks")}
          <Icon name="chevron-right" size={16} />
        </Link>
      </div>
      <ul className="divide-y divide-border">
        {tasks.map((task) => (
          <li key={task.id}>
            <Link href={`/tasks#task-${task.id}` as Route} className="flex min-h-12 items-center gap-3 py-1.5 text-dense">
              <span className="min-w-0 grow">{nameOf(reading, task)}</span>
              <b className="shrink-0 font-semibold text-points tabular-nums">{rewardOf(reading, tTasks, task)}</b>
              <span className={task.state === "claimable" ? "shrink-0 text-caption font-medium text-success" : "shrink-0 text-caption text-muted tabular-nums"}>
                {task.state === "claimable" ? t("claimable") : t("taskProgress", { done: task.progress, target: task.target })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
