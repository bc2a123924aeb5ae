import { Card } from "../ui/card";
import { Field, Select, TextField } from "../ui/field";
import { Choice } from "./choice";
import { NumberField } from "./number-field";
import type { TaskPartProps } from "./task-form";

const STATUSES = ["draft", "active", "archived"] as const;

/** Whether people see it, when, and after what. */
export function TaskAside({ task, words, errors, before }: TaskPartProps & { before: readonly { id: number; name: string }[] }) {
  return (
    <div className="grid min-w-0 gap-4">
      <Card as="section" aria-labelledby="status-title">
        <h2 id="status-title" className="mb-3 text-section font-semibold">{words.status}</h2>
        <div role="radiogroup" aria-labelledby="status-title" className="grid gap-2">
          {STATUSES.map((status) => (
            <Choice key={status} name="status" value={status} defaultChecked={task.status === status} title={words.statuses[status]} explanation={words.statusMeans[status]} />
          ))}
        </div>
        {errors.status && <p className="mt-1.5 text-caption text-danger">{errors.status}</p>}
      </Card>
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
