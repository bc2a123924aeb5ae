import { Card } from "../ui/card";
import { Field, Select, TextField } from "../ui/field";
import { NumberField } from "./number-field";
import { StatusCard } from "./status-card";
import type { TaskPartProps } from "./task-form";

const STATUSES = ["draft", "active", "archived"] as const;

/** Whether people see it, when, and after what. */
export function TaskAside({ task, words, errors, before }: TaskPartProps & { before: readonly { id: number; name: string }[] }) {
  return (
    <div className="grid min-w-0 gap-4">
      <StatusCard title={words.status} statuses={STATUSES} current={task.status} names={words.statuses} means={words.statusMeans} error={errors.status} />
      <Card as="section" aria-labelledby="time-title">
        <h2 id="time-title" className="mb-3 text-section font-semibold">{words.time}</h2>
        <div className="grid gap-4">
          <TextField id="startsAt" name="startsAt" type="date" shape="dense" label={words.startsAt} hint={words.startsAtHint} defaultValue={task.firstDay} error={errors.startsAt} />
          <TextField id="endsAt" name="endsAt" type="date" shape="dense" label={words.endsAt} hint={words.endsAtHint} defaultValue={task.lastDay} error={errors.endsAt} />
        </div>
      </Card>
      <Card as="section" aria-labelledby="place-title">
        <h2 id="place-title" className="mb-3 text-section font-semibold">{words.place}</h2>
        <div className="grid gap-4">
          <Field id="afterTaskId" label={words.afterTaskId} hint={words.afterTaskIdHint} error={errors.afterTaskId}>
            {(wiring) => (
              <Select {...wiring} name="afterTaskId" shape="dense" defaultValue={task.afterTaskId ?? ""}>
                <option value="">{words.noAfter}</option>
                {before.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
              </Select>
            )}
          </Field>
          <NumberField name="position" label={words.position} hint={words.positionHint} defaultValue={task.position} error={errors.position} />
        </div>
      </Card>
    </div>
  );
}
