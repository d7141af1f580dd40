"use client";

import type { ReactElement, ReactNode } from "react";
import { Opener } from "@/components/ui/opener";
import { lazyPart } from "@/lib/lazy-part";
import type { Model } from "@/lib/protocol/rest";
import type { EffortMenuProps } from "./effort-menu";

const popup = lazyPart(() => import("./model-popup"));

export interface ModelMenuProps {
  trigger: ReactElement;
  label: string;
  models: Model[];
  value: string | undefined;
  onPick: (model: string) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Above the models. */
  note?: ReactNode;
  /** Below the models. */
  effort?: EffortMenuProps;
}

/** A menu of models; where there are many, with a field to find one. */
export function ModelMenu({ trigger, ...props }: ModelMenuProps) {
  return (
    <Opener
      trigger={trigger}
      opens="menu"
      part={popup}
      wanted={props.open}
      onMissing={() => props.onOpenChange?.(false)}
    >
      {({ ModelPopup }, adopted) => <ModelPopup trigger={adopted} {...props} />}
    </Opener>
  );
}
