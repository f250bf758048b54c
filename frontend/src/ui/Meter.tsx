/** Meter is a thin bar of how much is done; the text beside it says the same. */
export function Meter({ value, of, text }: { value: number; of: number; text: string }) {
  const percent = of > 0 ? Math.round((100 * value) / of) : 0;
  return (
    <div className="meter-line">
      <span className="meter" aria-hidden>
        <i style={{ width: `${percent}%` }} />
      </span>
      <span className="number">{text}</span>
    </div>
  );
}
