"use client";

import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cn } from "@/lib/cn";
import { lazyPart } from "@/lib/lazy-part";

/** Shows what buttons with `data-tooltip` are called. */
export const tooltipPart = lazyPart(() => import("./tooltips"));

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  label: string;
  children: ReactNode;
  side?: "top" | "bottom" | "right";
  size?: "sm" | "md";
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  children,
  side = "bottom",
  size = "md",
  className,
  ...props
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tooltip={side}
      className={cn(
        "inline-flex shrink-0 items-center justify-center rounded-lg text-soft transition-colors hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40",
        size === "sm" ? "size-8" : "size-9",
        className,
      )}
      {...props}
    >
      {children}
    </button>
  );
}
