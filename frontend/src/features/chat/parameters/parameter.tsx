"use client";

import { RotateCcw } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Slider } from "@/components/ui/slider";

export interface ParameterProps {
  label: string;
  /** Undefined: as it comes. */
  value: number | undefined;
  /** Where the slider stands then. */
  usual: number;
  min: number;
  max: number;
  step: number;
  words: (value: number) => string;
  onChange: (value: number | undefined) => void;
}

/** A number that is left to the model until somebody moves it, and can be given back. */
export function Parameter({ label, value, usual, min, max, step, words, onChange }: ParameterProps) {
  const t = useTranslations("prompts");
  const [moved, setMoved] = useState<number | null>(null);
  const shown = moved ?? value;
  return (
    <div className="flex items-end gap-1">
      <div className="min-w-0 flex-1">
        <Slider
          label={label}
          shown={shown === undefined ? t("byDefault") : words(shown)}
          value={shown ?? usual}
          min={min}
          max={max}
          step={step}
          onChange={setMoved}
          onCommit={(next) => {
            setMoved(null);
            onChange(next);
          }}
        />
      </div>
      <IconButton
        size="sm"
        side="top"
        label={t("reset", { name: label })}
        // Not disabled: a button that goes takes the focus along.
        aria-disabled={shown === undefined}
        className="-mb-1 aria-disabled:opacity-40"
        onClick={() => shown !== undefined && onChange(undefined)}
      >
        <RotateCcw className="size-3.5" aria-hidden />
      </IconButton>
    </div>
  );
}
