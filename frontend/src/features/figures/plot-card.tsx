"use client";

import { Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState, type ReactNode } from "react";
import { cn } from "@/lib/cn";

export interface DataTableProps {
  caption: string;
  head: string[];
  rows: string[][];
}

/** The first column names its row; the others are numbers. */
function DataTable({ caption, head, rows }: DataTableProps) {
  return (
    <div
      role="region"
      aria-label={caption}
      tabIndex={0}
      className="mt-2 max-h-80 overflow-auto rounded-lg border border-line"
    >
      <table className="w-full text-start text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-sunken text-soft">
          <tr>
            {head.map((name, column) => (
              <th
                key={name}
                scope="col"
                className={cn("px-2.5 py-1.5 font-medium", column > 0 ? "text-end" : "text-start")}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row} className="border-t border-line">
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th key={column} scope="row" className="px-2.5 py-1.5 text-start font-normal">
                    {cell}
                  </th>
                ) : (
                  <td key={column} className="px-2.5 py-1.5 text-end whitespace-nowrap tabular-nums">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface PlotCardProps {
  title: string;
  /** What the plot shows, in words. */
  summary: string;
  table?: DataTableProps;
  aside?: ReactNode;
  className?: string;
  testId: string;
  children: ReactNode;
}

/** A plot with its words, and the same as a table for who asks. */
export function PlotCard({ title, summary, table, aside, className, testId, children }: PlotCardProps) {
  const t = useTranslations("figures");
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <section
      aria-labelledby={id}
      data-testid={testId}
      className={cn("flex min-w-0 flex-col rounded-2xl border border-line bg-page p-4 sm:p-5", className)}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold tracking-tight">
            {title}
          </h2>
          <p className="mt-0.5 text-sm text-soft">{summary}</p>
        </div>
        {aside}
      </div>
      <div className="mt-4 flex flex-1 flex-col gap-3">{children}</div>
      {table && (
        <details className="mt-4 text-sm" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="inline-flex list-none items-center gap-1.5 rounded-md text-xs text-soft transition-colors hover:text-ink [&::-webkit-details-marker]:hidden">
            <Table2 className="size-3.5" aria-hidden />
            {open ? t("hideTable") : t("showTable")}
          </summary>
          {open && <DataTable {...table} />}
        </details>
      )}
    </section>
  );
}
