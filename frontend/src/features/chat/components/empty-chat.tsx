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
    <div className="rise flex flex-1 flex-col items-center justify-center gap-8 py-10">
      <div className="flex flex-col items-center gap-4 text-center">
        <Logo className="size-12" />
        <h1 className="text-xl font-semibold tracking-tight text-balance">What would you like to know?</h1>
      </div>
      <ul className="grid w-full gap-2 sm:grid-cols-2">
        {suggestions.map(({ title, prompt }) => (
          <li key={title}>
            <button
              type="button"
              onClick={() => onPick(prompt)}
              className="flex h-full w-full flex-col gap-0.5 rounded-xl border border-line px-4 py-3 text-left text-sm transition-colors hover:border-accent hover:bg-accent-wash"
            >
              <span className="font-medium">{title}</span>
              <span className="text-soft">{prompt}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
