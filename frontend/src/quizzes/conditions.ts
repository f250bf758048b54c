/** localOf is an instant as an input of type datetime-local wants it, where the reader is. */
export function localOf(instant: string | null): string {
  if (!instant) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** instantOf is the instant of such an input; undefined when it is empty. */
export function instantOf(local: string): string | undefined {
  return local === "" ? undefined : new Date(local).toISOString();
}

/** networksOf reads a unit and a network a line; what is neither goes to the server, which says so. */
export function networksOf(text: string): { unit: string; network: string }[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const [unit = "", ...rest] = line.split(/[\s,，]+/);
    return { unit, network: rest.join(" ") };
  });
}
