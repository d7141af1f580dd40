import { Logo } from "@/components/ui/logo";

export function LoadingPage() {
  return (
    <div role="status" className="flex h-dvh items-center justify-center">
      <Logo className="breathe size-10" />
      <span className="sr-only">TahoChat is loading</span>
    </div>
  );
}
