"use client";

import type { Nodes, Table, TableRow } from "mdast";
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
        <Cell
          key={column}
          scope={head ? "col" : undefined}
          align={table.align?.[column] ?? undefined}
          className={isShort(row.children[column]) ? "whitespace-nowrap" : undefined}
        >
          {showNodes(row.children[column]?.children ?? [], around)}
        </Cell>
      ))}
    </tr>
  );
}

/** A figure and its unit stay in one line; the table scrolls where it is too wide. */
const short = 12;

function isShort(cell: Nodes | undefined): boolean {
  return cell !== undefined && [...textOf(cell)].length <= short;
}

function textOf(node: Nodes): string {
  if ("children" in node) return node.children.map(textOf).join("");
  return "value" in node ? node.value : "";
}
