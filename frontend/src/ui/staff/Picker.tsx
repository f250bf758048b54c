import { Select, type SelectProps } from "antd";

interface Props<V> extends Omit<SelectProps<V>, "popupRender" | "getPopupContainer" | "aria-label"> { id: string; label: string }

/**
 * Picker is a list that can be searched. Its popup lies beside it on the page,
 * so that it belongs to the same landmark, and carries the same name.
 */
export function Picker<V>({ label, style, showSearch, ...rest }: Props<V>) {
  const name = (popup: HTMLElement | null) => popup?.querySelectorAll("[role=listbox]").forEach((list) => list.setAttribute("aria-label", label));
  return (
    <Select<V>
      {...rest}
      showSearch={showSearch ?? { optionFilterProp: "label" }}
      style={{ width: "100%", maxWidth: "100%", ...style }}
      getPopupContainer={(box: HTMLElement) => box.parentElement ?? document.body}
      popupRender={(menu) => <div ref={name}>{menu}</div>}
    />
  );
}
