import { createHighlighterCore, type GrammarState, type HighlighterCore, type ThemedToken } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { grammars, type Grammar } from "./grammars";

let highlighter: Promise<HighlighterCore> | undefined;

/** The JavaScript engine: the default one is WebAssembly, which the page's security policy forbids. */
function getHighlighter(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [
      import("shiki/themes/github-light-high-contrast.mjs"),
      import("shiki/themes/github-dark-default.mjs"),
    ],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return highlighter;
}

export interface Coloured {
  lines: ThemedToken[][];
  /** What the next piece of the same code goes on from. */
  end: GrammarState | undefined;
}

/** Colours a piece of code that goes on from `from`. */
export type Colour = (piece: string, from: GrammarState | undefined) => Coloured;

/**
 * Loads a language. Each token has a colour per theme in `htmlStyle`; of GitHub's themes these two keep 4.5:1 against
 * the page's own code background.
 */
export async function colourOf(grammar: Grammar): Promise<Colour> {
  const core = await getHighlighter();
  if (!core.getLoadedLanguages().includes(grammar)) await core.loadLanguage(grammars[grammar]());
  return (piece, from) => {
    const { tokens, grammarState } = core.codeToTokens(piece, {
      lang: grammar,
      themes: { light: "github-light-high-contrast", dark: "github-dark-default" },
      defaultColor: false,
      cssVariablePrefix: "--token-",
      tokenizeMaxLineLength: 1_000,
      // A line that is given up leaves all that follow in its colours: only one that would hold up the page is.
      tokenizeTimeLimit: 250,
      ...(from ? { grammarState: from } : {}),
    });
    return { lines: tokens, end: grammarState };
  };
}
