import { largestFile, largestSource } from "./limits";

/** An SVG is a text: its markup is what a model can read, and a server that shows it as a picture would run it. */
export function isImage({ type }: Pick<File, "type">): boolean {
  return type.startsWith("image/") && type !== "image/svg+xml";
}

/** Why a file need not be uploaded, in words. Whether it really is a text only the server says. */
export function problemOf(file: File): string | undefined {
  if (file.size === 0) return "This file is empty, or a folder.";
  if (isImage(file)) return file.size > largestSource ? "This picture is larger than 100 MB." : undefined;
  if (file.size > largestFile) return "This file is larger than 20 MB.";
  return /^(audio|video)\//.test(file.type) ? "Only pictures and text files can be attached." : undefined;
}

/** The files of a paste or a drop. A screenshot in the clipboard is called image.png every time. */
export function filesIn(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}

/** Whether files are dragged, and not a piece of text or a link. */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes("Files") ?? false;
}

export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
