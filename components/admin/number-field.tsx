import { Field, Input } from "../ui/field";

type NumberFieldProps = { name: string; label: string; hint?: string; unit?: string; error?: string; defaultValue: number | string; isDecimal?: boolean; className?: string };

/** A whole number, or an amount, as text: no spinner, no surprise from a scrolling wheel. The server decides what is a number. */
export function NumberField({ name, label, hint, unit, error, defaultValue, isDecimal = false, className }: NumberFieldProps) {
  return (
    <Field id={name} label={label} hint={hint} error={error} className={className}>
      {(wiring) => (
        <span className="relative block">
          <Input
            {...wiring} name={name} shape="dense" inputMode={isDecimal ? "decimal" : "numeric"} autoComplete="off" defaultValue={defaultValue} maxLength={14}
            className={unit ? "pe-14! tabular-nums" : "tabular-nums"}
          />
          {unit && <span aria-hidden="true" className="pointer-events-none absolute end-3 top-1/2 -translate-y-1/2 text-caption text-muted">{unit}</span>}
        </span>
      )}
    </Field>
  );
}
