"use client";

import { useState, type ReactNode, type RefObject } from "react";
import { say } from "@/i18n/spoken";
import { useLazyPart, type LazyPart } from "@/lib/lazy-part";
import { toast } from "@/lib/toast";
import { popups } from "./popups";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  width?: "sm" | "md" | "lg";
  /** Below what scrolls. */
  footer?: ReactNode;
  /** Its title without: the first button would show its tooltip, and the first Escape close only that. */
  initialFocus?: RefObject<HTMLElement | null>;
  finalFocus?: RefObject<HTMLElement | null>;
  testId?: string;
  children: ReactNode;
}

/** Something to do before going on: over the page, from below where the screen is narrow. */
export function Dialog(props: DialogProps) {
  const part = useOpened(popups, props.open, props.onClose);
  return part && <part.DialogPopup {...props} />;
}

/** What an open dialog is drawn by, from its first opening on: it also draws how it closes. */
export function useOpened<T>(part: LazyPart<T>, open: boolean, onClose: () => void): T | undefined {
  const [ever, setEver] = useState(open);
  if (open && !ever) setEver(true);
  const loaded = useLazyPart(part, open, () => {
    toast.error(say("palette")("failed"));
    onClose();
  });
  return ever ? loaded : undefined;
}
