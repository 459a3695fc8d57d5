// Runs inside the page, before its own scripts: measures from an input event to the frame that shows its effect. Times in milliseconds.
// The page's own code knows nothing of it, and it reads nothing but what stands in the document.

const inputs = ['keydown', 'click', 'input'];
let inputAtMs = 0;
for (const type of inputs)
  addEventListener(type, (event) => (inputAtMs = event.timeStamp), { capture: true, passive: true });

const grid = () => document.querySelector('[data-review-grid]');

/** Tiles that the grid shows at least a part of. */
function tilesInSight() {
  const scroller = grid();
  if (scroller === null) return [];
  const { top, bottom } = scroller.getBoundingClientRect();
  return [...scroller.querySelectorAll('[data-asset]')].filter((tile) => {
    const box = tile.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  });
}

const isLoaded = (image) => image !== null && image.complete && image.naturalWidth > 0;

function areTilesLoaded() {
  const tiles = tilesInSight();
  return tiles.length > 0 && tiles.every((tile) => isLoaded(tile.querySelector('img')));
}

/** Length of the list on the screen, where it is scrolled to and which tiles the grid has there. */
function listMark() {
  const first = [...document.querySelectorAll('[data-asset]')].slice(0, 4);
  return `${grid()?.getAttribute('aria-label')} ${first.map((tile) => tile.dataset.asset).join(' ')}`;
}

const largePicture = () => document.querySelector('[data-picture]');

/** What an effect looks like in the document. `before` is what `mark` gave ahead of the input. */
const effects = {
  list: { mark: listMark, isShown: (before) => listMark() !== before },
  tiles: { mark: listMark, isShown: (before) => listMark() !== before && areTilesLoaded() },
  picture: {
    mark: () => largePicture()?.dataset.picture ?? '',
    isShown: (before) => largePicture()?.dataset.picture !== before && isLoaded(largePicture()),
  },
};

/** Asked in every frame before it is painted; the time is taken after its painting. */
function waitForFrame(isShown, limitMs) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const beganAtMs = performance.now();
  const look = () => {
    if (performance.now() - beganAtMs > limitMs) return reject(new Error('the effect did not show in time'));
    if (!isShown()) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => resolve(performance.now()));
    port1.start();
    return port2.postMessage(null);
  };
  requestAnimationFrame(look);
  return promise;
}

const LIMIT_MS = 60_000;
let armed = [];

/** Call before the input; `settle` then gives the milliseconds from the input to each effect. */
function arm(names) {
  inputAtMs = 0;
  armed = names.map((name) => {
    const { mark, isShown } = effects[name];
    const before = mark();
    return waitForFrame(() => inputAtMs > 0 && isShown(before), LIMIT_MS);
  });
  // Whoever settles hears of it.
  for (const wait of armed) wait.catch(() => undefined);
}

async function settle() {
  const shownAtMs = await Promise.all(armed);
  return shownAtMs.map((at) => at - inputAtMs);
}

/** Scrolls so many pixels a frame; gives the time between frames and the share of frames with a tile in sight that shows no picture. */
function scroll(stepPx, frames) {
  const scroller = grid();
  const gapsMs = [];
  let bare = 0;
  let lastMs = 0;
  const { promise, resolve } = Promise.withResolvers();
  const step = (frameMs) => {
    if (lastMs > 0) gapsMs.push(frameMs - lastMs);
    lastMs = frameMs;
    if (gapsMs.length >= frames) return resolve({ gapsMs, bareShare: bare / frames });
    bare += areTilesLoaded() ? 0 : 1;
    scroller.scrollTop += stepPx;
    return requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
  return promise;
}

globalThis.galleryProbe = { arm, settle, scroll };
