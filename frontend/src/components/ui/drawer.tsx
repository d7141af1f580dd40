"use client";

import type { ReactNode } from "react";
import { useOpened } from "./dialog";
import { popups } from "./popups";

export interface DrawerProps {
  open: boolean;
  onClose: () => void;
  /** For screen readers. */
  title: string;
  children: ReactNode;
}

/** Over the page from where reading begins, on narrow screens. */
export function Drawer(props: DrawerProps) {
  const part = useOpened(popups, props.open, props.onClose);
  return part && <part.DrawerPopup {...props} />;
}
