"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Button } from "@/components/ui/button";
import type { ConversationSummary } from "@/lib/protocol/rest";

export interface DeleteDialogProps {
  conversation: ConversationSummary | null;
  onCancel: () => void;
  onConfirm: (id: number) => void;
}

export function DeleteDialog({ conversation, onCancel, onConfirm }: DeleteDialogProps) {
  return (
    <AlertDialog.Root open={conversation !== null} onOpenChange={(open) => !open && onCancel()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop fixed inset-0 z-40 bg-[#0009]" />
        <AlertDialog.Popup className="popup fixed top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-2xl border border-line bg-page p-5 shadow-xl outline-none">
          <AlertDialog.Title className="text-lg font-semibold">Delete this conversation?</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm break-words text-soft">
            “{conversation?.title}” and all its messages will be gone. This cannot be undone.
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close render={<Button>Keep it</Button>} />
            <Button
              variant="danger"
              data-testid="confirm-delete"
              onClick={() => conversation && onConfirm(conversation.id)}
            >
              Delete
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
