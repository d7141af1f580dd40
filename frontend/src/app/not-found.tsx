export default function NotFound() {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-3 px-4 text-center">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <p className="text-sm text-soft">The address may be mistyped.</p>
      {/* A full load on purpose: this page may have been reached from outside the app. */}
      {/* eslint-disable-next-line @next/next/no-html-link-for-pages */}
      <a href="/" className="text-sm text-accent underline underline-offset-4">
        Go to the chat
      </a>
    </main>
  );
}
