import { load } from "js-yaml";
import { renderComposeFile } from "../../../render/text/compose-file";

describe("renderComposeFile", () => {
  const file = renderComposeFile({
    about: "Example.",
    services: [
      { name: "web", definition: { image: "web:1", command: "a\n\n  b\n" } },
      { name: "jvb", why: "Media.", definition: { ports: ["10000:10000/udp"] } },
    ],
    networks: { default: {} },
  });

  it("is readable, with the reason above its service", () => {
    expect(file).toMatchInlineSnapshot(`
      "# Example.
      services:
        web:
          image: web:1
          command: |
            a

              b

        # Media.
        jvb:
          ports:
            - 10000:10000/udp

      networks:
        default: {}
      "
    `);
  });

  it("says what was put in", () => {
    expect(load(file)).toEqual({
      services: {
        web: { image: "web:1", command: "a\n\n  b\n" },
        jvb: { ports: ["10000:10000/udp"] },
      },
      networks: { default: {} },
    });
  });
});
