import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/lib/cn";

export interface StateMessageProps {
  icon: LucideIcon;
  title: string;
  /** What it means for the person. */
  children?: ReactNode;
  /** What there is to do about it: buttons and links. */
  actions?: ReactNode;
  /** Beside other things rather than in their place. */
  small?: boolean;
  /** The level of its heading. */
  level?: 1 | 2;
  role?: "alert" | "status";
  testId?: string;
}

/** Nothing here, not found, failed, offline: what a place says when it has nothing to show. */
export function StateMessage({ icon: Icon, title, small = false, level = 1, ...props }: StateMessageProps) {
  const Heading = small ? "p" : level === 1 ? "h1" : "h2";
  return (
    <div
      role={props.role}
      data-testid={props.testId}
      className={cn(
        "flex flex-col items-center justify-center text-center",
        small ? "gap-2 px-4 py-8" : "flex-1 gap-3 px-4 py-12",
      )}
    >
      <span
        className={cn(
          "flex items-center justify-center rounded-full bg-hover text-soft",
          small ? "size-10" : "size-14",
        )}
      >
        <Icon className={small ? "size-5" : "size-7"} aria-hidden />
      </span>
      <Heading className={cn("font-semibold text-balance", small ? "text-sm" : "text-lg")}>{title}</Heading>
      {props.children && (
        <div className={cn("max-w-sm text-sm text-balance text-soft", small && "text-xs")}>
          {props.children}
        </div>
      )}
      {props.actions && <div className="mt-2 flex flex-wrap justify-center gap-2">{props.actions}</div>}
    </div>
  );
}
