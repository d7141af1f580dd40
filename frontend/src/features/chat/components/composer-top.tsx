"use client";

import { FileTray } from "../attachments/file-tray";
import { SeeingHint } from "../attachments/seeing-hint";
import type { Files } from "../attachments/use-files";
import type { ModelChoice } from "../models/choice";
import { useModels } from "../models/use-models";
import { VoiceBar } from "../voice/voice-bar";
import type { Voice } from "../voice/use-voice";

export interface ComposerTopProps {
  files: Files;
  voice: Voice;
  choice: ModelChoice;
  onChoose: (choice: ModelChoice) => void;
}

/** Above the text: what goes with it, and what is being spoken. */
export function ComposerTop({ files, voice, choice, onChoose }: ComposerTopProps) {
  const models = useModels();
  const hasPictures = files.ready.some(({ kind }) => kind === "image");
  return (
    <>
      <VoiceBar voice={voice} />
      {hasPictures && (
        <SeeingHint
          models={models}
          model={choice.model}
          onChoose={(model) => onChoose({ ...choice, model, effort: undefined })}
        />
      )}
      <FileTray files={files} />
    </>
  );
}
