import { BufferSource, Input, MP3, MP4, OGG, WAVE } from 'mediabunny';
import type { InputFormat } from 'mediabunny';
import type { MediaFile } from './media-file.ts';
import { readFlacSeconds } from './flac-length.ts';
import { refuseMedia } from './refuse-media.ts';

const mediaTypes = new Map<InputFormat, string>([
  [WAVE, 'audio/wav'],
  [MP3, 'audio/mpeg'],
  [MP4, 'audio/mp4'],
  [OGG, 'audio/ogg'],
]);
const MAX_HOURS = 24;

/** How long a sound is, which reads its frames but decodes none. @throws library.unsupportedFile naming the file, also for a film */
export async function readSound(bytes: Uint8Array, name: string): Promise<MediaFile> {
  const flacSeconds = readFlacSeconds(bytes);
  const { mediaType, seconds } =
    flacSeconds === null ? await measure(bytes, name) : { mediaType: 'audio/flac', seconds: flacSeconds };
  if (mediaType === undefined || !(seconds > 0)) return refuseSound(name);
  if (seconds > MAX_HOURS * 3600) return refuseMedia(name, `it is longer than ${MAX_HOURS} hours`);
  return { medium: 'audio', mediaType, durationMs: Math.round(seconds * 1000) };
}

async function measure(
  bytes: Uint8Array,
  name: string,
): Promise<{ readonly mediaType: string | undefined; readonly seconds: number }> {
  const input = new Input({ formats: [...mediaTypes.keys()], source: new BufferSource(bytes) });
  try {
    const mediaType = mediaTypes.get(await input.getFormat());
    if ((await input.getPrimaryVideoTrack()) !== null) return refuseFilm(name);
    if ((await input.getPrimaryAudioTrack()) === null) return refuseSound(name);
    return { mediaType, seconds: await input.computeDuration() };
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'StudioError') throw cause;
    return refuseSound(name, cause);
  } finally {
    input.dispose();
  }
}

export function refuseFilm(name: string): never {
  return refuseMedia(name, 'films cannot be brought in yet; pictures, sounds and documents can');
}

function refuseSound(name: string, cause?: unknown): never {
  return refuseMedia(name, 'it is no whole sound that can be read (WAV, MP3, M4A, OGG or FLAC)', cause);
}
