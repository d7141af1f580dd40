"use client";

import { Field as Base } from "@base-ui/react/field";
import { cn } from "@/lib/cn";
import { inputField } from "./surface";

export interface FieldProps {
  label: string;
  hint?: string;
  /** Why it cannot be taken as it is. */
  problem?: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  maxLength?: number;
  /** More than one line. */
  rows?: number;
  testId?: string;
}

/** A text with its label, what there is to know about it and what is wrong with it. */
export function Field({ label, hint, problem, value, onChange, rows, testId, ...rest }: FieldProps) {
  const shared = { dir: "auto", value, "data-testid": testId, ...rest } as const;
  return (
    <Base.Root invalid={problem !== undefined} className="flex flex-col gap-1.5">
      <Base.Label className="text-sm font-medium">{label}</Base.Label>
      {rows === undefined ? (
        <Base.Control
          {...shared}
          onChange={(event) => onChange(event.target.value)}
          className={cn(inputField, "h-9")}
        />
      ) : (
        <Base.Control
          render={
            <textarea
              {...shared}
              rows={rows}
              onChange={(event) => onChange(event.target.value)}
              className={cn(inputField, "max-h-80 resize-y py-2 leading-relaxed")}
            />
          }
        />
      )}
      {hint && !problem && <Base.Description className="text-xs text-soft">{hint}</Base.Description>}
      {problem && (
        <Base.Error match className="text-xs text-danger">
          {problem}
        </Base.Error>
      )}
    </Base.Root>
  );
}
