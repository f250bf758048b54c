/** Mark is the sign of the house: 安 under its roof, in one line. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="7" fill="#0f5a61" />
      <path
        d="M16 6v3.2M7.5 13.5V10.6h17v2.9M6.8 17.4h18.4M14.6 13.2l-3.6 8.2c3.6 1.2 8 2.8 11 5M21.8 17.6c-1.6 5-5.6 7.6-12.6 8.8"
        fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round"
      />
    </svg>
  );
}
