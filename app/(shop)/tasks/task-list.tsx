import { getTranslations } from "next-intl/server";
import type { Reading } from "../reading";
import { claimReward } from "./actions";
import { ClaimButton } from "./claim-button";
import { goalOf, nameOf, periodOf, placeOf, rewardOf } from "./task-views";
import { Badge } from "@/components/ui/badge";
import { ProgressBar } from "@/components/ui/progress-bar";
import { ButtonLink } from "@/components/ui/button-link";
import { Panel } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { publicId } from "@/lib/id";
import type { PersonalTask } from "@/lib/tasks/queries";

const GROUPS = ["claimable", "open", "locked", "claimed"] as const;
type Group = (typeof GROUPS)[number];

const groupOf = ({ state }: PersonalTask): Group => (state === "undone" ? "claimed" : state);

type TaskListProps = { reading: Reading; tasks: readonly PersonalTask[]; /** Frozen or held: nothing can be claimed. */ isClosed: boolean };

/** A person's tasks by what can be done about them: to claim, to work on, to open, and done. */
export async function TaskList({ reading, tasks, isClosed }: TaskListProps) {
  const t = await getTranslations("tasks");
  return GROUPS.map((group) => {
    const members = tasks.filter((task) => groupOf(task) === group);
    if (members.length === 0) return null;
    return (
      <section key={group} aria-labelledby={`tasks-${group}`} className="mb-6">
        <h2 id={`tasks-${group}`} className="mb-3 text-section font-semibold">{t(`groups.${group}`)}</h2>
        <Panel as="div" padded={false}>
          <ul className="divide-y divide-border">
            {members.map((task) => <TaskRow key={task.id} reading={reading} task={task} isClosed={isClosed} />)}
          </ul>
        </Panel>
      </section>
    );
  });
}

async function TaskRow({ reading, task, isClosed }: { reading: Reading; task: PersonalTask; isClosed: boolean }) {
  const t = await getTranslations("tasks");
  const name = nameOf(reading, task);
  return (
    <li id={`task-${task.id}`} className="flex flex-wrap items-start gap-x-3 gap-y-3 p-4 md:flex-nowrap md:p-5">
      <span className="grid size-10 shrink-0 place-items-center rounded-control bg-points-soft text-points"><Icon name={task.state === "locked" ? "lock" : placeOf(task.metric).icon} size={20} /></span>
      <div className="min-w-0 grow basis-0">
        <h3 className="flex flex-wrap items-baseline gap-x-2 text-body font-semibold">
          {name}
          <span className="font-semibold text-points tabular-nums">{rewardOf(reading, t, task)}</span>
        </h3>
        <p className="text-dense text-muted">{goalOf(reading, t, task)}</p>
        <Progress task={task} label={t("progressLabel", { name, done: task.progress, target: task.target })} figure={t("progress", { done: task.progress, target: task.target })} />
        <p className="mt-1.5 text-caption text-muted">{task.state === "undone" ? t("undoneWhy") : task.after ? t("lockedBy", { name: nameOf(reading, task.after) }) : periodOf(reading, t, task)}</p>
      </div>
      <div className="ms-auto shrink-0 self-center"><Next task={task} name={name} isClosed={isClosed} /></div>
    </li>
  );
}

function Progress({ task, label, figure }: { task: PersonalTask; label: string; figure: string }) {
  return (
    <div className="mt-2 flex items-center gap-2.5">
      <ProgressBar label={label} value={task.progress} max={task.target} />
      <span aria-hidden="true" className="shrink-0 text-caption text-muted tabular-nums">{figure}</span>
    </div>
  );
}

/** The one thing to do next with a task. */
async function Next({ task, name, isClosed }: { task: PersonalTask; name: string; isClosed: boolean }) {
  const t = await getTranslations("tasks");
  const { href } = placeOf(task.metric);
  switch (task.state) {
    case "claimable":
      return <ClaimButton action={claimReward} taskId={task.id} requestId={publicId()} isClosed={isClosed} words={{ claim: t("claim"), pending: t("claimPending"), label: t("claimLabel", { name }) }} />;
    case "open":
      return href && <ButtonLink href={href}>{t("go")}<span className="sr-only"> · {name}</span></ButtonLink>;
    case "locked":
      return null;
    case "claimed":
      return <Badge tone="success" progress="done">{t("claimed")}</Badge>;
    case "undone":
      return <Badge progress="ended">{t("undone")}</Badge>;
  }
}
