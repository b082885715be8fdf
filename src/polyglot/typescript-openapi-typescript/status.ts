// node out/status.js DOCUMENT_ID
import createClient from "openapi-fetch";
import type { paths } from "./generated/marksign.js";

const [documentId] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!documentId || !accessToken) {
  throw new Error("Give a document's id, and the access token as MARKSIGN_ACCESS_TOKEN");
}

const gateway = createClient<paths>({ baseUrl: process.env.MARKSIGN_BASE_URL });

const { data, error, response } = await gateway.GET("/en/api/document/{documentId}/check-status.json", {
  params: { path: { documentId }, query: { access_token: accessToken } },
});
console.log(data?.data?.document_status ?? `refused ${response.status} ${error?.message}`);
