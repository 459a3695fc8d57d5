import { X509Certificate, createPrivateKey } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { listAddresses } from './own-addresses.ts';

/** What an encrypted line needs, as PEM, and what people compare. */
export type Certificate = { readonly cert: string; readonly key: string; readonly fingerprint: string };

const DAY_MS = 24 * 3_600_000;
/** The longest that browsers accept. */
const LIFETIME_MS = 397 * DAY_MS;
/** A certificate with less left than this is made anew. */
const LEAST_LEFT_MS = 7 * DAY_MS;

/** Reads a certificate and its key from PEM files. @throws input.invalid when one cannot be read, they do not belong together, or it is out of date */
export async function readCertificate(certFile: string, keyFile: string, nowMs: number): Promise<Certificate> {
  const [cert, key] = await Promise.all([readPem('cert', certFile), readPem('key', keyFile)]);
  const parsed = parse('cert', 'a certificate in PEM form', () => new X509Certificate(cert));
  const privateKey = parse('key', 'a private key in PEM form without a password', () => createPrivateKey(key));
  if (!parsed.checkPrivateKey(privateKey)) throw refuse('key', 'does not belong to the certificate');
  if (Date.parse(parsed.validTo) <= nowMs) throw refuse('cert', `is out of date since ${parsed.validTo}`);
  if (Date.parse(parsed.validFrom) > nowMs) throw refuse('cert', `is not valid before ${parsed.validFrom}`);
  return { cert, key, fingerprint: parsed.fingerprint256 };
}

/**
 * The studio's own certificate, signed by itself. It is kept in `folder`, readable by its owner alone, so that its fingerprint stays the same
 * from start to start; it is made when there is none, when it cannot be used, and before it runs out.
 */
export async function ownCertificate(folder: string, nowMs: number): Promise<Certificate> {
  const [certFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  try {
    const kept = await readCertificate(certFile, keyFile, nowMs);
    if (Date.parse(new X509Certificate(kept.cert).validTo) - nowMs > LEAST_LEFT_MS) {
      await chmod(keyFile, 0o600);
      return kept;
    }
  } catch (error) {
    // Missing, damaged or run out: it is nobody's work, so a new one takes its place.
    if (!(error instanceof StudioError)) throw error;
  }
  const names = [hostname(), 'localhost'].map((value) => ({ type: 2 as const, value }));
  const addresses = ['127.0.0.1', ...listAddresses()].map((ip) => ({ type: 7 as const, ip }));
  // Only this needs it, and it takes longer to load than the rest of the host.
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Housestyle' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs - DAY_MS + LIFETIME_MS),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...names, ...addresses] },
    ],
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writePrivately(keyFile, made.private);
  await writePrivately(certFile, made.cert);
  return { cert: made.cert, key: made.private, fingerprint: new X509Certificate(made.cert).fingerprint256 };
}

async function writePrivately(file: string, text: string): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await rename(unfinished, file);
}

async function readPem(option: string, file: string): Promise<string> {
  try {
    if ((await stat(file)).isFile()) return await readFile(file, 'utf8');
  } catch (error) {
    throw refuse(option, 'cannot be read', error);
  }
  throw refuse(option, 'is not a file');
}

function parse<T>(option: string, wanted: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refuse(option, `is not ${wanted}`, error);
  }
}

function refuse(option: string, reason: string, cause?: unknown): StudioError {
  return new StudioError(
    'input.invalid',
    `The file of --${option} ${reason}.`,
    { issues: [{ path: option, message: reason }] },
    { cause },
  );
}
