"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

export interface NearEndProps {
  words: string;
  loading: boolean;
  /** The last try failed: it is for the person to say when to try again. */
  failed: boolean;
  onNear: () => void;
}

const reach = "600px";

/** At the end of a list of which there is more: asks for it when it comes near, and can be pressed. */
export function NearEnd({ words, loading, failed, onNear }: NearEndProps) {
  const button = useRef<HTMLButtonElement>(null);
  const waits = loading || failed;
  useEffect(() => {
    const element = button.current;
    if (!element || waits) return;
    const root = element.closest("[data-scrolls]");
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onNear(), {
      root,
      rootMargin: reach,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [waits, onNear]);
  return (
    <Button
      ref={button}
      variant="ghost"
      aria-disabled={loading}
      onClick={() => !loading && onNear()}
      className="self-start"
    >
      {words}
    </Button>
  );
}
