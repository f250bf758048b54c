/** pastedImage is the picture on a clipboard, if there is one, with a name of its own. */
export function pastedImage(clipboard: DataTransfer): File | undefined {
  const image = [...clipboard.files].find((f) => f.type.startsWith("image/"));
  if (!image) return undefined;
  const ending = image.type === "image/jpeg" ? "jpg" : image.type.slice("image/".length);
  return new File([image], `pasted-${Date.now()}.${ending}`, { type: image.type });
}
