// node out/documents.js FILE QUERY
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { BillingType, Configuration, ResponseError, Status, StatusResponseFromJSON, WorkspaceApi } from "./generated";

const [path, query] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!path || !query || !accessToken) {
  throw new Error("Give a file and a text to look for, and the access token as MARKSIGN_ACCESS_TOKEN");
}

// The generated client sends the token in the header Authorization.
const workspace = new WorkspaceApi(
  new Configuration({ basePath: process.env.MARKSIGN_BASE_URL, accessToken: async () => accessToken }),
);

type Result = { status: Status; message?: string };

class Refused extends Error {
  constructor(httpStatus: number, result: Result) {
    super(`refused ${httpStatus} ${result.message}`);
  }
}

/** Returns the body of the gateway's response. Throws a refusal, whatever its HTTP status. */
async function accepted<T extends Result>(call: Promise<T>): Promise<T> {
  const result = await call.catch(async (e) => {
    // For any HTTP status other than 2xx, the refusal is in the body.
    if (!(e instanceof ResponseError)) throw e;
    throw new Refused(e.response.status, StatusResponseFromJSON(await e.response.json()));
  });
  if (result.status !== Status.Ok) throw new Refused(200, result);
  return result;
}

async function uploadAndList(path: string, query: string) {
  const files = new File([await readFile(path)], basename(path), { type: "application/octet-stream" });
  const uploaded = await accepted(workspace.uploadDocumentV2({ files, billingType: BillingType.EachSigner }));
  const document = uploaded.data?.[0];
  if (!document) throw new Error("The gateway took the request, and no document");
  console.log(`uploaded ${document.uuid}`);

  const { data, total } = await accepted(workspace.listDocuments({ query }));
  for (const document of data ?? []) console.log(`${document.filename} ${document.status}`);
  console.log(`${total} in all`);
}

uploadAndList(path, query).catch((e) => {
  if (!(e instanceof Refused)) throw e;
  console.log(e.message);
});
