"use client";

import { Button } from "@/components/ui/button";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
      <h1 className="text-lg font-semibold">Something went wrong on this page</h1>
      <p className="max-w-sm text-sm text-soft">Your conversations are safe on the server.</p>
      <Button variant="primary" onClick={reset}>
        Show it again
      </Button>
    </main>
  );
}
