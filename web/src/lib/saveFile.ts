/** Gives a blob to the browser as a download. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = window.document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers read the blob after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(address), 30_000);
}
