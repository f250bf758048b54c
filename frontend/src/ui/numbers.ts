/** numbers writes statistics; what cannot be told is a dash. */
export const numbers = {
  percent: (x: number | null) => (x === null ? "–" : `${Math.round(x * 100)}%`),
  two: (x: number | null) => (x === null ? "–" : x.toFixed(2).replace("-", "−")),
  points: (x: number | null) => (x === null ? "–" : `${x > 0 ? "+" : ""}${(x * 100).toFixed(1)}`.replace("-", "−")),
};
