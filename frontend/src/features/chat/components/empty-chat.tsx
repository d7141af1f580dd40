import { Logo } from "@/components/ui/logo";

const suggestions = [
  { title: "Explain a thing", prompt: "Explain how tides work, for someone who has never seen the sea." },
  {
    title: "Write some code",
    prompt: "Write a TypeScript function that groups a list by key, with an example.",
  },
  {
    title: "Compare in a table",
    prompt: "Compare SQLite and PostgreSQL for a small web service in a table.",
  },
  { title: "Show the maths", prompt: "Derive the quadratic formula step by step, with the maths." },
];

export function EmptyChat({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <div className="rise flex flex-1 flex-col items-center justify-center gap-5 py-4 sm:gap-8 sm:py-10">
      <div className="flex flex-col items-center gap-3 text-center sm:gap-4">
        <Logo className="size-10 sm:size-12" />
        <h1 className="text-lg font-semibold tracking-tight text-balance sm:text-xl">
          What would you like to know?
        </h1>
      </div>
      <ul className="grid w-full gap-2 sm:grid-cols-2">
        {suggestions.map(({ title, prompt }) => (
          <li key={title} className="min-w-0">
            <button
              type="button"
              onClick={() => onPick(prompt)}
              className="flex h-full w-full flex-col gap-0.5 rounded-xl border border-line px-4 py-2.5 text-left text-sm transition-colors hover:border-accent hover:bg-accent-wash sm:py-3"
            >
              <span className="font-medium">{title}</span>
              <span className="text-soft max-sm:truncate">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
