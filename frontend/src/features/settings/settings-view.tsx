"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartColumn, Info, Keyboard, LogOut, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { PlainPage } from "@/components/plain-page";
import { getAccess } from "@/lib/api-client";
import { apiOrigin, env } from "@/lib/env";
import { aboutHref, figuresHref, followInPage } from "@/lib/navigation";
import { offlineCopies } from "@/lib/offline/copies";
import { Habits } from "./habits";
import { Looks } from "./looks";
import { Row, Section } from "@/components/ui/section";

export interface SettingsViewProps {
  onShortcuts: () => void;
  /** What opens the list of tools. */
  tools: ReactNode;
  /** The row of the prompts. */
  prompts: ReactNode;
  /** What other features have to set: sections. */
  children?: ReactNode;
}

/** Everything that can be set, in one place; none of it needs the server. */
export function SettingsView({ onShortcuts, tools, prompts, children }: SettingsViewProps) {
  const t = useTranslations("settings");
  return (
    <PlainPage id="settings" title={t("title")} hint={t("hint")}>
      <Looks />
      <Habits />
      <Section title={t("models")}>
        <Row label={t("tools")} hint={t("toolsHint")}>
          {tools}
        </Row>
        {prompts}
      </Section>
      {children}
      <Section title={t("more")}>
        <Row label={t("shortcuts")} hint={t("shortcutsHint")}>
          <Button onClick={onShortcuts}>
            <Keyboard className="size-4 text-soft" aria-hidden />
            {t("shortcutsOpen")}
          </Button>
        </Row>
        <PageRow href={figuresHref} icon={ChartColumn} label={t("figures")} hint={t("figuresHint")} />
        <PageRow href={aboutHref} icon={Info} label={t("about")} hint={t("aboutHint")} />
        <SignOut />
      </Section>
    </PlainPage>
  );
}

function PageRow({
  href,
  icon: Icon,
  label,
  hint,
}: {
  href: string;
  icon: LucideIcon;
  label: string;
  hint: string;
}) {
  const t = useTranslations("settings");
  return (
    <Row label={label} hint={hint}>
      <a
        href={href}
        onClick={followInPage}
        className="inline-flex h-9 items-center gap-2 rounded-lg border border-line px-3 text-sm font-medium transition-colors hover:bg-hover"
      >
        <Icon className="size-4 text-soft" aria-hidden />
        {t("openPage")}
        <span className="sr-only">{label}</span>
      </a>
    </Row>
  );
}

/** Who signs out leaves no conversations to read in this browser. */
function leaveNothing(event: FormEvent<HTMLFormElement>): void {
  event.preventDefault();
  const form = event.currentTarget;
  void offlineCopies.clear().finally(() => form.submit());
}

/** Only where a password is set. */
function SignOut() {
  const t = useTranslations("settings");
  const { data } = useQuery({
    queryKey: ["access"],
    queryFn: ({ signal }) => getAccess(signal),
    staleTime: Infinity,
  });
  if (!data?.password) return null;
  return (
    <Row label={t("signOut")} hint={t("signOutHint")}>
      <form method="post" action={`${apiOrigin(env, window.location)}/sign-out`} onSubmit={leaveNothing}>
        <Button type="submit">
          <LogOut className="size-4 text-soft rtl:-scale-x-100" aria-hidden />
          {t("signOut")}
        </Button>
      </form>
    </Row>
  );
}
