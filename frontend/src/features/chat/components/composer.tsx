"use client";

import { useTranslations } from "next-intl";
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from "react";
import { flushSync } from "react-dom";
import { cn } from "@/lib/cn";
import { filesIn } from "../attachments/accept";
import { sends, useSendKey } from "../send-key";
import type { SlashOption } from "../slash/slash";
import { SlashList, slashListId, slashOptionId } from "../slash/slash-list";
import { useSlash } from "../slash/use-slash";
import { composes, isTooLong, joinAt } from "../typing";
import type { Composing } from "../use-composing";
import { useRecall } from "../use-recall";
import { SendButton, StopButton } from "./composer-buttons";
import { ComposerHint } from "./composer-hint";

export interface ComposerProps extends Partial<Composing> {
  text: string;
  onText: (text: string) => void;
  onSend: (text: string) => void;
  onStop: () => void;
  growing: boolean;
  /** The person stopped it, and the server has not heard of it yet. */
  stopping: boolean;
  /** Changes when another conversation is shown: the composer then takes the focus. */
  focusKey: string;
  /** What goes with the text, above it. */
  above?: ReactNode;
  /** Buttons before the text. */
  tools?: ReactNode;
  /** Something goes with the text: there need be none. */
  hasFiles?: boolean;
  /** Why it cannot be sent yet, in words. */
  holdUp?: string;
  onFiles?: (files: File[]) => void;
  /** Below the text: who answers, and the like. */
  bar?: ReactNode;
  ref?: Ref<ComposerHandle>;
}

export interface ComposerHandle {
  focus: () => void;
  /** Puts words where the cursor is, or in the place of what is selected. */
  insert: (words: string) => void;
}

const noOptions: readonly SlashOption[] = [];

export function Composer(props: ComposerProps) {
  const { text, onText, onSend, onStop, growing, stopping, focusKey, ref } = props;
  const { above, tools, hasFiles = false, holdUp, onFiles, bar } = props;
  const t = useTranslations("composer");
  const [sendKey] = useSendKey();
  const area = useRef<HTMLTextAreaElement>(null);
  const recall = useRecall(area, onText, props.history);
  const put = (next: string, cursor = next.length) => {
    // Before the cursor is set: it has to be in the text by then.
    flushSync(() => onText(next));
    area.current?.focus();
    area.current?.setSelectionRange(cursor, cursor);
  };
  const slash = useSlash(text, props.slashOptions ?? noOptions, (option) => {
    put("text" in option ? option.text : "");
    if ("run" in option) option.run();
  });
  const pointed = slash.shown[slash.active];
  const tooLong = isTooLong(text);
  const canSend = (text.trim() !== "" || hasFiles) && !tooLong && holdUp === undefined;

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (words) => {
      const element = area.current;
      if (!element) return;
      const joined = joinAt(element.value, words, element.selectionStart, element.selectionEnd);
      put(joined.text, joined.cursor);
    },
  }));

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    // On a touch screen the focus would raise the keyboard over the conversation.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus({ preventScroll: true });
  }, [focusKey]);

  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (canSend) onSend(text.trim());
  };

  const stop = () => {
    onStop();
    // The button goes away with the reply's end; the focus would go with it. On a touch screen it would bring the keyboard.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus();
  };

  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    // Cells of a table are copied as text and as a picture of it: the text is what was meant.
    if (!onFiles || event.clipboardData.types.includes("text/plain")) return;
    const files = filesIn(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (composes(event)) return;
    if (slash.onKey(event) || recall(event)) {
      event.preventDefault();
      // Escape means the list here, and not the reply.
      event.stopPropagation();
    } else if (event.key === "Enter" && sends(sendKey, event)) {
      event.preventDefault();
      submit();
    }
  };

  return (
    <form onSubmit={submit} aria-label={t("form")} className="relative">
      <SlashList slash={slash} />
      <div
        className={cn(
          "rounded-2xl border bg-page p-2 shadow-sm transition-colors",
          tooLong ? "border-danger" : "border-line focus-within:border-accent",
        )}
      >
        {above}
        <div className="flex items-end gap-1 sm:gap-2">
          {tools}
          <textarea
            ref={area}
            id="composer"
            data-testid="composer"
            dir={text === "" ? undefined : "auto"}
            value={text}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={keyDown}
            onPaste={paste}
            onBlur={slash.close}
            rows={1}
            placeholder={t("placeholder")}
            aria-label={t("label")}
            aria-invalid={tooLong}
            aria-describedby="composer-hint"
            aria-autocomplete="list"
            aria-controls={slash.open ? slashListId : undefined}
            aria-activedescendant={slash.open && pointed ? slashOptionId(pointed.id) : undefined}
            enterKeyHint={sendKey === "enter" ? "send" : "enter"}
            className="max-h-[38dvh] min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2 py-1.5 text-base outline-none placeholder:text-soft"
          />
          {growing && <StopButton stopping={stopping} onStop={stop} />}
          <SendButton growing={growing} disabled={!canSend} />
        </div>
      </div>
      <ComposerHint
        tooLong={tooLong}
        onAsFile={
          onFiles &&
          (() => {
            onFiles([new File([text], t("fileName"), { type: "text/plain" })]);
            put("");
          })
        }
        holdUp={holdUp}
        growing={growing}
        stopping={stopping}
        bar={bar}
      />
    </form>
  );
}
