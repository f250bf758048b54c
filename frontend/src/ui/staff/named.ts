/** named is a code with the name of what it means, where it has one. */
export const named = (code: string, name: string | null) => (code && name ? `${code} ${name}` : code);
