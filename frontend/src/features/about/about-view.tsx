"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { Logo } from "@/components/ui/logo";
import { PlainPage } from "@/components/plain-page";
import { getHealth, getModels } from "@/lib/api-client";
import { apiOrigin, env } from "@/lib/env";
import { aboutHref, figuresHref, followInPage, settingsHref } from "@/lib/navigation";
import licences from "./licences.json";

const papers = [
  { path: "/docs", words: "docs" },
  { path: "/redoc", words: "redoc" },
  { path: "/openapi/v1.json", words: "openapi" },
  { path: "/health", words: "health" },
] as const;

/** What this is, which version answers, and what it is made of. */
export function AboutView() {
  const t = useTranslations("about");
  const health = useQuery({ queryKey: ["health"], queryFn: ({ signal }) => getHealth(signal) });
  const models = useQuery({ queryKey: ["models"], queryFn: ({ signal }) => getModels({ signal }) });
  const away = health.isPending && health.fetchStatus !== "paused" ? t("asking") : t("away");
  const facts = [
    { name: t("version"), value: health.data?.version ?? away },
    { name: t("provider"), value: models.data ? t(`providers.${models.data.provider}`) : away },
    { name: t("model"), value: models.data?.default_model ?? away },
  ];
  const origin = apiOrigin(env, window.location);
  return (
    <PlainPage id="about" title={t("title")}>
      <div className="flex items-center gap-4">
        <Logo className="size-12 shrink-0" />
        <p className="text-sm text-balance">{t("what")}</p>
      </div>
      <dl className="divide-y divide-line rounded-2xl border border-line px-4 text-sm">
        {facts.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 py-3">
            <dt className="text-soft">{name}</dt>
            <dd className="font-medium break-all">{value}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby={`${aboutHref}links`}>
        <h2 id={`${aboutHref}links`} className="pb-2 text-sm font-semibold">
          {t("links")}
        </h2>
        <ul className="divide-y divide-line rounded-2xl border border-line px-4 text-sm">
          {papers.map(({ path, words }) => (
            <li key={path}>
              <a
                href={`${origin}${path}`}
                target="_blank"
                rel="noreferrer"
                className="flex items-center gap-2 py-3 hover:text-accent"
              >
                <span className="flex-1">{t(words)}</span>
                <ExternalLink className="size-3.5 text-soft rtl:-scale-x-100" aria-hidden />
                <span className="sr-only">{t("newTab")}</span>
              </a>
            </li>
          ))}
          {(
            [
              [figuresHref, "figures"],
              [settingsHref, "settings"],
            ] as const
          ).map(([href, words]) => (
            <li key={href}>
              <a href={href} onClick={followInPage} className="block py-3 hover:text-accent">
                {t(words)}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <details className="rounded-2xl border border-line px-4 py-3 text-sm">
        <summary className="font-semibold">{t("licences", { count: licences.length })}</summary>
        <ul dir="ltr" className="pt-2 text-xs text-soft">
          {licences.map(({ name, version, license }) => (
            <li key={name} className="flex justify-between gap-4 py-1">
              <span className="break-all">
                {name} {version}
              </span>
              <span className="shrink-0">{license}</span>
            </li>
          ))}
        </ul>
      </details>
    </PlainPage>
  );
}
