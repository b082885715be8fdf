// node out/remove.js en SESSION_ID
import createClient from "openapi-fetch";
import type { paths } from "./generated/marksign.js";

const [language, sessionId] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!sessionId || !accessToken) {
  throw new Error("Give a language and a session id, and the access token as MARKSIGN_ACCESS_TOKEN");
}

const gateway = createClient<paths>({ baseUrl: process.env.MARKSIGN_BASE_URL });

const request = { params: { path: { sessionId } }, body: { access_token: accessToken } };
const { data, error, response } = await (language === "en"
  ? gateway.DELETE("/en/api/smartid/session/{sessionId}", request)
  : gateway.DELETE("/api/smartid/session/{sessionId}", request));

// Only the field status says that the session is removed. The HTTP status alone does not.
const result = data ?? error;
console.log(
  result?.status === "ok" ? "removed" : `refused ${response.status} ${result?.error_code ?? "-"} ${result?.message}`,
);
