import { renderUnicodeCompact } from 'uqr';

export type Announced = {
  readonly url: string;
  /** Addresses with the token that other machines reach. */
  readonly others: readonly string[];
  /** SHA-256 of the certificate, or null on a line that is not encrypted. */
  readonly fingerprint: string | null;
  /** Whether the certificate was signed by the studio itself, so that browsers warn of it. */
  readonly isOwnCertificate: boolean;
};

/** What a host says when it listens: where it is, who can reach it, and whether others can read along. */
export function announce({ url, others, fingerprint, isOwnCertificate }: Announced): string {
  const parts = [
    `Housestyle is at\n\n  ${url}\n\nWhoever has this address comes in as the owner. To let others in as themselves, invite them.`,
  ];
  const [first] = others;
  if (first !== undefined) {
    parts.push(`Other machines reach it at\n\n${others.map((other) => `  ${other}`).join('\n')}`);
    parts.push(renderUnicodeCompact(first, { border: 2 }));
    if (fingerprint === null)
      parts.push(
        'The line is not encrypted: whoever shares the network can read what passes, this address with its token too. --tls encrypts it.',
      );
  }
  if (fingerprint !== null)
    parts.push(`The line is encrypted. Fingerprint of the certificate (SHA-256):\n\n  ${fingerprint}`);
  if (isOwnCertificate)
    parts.push(
      'The studio made this certificate itself, so browsers warn of it once: go on only when they show the same fingerprint.',
    );
  return parts.join('\n\n');
}
