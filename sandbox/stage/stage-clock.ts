/** Time on the stage: seconds since its beginning, as many times faster than real ones as it is told. */
export class StageClock {
  private readonly began = performance.now();
  private readonly stops = new Set<() => void>();

  /** @param speed seconds on the stage in one real second */
  constructor(readonly speed: number) {}

  get now(): number {
    return ((performance.now() - this.began) / 1000) * this.speed;
  }

  /** The real time of a moment on the stage, as programs see it: milliseconds since 1970. */
  wall(moment: number): number {
    return Date.now() - ((this.now - moment) / this.speed) * 1000;
  }

  /** Real milliseconds that so many seconds on the stage take. */
  milliseconds = (seconds: number): number => (seconds / this.speed) * 1000;

  /** Does it once, unless the answer is called before. */
  after(seconds: number, task: () => void): () => void {
    const stop = (): void => {
      clearTimeout(timer);
      this.stops.delete(stop);
    };
    const timer = setTimeout(() => {
      this.stops.delete(stop);
      task();
    }, this.milliseconds(seconds));
    this.stops.add(stop);
    return stop;
  }

  /** Does it again and again, until the answer is called; the first time after `seconds`. */
  every(seconds: number, task: () => void): () => void {
    const timer = setInterval(task, this.milliseconds(seconds));
    const stop = (): void => {
      clearInterval(timer);
      this.stops.delete(stop);
    };
    this.stops.add(stop);
    return stop;
  }

  /** Nothing happens any more. */
  close(): void {
    for (const stop of [...this.stops]) stop();
  }
}
