const SIDE = 512;
const SMALL_BYTES = 150_000;

/** A photo as large as the product ever shows one; crop is not needed, weight is what costs. */
export async function smallPicture(file: File): Promise<File> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL_BYTES) return file;
  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  // WebP keeps what is transparent in a logo; browsers that cannot write it write PNG.
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.86));
  if (!blob) return file;
  const name = file.name.replace(/\.[^.]*$/, blob.type === 'image/webp' ? '.webp' : '.png');
  return new File([blob], name, { type: blob.type });
}
