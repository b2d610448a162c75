import { PROGRAMS_PREFIX } from "../../../model/names";
import { forbidden, GoogleError, invalid } from "./google-error";
import type { Bucket, StoredObject } from "./bucket";
import type { Ledger } from "../ledger";
import type { GoogleAnswer, GoogleMethod, GoogleRequest } from "./google-request";

const OBJECT = /^\/(?:download\/)?storage\/v1\/b\/(?<bucket>[^/]+)\/o\/(?<name>[^/]+)$/;
const UPLOAD = /^\/upload\/storage\/v1\/b\/(?<bucket>[^/]+)\/o$/;

/**
 * Cloud Storage's JSON API: objects, and nothing about buckets. A keeper's grants have conditions on names: it reads and
 * writes below one prefix, and reads programs.
 *
 * @param prefix of the keeper's own objects, with its slash
 */
export function storageMethods(
  buckets: ReadonlyMap<string, Bucket>,
  prefix: string,
  ledger: Ledger,
): GoogleMethod[] {
  const requireFor = (request: GoogleRequest, permission: string, bucket: Bucket, name: string): void => {
    const where = `${bucket.name}/${name}`;
    request.require(permission, where);
    const isProgramRead = permission === "storage.objects.get" && name.startsWith(PROGRAMS_PREFIX);
    if (!name.startsWith(prefix) && !isProgramRead) throw forbidden(permission, where);
  };
  const bucketOf = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (!bucket) throw new GoogleError(404, "The specified bucket does not exist.", "notFound");
    return bucket;
  };
  const found = (request: GoogleRequest, bucket: Bucket, name: string): StoredObject => {
    const object = bucket.get(name);
    if (object) return object;
    // Who may not list is not told what is not there.
    request.require("storage.objects.list", bucket.name);
    throw new GoogleError(404, `No such object: ${bucket.name}/${name}`, "notFound");
  };
  return [
    {
      method: "GET",
      path: OBJECT,
      answer(request, { bucket: bucketName, name }) {
        const bucket = bucketOf(bucketName!);
        requireFor(request, "storage.objects.get", bucket, name!);
        const object = found(request, bucket, name!);
        const { query } = request;
        const [match, other] = [
          generation(query, "ifGenerationMatch"),
          generation(query, "ifGenerationNotMatch"),
        ];
        if (match !== undefined && match !== object.generation)
          throw new GoogleError(412, "The object has another generation.", "conditionNotMet");
        if (other === object.generation) return { status: 304, body: Buffer.alloc(0) };
        return query.get("alt") === "media" ? media(object) : { status: 200, body: bucket.describe(object) };
      },
    },
    {
      method: "POST",
      path: UPLOAD,
      answer(request, { bucket: bucketName }) {
        const bucket = bucketOf(bucketName!);
        const upload = readUpload(request);
        requireFor(request, "storage.objects.create", bucket, upload.name);
        if (bucket.get(upload.name)) requireFor(request, "storage.objects.delete", bucket, upload.name); // it is overwritten
        const condition = generation(request.query, "ifGenerationMatch");
        const object = bucket.insert(upload.name, upload.contentType, upload.body, condition);
        ledger.act({ who: request.who, target: upload.name, what: "insert" });
        return { status: 200, body: bucket.describe(object) };
      },
    },
    {
      method: "DELETE",
      path: OBJECT,
      answer(request, { bucket: bucketName, name }) {
        const bucket = bucketOf(bucketName!);
        requireFor(request, "storage.objects.delete", bucket, name!);
        found(request, bucket, name!);
        bucket.remove(name!, generation(request.query, "ifGenerationMatch"));
        return { status: 204, body: Buffer.alloc(0) };
      },
    },
  ];
}

const media = ({ body, contentType, generation: number, updated }: StoredObject): GoogleAnswer => ({
  status: 200,
  body,
  headers: {
    "content-type": contentType,
    "last-modified": new Date(updated).toUTCString(),
    "x-goog-generation": String(number),
    "x-goog-metageneration": "1",
  },
});

function generation(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw invalid(`Invalid value for: Invalid long value: '${text}'.`);
  return Number(text);
}

interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly body: Buffer;
}

function readUpload(request: GoogleRequest): Upload {
  const type = request.query.get("uploadType");
  if (type === "multipart") return readMultipart(request);
  if (type !== "media") throw invalid(`Upload type ${type} is not played here: media and multipart are.`);
  const name = request.query.get("name");
  if (!name) throw new GoogleError(400, "Required", "required");
  return { name, contentType: request.contentType, body: request.body };
}

/** The object's properties as JSON, then its content. */
function readMultipart({ contentType, body, query }: GoogleRequest): Upload {
  const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw invalid("A multipart upload needs multipart/related with a boundary.");
  const parts = body
    .toString("latin1")
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.replace(/^\r?\n/, "").replace(/\r?\n$/, ""));
  const [properties, content] = parts.map((part) => {
    const gap = /\r?\n\r?\n/.exec(part);
    if (!gap) throw invalid("A part of the upload has no empty line after its headers.");
    const type = /^content-type:\s*(.+)$/im.exec(part.slice(0, gap.index))?.[1]?.trim();
    return { type, text: Buffer.from(part.slice(gap.index + gap[0].length), "latin1") };
  });
  if (!properties || !content) throw invalid("A multipart upload has two parts.");
  const described = JSON.parse(properties.text.toString("utf8")) as { name?: string; contentType?: string };
  const name = described.name ?? query.get("name");
  if (!name) throw new GoogleError(400, "Required", "required");
  return {
    name,
    contentType: described.contentType ?? content.type ?? "application/octet-stream",
    body: content.text,
  };
}
