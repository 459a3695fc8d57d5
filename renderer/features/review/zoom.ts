/** A picture inside a frame. `scale` is screen pixels per picture pixel; the centre is in picture pixels. Null scale means fitted. */
export interface View {
  readonly scale: number | null;
  readonly centreX: number;
  readonly centreY: number;
}

export interface SizePx {
  readonly width: number;
  readonly height: number;
}

export const fittedView: View = { scale: null, centreX: 0.5, centreY: 0.5 };

/** The scale at which the whole picture is seen; a small picture is not blown up past its own pixels. */
export function fitScale(picture: SizePx, frame: SizePx): number {
  return Math.min(1, frame.width / picture.width, frame.height / picture.height);
}

/** One picture pixel on one device pixel. */
export function fullScale(pixelRatio: number): number {
  return 1 / pixelRatio;
}

/** Centres are shares of the picture (0 to 1), so that two pictures of different sizes move together. */
export function clampView(view: View, picture: SizePx, frame: SizePx): View {
  if (view.scale === null) return fittedView;
  const clampAxis = (centre: number, pictureSize: number, frameSize: number) => {
    const half = frameSize / (2 * pictureSize * (view.scale ?? 1));
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, centre));
  };
  return {
    ...view,
    centreX: clampAxis(view.centreX, picture.width, frame.width),
    centreY: clampAxis(view.centreY, picture.height, frame.height),
  };
}

/** Z: from fitted to 100 % around a point of the frame (shares of the picture), and back. */
export function toggleFullScale(view: View, pixelRatio: number, aroundX: number, aroundY: number): View {
  return view.scale === null ? { scale: fullScale(pixelRatio), centreX: aroundX, centreY: aroundY } : fittedView;
}

/** Moves the picture by a drag of so many screen pixels. */
export function panView(view: View, picture: SizePx, deltaX: number, deltaY: number): View {
  if (view.scale === null) return view;
  return {
    ...view,
    centreX: view.centreX - deltaX / (picture.width * view.scale),
    centreY: view.centreY - deltaY / (picture.height * view.scale),
  };
}

const MAX_SCALE = 8;

/** Wheel and pinch: multiplies the scale and keeps the point under the pointer (offset from the frame's centre) where it is. */
export function zoomView(
  view: View,
  picture: SizePx,
  frame: SizePx,
  factor: number,
  offsetX: number,
  offsetY: number,
): View {
  const fit = fitScale(picture, frame);
  const from = view.scale ?? fit;
  const scale = Math.min(MAX_SCALE, from * factor);
  if (scale <= fit) return fittedView;
  const shift = (offset: number, size: number) => offset / (size * from) - offset / (size * scale);
  return clampView(
    {
      scale,
      centreX: view.centreX + shift(offsetX, picture.width),
      centreY: view.centreY + shift(offsetY, picture.height),
    },
    picture,
    frame,
  );
}

/** Where the picture's top left corner and size are, in screen pixels inside the frame. */
export function placePicture(
  view: View,
  picture: SizePx,
  frame: SizePx,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const scale = view.scale ?? fitScale(picture, frame);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { left: frame.width / 2 - view.centreX * width, top: frame.height / 2 - view.centreY * height, width, height };
}
