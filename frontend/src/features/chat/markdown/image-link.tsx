"use client";

import { useTranslations } from "next-intl";
import { SafeLink } from "./safe-link";

/** Nothing is fetched on the word of a model: an image is a link to it. */
export function ImageLink({ url, alt }: { url: string; alt?: string | null | undefined }) {
  const t = useTranslations("markdown");
  const words = alt ? t("image", { description: alt }) : t("imageWithout");
  return (
    <SafeLink url={url} words={words}>
      {words}
    </SafeLink>
  );
}
