/** TahoChat's mark: a peak and its lake inside a speech bubble. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path
        d="M9 3h14a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6h-8.6l-5.7 4.4A1 1 0 0 1 7 28.6V25a6 6 0 0 1-4-5.7V9a6 6 0 0 1 6-6Z"
        className="fill-accent"
      />
      <path
        d="m6.5 17.5 5.6-7.3a1.2 1.2 0 0 1 1.9 0l2.3 3 1.6-2a1.2 1.2 0 0 1 1.9 0l5.2 6.3Z"
        className="fill-on-accent"
      />
      <path
        d="M7 20.6c1.8-1 3.6-1 5.4 0s3.6 1 5.4 0 3.6-1 5.4 0l1.8.7"
        fill="none"
        strokeWidth="1.7"
        strokeLinecap="round"
        className="stroke-on-accent opacity-80"
      />
    </svg>
  );
}
