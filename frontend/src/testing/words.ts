import { formatsOf } from "@/i18n/formats";
import { say } from "@/i18n/spoken";

/** For tests of functions that take words: the English ones. */
export const english = say;

export const englishFormats = formatsOf("en", say("units"));
