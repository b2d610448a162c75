import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expectSuccess, orProblem, RequestProblem, send } from "../../../keeper/clients/request";

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    switch (request.url) {
      case "/echo":
        request.pipe(response);
        return;
      case "/moved":
        response.writeHead(302, { Location: "/echo" }).end();
        return;
      case "/endless":
        response.writeHead(200);
        for (let i = 0; i < 20; i++) response.write("x".repeat(1000));
        return; // and never ends
      case "/busy":
        response
          .writeHead(429, { "Retry-After": "7" })
          .end(JSON.stringify({ error: { message: "slow down" } }));
        return;
      case "/closed":
        response.writeHead(503, { "Retry-After": new Date(Date.now() + 60_000).toUTCString() }).end("<html>");
        return;
      default:
        response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const ask = async (
  path: string,
  more: { readonly timeoutSeconds?: number; readonly maxBytes?: number } = {},
) => {
  const request = { url: url + path, timeoutSeconds: 5, ...more };
  return expectSuccess(request, await send(request));
};

describe("send", () => {
  it("sends a body and reads the answer", async () => {
    const answer = await send({ url: `${url}/echo`, method: "POST", body: "öffnen", timeoutSeconds: 5 });
    expect(answer).toMatchObject({ status: 200, text: "öffnen" });
  });

  it("follows nobody to another place: it would bring a token there", async () => {
    await expect(ask("/moved")).rejects.toThrow(RequestProblem);
  });

  it("ends when the answer does not, in time", async () => {
    await expect(ask("/endless", { timeoutSeconds: 0.05 })).rejects.toThrow(/\/endless: no answer in time$/);
  });

  it("reads no more than it was told", async () => {
    await expect(ask("/endless", { maxBytes: 5000 })).rejects.toThrow("an answer of more than 5000 bytes");
  });

  it("says which place did not answer, without the query", async () => {
    await expect(send({ url: "http://127.0.0.1:1/a?token=abc", timeoutSeconds: 5 })).rejects.toThrow(
      /^GET 127\.0\.0\.1:1\/a: (?!.*abc)/,
    );
  });
});

describe("expectSuccess", () => {
  it("tells what Google says, and when to come back: in seconds", async () => {
    await expect(ask("/busy")).rejects.toMatchObject({
      message: expect.stringMatching(/^GET .*\/busy: HTTP status 429, slow down$/),
      status: 429,
      retryAfter: 7,
    });
  });

  it("tells when to come back: at a time", async () => {
    const problem = await orProblem(ask("/closed"));
    expect(problem).toMatchObject({ status: 503 });
    const { retryAfter } = problem as RequestProblem;
    expect(retryAfter! > 30 && retryAfter! <= 60).toBe(true);
  });
});

describe("orProblem", () => {
  it("leaves mistakes of ours what they are", async () => {
    await expect(orProblem(Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
  });
});
