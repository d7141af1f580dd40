import { formatsOf } from "@/i18n/formats";
import { say, spokenTag } from "@/i18n/spoken";

/** A tenth of a second is the least that says something. */
export function formatThinking(seconds: number): string {
  return formatsOf(spokenTag(), say("units")).thinking(seconds);
}
