import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  Mp4OutputFormat,
  OggOutputFormat,
  Output,
} from 'mediabunny';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openMedia } from '../../../../electron/readers/media/open-media.ts';
import { makePhotograph, makeWav, makeWordDocument } from '../../../support/own-files.ts';

/** A sound of packets that nobody decodes. */
async function mux(
  format: Mp4OutputFormat | OggOutputFormat,
  codec: 'aac' | 'opus',
  config: AudioDecoderConfig,
  stepSeconds: number,
) {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  const packet = new Uint8Array([0xfc, 0xff, 0xfe]);
  for (let at = 0; at < 100; at += 1)
    await source.add(new EncodedPacket(packet, 'key', at * stepSeconds, stepSeconds), { decoderConfig: config });
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer());
}
const opusHead = Buffer.concat([Buffer.from('OpusHead'), Buffer.from([1, 2, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0])]);
const stereo = { numberOfChannels: 2, sampleRate: 48_000 };

/** A FLAC of so many samples at 48 kHz as its head says it; what follows is no frame. */
function makeFlac(samples: number, restBytes = 16): Uint8Array {
  const info = Buffer.alloc(34);
  info.writeUInt32BE(((48_000 << 12) | (1 << 9) | (15 << 4)) >>> 0, 10);
  info.writeUInt32BE(samples, 14);
  return new Uint8Array(Buffer.concat([Buffer.from('fLaC\x80\0\0\x22', 'latin1'), info, Buffer.alloc(restBytes)]));
}

/** Frames of layer III at 128 kbit/s and 44.1 kHz. */
function makeMp3(frames: number): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  return new Uint8Array(Buffer.concat(Array.from({ length: frames }, () => frame)));
}

describe('openMedia', () => {
  it('says how long a sound is in every kind that is taken, whatever its name says', async () => {
    const aac = { codec: 'mp4a.40.2', ...stereo, description: new Uint8Array([0x11, 0x90]) };
    const opus = { codec: 'opus', ...stereo, description: new Uint8Array(opusHead) };
    const sounds = [
      await openMedia(new Uint8Array(makeWav(2)), 'a'),
      await openMedia(makeMp3(100), 'b.jpg'),
      await openMedia(await mux(new Mp4OutputFormat(), 'aac', aac, 0.02), 'c'),
      await openMedia(await mux(new OggOutputFormat(), 'opus', opus, 0.02), 'd'),
      await openMedia(makeFlac(96_000), 'e'),
    ];
    expect(sounds).toEqual([
      { medium: 'audio', mediaType: 'audio/wav', durationMs: 2000 },
      { medium: 'audio', mediaType: 'audio/mpeg', durationMs: 2612 },
      { medium: 'audio', mediaType: 'audio/mp4', durationMs: 2000 },
      { medium: 'audio', mediaType: 'audio/ogg', durationMs: 2000 },
      { medium: 'audio', mediaType: 'audio/flac', durationMs: 2000 },
    ]);
  });

  it('comes back from a FLAC that ends with its head', async () => {
    await expect(openMedia(makeFlac(96_000, 0), 'a.flac')).rejects.toThrow(/no whole sound/);
  });

  it('keeps what is clear in a picture, makes 16 bits and four inks into plain sRGB, and loses nothing of a PNG', async () => {
    const clear = await sharp({
      create: { width: 6, height: 4, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    const opened = await openMedia(new Uint8Array(clear), 'a.png');
    if (opened.medium !== 'picture') throw new Error('no picture');
    expect(await sharp(opened.plain).raw().toBuffer()).toEqual(await sharp(clear).raw().toBuffer());
    const inks = await sharp(await makePhotograph())
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    const printed = await openMedia(new Uint8Array(inks), 'a.jpg');
    if (printed.medium !== 'picture') throw new Error('no picture');
    expect(await sharp(printed.plain).metadata()).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
    const deep = await sharp(clear).toColourspace('rgb16').tiff().toBuffer();
    const shallow = await openMedia(new Uint8Array(deep), 'a.tif');
    if (shallow.medium !== 'picture') throw new Error('no picture');
    expect([shallow.mediaType, (await sharp(shallow.plain).metadata()).depth]).toEqual(['image/tiff', 'uchar']);
  });

  it('carries no word of XMP, IPTC or profiles into the form that is shown', async () => {
    const spoken = await sharp(await makePhotograph())
      .keepExif()
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>Anna</secret></x:xmpmeta>')
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    expect(spoken.includes('Anna')).toBe(true);
    const opened = await openMedia(new Uint8Array(spoken), 'a.jpg');
    if (opened.medium !== 'picture') throw new Error('no picture');
    const { exif, xmp, icc, iptc } = await sharp(opened.plain).metadata();
    expect([exif, xmp, icc, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    expect(Buffer.from(opened.plain).includes('Anna')).toBe(false);
  });

  it('reads the words of a Word document with tabs, breaks and signs as they are written', async () => {
    const bytes = makeWordDocument(['A &lt;b&gt; &#8364; &#x1F600; &unknown;', '</w:t><w:tab/><w:t>x']);
    expect(await openMedia(new Uint8Array(bytes), 'a.docx')).toMatchObject({ text: 'A <b> € 😀 &unknown;\n\tx' });
  });
});
