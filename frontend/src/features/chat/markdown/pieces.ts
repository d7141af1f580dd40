/** So many lines are coloured, and drawn again, at once. */
export const linesOfPiece = 40;

/** A line may be longer; then it is a piece alone. */
const longestPiece = 4_000;

/**
 * Code in pieces of whole lines; all but the last stay as they are when the code grows. One after the other they are
 * the code.
 */
export function piecesOf(code: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let count = 0;
  for (let end = code.indexOf("\n"); end >= 0; end = code.indexOf("\n", end + 1)) {
    count += 1;
    if (count < linesOfPiece && end - start < longestPiece) continue;
    pieces.push(code.slice(start, end + 1));
    start = end + 1;
    count = 0;
  }
  if (start < code.length) pieces.push(code.slice(start));
  return pieces;
}
