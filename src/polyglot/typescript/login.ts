// node out/login.js PERSONAL_CODE COUNTRY
import { setTimeout as pause } from "node:timers/promises";
import {
  CheckStatus,
  Configuration,
  Country,
  ResponseError,
  SmartIdSessionsApi,
  Status,
  StatusResponseFromJSON,
} from "./generated";

const [code, country] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!code || !country || !accessToken) {
  throw new Error("Give a personal code and a country, and the access token as MARKSIGN_ACCESS_TOKEN");
}

const sessions = new SmartIdSessionsApi(new Configuration({ basePath: process.env.MARKSIGN_BASE_URL }));

type Result = { status: CheckStatus | Status; errorCode?: number; message?: string };

class Refused extends Error {
  constructor(httpStatus: number, result: Result) {
    super(`refused ${httpStatus} ${result.errorCode ?? "-"} ${result.message}`);
  }
}

/** Returns the body of the gateway's response. Throws a refusal, whatever its HTTP status. */
async function accepted<T extends Result>(call: Promise<T>): Promise<T> {
  const result = await call.catch(async (e) => {
    // For any HTTP status other than 2xx, the refusal is in the body.
    if (!(e instanceof ResponseError)) throw e;
    throw new Refused(e.response.status, StatusResponseFromJSON(await e.response.json()));
  });
  if (result.status !== CheckStatus.Ok && result.status !== CheckStatus.Waiting) throw new Refused(200, result);
  return result;
}

async function login(accessToken: string, code: string, country: Country) {
  const { token, controlCode } = await accepted(
    sessions.initSmartIdAuthenticationEn({ smartIdAuthenticationRequest: { accessToken, code, country } }),
  );
  if (!token) throw new Error("The gateway began a session and did not name it");
  // The person compares this code with the one on the phone.
  console.log(`control code ${controlCode}`);

  for (;;) {
    const result = await accepted(
      sessions.checkSmartIdAuthenticationEn({ token, accessTokenRequest: { accessToken } }),
    );
    if (result.status === CheckStatus.Ok) {
      if (result.code?.replace("-", "") !== code.replace("-", "")) throw new Error("Somebody else identified");
      return result;
    }
    console.log("waiting");
    await pause(1000);
  }
}

login(accessToken, code, country as Country)
  .then((person) => console.log(`${person.name} ${person.surname}`))
  .catch((e) => {
    if (!(e instanceof Refused)) throw e;
    console.log(e.message);
  });
