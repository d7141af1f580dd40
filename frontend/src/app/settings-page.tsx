"use client";

import { PromptsSettings } from "@/features/chat/prompts/prompts-settings";
import { OfflineSettings } from "@/features/offline/offline-settings";
import { SettingsView } from "@/features/settings/settings-view";
import { TransferSettings } from "@/features/transfer/transfer-settings";
import { ToolsMenu } from "@/features/tools/tools-menu";

/** The settings with what other features have to set. */
export function SettingsPage({ onShortcuts }: { onShortcuts: () => void }) {
  return (
    <SettingsView onShortcuts={onShortcuts} tools={<ToolsMenu />} prompts={<PromptsSettings />}>
      <OfflineSettings />
      <TransferSettings />
    </SettingsView>
  );
}
