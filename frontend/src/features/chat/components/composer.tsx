"use client";

import { ArrowUp, Square } from "lucide-react";
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
import { composes, isTooLong, joinAt } from "../typing";

export interface ComposerProps {
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

function hintFor(growing: boolean, stopping: boolean): string {
  if (growing && stopping) return "Stopping the reply…";
  if (growing) return "Enter sends: the message waits for the end of this reply.";
  return "Enter sends, Shift+Enter starts a new line. Replies can be wrong.";
}

export function Composer(props: ComposerProps) {
  const { text, onText, onSend, onStop, growing, stopping, focusKey, ref } = props;
  const { above, tools, hasFiles = false, holdUp, onFiles, bar } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const tooLong = isTooLong(text);
  const canSend = (text.trim() !== "" || hasFiles) && !tooLong && holdUp === undefined;

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert: (words) => {
      const element = area.current;
      if (!element) return;
      const joined = joinAt(element.value, words, element.selectionStart, element.selectionEnd);
      // Before the cursor is set: it has to be in the text by then.
      flushSync(() => onText(joined.text));
      element.focus();
      element.setSelectionRange(joined.cursor, joined.cursor);
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
    // The button goes away with the reply's end; the focus would go with it.
    area.current?.focus();
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
    if (event.key !== "Enter" || event.shiftKey || composes(event)) return;
    event.preventDefault();
    submit();
  };

  return (
    <form onSubmit={submit} aria-label="Write a message">
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
            value={text}
            onChange={(event) => onText(event.target.value)}
            onKeyDown={keyDown}
            onPaste={paste}
            rows={1}
            placeholder="Message TahoChat"
            aria-label="Message"
            aria-invalid={tooLong}
            aria-describedby="composer-hint"
            className="max-h-[38dvh] min-h-9 min-w-0 flex-1 resize-none bg-transparent px-2 py-1.5 text-base outline-none placeholder:text-soft"
          />
          {growing && (
            <button
              type="button"
              data-testid="stop"
              aria-label="Stop the reply"
              title="Stop the reply"
              aria-pressed={stopping}
              onClick={stop}
              className="flex size-9 shrink-0 items-center justify-center rounded-xl border border-line text-ink transition-colors hover:bg-hover aria-pressed:bg-hover aria-pressed:text-soft"
            >
              <Square className={cn("size-3.5 fill-current", stopping && "breathe")} aria-hidden />
            </button>
          )}
          <button
            type="submit"
            data-testid="send"
            aria-label={growing ? "Send after this reply" : "Send"}
            title={growing ? "Send after this reply" : "Send"}
            disabled={!canSend}
            className="flex size-9 shrink-0 items-center justify-center rounded-xl bg-accent text-on-accent transition-colors hover:bg-accent-strong disabled:bg-hover disabled:text-soft"
          >
            <ArrowUp className="size-4.5" aria-hidden />
          </button>
        </div>
      </div>
      <div className="mt-1 flex min-h-7 flex-wrap items-center justify-between gap-x-3">
        {bar}
        <p
          id="composer-hint"
          className={cn(
            "flex-1 text-xs",
            bar ? "text-end" : "text-center",
            tooLong ? "text-danger" : "text-soft",
          )}
        >
          {tooLong ? (
            "This message is too long to send: 48 KiB is the limit, less with many quotes and line breaks."
          ) : holdUp ? (
            <span role="status">{holdUp}</span>
          ) : (
            <span className={cn(!stopping && "max-sm:sr-only")}>{hintFor(growing, stopping)}</span>
          )}
        </p>
      </div>
    </form>
  );
}
