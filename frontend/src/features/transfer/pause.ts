/** Between two questions how far it is. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}
