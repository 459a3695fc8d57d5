import type { FastifyHelmetOptions } from '@fastify/helmet';

/** The page may load its own files, pictures and sounds of the library, talk to its own socket, and nothing else. */
export const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'media-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** For what is served to be looked at inside the page only: opened by itself, it may do nothing. */
export const OBJECT_SECURITY_POLICY = "default-src 'none'; sandbox";

export const helmetOptions: FastifyHelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
  crossOriginEmbedderPolicy: true,
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  // The next start may speak plain HTTP again; a promise of HTTPS would lock people out.
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
};
