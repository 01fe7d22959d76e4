/** Small pictures painted once and stamped many times: text and rounded boxes are what a frame is slow at. */

const MOST = 4000;

export class Sprites {
  readonly #kept = new Map<string, HTMLCanvasElement>();
  readonly #ratio: number;

  constructor(ratio: number) {
    this.#ratio = ratio;
  }

  /** Stamp the picture of this name, painting it first when it is new; x and y are its middle. */
  stamp(
    on: CanvasRenderingContext2D,
    name: string,
    size: { x: number; y: number; width: number; height: number },
    paint: (brush: CanvasRenderingContext2D) => void,
  ): void {
    const { x, y, width, height } = size;
    const picture = this.#kept.get(name) ?? this.#paint(name, width, height, paint);
    on.drawImage(picture, x - width / 2, y - height / 2, width, height);
  }

  #paint(name: string, width: number, height: number, paint: (brush: CanvasRenderingContext2D) => void) {
    if (this.#kept.size >= MOST) this.#kept.clear();
    const picture = document.createElement("canvas");
    picture.width = Math.ceil(width * this.#ratio);
    picture.height = Math.ceil(height * this.#ratio);
    const brush = picture.getContext("2d");
    if (brush) {
      brush.scale(this.#ratio, this.#ratio);
      brush.translate(width / 2, height / 2);
      paint(brush);
    }
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
