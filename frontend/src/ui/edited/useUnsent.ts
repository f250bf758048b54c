import { useState } from "react";
import type { Stored } from "./EditedText";
import { type Edited, useEdited } from "./useEdited";

/** Unsent are words that nobody has until they are sent. */
export interface Unsent<T> extends Edited<T> {
  /** The words went out: nothing of them stays on this device. */
  sent: () => void;
}

/** useUnsent edits what the server does not keep until it is sent by a button: a reason, a note, a form. Unsettled belongs on the page as for every edited text. */
export function useUnsent<T>(name: string, blank: T): Unsent<T> {
  const [stored] = useState<Stored<T>>({ edition: 0, editor: "", value: blank });
  const edited = useEdited({ name, stored });
  return { ...edited, sent: () => edited.forget(stored) };
}
