import { describe, expect, test } from 'vitest';
import {
  clampView,
  fitScale,
  fittedView,
  panView,
  placePicture,
  toggleFullScale,
  zoomView,
} from '../../../../../renderer/features/review/zoom.ts';

const picture = { width: 2000, height: 1000 };
const frame = { width: 500, height: 500 };

describe('fitScale', () => {
  test('shows the whole picture and never blows it up', () => {
    expect(fitScale(picture, frame)).toBe(0.25);
    expect(fitScale({ width: 100, height: 50 }, frame)).toBe(1);
  });
});

describe('placePicture', () => {
  test('centres a fitted picture', () => {
    expect(placePicture(fittedView, picture, frame)).toEqual({ left: 0, top: 125, width: 500, height: 250 });
  });

  test('puts the centre of a zoomed view in the middle of the frame', () => {
    expect(placePicture({ scale: 1, centreX: 0.25, centreY: 0.5 }, picture, frame)).toEqual({
      left: -250,
      top: -250,
      width: 2000,
      height: 1000,
    });
  });
});

describe('toggleFullScale', () => {
  test('maps one picture pixel to one device pixel and back', () => {
    const full = toggleFullScale(fittedView, 2, 0.3, 0.4);
    expect(full).toEqual({ scale: 0.5, centreX: 0.3, centreY: 0.4 });
    expect(toggleFullScale(full, 2, 0.3, 0.4)).toEqual(fittedView);
  });
});

describe('clampView', () => {
  test('keeps the frame inside the picture and centres an axis that fits', () => {
    expect(clampView({ scale: 0.5, centreX: 0, centreY: 0.1 }, picture, frame)).toEqual({
      scale: 0.5,
      centreX: 0.25,
      centreY: 0.5,
    });
  });
});

describe('panView', () => {
  test('moves the picture with the pointer', () => {
    expect(panView({ scale: 1, centreX: 0.5, centreY: 0.5 }, picture, 200, -100)).toEqual({
      scale: 1,
      centreX: 0.4,
      centreY: 0.6,
    });
  });
});

describe('zoomView', () => {
  test('keeps the point under the pointer where it is', () => {
    const before = { scale: 1, centreX: 0.5, centreY: 0.5 };
    const after = zoomView(before, picture, frame, 2, 100, 50);
    const underPointer = (view: typeof before) => {
      const place = placePicture(view, picture, frame);
      return [(frame.width / 2 + 100 - place.left) / place.width, (frame.height / 2 + 50 - place.top) / place.height];
    };
    const [x = 0, y = 0] = underPointer({ ...after, scale: after.scale ?? 0 });
    expect([x, y]).toEqual(underPointer(before).map((share) => expect.closeTo(share, 10)));
  });

  test('returns to fitted when zoomed out to the whole picture', () => {
    expect(zoomView({ scale: 0.3, centreX: 0.5, centreY: 0.5 }, picture, frame, 0.5, 0, 0)).toEqual(fittedView);
  });
});
