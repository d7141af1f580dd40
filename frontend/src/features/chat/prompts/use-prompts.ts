"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/lib/toast";
import { offerUndo } from "@/components/ui/undo-toast";
import { deletePrompt, getPrompts, savePrompt, type PromptText } from "@/lib/api-client";
import type { Prompt } from "@/lib/protocol/rest";

const key = ["prompts"];
const none: readonly Prompt[] = [];

function sorted(prompts: readonly Prompt[]): Prompt[] {
  return [...prompts].sort((a, b) => a.name.localeCompare(b.name));
}

/** The presets, by name; those of the server as it said last. */
export function usePrompts(): {
  prompts: readonly Prompt[];
  state: "loading" | "failed" | "ready";
  retry: () => void;
} {
  const { data, isError, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getPrompts(signal),
    staleTime: 30_000,
  });
  const state = data ? "ready" : isError ? "failed" : "loading";
  return { prompts: data ?? none, state, retry: () => void refetch() };
}

/** Why something did not work, in the server's words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

export function usePromptChanges() {
  const t = useTranslations("prompts");
  const common = useTranslations("common");
  const client = useQueryClient();
  return useMemo(() => {
    const change = (update: (prompts: readonly Prompt[]) => Prompt[]) =>
      client.setQueryData<Prompt[]>(key, (known) => sorted(update(known ?? [])));
    const put = (saved: Prompt) => change((known) => [...known.filter(({ id }) => id !== saved.id), saved]);
    /** Throws what the server says where it does not take it. */
    const save = async (text: PromptText, id?: number): Promise<Prompt> => {
      const saved = await savePrompt(text, id);
      put(saved);
      return saved;
    };
    const complain = (error: unknown) => void toast.error(t("notSaved", { reason: reasonOf(error) }));
    /** Gone at once, and back where the person or the server wants it so. */
    const remove = (prompt: Prompt) => {
      change((known) => known.filter(({ id }) => id !== prompt.id));
      const gone = deletePrompt(prompt.id);
      gone.catch((error: unknown) => {
        put(prompt);
        complain(error);
      });
      offerUndo({
        words: t("deleted", { name: prompt.name }),
        undoWords: common("undo"),
        undo: () => void gone.then(() => save(prompt)).catch(complain),
      });
    };
    return { save, remove, complain };
  }, [client, common, t]);
}
