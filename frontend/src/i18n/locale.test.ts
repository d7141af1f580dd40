import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chosenLocale, getFormatTag, getLocale, localeScript, setLocale, subscribeLocale } from "./locale";
import { formatTag, matchLocale } from "./locales";

function browserSpeaks(...languages: string[]): void {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe("the page's language", () => {
  it("is the first of the browser's that there is, whatever its region", () => {
    expect(matchLocale(["pt-BR", "de-AT", "en"])).toBe("de");
    expect(matchLocale(["AR-eg"])).toBe("ar");
    expect(matchLocale(["zh-CN", "constructor"])).toBe("en");
    expect(matchLocale([])).toBe("en");
  });

  it("is the chosen one before the browser's, until the choice is taken back", () => {
    browserSpeaks("fr-CA");
    expect(getLocale()).toBe("fr");
    setLocale("ja");
    expect([chosenLocale(), getLocale()]).toEqual(["ja", "ja"]);
    setLocale(null);
    expect([chosenLocale(), getLocale()]).toEqual([null, "fr"]);
    localStorage.setItem("tahochat.locale", "klingon");
    expect(getLocale()).toBe("fr");
  });

  it("is set before the first paint as it is afterwards", () => {
    const cases: [string[], string | null][] = [
      [["ar-EG", "en"], null],
      [["fr-CH"], "ar"],
      [["pt", "es-MX"], null],
      [["zh"], null],
      [["JA-jp"], "nonsense"],
      [["en-GB"], "constructor"],
    ];
    for (const [languages, chosen] of cases) {
      browserSpeaks(...languages);
      if (chosen === null) localStorage.clear();
      else localStorage.setItem("tahochat.locale", chosen);
      document.documentElement.lang = "";
      // The page runs it as a script of its head.
      // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
      new Function(localeScript)();
      expect(document.documentElement.lang).toBe(getLocale());
      expect(document.documentElement.dir).toBe(getLocale() === "ar" ? "rtl" : "ltr");
    }
  });

  it("writes dates and numbers as its region does, where the browser names one", () => {
    expect(formatTag("de", ["en-US", "de-AT", "de"])).toBe("de-AT");
    expect(formatTag("fr", ["en-GB"])).toBe("fr");
    expect(formatTag("en", ["en-gb"])).toBe("en-GB");
    expect(formatTag("en", ["en-*"])).toBe("en");
    browserSpeaks("ar-EG", "en-GB");
    expect(getFormatTag()).toBe("ar-EG");
  });

  it("is told to who listens when it is chosen, here or in another tab, and when the browser's changes", () => {
    const told = vi.fn();
    const stop = subscribeLocale(told);
    setLocale("es");
    window.dispatchEvent(new StorageEvent("storage", { key: "tahochat.locale" }));
    window.dispatchEvent(new Event("languagechange"));
    expect(told).toHaveBeenCalledTimes(3);
    stop();
    setLocale(null);
    expect(told).toHaveBeenCalledTimes(3);
  });
});
