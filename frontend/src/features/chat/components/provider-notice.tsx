"use client";

import { Popover } from "@base-ui/react/popover";
import { FlaskConical, Info } from "lucide-react";
import { useModels } from "../models/use-models";

const command =
  "bg-sunken border-line mt-1 block overflow-x-auto rounded-md border px-2.5 py-1.5 font-mono text-xs";

function EmulatorHelp() {
  return (
    <Popover.Root>
      <Popover.Trigger className="shrink-0 rounded font-medium underline underline-offset-2">
        How
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" collisionPadding={12} className="z-40">
          <Popover.Popup className="w-80 max-w-[calc(100vw-1.5rem)] popup rounded-xl border border-line bg-page p-4 text-sm text-ink shadow-lg">
            <Popover.Title className="font-semibold">Talk to Groq</Popover.Title>
            <ol className="mt-2 flex list-decimal flex-col gap-2.5 pl-5">
              <li>Get an API key from the Groq console (console.groq.com).</li>
              <li>
                Put it into the file <code className="font-mono text-xs">.env</code> in TahoChat&apos;s
                folder:
                <code className={command}>GROQ_API_KEY=gsk_…</code>
              </li>
              <li>Restart TahoChat. This notice is then gone.</li>
            </ol>
            <p className="mt-3 text-soft">
              Until then nothing you write leaves the machine that TahoChat runs on.
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Says who answers where that is not what a person would expect. */
export function ProviderNotice() {
  const data = useModels();
  if (!data) return null;
  return (
    <>
      {data.provider === "emulator" && (
        <aside
          data-testid="emulator-notice"
          aria-label="About the answers"
          className="flex items-start gap-2.5 bg-warn-wash px-4 py-2 text-xs text-warn sm:text-sm"
        >
          <FlaskConical className="mt-0.5 size-4 shrink-0" aria-hidden />
          <p className="min-w-0 flex-1">
            Answers come from the offline emulator. Set GROQ_API_KEY in .env and restart to talk to Groq.
          </p>
          <EmulatorHelp />
        </aside>
      )}
      {data.notice && (
        <aside
          data-testid="model-notice"
          aria-label="About the model"
          className="flex items-start gap-2.5 bg-accent-wash px-4 py-2 text-xs sm:text-sm"
        >
          <Info className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
          <p className="min-w-0 flex-1">{data.notice}</p>
        </aside>
      )}
    </>
  );
}
