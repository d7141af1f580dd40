import { largestImage, longestSide } from "./limits";

export interface Size {
  width: number;
  height: number;
}

/** The size with the same proportions whose longer side is `side` at most. */
export function fitInto({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The sizes and qualities to try, best first, until one is small enough. The last one always is. */
export function attempts(size: Size): { size: Size; quality: number }[] {
  const first = Math.min(longestSide, Math.max(size.width, size.height));
  const useful = [first, ...[1600, 1280, 1024, 768, 512].filter((side) => side < first)];
  return useful.flatMap((side) =>
    [0.88, 0.75, 0.6].map((quality) => ({ size: fitInto(size, side), quality })),
  );
}

/** Whether a picture can go as it is: small enough, and it neither asks to be turned nor says where it was taken. */
export function fitsAsItIs(bytes: Uint8Array, mediaType: string, size: Size): boolean {
  if (bytes.length > largestImage || !passable.has(mediaType)) return false;
  if (Math.max(size.width, size.height) > longestSide) return false;
  return !holdsExif(bytes, mediaType);
}

const passable = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** EXIF holds the way up and, of photos, the place: models ignore the one and have no business with the other. */
export function holdsExif(bytes: Uint8Array, mediaType: string): boolean {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 256 * 1024));
  if (mediaType === "image/jpeg") return head.includes("Exif\0\0");
  if (mediaType === "image/png") return head.includes("eXIf");
  return mediaType === "image/webp" && new TextDecoder("latin1").decode(bytes).includes("EXIF");
}

/** The name with the ending of what the picture is now. */
export function renamed(name: string, mediaType: string): string {
  const ending = endings[mediaType] ?? "";
  const stem = name.replace(/\.[^.]{1,5}$/, "") || "picture";
  return name.toLowerCase().endsWith(ending) || (ending === ".jpg" && /\.jpeg$/i.test(name))
    ? name
    : `${stem}${ending}`;
}

const endings: Record<string, string> = {
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/gif": ".gif",
  "image/webp": ".webp",
};
