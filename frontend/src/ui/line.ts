/** lineAt is where a line of a text begins and ends, lines counted from 1. */
export function lineAt(text: string, line: number): [number, number] {
  let from = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf("\n", from);
    if (end < 0) return [text.length, text.length];
    from = end + 1;
  }
  const end = text.indexOf("\n", from);
  return [from, end < 0 ? text.length : end];
}
