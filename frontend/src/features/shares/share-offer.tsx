"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { toast } from "@/lib/toast";
import { getAccess } from "@/lib/api-client";
import { useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { useLazy } from "@/lib/use-lazy";

const loadDialog = () => import("./share-dialog");

/** Offers to share the shown conversation, in its menu and in the palette, where the server has that switched on. */
export function ShareOffer({ id, title }: { id: number; title: string }) {
  const t = useTranslations("shares");
  const group = useTranslations("conversations")("group");
  const { data } = useQuery({
    queryKey: ["access"],
    queryFn: ({ signal }) => getAccess(signal),
    staleTime: Infinity,
  });
  const on = data?.shares === true;
  const [open, setOpen] = useState(false);
  useCommands(
    useMemo(
      () =>
        on
          ? [{ id: "share", title: t("command"), keywords: t("keywords"), group, run: () => setOpen(true) }]
          : [],
      [on, t, group],
    ),
  );
  const close = useCallback(() => {
    setOpen(false);
    focusWhereLost(mainField);
  }, []);
  const failed = () => {
    toast.error(t("notLoaded"));
    close();
  };
  const dialog = useLazy(open, loadDialog, failed);
  return dialog && <dialog.ShareDialog open={open} id={id} title={title} onClose={close} />;
}
