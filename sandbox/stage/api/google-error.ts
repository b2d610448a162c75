/** A refusal, as Google's APIs put it. */
export class GoogleError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly reason: string,
  ) {
    super(message);
  }

  body(): object {
    return {
      error: {
        code: this.status,
        message: this.message,
        errors: [{ message: this.message, domain: "global", reason: this.reason }],
      },
    };
  }
}

export const invalid = (message: string): GoogleError => new GoogleError(400, message, "invalid");

export const notFound = (link: string): GoogleError =>
  new GoogleError(404, `The resource '${link}' was not found`, "notFound");

export const unauthenticated = (): GoogleError =>
  new GoogleError(
    401,
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.",
    "authError",
  );

export const forbidden = (permission: string, resource: string): GoogleError =>
  new GoogleError(403, `Required '${permission}' permission for '${resource}'`, "forbidden");
