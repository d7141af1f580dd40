"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { focusWhereLost, mainField } from "@/lib/focus";
import { sameTag } from "./list-state";
import { changeTags, type Tagged } from "./list-view";
import { addTag, longestTag, mostTags, otherTags } from "./tag-state";
import { useKeep } from "./use-keep";
import { useTags } from "./use-tags";

/** The tags of one conversation: to take away, to choose from those that there are, to write. */
export function TagsDialog({ tagged }: { tagged: Tagged | null }) {
  const t = useTranslations("conversations.tagsDialog");
  const [last, setLast] = useState(tagged);
  // What closes is still seen for a moment.
  if (tagged !== null && tagged !== last) setLast(tagged);
  const close = () => {
    changeTags(null);
    focusWhereLost(
      () => document.querySelector<HTMLElement>(`[data-conversation-id="${last?.id}"] a`) ?? mainField(),
    );
  };
  if (!last) return null;
  return (
    <Dialog
      open={tagged !== null}
      onClose={close}
      title={t("title")}
      description={<span dir="auto">{last.title}</span>}
      width="sm"
      testId="tags-dialog"
    >
      <TagsForm key={last.id} tagged={last} onDone={close} />
    </Dialog>
  );
}

function TagsForm({ tagged, onDone }: { tagged: Tagged; onDone: () => void }) {
  const t = useTranslations("conversations.tagsDialog");
  const common = useTranslations("common");
  const { tag } = useKeep();
  const all = useTags();
  const [tags, setTags] = useState(tagged.tags);
  const [typed, setTyped] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const full = tags.length >= mostTags;
  const others = otherTags(all, tags);
  const focusField = () => form.current?.querySelector("input")?.focus();
  const change = (next: readonly string[]) => {
    setTags(next);
    focusWhereLost(() => form.current?.querySelector("input"));
  };
  const add = () => {
    change(addTag(tags, typed));
    setTyped("");
    focusField();
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    // What was typed and not added was meant to be.
    tag(tagged, [...addTag(tags, typed)]);
    onDone();
  };
  return (
    <form ref={form} onSubmit={save} className="flex flex-col gap-4">
      {tags.length > 0 && (
        <ul aria-label={t("chosen")} className="flex flex-wrap gap-1.5">
          {tags.map((name) => (
            <li key={name}>
              <button
                type="button"
                aria-label={t("remove", { tag: name })}
                data-testid="tag-remove"
                onClick={() => change(tags.filter((other) => !sameTag(other, name)))}
                className="flex h-8 max-w-64 items-center gap-1.5 rounded-full bg-accent ps-3 pe-2 text-sm text-on-accent hover:bg-accent-strong"
              >
                <span dir="auto" className="truncate">
                  {name}
                </span>
                <X className="size-3.5 shrink-0" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field
            label={t("field")}
            value={typed}
            onChange={setTyped}
            maxLength={longestTag}
            hint={full ? t("most", { count: mostTags }) : undefined}
            testId="tag-field"
          />
        </div>
        <Button onClick={add} disabled={typed.trim() === "" || full} data-testid="tag-add">
          <Plus className="size-4" aria-hidden />
          {t("add")}
        </Button>
      </div>
      {others.length > 0 && (
        <div role="group" aria-label={t("known")} className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
          {others.map((name) => (
            <button
              key={name}
              type="button"
              disabled={full}
              data-testid="tag-known"
              onClick={() => change(addTag(tags, name))}
              className="h-8 max-w-64 truncate rounded-full border border-line px-3 text-sm hover:bg-hover disabled:opacity-50"
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {common("cancel")}
        </Button>
        <Button variant="primary" type="submit" data-testid="tags-save">
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
