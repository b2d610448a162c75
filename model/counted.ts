/** `1 stack`, `2 stacks`, `0 stacks`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
