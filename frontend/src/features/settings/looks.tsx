"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { ThemeToggle } from "@/components/ui/theme-toggle";
import { chosenLocale, setLocale, subscribeLocale } from "@/i18n/locale";
import { localeNames, locales, type Locale } from "@/i18n/locales";
import { motionKey, motionOf, textSizeKey, textSizeOf, textSizes } from "@/lib/preferences";
import { useStoredFlag } from "@/lib/use-stored-flag";
import { useStoredText } from "@/lib/use-stored-text";
import { Row, Section } from "@/components/ui/section";

/** How the page looks, and in which language it speaks. */
export function Looks() {
  const t = useTranslations("settings");
  const [size, setSize] = useStoredText(textSizeKey);
  const [motion, setMotion] = useStoredText(motionKey);
  const [sidebar, setSidebar] = useStoredFlag("tahochat.sidebar", true);
  const locale = useSyncExternalStore(subscribeLocale, chosenLocale, () => null);
  const languages = [
    { value: "browser", label: t("asBrowser") },
    ...locales.map((value) => ({ value, label: localeNames[value], lang: value })),
  ];
  return (
    <Section title={t("looks")}>
      <Row label={t("theme")}>
        <ThemeToggle words />
      </Row>
      <Row>
        <Select
          label={t("language")}
          labelShown
          value={locale ?? "browser"}
          choices={languages}
          onChange={(value) => setLocale(value === "browser" ? null : (value as Locale))}
        />
      </Row>
      <Row>
        <Select
          label={t("textSize")}
          labelShown
          value={textSizeOf(size)}
          choices={textSizes.map((value) => ({ value, label: t(`sizes.${value}`) }))}
          onChange={setSize}
        />
      </Row>
      <Row>
        <Switch
          label={t("lessMotion")}
          hint={t("lessMotionHint")}
          checked={motionOf(motion) === "reduced"}
          onChange={(reduced) => setMotion(reduced ? "reduced" : "system")}
        />
      </Row>
      <Row>
        <Switch label={t("sidebar")} hint={t("sidebarHint")} checked={sidebar} onChange={setSidebar} />
      </Row>
    </Section>
  );
}
