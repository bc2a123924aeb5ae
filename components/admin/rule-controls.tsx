import { Field, Input, Select } from "../ui/field";

type ChoiceListProps = {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  options: readonly { value: string | number; label: string }[];
  defaultValue?: string | number;
  onChange?: (value: string) => void;
};

/** One of a few words. */
export function ChoiceList({ name, label, hint, error, options, defaultValue, onChange }: ChoiceListProps) {
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {(wiring) => (
        <Select {...wiring} name={name} shape="dense" defaultValue={defaultValue} onChange={onChange && ((event) => onChange(event.target.value))}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
        </Select>
      )}
    </Field>
  );
}

type TimeFieldProps = { name: string; label: string; hint?: string; error?: string; defaultValue?: string; type: "time" | "datetime-local" };

export function TimeField({ name, label, hint, error, defaultValue, type }: TimeFieldProps) {
  return (
    <Field id={name} label={label} hint={hint} error={error}>
      {(wiring) => <Input {...wiring} name={name} type={type} shape="dense" defaultValue={defaultValue} className="min-w-0 tabular-nums" />}
    </Field>
  );
}

type TickListProps = { name: string; legend: string; error?: string; options: readonly { value: string | number; label: string }[]; ticked: readonly (string | number)[] };

/** Any of a few, each with a box to tick. */
export function TickList({ name, legend, error, options, ticked }: TickListProps) {
  const errorId = `${name}-error`;
  return (
    <fieldset aria-describedby={error && errorId}>
      <legend className="mb-1.5 text-caption font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {options.map(({ value, label }, index) => (
          <label key={value} className="flex min-h-6 cursor-pointer items-center gap-2 text-dense">
            <input
              type="checkbox" id={index === 0 ? name : undefined} name={name} value={value} defaultChecked={ticked.includes(value)} className="size-6 accent-primary"
              aria-invalid={error && index === 0 ? true : undefined} aria-describedby={error && errorId}
            />
            {label}
          </label>
        ))}
      </div>
      {error && <p id={errorId} className="mt-1.5 text-caption text-danger">{error}</p>}
    </fieldset>
  );
}
