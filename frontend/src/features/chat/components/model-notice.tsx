"use client";

import { Info } from "lucide-react";
import { useModels } from "../models/use-models";

/** Who answered in another model's place; what holds for the whole server is told above the chat. */
export function ModelNotice({ notice }: { notice: string | undefined }) {
  const models = useModels();
  if (notice === undefined || notice === models?.notice) return null;
  return (
    <p data-testid="reply-model-notice" className="mt-3 flex items-start gap-2 text-sm text-soft">
      <Info className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
      {notice}
    </p>
  );
}
