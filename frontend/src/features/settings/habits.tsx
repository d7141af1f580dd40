"use client";

import { useTranslations } from "next-intl";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { isMac } from "@/lib/shortcuts";
import { useStoredFlag } from "@/lib/use-stored-flag";
import { useStoredText } from "@/lib/use-stored-text";
import { Row, Section } from "@/components/ui/section";

const sendKeys = ["enter", "mod-enter"] as const;

/** How somebody writes and reads. */
export function Habits() {
  const t = useTranslations("settings");
  const [sendKey, setSendKey] = useStoredText("tahochat.sendKey");
  const [wrap, setWrap] = useStoredFlag("tahochat.wrap-code", false);
  const [reasoning, setReasoning] = useStoredFlag("tahochat.reasoning", false);
  const mod = isMac() ? "⌘" : t("ctrl");
  return (
    <Section title={t("habits")}>
      <Row>
        <Select
          label={t("sendKey")}
          labelShown
          value={sendKey === "mod-enter" ? "mod-enter" : "enter"}
          choices={sendKeys.map((value) => ({ value, label: t(`sendKeys.${value}`, { mod }) }))}
          onChange={setSendKey}
        />
      </Row>
      <Row>
        <Switch label={t("wrap")} hint={t("wrapHint")} checked={wrap} onChange={setWrap} />
      </Row>
      <Row>
        <Switch
          label={t("reasoning")}
          hint={t("reasoningHint")}
          checked={reasoning}
          onChange={setReasoning}
        />
      </Row>
    </Section>
  );
}
