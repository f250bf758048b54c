// A device whose storage does not keep anything.
function refuse(): never {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

const refusals = {
  /** Full, or closed to this page: every call is refused. */
  full: { configurable: true, value: new Proxy({}, { get: () => refuse, ownKeys: refuse }) },
  /** Forbidden: it may not even be named. */
  forbidden: { configurable: true, get: refuse },
};

/** withStorage does something on a device whose storage is full or forbidden. */
export async function withStorage(how: keyof typeof refusals, work: () => unknown): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", refusals[how]);
  try {
    await work();
  } finally {
    if (before) Object.defineProperty(globalThis, "localStorage", before);
  }
}
