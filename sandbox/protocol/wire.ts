import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { UNKNOWN, Unknown } from "./value";
import type { Value } from "./value";

/** Terraform's own numbers of the two msgpack extensions: plainly unknown, and unknown with what is known of it. */
const PLAIN_UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const extensionCodec = new ExtensionCodec();
extensionCodec.register({
  type: PLAIN_UNKNOWN,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensionCodec.register({ type: REFINED_UNKNOWN, encode: () => null, decode: () => UNKNOWN });

/** A value in transit: msgpack, or JSON where Terraform read it from a state file. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** Reads a value from the wire. What is only partly known about an unknown value (its range, say) is dropped. */
export function decodeValue(message: DynamicValue | null | undefined): Value {
  if (message?.msgpack?.length) return decode(message.msgpack, { extensionCodec }) as Value;
  if (message?.json?.length) return JSON.parse(Buffer.from(message.json).toString("utf8")) as Value;
  return null;
}

export function encodeValue(value: Value): DynamicValue {
  return { msgpack: Buffer.from(encode(value, { extensionCodec })) };
}
