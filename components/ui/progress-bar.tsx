type ProgressBarProps = { label: string; value: number; max: number };

/** How far something is. A real progress element: its width needs no inline style, and a screen reader knows what it is. */
export function ProgressBar({ label, value, max }: ProgressBarProps) {
  return (
    <progress
      aria-label={label} value={Math.min(value, max)} max={max}
      className="block h-2 w-full appearance-none overflow-hidden rounded-full border-0 bg-sunken [&::-moz-progress-bar]:bg-points-fill [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-points-fill"
    />
  );
}
