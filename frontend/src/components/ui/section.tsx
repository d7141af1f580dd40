import { useId, type ReactNode } from "react";

/** Settings that belong together. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="pb-2 text-sm font-semibold">
        {title}
      </h2>
      <div className="divide-y divide-line rounded-2xl border border-line px-4">{children}</div>
    </section>
  );
}

export interface RowProps {
  label?: string;
  hint?: string;
  children: ReactNode;
}

/** One setting; with `label` where what sets it has none of its own. */
export function Row({ label, hint, children }: RowProps) {
  if (!label) return <div className="py-3">{children}</div>;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-40">
        <p className="text-sm">{label}</p>
        {hint && <p className="text-xs text-soft">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
