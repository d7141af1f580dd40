import type { Model, Models } from "@/lib/protocol/rest";

export function seeingModels({ models }: Models): Model[] {
  return models.filter(({ features }) => features.includes("vision"));
}

/** Whether the model is known not to see: of a provider that says nothing of what its models take, none is. */
export function seesNot(models: Models, id: string | undefined): boolean {
  const model = models.models.find((known) => known.id === (id ?? models.default_model));
  return model !== undefined && model.features.length > 0 && !model.features.includes("vision");
}
