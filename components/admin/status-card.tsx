import { Card } from "../ui/card";
import { Choice } from "./choice";

type StatusCardProps<Status extends string> = { title: string; statuses: readonly Status[]; current: Status; names: Readonly<Record<Status, string>>; means: Readonly<Record<Status, string>>; error?: string };

/** Draft, active or archived, each with what it means. */
export function StatusCard<Status extends string>({ title, statuses, current, names, means, error }: StatusCardProps<Status>) {
  return (
    <Card as="section" aria-labelledby="status-title">
      <h2 id="status-title" className="mb-3 text-section font-semibold">{title}</h2>
      <div role="radiogroup" aria-labelledby="status-title" className="grid gap-2">
        {statuses.map((status) => <Choice key={status} name="status" value={status} defaultChecked={current === status} title={names[status]} explanation={means[status]} />)}
      </div>
      {error && <p className="mt-1.5 text-caption text-danger">{error}</p>}
    </Card>
  );
}
