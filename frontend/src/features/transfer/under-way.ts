const key = "tahochat.import";

/** The import that the server is at: its id and the file's name. */
export interface UnderWay {
  id: string;
  name: string;
}

/** Kept by this tab; a browser that keeps nothing forgets it. */
export const underWay = {
  keep(job: UnderWay): void {
    attempt(() => sessionStorage.setItem(key, JSON.stringify(job)));
  },
  kept(): UnderWay | undefined {
    const job = attempt(() => JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<UnderWay> | null);
    return typeof job?.id === "string" && typeof job.name === "string"
      ? { id: job.id, name: job.name }
      : undefined;
  },
  forget(): void {
    attempt(() => sessionStorage.removeItem(key));
  },
};

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
