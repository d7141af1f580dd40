"use client";

import { FileCode, FileJson, FileText, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { exportHref } from "@/lib/transfer-client";
import { useCommands } from "@/lib/commands";
import type { ExportFormat } from "@/lib/protocol/transfer";
import { download } from "./download";

const formats: readonly { format: ExportFormat; icon: LucideIcon }[] = [
  { format: "markdown", icon: FileText },
  { format: "html", icon: FileCode },
  { format: "json", icon: FileJson },
];

/** A conversation as a file: items of its menu. */
export function ExportItems({ id }: { id: number }) {
  const t = useTranslations("transfer");
  return (
    <>
      <MenuSeparator />
      {formats.map(({ format, icon }) => (
        <MenuItem key={format} icon={icon} onClick={() => download(exportHref(id, format))}>
          {t(`exportAs.${format}`)}
        </MenuItem>
      ))}
    </>
  );
}

/** The same in the palette. */
export function useExportCommands(id: number | null): void {
  const t = useTranslations("transfer");
  const group = useTranslations("conversations")("group");
  useCommands(
    useMemo(
      () =>
        id === null
          ? []
          : formats.map(({ format }) => ({
              id: `export-${format}`,
              title: t(`exportAs.${format}`),
              keywords: t("keywords"),
              group,
              run: () => download(exportHref(id, format)),
            })),
      [id, t, group],
    ),
  );
}
