/** Arms of a character of lines. */
const [UP, RIGHT, DOWN, LEFT] = [1, 2, 4, 8];

/** By arms: index 3 is up and right. */
const SINGLE = " ╵╶╰╷│╭├╴╯─┴╮┤┬┼";
const DOUBLE = " ║═╚║║╔╠═╝═╩╗╣╦╬";

interface Cell {
  single: number;
  double: number;
  /** Who drew here; two who only cross are not joined. */
  owners: Set<string>;
  text?: string;
}

/** A sheet of characters that lines and texts are drawn on; lines that meet become the characters of their joints. */
export class StrokeCanvas {
  private readonly rows: Cell[][] = [];

  constructor(private readonly width: number) {}

  /** @param owner lines of one owner are joined where they meet, with a dot where three or more arms do */
  horizontal(y: number, x1: number, x2: number, owner: string, isDouble = false): void {
    for (let x = x1; x <= x2; x++)
      this.draw(x, y, (x > x1 ? LEFT! : 0) | (x < x2 ? RIGHT! : 0), owner, isDouble);
  }

  vertical(x: number, y1: number, y2: number, owner: string, isDouble = false): void {
    for (let y = y1; y <= y2; y++)
      this.draw(x, y, (y > y1 ? UP! : 0) | (y < y2 ? DOWN! : 0), owner, isDouble);
  }

  box(x: number, y: number, width: number, height: number, owner: string): void {
    this.horizontal(y, x, x + width - 1, owner);
    this.horizontal(y + height - 1, x, x + width - 1, owner);
    this.vertical(x, y, y + height - 1, owner);
    this.vertical(x + width - 1, y, y + height - 1, owner);
  }

  text(x: number, y: number, words: string): void {
    for (const [index, letter] of [...words].entries()) this.cell(x + index, y).text = letter;
  }

  lines(): readonly string[] {
    return Array.from(this.rows, (row: Cell[] | undefined) =>
      Array.from(row ?? [], (cell: Cell | undefined) => (cell ? characterOf(cell) : " "))
        .join("")
        .trimEnd(),
    );
  }

  private draw(x: number, y: number, arms: number, owner: string, isDouble: boolean): void {
    const cell = this.cell(x, y);
    if (isDouble) cell.double |= arms;
    else cell.single |= arms;
    cell.owners.add(owner);
  }

  private cell(x: number, y: number): Cell {
    if (x < 0 || x >= this.width || y < 0) throw new RangeError(`nothing can be drawn at ${x}, ${y}`);
    const row = (this.rows[y] ??= []);
    return (row[x] ??= { single: 0, double: 0, owners: new Set() });
  }
}

function characterOf({ single, double, owners, text }: Cell): string {
  if (text !== undefined) return text;
  if (double === 0) return owners.size === 1 && isJoint(single) && isLink(owners) ? "●" : SINGLE[single]!;
  if (single === 0) return DOUBLE[double]!;
  if (double === (LEFT! | RIGHT!)) return "╪";
  if (double === (UP! | DOWN!)) return "╫";
  return double === RIGHT ? "╞" : double === LEFT ? "╡" : DOUBLE[double | single]!;
}

const isJoint = (arms: number): boolean => [7, 11, 13, 14, 15].includes(arms);

/** Only links have dots: the lines of boxes and frames meet without one. */
const isLink = (owners: ReadonlySet<string>): boolean =>
  [...owners].every((owner) => owner.startsWith("link"));
