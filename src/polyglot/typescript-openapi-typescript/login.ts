// node out/login.js PERSONAL_CODE COUNTRY
import { setTimeout as pause } from "node:timers/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/marksign.js";

const [code, country] = process.argv.slice(2);
const accessToken = process.env.MARKSIGN_ACCESS_TOKEN;
if (!code || !country || !accessToken) {
  throw new Error("Give a personal code and a country, and the access token as MARKSIGN_ACCESS_TOKEN");
}

const gateway = createClient<paths>({ baseUrl: process.env.MARKSIGN_BASE_URL });

type Result = { status: string; error_code?: number; message?: string };

class Refused extends Error {
  constructor(httpStatus: number, result: Result | undefined) {
    super(`refused ${httpStatus} ${result?.error_code ?? "-"} ${result?.message}`);
  }
}

/** Returns the body of the gateway's response. Throws a refusal, whatever its HTTP status. */
async function accepted<T extends Result>(call: Promise<{ data?: T; error?: Result; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!data || (data.status !== "ok" && data.status !== "waiting")) throw new Refused(response.status, data ?? error);
  return data;
}

async function login(accessToken: string, code: string, country: components["schemas"]["Country"]) {
  const { token, control_code } = await accepted(
    gateway.POST("/en/smartid/login.json", { body: { access_token: accessToken, code, country } }),
  );
  if (!token) throw new Error("The gateway began a session and did not name it");
  // The person compares this code with the one on the phone.
  console.log(`control code ${control_code}`);

  for (;;) {
    const result = await accepted(
      gateway.POST("/en/smartid/status/{token}.json", {
        params: { path: { token } },
        body: { access_token: accessToken },
      }),
    );
    if (result.status === "ok") {
      if (result.code?.replace("-", "") !== code.replace("-", "")) throw new Error("Somebody else identified");
      return result;
    }
    console.log("waiting");
    await pause(1000);
  }
}

try {
  const person = await login(accessToken, code, country as components["schemas"]["Country"]);
  console.log(`${person.name} ${person.surname}`);
} catch (e) {
  if (!(e instanceof Refused)) throw e;
  console.log(e.message);
}
