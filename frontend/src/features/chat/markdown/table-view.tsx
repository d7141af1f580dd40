"use client";

import type { Table, TableRow } from "mdast";
import { useTranslations } from "next-intl";
import { showNodes, type Around } from "./nodes";

export function TableView({ table, around }: { table: Table; around: Around }) {
  const t = useTranslations("markdown");
  const [head, ...rows] = table.children;
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={t("table")}>
      <table dir="auto">
        {head && (
          <thead>
            <Row row={head} table={table} around={around} head />
          </thead>
        )}
        {rows.length > 0 && (
          <tbody>
            {rows.map((row, index) => (
              <Row key={index} row={row} table={table} around={around} />
            ))}
          </tbody>
        )}
      </table>
    </div>
  );
}

function Row({ row, table, around, head }: { row: TableRow; table: Table; around: Around; head?: boolean }) {
  const Cell = head ? "th" : "td";
  const columns = table.children[0]?.children.length ?? 0;
  return (
    <tr>
      {Array.from({ length: columns }, (_, column) => (
        <Cell key={column} scope={head ? "col" : undefined} align={table.align?.[column] ?? undefined}>
          {showNodes(row.children[column]?.children ?? [], around)}
        </Cell>
      ))}
    </tr>
  );
}
