import type { AnchorHTMLAttributes } from "react";
import { cn } from "@/lib/cn";

/** A link that looks like the first thing to do. */
export function ButtonLink({ className, ...props }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      className={cn(
        "inline-flex h-9 items-center gap-2 rounded-lg bg-accent px-4 text-sm font-medium text-on-accent transition-colors hover:bg-accent-strong",
        className,
      )}
      {...props}
    />
  );
}
