import { request } from "./api-client";
import { env, restBase } from "./env";
import type { ExportFormat, ExportProgress, ImportJob } from "./protocol/transfer";

/** Where a conversation's file is. */
export function exportHref(id: number, format: ExportFormat): string {
  return `${restBase(env)}/conversations/${id}/export?format=${format}`;
}

/** Where the whole account's file is; `id`: a name of ours for `getExport`. */
export function accountHref(id: string): string {
  return `${restBase(env)}/export?id=${id}`;
}

export async function getExport(id: string): Promise<ExportProgress> {
  return (await (await request(`/export/${id}`)).json()) as ExportProgress;
}

export async function getImport(id: string): Promise<ImportJob> {
  return (await (await request(`/import/${id}`)).json()) as ImportJob;
}
