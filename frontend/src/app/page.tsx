import { Suspense } from "react";
import { Logo } from "@/components/ui/logo";
import { ChatPage } from "./chat-page";

export default function Page() {
  return (
    <Suspense
      fallback={
        <div role="status" className="flex h-dvh items-center justify-center">
          <Logo className="breathe size-10" />
          <span className="sr-only">TahoChat is loading</span>
        </div>
      }
    >
      <ChatPage />
    </Suspense>
  );
}
