import type { TextJob } from '../../../electron/contract/engine-protocol.ts';
import { createRandom, hashText } from './fake-picture.ts';

const WORDS =
  'bright morning oats bottle street window kitchen quiet honest simple return open wide paper river garden market table slow warm'.split(
    ' ',
  );

/** Text that fits the job's schema, made of words that the seed chooses and of the product's name from the prompt. */
export function writeFakeText(job: TextJob): string {
  const next = createRandom(hashText(`${job.user}|${job.seed}`));
  const product = /^Product: (.+)$/m.exec(job.user)?.[1] ?? 'The product';
  if (job.jsonSchema === null) return `${product} ${pickWords(next, 20)}.`;
  return JSON.stringify(fill(job.jsonSchema, next, product));
}

function fill(schema: unknown, next: () => number, product: string): unknown {
  if (typeof schema !== 'object' || schema === null) return null;
  const get = (key: string): unknown => Reflect.get(schema, key);
  const options = get('enum');
  if (Array.isArray(options)) return options[Math.floor(next() * options.length)];
  if (get('const') !== undefined) return get('const');
  const variants = get('oneOf');
  if (Array.isArray(variants)) return fill(variants[0], next, product);
  if (get('type') === 'object') {
    const properties = get('properties');
    const entries = typeof properties === 'object' && properties !== null ? Object.entries(properties) : [];
    return Object.fromEntries(entries.map(([key, inner]) => [key, fill(inner, next, product)]));
  }
  if (get('type') === 'array') {
    const count = Math.max(Number(get('minItems') ?? 0), Math.min(2, Number(get('maxItems') ?? 2)));
    return Array.from({ length: count }, () => fill(get('items'), next, product));
  }
  if (get('type') === 'boolean') return next() < 0.5;
  if (get('type') === 'number' || get('type') === 'integer') return Math.floor(next() * 10);
  return fitWords(`${product}: ${pickWords(next, 6)}`, Number(get('maxLength') ?? 60));
}

function pickWords(next: () => number, count: number): string {
  return Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
}

/** Whole words below the limit: a text that reaches it was stopped. */
function fitWords(text: string, maxLength: number): string {
  let fitted = text;
  while (fitted.length >= maxLength && fitted.includes(' ')) fitted = fitted.slice(0, fitted.lastIndexOf(' '));
  return fitted.slice(0, maxLength).trim();
}
