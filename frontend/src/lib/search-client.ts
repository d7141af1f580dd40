import { request } from "./api-client";
import type { SearchResults, SearchState } from "./protocol/search";

/** `query`: the parameters of `GET /search`. */
export async function searchMessages(query: URLSearchParams, signal?: AbortSignal): Promise<SearchResults> {
  return (await (await request(`/search?${query}`, { signal })).json()) as SearchResults;
}

export async function getSearchState(signal?: AbortSignal): Promise<SearchState> {
  return (await (await request("/search/state", { signal })).json()) as SearchState;
}
