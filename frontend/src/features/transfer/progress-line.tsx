/** How far something is, 0 to 1; without a number: it goes on. */
export function ProgressLine({ label, value }: { label: string; value?: number }) {
  const percent = value === undefined ? undefined : Math.round(value * 100);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="truncate text-xs text-soft">{label}</p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${percent ?? 100}%`, opacity: percent === undefined ? 0.5 : 1 }}
        />
      </div>
    </div>
  );
}
