/** One row of an answer: its hour in milliseconds since 1970, its tags, its numbers. A field without a value is not there. */
export interface Row {
  readonly time: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
}

interface Answer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly {
      readonly tags?: Readonly<Record<string, string>>;
      readonly columns: readonly string[];
      readonly values: readonly (readonly unknown[])[];
    }[];
  }[];
}

/** The rows in InfluxDB's answer to one query (times in ms), or what it complains about. */
export function rowsIn(text: string): readonly Row[] | { readonly complaint: string } {
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    return { complaint: "the answer is not JSON" };
  }
  const complaint = answer.error ?? answer.results?.find(({ error }) => error !== undefined)?.error;
  if (complaint !== undefined) return { complaint };
  if (answer.results === undefined) return { complaint: "the answer has no results" };
  return answer.results.flatMap(({ series = [] }) =>
    series.flatMap(({ tags = {}, columns, values }) =>
      values.map((cells) => {
        const numbers = columns.flatMap((column, index): [string, number][] => {
          const cell = cells[index];
          return column !== "time" && typeof cell === "number" ? [[column, cell]] : [];
        });
        return { time: Number(cells[columns.indexOf("time")]), tags, numbers: Object.fromEntries(numbers) };
      }),
    ),
  );
}
