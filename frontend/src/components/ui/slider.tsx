"use client";

import { Slider as Base } from "@base-ui/react/slider";

export interface SliderProps {
  label: string;
  /** The value in words, beside the label. */
  shown: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** The person let go. */
  onCommit?: (value: number) => void;
}

export function Slider({ label, shown, value, min, max, step, onChange, onCommit }: SliderProps) {
  return (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      onValueChange={onChange}
      onValueCommitted={onCommit}
      className="flex flex-col gap-2"
    >
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <Base.Label>{label}</Base.Label>
        <span className="text-soft tabular-nums">{shown}</span>
      </div>
      <Base.Control className="flex h-6 touch-none items-center px-2 select-none">
        <Base.Track className="h-1.5 w-full rounded-full bg-hover">
          <Base.Indicator className="rounded-full bg-accent" />
          <Base.Thumb
            aria-label={label}
            getAriaValueText={() => shown}
            className="size-4.5 rounded-full border-2 border-accent bg-page has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
