// node out/remove.js en SESSION_ID
import { Configuration, ResponseError, SmartIdSessionsApi, Status, StatusResponseFromJSON } from "./generated";

const [language, sessionId] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!sessionId || !accessToken) {
  throw new Error("Give a language and a session id, and the access token as MARKSIGN_ACCESS_TOKEN");
}

const sessions = new SmartIdSessionsApi(new Configuration({ basePath: process.env.MARKSIGN_BASE_URL }));

async function remove(request: { sessionId: string; accessTokenRequest: { accessToken: string } }) {
  try {
    const result = await (language === "en"
      ? sessions.removeSmartIdSessionEn(request)
      : sessions.removeSmartIdSession(request));
    return { httpStatus: 200, result };
  } catch (e) {
    // For any HTTP status other than 2xx, the refusal is in the body.
    if (!(e instanceof ResponseError)) throw e;
    return { httpStatus: e.response.status, result: StatusResponseFromJSON(await e.response.json()) };
  }
}

remove({ sessionId, accessTokenRequest: { accessToken } }).then(({ httpStatus, result }) => {
  // Only the field status says that the session is removed. The HTTP status alone does not.
  console.log(
    result.status === Status.Ok
      ? "removed"
      : `refused ${httpStatus} ${result.errorCode ?? "-"} ${result.message}`,
  );
});
