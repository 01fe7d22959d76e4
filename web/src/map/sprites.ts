/**
 * Small pictures painted once and stamped many times: text and rounded boxes are what a frame is slow at. They are
 * bitmaps, not canvases of which the browser takes a new look at each stamp, and stand on whole pixels of the screen:
 * between them every one would be mixed anew from its neighbours, and its words blurred.
 */

const MOST = 4000;

export type Brush = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export class Sprites {
  readonly #kept = new Map<string, ImageBitmap>();
  readonly #ratio: number;

  constructor(ratio: number) {
    this.#ratio = ratio;
  }

  /** Stamp the picture of this name, painting it first when it is new; x and y are its middle. */
  stamp(
    on: CanvasRenderingContext2D,
    name: string,
    size: { x: number; y: number; width: number; height: number },
    paint: (brush: Brush) => void,
  ): void {
    const { x, y, width, height } = size;
    const picture = this.#kept.get(name) ?? this.#paint(name, width, height, paint);
    const ratio = this.#ratio;
    const left = Math.round((x - width / 2) * ratio) / ratio;
    const top = Math.round((y - height / 2) * ratio) / ratio;
    on.drawImage(picture, left, top, picture.width / ratio, picture.height / ratio);
  }

  #paint(name: string, width: number, height: number, paint: (brush: Brush) => void): ImageBitmap {
    if (this.#kept.size >= MOST) this.#kept.clear();
    const canvas = new OffscreenCanvas(Math.ceil(width * this.#ratio), Math.ceil(height * this.#ratio));
    const brush = canvas.getContext("2d");
    if (brush) {
      brush.scale(this.#ratio, this.#ratio);
      brush.translate(width / 2, height / 2);
      paint(brush);
    }
    const picture = canvas.transferToImageBitmap();
    this.#kept.set(name, picture);
    return picture;
  }
}

const FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export function font(size: number, bold = false): string {
  return `${bold ? 600 : 400} ${size}px ${FAMILY}`;
}

const widths = new Map<string, number>();

/** Width of words in CSS pixels, measured once. */
export function widthOf(brush: CanvasRenderingContext2D, words: string, face: string): number {
  const key = `${face}|${words}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > MOST) widths.clear();
    brush.font = face;
    width = brush.measureText(words).width;
    widths.set(key, width);
  }
  return width;
}
