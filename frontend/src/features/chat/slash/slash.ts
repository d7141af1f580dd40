import type { Command } from "@/lib/commands";
import type { Prompt } from "@/lib/protocol/rest";

/** What can be typed behind a slash. `text`: put into the composer; a command is run. */
export type SlashOption = { id: string; name: string; title: string } & (
  { text: string } | { run: () => void }
);

/** The commands that have a name behind the slash, by their ids in the registry. */
const commandNames: readonly (readonly [name: string, id: string])[] = [
  ["new", "new-chat"],
  ["stop", "stop"],
  ["retry", "regenerate"],
  ["model", "choose-model"],
  ["system", "system"],
  ["presets", "prompts"],
  ["find", "find"],
  ["rename", "rename"],
  ["settings", "settings"],
  ["help", "shortcuts"],
];

/** A preset's name as it is typed. */
export function slashName(name: string): string {
  return name.toLowerCase().replace(/\s+/g, "-");
}

export function slashOptions(prompts: readonly Prompt[], commands: readonly Command[]): SlashOption[] {
  const presets = prompts
    .filter(({ kind }) => kind === "message")
    .map(({ id, name, text }) => ({ id: `prompt-${id}`, name: slashName(name), title: text, text }));
  const known = new Map(commands.map((command) => [command.id, command]));
  const actions = commandNames.flatMap(([name, id]) => {
    const command = known.get(id);
    return command ? [{ id, name, title: command.title, run: command.run }] : [];
  });
  return [...presets, ...actions];
}

/** What is looked for behind a slash at the beginning; null where the text is no slash command. */
export function slashQuery(text: string): string | null {
  return /^\/[^\n/]{0,64}$/.test(text) ? slashName(text.slice(1)) : null;
}

/** Those whose name begins with the query, then those with a word that does. */
export function matchSlash(options: readonly SlashOption[], query: string): SlashOption[] {
  const begins = options.filter(({ name }) => name.startsWith(query));
  if (query === "") return begins;
  const words = (option: SlashOption) =>
    `${option.name} ${"run" in option ? option.title : ""}`.toLowerCase().split(/[\s-]+/);
  return [
    ...begins,
    ...options.filter(
      (option) => !begins.includes(option) && words(option).some((word) => word.startsWith(query)),
    ),
  ];
}
