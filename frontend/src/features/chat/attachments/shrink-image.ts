import { attempts, fitsAsItIs, renamed, type Size } from "./image-plan";
import { largestImage } from "./limits";

export interface ReadyFile {
  blob: Blob;
  name: string;
}

/**
 * A picture that models take: at most 2048 pixels and half a megabyte, the right way up. One that is so already stays as it
 * is; of an animation that has to be made smaller the first picture is left. Throws where the browser cannot read it.
 */
export async function shrinkImage(file: File): Promise<ReadyFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    if (fitsAsItIs(bytes, file.type, bitmap)) return { blob: file, name: file.name };
    const blob = await smallest(bitmap, file.type === "image/png");
    return { blob, name: renamed(file.name, blob.type) };
  } finally {
    bitmap.close();
  }
}

/** `drawnByHand`: of a screenshot or a drawing a PNG may be small enough, and nothing of it is blurred. */
async function smallest(bitmap: ImageBitmap, drawnByHand: boolean): Promise<Blob> {
  let last: Blob | undefined;
  let drawn: { size: Size; canvas: HTMLCanvasElement; opaque: boolean } | undefined;
  for (const { size, quality } of attempts(bitmap)) {
    if (drawn?.size.width !== size.width || drawn.size.height !== size.height) {
      drawn = { size, ...draw(bitmap, size) };
      const lossless = drawnByHand ? await encode(drawn.canvas, "image/png") : undefined;
      if (lossless && lossless.size <= largestImage) return lossless;
    }
    // What is seen through stays so; Safari writes no WebP and gives a PNG instead.
    last = await encode(drawn.canvas, drawn.opaque ? "image/jpeg" : "image/webp", quality);
    if (last.size <= largestImage) return last;
  }
  if (!last) throw new Error("The picture has no size.");
  return last;
}

function draw(bitmap: ImageBitmap, { width, height }: Size): { canvas: HTMLCanvasElement; opaque: boolean } {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser cannot draw.");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return { canvas, opaque: false };
  return { canvas, opaque: true };
}

function encode(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The browser cannot write this picture."))),
      type,
      quality,
    ),
  );
}
