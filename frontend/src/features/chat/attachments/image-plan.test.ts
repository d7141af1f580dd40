import { describe, expect, it } from "vitest";
import { formatSize } from "./accept";
import { attempts, fitInto, fitsAsItIs, renamed } from "./image-plan";
import { largestImage } from "./limits";

const bytes = (text: string, length = text.length) => {
  const all = new Uint8Array(length);
  all.set(new TextEncoder().encode(text));
  return all;
};

describe("Pictures made smaller", () => {
  it("Keep their proportions, and are never made larger", () => {
    expect(fitInto({ width: 4096, height: 1024 }, 2048)).toEqual({ width: 2048, height: 512 });
    expect(fitInto({ width: 30, height: 9000 }, 2048)).toEqual({ width: 7, height: 2048 });
    expect(fitInto({ width: 100, height: 50 }, 2048)).toEqual({ width: 100, height: 50 });
    expect(fitInto({ width: 9000, height: 1 }, 2048)).toEqual({ width: 2048, height: 1 });
  });

  it("Are tried from the best on, each once, down to what always fits", () => {
    const sizes = attempts({ width: 1000, height: 500 }).map(({ size }) => size.width);
    expect(sizes).toEqual([1000, 1000, 1000, 768, 768, 768, 512, 512, 512]);
    expect(attempts({ width: 8000, height: 4000 })[0]).toEqual({
      size: { width: 2048, height: 1024 },
      quality: 0.88,
    });
  });

  it("Go as they are where they are small and say nothing of the place", () => {
    const size = { width: 800, height: 600 };
    expect(fitsAsItIs(bytes("GIF89a"), "image/gif", size)).toBe(true);
    expect(fitsAsItIs(bytes("JFIF", largestImage), "image/jpeg", size)).toBe(true);
    expect(fitsAsItIs(bytes("JFIF", largestImage + 1), "image/jpeg", size)).toBe(false);
    expect(fitsAsItIs(bytes("JFIF"), "image/jpeg", { width: 2049, height: 10 })).toBe(false);
    expect(fitsAsItIs(bytes("..Exif\0\0GPS"), "image/jpeg", size)).toBe(false);
    expect(fitsAsItIs(bytes("RIFF....WEBPVP8X EXIF"), "image/webp", size)).toBe(false);
    expect(fitsAsItIs(bytes("BM"), "image/bmp", size)).toBe(false);
  });

  it("Are named after what they are now", () => {
    expect(renamed("photo.HEIC", "image/jpeg")).toBe("photo.jpg");
    expect(renamed("photo.jpeg", "image/jpeg")).toBe("photo.jpeg");
    expect(renamed("photo.PNG", "image/png")).toBe("photo.PNG");
    expect(renamed("photo", "image/webp")).toBe("photo.webp");
  });

  it("Sizes are told in a few characters", () => {
    expect([999, 1000, 999_499, 999_500, 20_971_520].map(formatSize)).toEqual([
      "999 B",
      "1 kB",
      "999 kB",
      "1.0 MB",
      "21.0 MB",
    ]);
  });
});
