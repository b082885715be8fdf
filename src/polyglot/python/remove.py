"""venv/bin/python remove.py en SESSION_ID"""

import os
import sys

from openapi_client import (
    ApiClient,
    ApiException,
    Configuration,
    AccessTokenRequest,
    SmartIdSessionsApi,
    Status,
    StatusResponse,
)

language, session_id = sys.argv[1:]
token = AccessTokenRequest(access_token=os.environ["MARKSIGN_ACCESS_TOKEN"])


def remove(api: SmartIdSessionsApi) -> tuple[int, StatusResponse]:
    method = api.remove_smart_id_session_en if language == "en" else api.remove_smart_id_session
    try:
        return 200, method(session_id, token)
    except ApiException as e:
        # For any HTTP status other than 2xx, the exception contains the refusal, already parsed.
        if not isinstance(e.data, StatusResponse):
            raise
        return e.status, e.data


with ApiClient(Configuration(host=os.environ["MARKSIGN_BASE_URL"])) as client:
    http_status, response = remove(SmartIdSessionsApi(client))

# Only the field status says that the session is removed. The HTTP status alone does not.
if response.status is Status.OK:
    print("removed")
else:
    print("refused", http_status, "-" if response.error_code is None else response.error_code, response.message)
