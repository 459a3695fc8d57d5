/** In the browser pictures come from the host that served the page; the desktop has a scheme of its own for them. */
const isServed = typeof location === 'undefined' || location.protocol.startsWith('http');

/** Address of an object of the library by its SHA-256. The bytes behind it never change. */
export function assetUrl(hash: string): string {
  return isServed ? `/assets/${hash}` : `asset://library/${hash}`;
}

/** Address of a preview of an image that is being made. */
export function previewUrl(name: string): string {
  return isServed ? `/previews/${encodeURIComponent(name)}` : `asset://preview/${encodeURIComponent(name)}`;
}
