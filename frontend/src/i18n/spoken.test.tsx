import { render, screen, waitFor } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import de from "./messages/de";
import en from "./messages/en";
import fr from "./messages/fr";
import { asEnglish, withEnglish } from "./missing";

function browserSpeaks(...languages: string[]): void {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(languages);
}

function Word() {
  return <p>{useTranslations("common")("cancel")}</p>;
}

async function openPage() {
  const { IntlProvider } = await import("./intl-provider");
  render(
    <IntlProvider waiting={<p>waiting</p>}>
      <Word />
    </IntlProvider>,
  );
}

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.doUnmock("./load-messages");
});

describe("the page", () => {
  it("speaks English at once", async () => {
    browserSpeaks("en-GB");
    await openPage();
    expect(screen.getByText(en.common.cancel)).toBeTruthy();
    expect(document.documentElement.lang).toBe("en");
  });

  it("shows no English before the words of another language are there, and turns with it", async () => {
    browserSpeaks("fr-FR", "en");
    await openPage();
    expect(screen.queryByText(en.common.cancel)).toBeNull();
    expect(await screen.findByText(fr.common.cancel)).toBeTruthy();
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["fr", "ltr"]);
  });

  it("follows the browser's language and the choice made in another tab", async () => {
    browserSpeaks("fr");
    await openPage();
    await screen.findByText(fr.common.cancel);
    browserSpeaks("de");
    window.dispatchEvent(new Event("languagechange"));
    expect(await screen.findByText(de.common.cancel)).toBeTruthy();
    localStorage.setItem("tahochat.locale", "ar");
    window.dispatchEvent(new StorageEvent("storage", { key: "tahochat.locale" }));
    await waitFor(() => expect(document.documentElement.dir).toBe("rtl"));
    const { say, spokenTag } = await import("./spoken");
    expect([spokenTag(), say("common")("cancel")]).toEqual(["ar", "إلغاء"]);
  });

  it("speaks English where a language cannot be loaded, and tries again with the network", async () => {
    let broken = true;
    vi.doMock("./load-messages", () => ({
      loadMessages: () => (broken ? Promise.reject(new Error("gone")) : Promise.resolve(withEnglish(fr, en))),
    }));
    browserSpeaks("fr");
    await openPage();
    expect(await screen.findByText(en.common.cancel)).toBeTruthy();
    expect(document.documentElement.lang).toBe("en");
    broken = false;
    window.dispatchEvent(new Event("online"));
    expect(await screen.findByText(fr.common.cancel)).toBeTruthy();
  });
});

describe("a gap in a language", () => {
  it("is filled with English, never with a key", () => {
    const english = { a: "A", inner: { b: "B", c: "C" } };
    expect(withEnglish({ inner: { b: "Bé", c: "" }, more: "?" }, english)).toEqual({
      a: "A",
      inner: { b: "Bé", c: "C" },
    });
    expect(asEnglish({ namespace: "common", key: "cancel" })).toBe("Cancel");
    expect(asEnglish({ key: "errors.answered" })).toBe("The server answered.");
    expect(asEnglish({ key: "no.such.key" })).toBe("");
  });
});
