import type { LucideIcon } from "lucide-react";

interface CodeButtonProps {
  icon: LucideIcon;
  label: string;
  /** Shown beside the icon. */
  words?: string;
  pressed?: boolean;
  onClick: () => void;
}

export function CodeButton({ icon: Icon, label, words, pressed, onClick }: CodeButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      aria-pressed={pressed}
      title={words ? undefined : label}
      className="flex h-7 min-w-7 items-center justify-center gap-1.5 rounded-md px-1.5 text-xs text-soft transition-colors hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink"
    >
      <Icon className="size-3.5 rtl:-scale-x-100" aria-hidden />
      {words}
    </button>
  );
}
