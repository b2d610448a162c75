import { Progress } from "./progress";
import type { Terminal } from "./terminal";

const LOOK_MILLISECONDS = 250;

/**
 * The result of work that mostly waits for others; what it waits for is on the screen from one second on. The work itself
 * prints nothing.
 *
 * @param text such as `Asking the keeper of acme/eu-burst …`
 */
export async function whileWaiting<T>(terminal: Terminal, text: string, work: () => Promise<T>): Promise<T> {
  const progress = new Progress(terminal);
  const timer = setInterval(() => progress.show(text), LOOK_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress.clear();
  }
}
