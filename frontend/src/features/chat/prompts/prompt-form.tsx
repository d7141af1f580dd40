"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PromptText } from "@/lib/api-client";
import type { Prompt } from "@/lib/protocol/rest";
import { isTooLongPrompt } from "../parameters/settings";
import { reasonOf, usePromptChanges } from "./use-prompts";

const longestName = 64;

export interface PromptFormProps {
  /** What is changed; undefined: a new one. */
  prompt?: Prompt;
  /** What a new one begins with. */
  first?: Partial<PromptText>;
  onDone: () => void;
  onCancel: () => void;
}

/** A preset's name, kind and text. */
export function PromptForm({ prompt, first, onDone, onCancel }: PromptFormProps) {
  const t = useTranslations("prompts");
  const common = useTranslations("common");
  const { save } = usePromptChanges();
  const [name, setName] = useState(prompt?.name ?? first?.name ?? "");
  const [kind, setKind] = useState(prompt?.kind ?? first?.kind ?? "message");
  const [text, setText] = useState(prompt?.text ?? first?.text ?? "");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => void form.current?.querySelector("input")?.focus(), []);
  const slash = name.includes("/");
  const long = isTooLongPrompt(text);
  const ready = name.trim() !== "" && text.trim() !== "" && !slash && !long && !busy;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // In a popover inside of another form, that one is not meant.
    event.stopPropagation();
    if (!ready) return;
    setBusy(true);
    save({ name: name.trim(), kind, text }, prompt?.id)
      .then(onDone)
      .catch((error: unknown) => {
        setProblem(reasonOf(error));
        setBusy(false);
      });
  };

  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-4" data-testid="preset-form">
      <Field
        label={t("name")}
        hint={kind === "message" ? t("nameHint") : undefined}
        problem={slash ? t("noSlash") : problem}
        value={name}
        maxLength={longestName}
        onChange={(next) => {
          setName(next);
          setProblem(undefined);
        }}
        testId="preset-name"
      />
      <Select
        label={t("kind")}
        labelShown
        value={kind}
        choices={[
          { value: "message", label: t("kinds.message") },
          { value: "system", label: t("kinds.system") },
        ]}
        onChange={setKind}
      />
      <Field
        label={t("text")}
        problem={long ? t("tooLong") : undefined}
        value={text}
        rows={6}
        onChange={setText}
        testId="preset-text"
      />
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button variant="primary" type="submit" data-testid="save-preset" disabled={!ready}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
